"""N: does every name stand in the cited articles, spelled as there, with the role that is its own?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence, vocabulary_of
from briefer.checks.name_words import KIN, NO_NAME, NO_NAME_ENDS, OPENERS, PEOPLE, SAME, is_opener
from briefer.checks.role_words import ROLE_STEMS
from briefer.checks.setting import is_the_setting
from briefer.checks.spellings import SENTENCE_START, TOKEN, Spellings, followers, spellings, unowned
from briefer.checks.support import is_told_freely
from briefer.checks.thesaurus import entry, is_word
from briefer.dates import mentions
from briefer.figures import figures
from briefer.findings import Finding
from briefer.stems import stem
from briefer.suggest import within_letters
from briefer.text import bare, fold, plain

_INITIALS = re.compile(r"\b[A-Z]{3,6}\b")
_RUN = re.compile(r"(?:[A-Z][\w'-]+\s?(?:(?:of|for|and|the|on)\s)?){2,7}")
# "Labour: ...", "Markets: ...": what a sentence is filed under.
_LABEL = re.compile(r"[^\W\d_]+:\s")
# How many sentences from a cited one a name may stand, anywhere in the article if the claim has more words of its own:
# on sixteen new stories that spares eight true sentences and no false one, on the older ones 1 and 6.
_CLOSE_BY, _OWN_WORDS = 3, 4


def names_are_there(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """N401: every name of the claim stands in one of the cited articles; outlets' names ground nothing."""
    if claim.kind == "extract" or not evidence.cited:
        return
    for name in missing_names(_without_dates(evidence.said), evidence):
        close = within_letters(plain(name), evidence.vocabulary, 1 if len(name) < 8 else 2)
        hint = f"; the article has “{close.title()}”" if close and len(name) > 3 else ""
        where = " or ".join(s.id for s in evidence.sources)
        yield Finding("N401", f"the name “{name}” is not in {where}{hint}")


