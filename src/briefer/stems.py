"""The words of a text that carry its content, cut to their stems (Snowball, snowballstem.org)."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache

import Stemmer

from briefer.memo import memo
from briefer.text import bare, fold, plain, words

_ALGORITHMS = {
    "en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese",
    "nl": "dutch", "sv": "swedish", "da": "danish", "fi": "finnish", "ru": "russian", "tr": "turkish",
}  # fmt: skip
_EMPTY = {
    "en": """
    a about above after again all also am an and any are as at be because been before being below between both
    but by can could did do does doing during each even ever few for from further had has have having he her
    here hers herself him himself his how however i if in into is it its itself just me more most my myself nor
    now of off on once one only or other our out over own per s same she should so some such than that the their
    theirs them themselves then there these they this those through to too under until up upon us very was we
    were what when where which while who whom whose why will with within without would yet you your mr mrs ms dr
    still among amid according since both t d ll re ve much many like well get got make made say said says told
    tell added
    """,
    "de": """
    der die das den dem des ein eine einen einem einer eines und oder aber auch als am an auf aus bei bis dass
    er es sie ihr ihre ihren für hat haben hatte hatten ich im in ist sind war waren wird werden wurde wurden
    mit nach noch nur ob sich so sowie über um unter vom von vor wie zu zum zur zwischen sagte sagt mehr laut
    seit
    """,
    "fr": """
    le la les l un une des de du d et ou mais aussi à au aux avec ce cet cette ces dans en entre est sont était
    étaient été être a ont avait avaient il elle ils elles je ne on par pas pour plus qu que qui s sa sans se
    ses son sur dit selon leur leurs y c n depuis
    """,
    "es": """
    el la los las un una unos unas y o pero también a al con de del en entre es son era eran fue fueron ha han
    había habían lo le les no para por que se sin sobre su sus ya dijo según más como desde
    """,
}
_STOP = {language: frozenset(plain(w) for w in text.split()) for language, text in _EMPTY.items()}
_HELPING = frozenset("not to who which that may can could will would did does do also jointly they we you".split())
FUNCTION_WORDS = frozenset().union(*_STOP.values())
# Forms that no suffix rule joins, by what they are joined to.
_IRREGULAR = {
    form: head
    for head, forms in {
        "rise": "rose risen", "fall": "fell fallen", "meet": "met", "send": "sent", "go": "went gone",
        "find": "found", "hold": "held", "take": "took taken", "give": "gave given",
        "die": "dead death deaths dying died", "come": "came", "know": "knew known", "see": "saw seen visible",
        "lose": "lost loss losses", "leave": "left", "begin": "began begun", "build": "built", "buy": "bought",
        "sell": "sold sale sales", "pay": "paid", "keep": "kept", "bring": "brought", "think": "thought",
        "speak": "spoke spoken", "write": "wrote written", "win": "won", "break": "broke broken",
        "choose": "chose chosen", "drive": "drove driven", "fly": "flew flown", "grow": "grew grown growth",
        "hide": "hid hidden", "shoot": "shot", "steal": "stole stolen", "strike": "struck", "wear": "wore worn",
        "fight": "fought", "feel": "felt", "mean": "meant", "lead": "led", "lay": "laid", "draw": "drew drawn",
        "blow": "blew blown", "sink": "sank sunk", "man": "men", "woman": "women", "child": "children",
        "person": "people", "deny": "denial denials", "injure": "injury injuries", "decide": "decision decisions",
        "destroy": "destruction", "explode": "explosion explosions", "invade": "invasion", "deploy": "deployment",
        "agree": "agreement", "arrive": "arrival", "refuse": "refusal", "approve": "approval",
        "resign": "resignation", "believe": "belief", "warn": "warning", "cooperate": "cooperation",
        "visit": "visitor", "run": "ran", "close": "closure", "analyse": "analyst analysts analysis",
        "inquire": "inquiry", "forbid": "forbidden forbade", "hear": "heard audible", "catch": "caught",
        "teach": "taught",
        "seek": "sought", "stand": "stood", "understand": "understood", "withdraw": "withdrew withdrawn withdrawal",
        "shake": "shook shaken", "swear": "swore sworn", "throw": "threw thrown", "tear": "tore torn",
        "bear": "bore borne", "bind": "bound", "feed": "fed", "flee": "fled", "freeze": "froze frozen",
        "hang": "hung", "ride": "rode ridden", "ring": "rang rung", "shrink": "shrank shrunk", "slide": "slid",
        "spend": "spent", "stick": "stuck", "sweep": "swept", "weep": "wept", "bite": "bitten", "arise": "arose arisen",
        "become": "became", "eat": "ate eaten edible", "forget": "forgot forgotten", "lend": "lent",
        "mislead": "misled",
        "overcome": "overcame", "prove": "proven proof", "undertake": "undertook undertaken", "uphold": "upheld",
        "withhold": "withheld", "renew": "renewal", "suspend": "suspension", "oppose": "opponent opponents opposition",
         "propose": "proposal", "remove": "removal", "dismiss": "dismissal",
    }.items()
    for form in forms.split()
}  # fmt: skip
# "Repaid" is to "repay" what "paid" is to "pay".
_COMPOUND = re.compile(r"(re|un|over|under|out|mis|fore)(\w{3,})")


@memo(65536)
def stem(word: str, language: str = "en") -> str:
    """Return the stem of one word, in lower case and without accents."""
    low = bare(word)
    if language == "en":
        low = _IRREGULAR.get(low) or _compound(low)
    return str(_stemmer(language).stemWord(low)) if language in _ALGORITHMS else low


def _compound(low: str) -> str:
    """Return the head of a form whose second part is irregular, any other word as it is."""
    parts = _COMPOUND.fullmatch(low)
    return f"{parts[1]}{_IRREGULAR[parts[2]]}" if parts and parts[2] in _IRREGULAR else low


@memo(32768)
def stems(text: str, language: str = "en") -> tuple[str, ...]:
    """Return the stems of the words of `text` that are no function words, in order; figures stay as they are."""
    language = language[:2].lower()
    found, before = [], ""
    for word in words(fold(text)):
        for low, own in _read(word, language):
            # "Their own club" owns nothing; "did not own a club" does.
            if own or (low == "own" and before in _HELPING):
                found.append(own or low)
            before = low
    return tuple(found)


@memo(65536)
def _read(word: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return the parts of a word as they are compared, each with its stem, "" for a function word and a letter."""
    stop, parts = _STOP.get(language, frozenset()), map(bare, word.replace("-", " ").split())
    counts = ((low, low not in stop and (len(low) > 1 or low.isdigit())) for low in parts)
    return tuple((low, stem(low, language) if told else "") for low, told in counts)


def weights(text: str, language: str = "en") -> dict[str, float]:
    """Return the stems of a whole article, each with 1 + log of its count, scaled so that the squares add up to 1."""
    counts = Counter(w for w in stems(text, language) if not w[0].isdigit())
    norm = math.sqrt(sum((1 + math.log(n)) ** 2 for n in counts.values())) or 1.0
    return {word: (1 + math.log(n)) / norm for word, n in counts.items()}


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_ALGORITHMS[language], 0)  # it need not remember words: `stem` does
