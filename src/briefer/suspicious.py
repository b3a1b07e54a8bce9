"""What an article holds that no reader is meant to see: hidden characters, and words for a model."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from briefer.text import fold, inert, is_hidden, neutralise

_SOFT = "\ufeff\u00ad\r"
_JOINERS = "\u200c\u200d"
_EMOJI_STYLE = "\ufe0e\ufe0f"
_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LINES = "\u2028\u2029"
_KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("invisible tag character", lambda c: 0xE0000 <= ord(c) <= 0xE007F),
    ("variation selector", lambda c: 0xFE00 <= ord(c) <= 0xFE0F or 0xE0100 <= ord(c) <= 0xE01EF),
    ("direction-turning mark", lambda c: c in _DIRECTION),
    ("control character", lambda c: unicodedata.category(c) == "Cc" or c in _LINES),
    ("broken character", lambda c: unicodedata.category(c) in ("Cs", "Co", "Cn")),
    ("zero-width character", lambda c: True),
)
# Letters drawn for formulas, full-width Latin, and strokes laid over letters: read by a model, not by a search.
_DISGUISED = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u0334-\u0338]")
_MANY = 10


def hidden_kinds(text: str) -> dict[str, int]:
    """Return what kinds of hidden characters `text` has, and how many of each.

    Soft hyphens, a byte order mark, joiners inside words and the style mark of an emoji are spelling.
    """
    suspects = "".join(c for c in set(text) if c not in _SOFT and is_hidden(c))
    kinds: Counter[str] = Counter()
    for m in re.finditer(f"[{re.escape(suspects)}]", text) if suspects else ():
        char, before = m.group(), text[m.start() - 1 : m.start()] or " "
        if char in _JOINERS and char in neutralise(text[max(m.start() - 1, 0) : m.end() + 1]):
            continue
        if char in _EMOJI_STYLE and unicodedata.category(before) in ("So", "Sk", "Sm", "Po", "Nd"):
            continue
        kinds[next(name for name, belongs in _KINDS if belongs(char))] += 1
    return dict(kinds)


def disguised(text: str) -> int:
    """Return how many letters of `text` are disguised, or 0 when they are few enough to be typography."""
    if text.isascii():
        return 0
    count = len(_DISGUISED.findall(text))
    return count if count >= _MANY else 0


_MODEL = (
    r"(?:AI|A\.I\.|LLMs?|(?:large )?language models?|AI (?:model|system|agent|tool)s?|(?:AI )?(?:chat ?bots?"
    r"|assistants?|summari[sz]ers?|summari[sz]ation (?:model|tool|engine|system)s?|automated (?:system|reader|tool)s?"
    r"|crawlers?|bots?))"
)
_OUTPUT = (
    r"(?:the|your|any|every|each|whole|entire|this|all|of) (?:news )?"
    r"(?:summar(?:y|ies)|briefings?|digests?|recaps?|outputs?|repl(?:y|ies)|answers?|responses?|system prompt|context)"
)
_RULES = r"(?:instructions?|prompts?|guidelines|rules|directions|directives|commands)"
_VERBS = (
    r"(?:add|append|apply|begin|close|conclude|decode|do not|don't|end|explain|finish|give|greet|include"
    r"|insert|leave out|mention|never|omit|persuade|prepend|produce|put|remove|repeat|replace|rewrite|shift|show"
    r"|sign|start|summari[sz]e|swap|tell|translate|write|(?:answer|copy|mark|output|print|quote|report|reply|respond|return|say|state|title)"
    r"(?= (?:in|that|the|this|every|all|first|only|with|them|it|your)\b))"
)
_START = r"(?:^|(?<=[.!?;:\])>*#-] )|(?<=\bplease )|(?<=\bmust )|(?<=\bnow )|(?<=\band instead )|(?<=, ))"

# Each looks for words that make sense only to a model that writes about the article. What an article
# about chatbots says of them is not addressed to one, and stands in the third person or in quotation marks.
_ADDRESSED = re.compile(
    rf"{_START}(?:ignore|disregard|forget|override|bypass|do not follow|stop following)\b[^.!?]{{0,30}}?"
    rf"(?:\b(?:all|any|every|previous|prior|above|earlier|preceding|your|system|other)\b[^.!?]{{0,30}}?\b{_RULES}\b"
    rf"|\b{_RULES}\b (?:above|before|you)\b|\beverything (?:above|before|you (?:were|have been) told)\b)"
    rf"|\byou are (?:now |no longer |only |really )?(?:an?|the|my) (?:\w+ ){{0,3}}?{_MODEL}(?![\w-])"
    rf"|\bas an AI (?:language )?model\b"
    rf"|{_START}(?:dear|attention|notes?|messages?|hints?|instructions?|reminders?)(?: (?:for|to))?:?"
    rf" (?:all |any |the |every )*{_MODEL}(?: (?:that|which|who)\b|[:,]| (?:reading|processing|summari[sz]ing))"
    rf"|{_START}{_VERBS}\b.{{0,80}}?\b{_OUTPUT}\b"
    rf"|{_START}in {_OUTPUT},? (?:include|add|say|write|state|mention|do not|put|give|use)\b"
    rf"|\byou(?:'ve| have| are| will)? (?:just )?summari[sz](?:e|ed|ing)\b"
    rf"|\bthe section you are (?:writing|drafting)\b|{_START}this is part of (?:the|your) task\."
    rf"|{_START}this is your (?:user|developer|operator|administrator)\b"
    rf"|\bautomated (?:digest|summar|briefing)\w*|\b(?:no|any|every) (?:digest|briefing|summary) (?:may|must|should)\b"
    rf"|\bin (?:any|every) digest\b|{_START}(?:decode|translate|apply \w+)(?: this)? and (?:obey|follow|execute)\b"
    rf"|{_START}(?:repeat|print|reveal|output|show) (?:everything|all|the (?:text|words|prompt)) (?:above|before)\b"
    rf"|{_START}do not (?:mention|name|quote|cite)\b[^.!?]{{0,60}}(?:\b(?:other )?outlets?\b|\bin (?:any|the|your)\b)"
    rf"|\b(?:example|sample) output:|\benvironment variable\b[^.!?]{{0,10}}\b[A-Z]+_(?:API_)?KEY\b",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"\bignor(?:ez|e|iere|ieren sie|iert|a|ad|en|are|ate)\b[^.!?]{0,40}\b(?:consignes|instructions|anweisungen"
    r"|instrucciones|instruções|istruzioni|instructies)\b|\banwybyddwch\b[^.!?]{0,30}\bcyfarwyddiadau|игнорируй(?:те)?\b[^.!?]{0,40}"
    r"(?:указани|инструкци)|(?:忽略|无视|無視)[^。！？]{0,12}(?:指示|指令|提示|说明)|(?:指示|命令)を?無視|تجاهل[^.!؟]{0,30}(?:التعليمات|الأوامر)"
    r"|निर्देशों को (?:अनदेखा|नज़रअंदाज़)",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"<\|[\w ]{2,40}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|</?s>|<!--|<!\[CDATA\["
    r"|</?(?:system|assistant|user|instructions?|articles?|tool_result|function_calls|prompt|documents?|context|note"
    r"|script|style|noscript|template|iframe|svg|object|embed|form|meta|base|math|img|link|details|marquee)\b[^>]{0,400}>"
    r"|<\w+\s[^>]{0,200}\b(?:style|on\w+)\s*=|\"role\"\s*:\s*\"\w+\"|\"(?:claims|statements|blocks|summary)\"\s*:\s*[\[{\"]"
    r"|(?m:^\W{0,6}(?:SYSTEM|system|ASSISTANT|assistant|Assistant|DEVELOPER|developer|Human)\W{0,2}:\s)"
    r"|[\[(]\W{0,2}(?:system|assistant|developer)\W{0,2}[\])]|(?m:^[ \t]*[Oo]utlet:\s)",
)
_QUOTED = re.compile(r'"[^"]*"|(?<!\w)\'[^\']*\'(?!\w)')
_IDS = re.compile(r"[\[［【〔⟦]\s*[ARar]\s*\d+\s*[.．]\s*\d+\s*[\]］】〕⟧]")


def ids(text: str) -> tuple[str, ...]:
    """Return what looks like one of our sentence ids in `text`, harmless to print."""
    return tuple(inert(m.group()) for m in _IDS.finditer(text))


def markup(text: str) -> str:
    """Return the first thing in `text` that frames a prompt or hides text in a page, or ""."""
    found = _MARKUP.search(unicodedata.normalize("NFKC", text))
    return found.group().strip() if found else ""


def addressed(sentences: Sequence[str]) -> Iterator[str]:
    """Yield the sentences that address whoever summarises the article instead of its reader.

    Words that a sentence only quotes do not count: an article on such attacks may show them.
    """
    for sentence in sentences:
        said = _unquoted(fold(sentence))
        if _ADDRESSED.search(said) or _FOREIGN.search(said):
            yield sentence


def _unquoted(sentence: str) -> str:
    """Leave out what a sentence quotes, unless the quotation is nearly all of it."""
    rest = _QUOTED.sub(" ", sentence)
    return rest if len(rest) > len(sentence) / 5 else sentence.strip("\"' ")