def names_stand_together(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """N401: two parts of one name stand side by side in a cited article, not one here and one there."""
    if claim.kind == "extract" or not evidence.cited:
        return
    text = _without_dates(evidence.said)
    lower = _context(evidence).lower
    for first, second in re.findall(r"(?=\b([^\W\d_a-z][\w-]+) ([^\W\d_a-z][\w'-]+))", text):
        a, b = plain(first), bare(second)
        # The Vayle Court is no court of Vayle's; but a translated institution may be.
        common = a in lower or (evidence.foreign and b in lower)
        if (
            common
            or any(not known.isdisjoint((a, b)) for known in (NO_NAME, OPENERS))
            or missing_names(f"x {first} {second}", evidence)
        ):
            continue
        # In another language an adjective has an ending: Internationalen.
        ends = ("", "e", "r", "s", "n", "es", "en", "er", "em") if evidence.foreign else ("",)
        seconds = frozenset().union(*(followers(plain(s.folded), a + end) for s in evidence.sources for end in ends))
        # A people and its place differ at the end: House Democrats, House Democratic. Surnames that do are two.
        forms = {w for w in seconds if w.startswith(b[:4]) and (b in lower or is_form(b, w))}
        another = {w for w in forms if w.rstrip("s") == b.rstrip("s")} == forms and lower.isdisjoint({b, *forms})
        if b not in seconds and (another and not is_word(stem(a)) or not forms) and not _is_kin(first, b, evidence):
            yield Finding("N401", f"“{first} {second}” stands nowhere together in {evidence.sources[0].id}")


def _is_kin(first: str, surname: str, evidence: Evidence) -> bool:
    """Whether an article tells of "Varga's older brother, Tomas", or of "his brother, Tomas": Tomas Varga."""
    whose = rf"(?:{re.escape(surname)}(?:'s|')?|his|her|their)"
    related = rf"\b{whose} (?:[\w-]+ ){{0,3}}(?:{'|'.join(KIN)}),? {re.escape(plain(first))}\b"
    return any(re.search(related, plain(s.folded)) for s in evidence.sources)


def names_are_near(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """N401: a name of the claim stands in its cited sentences or close by, not just anywhere in the article.

    Close by are the sentences around, the headline and the lead, where pronouns and roles have their names from.
    A name that differs by a letter or two from one in the cited sentences is taken for that one, and wrong.
    """
    if claim.kind == "extract" or not evidence.cited or claim.part == "closing" or evidence.foreign:
        return
    cited = frozenset().union(*(vocabulary_of(text) for text in evidence.texts))
    upper = _context(evidence).upper
    label = _LABEL.match(evidence.said)
    said = evidence.said[label.end() :] if label and entry(stem(plain(label.group()[:-2]))) else evidence.said
    text = _without_dates(said)
    found = list(TOKEN.finditer(text))
    pairs = ((m, after) for m, after in zip(found, [*found[1:], None], strict=False) if m.group()[0].isupper())
    for match, after in pairs:
        name, following = (unowned(m.group()) if m else "" for m in (match, after))
        low = plain(name)
        if low not in upper or low in NO_NAME or len(low) < 3:
            continue
        if is_opener(name, low) and SENTENCE_START.search(text[: match.start()]):
            continue
        # The first name of a cited surname may stand anywhere: that the two belong together is held on its own.
        if following[:1].isupper() and plain(following) in cited:
            continue
        if low not in cited and low in evidence.vocabulary:
            yield from _uncited(name, low, (cited & upper) - vocabulary_of(evidence.said), evidence)


def _uncited(name: str, low: str, cited: frozenset[str], evidence: Evidence) -> Iterator[Finding]:
    """What is wrong with a name of the article that no cited sentence has; `cited` are the names they have instead."""
    letters = 2 if len(low) > 5 else 1
    alike = [w for w in cited if w[0] == low[0] and abs(len(w) - len(low)) <= letters]
    # Where all are forms of it, and mostly there are none, the library that counts letters need not be loaded.
    twin = "" if all(is_form(low, w) for w in alike) else within_letters(low, alike, letters)
    if twin and not is_form(low, twin):
        yield Finding("N401", f"“{name}” is not in {evidence.where}, which has “{twin.title()}”")
        return
    around = [*evidence.cited, *evidence.around(_CLOSE_BY), *(s.sentences[0] for s in evidence.sources)]
    texts = [*(s.text for s in around), *(s.title for s in evidence.sources)]
    near = frozenset().union(*(vocabulary_of(fold(text)) for text in texts))
    if (
        low not in near
        and not _in_near_form(low, near)
        and not _spelt_out(low, texts, evidence)
        and not is_the_setting(low, evidence)
        and not is_told_freely(evidence, _OWN_WORDS)
    ):
        every = (s for source in evidence.sources for s in source.sentences)
        where = next((s.id for s in every if low in vocabulary_of(fold(s.text))), "")
        hint = f"; {where} has it: cite it if it says this" if where else ""
        yield Finding("N401", f"the name “{name}” is neither in {evidence.where} nor near{hint}")


def _spelt_out(low: str, texts: list[str], evidence: Evidence) -> bool:
    """Whether the initials of a name that has this word stand near: the GSS, the Geological Survey of Sarn."""
    initials = {m.lower() for text in texts for m in _INITIALS.findall(text)}
    runs = _runs(evidence) if initials else ()
    return any(low in vocabulary_of(run) and any(i in capitals for i in initials) for capitals, run in runs)


def _in_near_form(low: str, near: frozenset[str]) -> bool:
    return any(low in forms and forms & near for forms in SAME) or any(
        _demonym(low, w) for w in near if w[:4] == low[:4]
    )


def names_of(evidence: Evidence) -> frozenset[str]:
    """Return the words that the context writes with a capital inside a sentence and never without."""
    return _context(evidence).names


def missing_names(text: str, evidence: Evidence) -> list[str]:
    """Return the names of a text that no cited article has."""
    known, context = evidence.vocabulary, _context(evidence)
    missing = []
    label = _LABEL.match(text)
    for match in TOKEN.finditer(text):
        if not any(map(str.isupper, match.group())):
            continue
        name = unowned(match.group())
        low = plain(name)
        if label and match.start() == 0 and entry(stem(low)):
            continue
        if low in known or low in NO_NAME or len(low) < 2 or figures(low):
            continue
        starts = bool(SENTENCE_START.search(text[: match.start()]))
        if starts and _is_first_name(text[match.end() :], low, known, context):
            starts = False
        if (
            is_the_setting(low, evidence)
            or _ordinary(name, low, starts, evidence, context)
            or _in_other_form(name, low, evidence)
        ):
            continue
        missing.append(name)
    return missing


def _is_first_name(rest: str, low: str, known: frozenset[str], context: Spellings) -> bool:
    """Whether a word that no article has stands before a name of the cited ones, and is no role: "Anna Okafor"."""
    following = re.match(r" ([^\W\d_a-z][\w-]+)", rest)
    name = plain(following[1]) if following else ""
    unknown = low not in context.every and low not in OPENERS and stem(low) not in ROLE_STEMS
    return unknown and name in known and name in context.names and not low.endswith(NO_NAME_ENDS)


def _ordinary(name: str, low: str, starts: bool, evidence: Evidence, context: Spellings) -> bool:
    """Whether a capitalised word is no name: it opens the sentence, or the context has it in lower case."""
    if starts and (is_opener(name, low) or stem(low) in context.lower_stems):
        return True
    if starts and low not in context.every and (low.endswith(NO_NAME_ENDS) or is_word(stem(low))):
        return True
    if evidence.foreign or evidence.bundle.language.startswith("de"):
        # Translated institutions and German nouns are capitals too: what the context never has is left to S601.
        return low in context.lower or low not in context.every or is_word(stem(low))
    return low in context.lower and low not in context.upper


def _in_other_form(name: str, low: str, evidence: Evidence) -> bool:
    """A demonym, an acronym and its expansion, or both halves of a hyphenated name."""
    known = evidence.vocabulary
    text = " ".join(plain(s.folded) for s in evidence.sources)
    for forms in SAME:
        if low in forms and any(re.search(rf"(?<!\w){re.escape(f)}(?!\w)", text) for f in forms):
            return True
    if "-" in name and all(
        p in known or not p[:1].isupper() for p in (plain(x) if x[:1].isupper() else x for x in name.split("-"))
    ):
        return True
    if name.endswith("s") and name[:-1].isupper() and low[:-1] in known:
        return True
    if name.isupper() and len(name) <= 6:
        return _expands(low.replace(".", ""), evidence)
    return any(_demonym(low, word) for word in known if word[:4] == low[:4])


def _demonym(a: str, b: str) -> bool:
    """Whether two words differ by an ending that makes a people of a place: Ukraine, Ukrainian."""
    if a[:4] != b[:4]:
        return False
    short, long = sorted((a, b), key=len)
    for cut in range(3):
        root = short[: len(short) - cut]
        if (
            len(root) >= 4
            and long.startswith(root)
            and long[len(root) :] in PEOPLE
            and short[len(root) :] in ("", *"aeoy", "s", "ia")
        ):
            return True
    return False


def is_form(name: str, other: str) -> bool:
    """Whether two words are one name in its forms: House Democrats, House Democratic."""
    return name == other or name.rstrip("s") == other.rstrip("s") or _demonym(name, other)


def _runs(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Yield the names of several words in the cited articles, each with its initials before it."""
    for source in evidence.sources:
        for run in _RUN.findall(source.folded):
            yield "".join(w[0].lower() for w in run.split() if w[0].isupper()), run


def _expands(acronym: str, evidence: Evidence) -> bool:
    if any(acronym in capitals for capitals, _ in _runs(evidence)):
        return True
    # "Gross domestic product" is no name, and GDP stands for it.
    spelt = r"\b" + r"\s".join(f"{re.escape(c)}[a-z]+" for c in acronym)
    return len(acronym) > 2 and any(re.search(spelt, plain(s.folded)) for s in evidence.sources)


def _without_dates(text: str) -> str:
    for m in reversed(mentions(text)):
        text = text[: m.start] + "▮" * (m.end - m.start) + text[m.end :]
    return text


def _context(evidence: Evidence) -> Spellings:
    return spellings(evidence.wording)
