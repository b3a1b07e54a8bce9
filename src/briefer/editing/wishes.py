"""What a prompt must not ask for: parts that the schema lacks, another form than JSON, what the desk's rules refuse.

Each wish is a pattern and the sentence that is said of it. A pattern that a denial stands before asks for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefer.editing.sentences import Asked
from briefer.replies import WIRE_SCHEMA, Reply
from briefer.text import inert

_GIVE = (
    r"\b(?:write|give|add|begin|start|open|end|finish|close|include|supply|put|make|mark|set|use|provide|append|draw)\b"
)
_NEAR = r"[^.;]{0,40}?"


@dataclass(frozen=True, slots=True)
class Wish:
    """`pattern` is looked for in the words outside of quotation marks, or in all of them if it is `literal`."""

    code: str
    pattern: re.Pattern[str]
    said: str
    literal: bool = False

    def met(self, asked: Asked) -> str:
        """Return the words that ask for it; "" if none do."""
        text = asked.text if self.literal else asked.bare
        found = (match for match in self.pattern.finditer(text) if not asked.denied(*match.span()))
        return next((asked.text[match.start() : match.end()] for match in found), "")


def _wish(code: str, said: str, *patterns: str, literal: bool = False) -> Wish:
    return Wish(code, re.compile("|".join(patterns), re.IGNORECASE), said, literal)


_HEADLINE = _wish(
    "P002",
    "asks for a headline; this section has none",
    rf"{_GIVE}{_NEAR}\b(?:an?|your|its own)\s+(?:[\w-]+\s+){{0,2}}(?:headline|title)\b",
)
_HEADING = _wish(
    "P002",
    "asks for headings; the blocks of this section have none",
    rf"(?:{_GIVE}|\bunder\b|\bwith\b){_NEAR}\b(?:sub-?)?headings?\b",
)
_DATED = _wish("P002", "asks for dates or a timeline; this section has none", rf"{_GIVE}{_NEAR}(?:\btimeline\b|`date`)")
_INFERENCE = _wish(
    "P002",
    "asks for an inference; in this section every sentence counts as reported",
    rf"{_GIVE}{_NEAR}\binferences?\b",
    r"\b(?:draw|reach|add|give|state)\b[^.;]{0,20}\byour own conclusions?\b",
    r"\b(?:two|three|one|\d) inferred\b",
)
_FORM = (
    _wish(
        "P003",
        "asks for markup; the section is JSON with plain text inside",
        rf"(?:{_GIVE}|\b(?:in|as|into|return|output|answer|format|with|reply)\b)"
        r"[^.;]{0,30}?\b(?:markdown|x?html|xml|yaml|csv|latex|rich text)\b",
        r"\b(?:use|with|in|put|wrap)\b[^.;]{0,20}<\w+>",
    ),
    _wish(
        "P003",
        "asks for bold or italic type; the section is JSON with plain text inside",
        r"\bin (?:\*{0,2}|_?)(?:bold|italics?)\b",
        r"\b(?:bold|italic) (?:type|face|print|letters|text)\b",
        rf"{_GIVE}{_NEAR}[*_]{{0,2}}\b(?:italics|boldface)\b",
        r"\bmake\b[^.;]{0,30}\b(?:bold|italic)\b(?! \w)",
        r"\b(?:underline|embolden|italici[sz]e)\b",
    ),
    _wish(
        "P003",
        "asks for a list with bullets, dashes or numbers; the section is JSON, each statement a plain sentence",
        r"\b(?:as|in|use|using|with|into|make)\s+(?:an?\s+)?(?:(?!two|three|four|five|six|\d)[\w-]+\s+)?"
        r"(?:bullets|bullet points|(?:bulleted|numbered) list)\b",
        r"\b(?:start|begin|open|mark|precede|head)\b[^.;]*\b(?:dash|hyphen|asterisk|bullet)\b",
        r"^\W*bullet points\b\W*(?:please\W*)?$",
        r"\bnumber (?:the|each|every|all|them|your)\b",
    ),
    _wish(
        "P003",
        "asks for a table; the section is JSON with plain sentences inside",
        rf"(?:{_GIVE}|\b(?:as|into|in)\b)[^.;]{{0,30}}?\b(?:as|in|into|an?)\s+(?:[\w-]+\s+)?table\b(?! form)",
    ),
    _wish(
        "P003",
        "asks for something else than JSON; the reply can only be JSON",
        r"\b(?:not|no|instead of|rather than|without)\s+(?:as |in |any )?JSON\b",
    ),
    _wish(
        "P003",
        "asks for links; the section is JSON with plain text inside",
        r"\b(?:hyper)?link (?:each|every|the|all)\b",
    ),
    _wish(
        "P003",
        "asks for line breaks; the section is JSON, each statement one line",
        rf"(?:{_GIVE}|\b(?:leave|insert|separate|between)\b){_NEAR}\b(?:(?:blank|empty|new) lines?|line breaks?)\b",
    ),
)
_RULES = (
    _wish(
        "P008",
        "asks for what stands outside the articles; nothing there can be cited, so it is withheld (C102)",
        r"\b(?:use|using|from|bring in|draw(?:ing)? on|rely(?:ing)? on|add|apply|with|fill)\b[^.;]{0,50}\b"
        r"(?:own|general|background|world|prior|common) knowledge\b",
        r"\b(?:use|add|bring in|include|draw on|supply|give)\b[^.;]{0,20}\b(?:what|that) you (?:already )?"
        r"(?:know|are aware of)\b",
        r"\bfrom memory\b",
        r"\b(?:search|browse|google|look\b[^.;]{0,30}\bup|check|consult|research)\b[^.;]{0,40}\b"
        r"(?:web|internet|online|wikipedia)\b",
        r"\b(?:draw on|consult|use|quote|rely on)\b[^.;]{0,20}\b(?:wikipedia|(?:other|outside) sources)\b",
        r"\b(?:add|use|bring in|include|give|take)\b[^.;]{0,40}\b(?:outside|beyond) (?:of )?the (?:articles|bundle)\b",
    ),
    _wish(
        "P008",
        "asks for sentences without a citation; they are withheld (C102)",
        r"\b(?:no need to|need not|needn['’]t|(?:do not|don['’]t) (?:have|need) to)\s+(?:give |add |be )?cit\w+",
        r"\bdon['’]t bother (?:with|to) cit\w+",
        r"\b(?:do not|don['’]t|never) cite\b(?! (?:more|an?\b|the same|another|other|what|it))",
        r"\b(?:quote|write|say|state|give|report)\b[^.;]{0,40}\bwithout (?:an? |any )?(?:cit\w+|ids?)\b",
        r"\bcit(?:es?|ations?|ing)\b[^.;]{0,20}\b(?:is|are) (?:optional|unnecessary|not (?:needed|required|necessary))",
        r"\bleave `?cites`? empty",
    ),
    _wish(
        "P008",
        "asks for ids or sources in the text; the desk prints them from `cites`",
        r"\b(?:put|write|add|give|append|include|place)\b[^.;]{0,40}\b(?:ids?|sources?|citations?)\b[^.;]{0,30}\b"
        r"(?:after|behind|at the end of|in the text|in (?:square |round )?brackets)\b",
        r"\bend\b[^.;]{0,30}\bwith (?:its|the|their|an?) (?:ids?|sources?|citations?)\b",
    ),
    _wish(
        "P008",
        "asks for figures that the articles do not have; they are withheld (F301, F302)",
        r"\b(?:round|convert) (?:all|the|every|up|down|off|each|figures|sums|numbers|it|them)\b",
        r"\badd up the\b",
        r"\b(?:estimate|extrapolate) (?:the|a|an|any|it|them)\b",
        r"\b(?:make|give|offer) (?:an? )?(?:\w+ )?guess\b",
        r"\bguess (?:the|at)\b",
        r"\b(?:invent|make up) (?:an?|the|some|names?|quotes?|quotations?|figures?)\b",
    ),
    _wish(
        "P008",
        "asks to change quoted words; a quotation that is not exact is withheld (Q201)",
        r"\b(?:tidy|clean|polish|fix|correct|smooth|improve|shorten|translate|trim|edit)\b[^.;]{0,40}\bquot(?:es?|ations?)\b",
    ),
    _wish(
        "P008",
        "asks to drop hedges; a sentence that is surer than its evidence is withheld (W501)",
        r"\b(?:leave out|drop|remove|cut|avoid|omit|skip|strip)\b[^.;]{0,40}\b"
        r"(?:hedg\w+|alleged\w*|reportedly|qualifiers|caveats)\b",
    ),
)
_OUTLETS = _wish(
    "P008",
    "asks to name the outlet in the text; the desk adds outlets from the citations",
    r"\b(?:name|mention|credit)\b[^.;]{0,20}?(?:\bthe (?:outlet|paper|newspaper)\b|\{\{ ?outlet ?\}\})",
    r"\b(?:begin|start|open)\b[^.;]{0,40}?\bwith\b(?! what)[^.;]{0,30}?"
    r"(?:\bthe (?:outlet|paper|newspaper)\b|\{\{ ?outlet ?\}\})",
    r"\bsay which (?:outlet|paper|newspaper)\b",
    r"\battribute\b[^.;]{0,30}\bto (?:its|the|their) (?:outlet|paper|newspaper)s?\b",
    literal=True,
)
_KEY = re.compile(
    rf"(?:{_GIVE}|\bfill\b|\breturn\b|\bcalled\b|\bnamed\b){_NEAR}`([a-z][a-z_]*)`"
    r"|`([a-z][a-z_]*)` (?:is|holds|takes|lists|says)\b",
    re.IGNORECASE,
)


def keys_of(schema: object) -> set[str]:
    """Return the names of all properties in a JSON schema."""
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", {}))
    return own.union(*(keys_of(part) for part in [schema.get("items"), *schema.get("properties", {}).values()]))


_KEYS = keys_of(WIRE_SCHEMA)


def unmet(asked: Asked, key: str, reply: type[Reply] | None) -> Iterator[tuple[str, str]]:
    """Yield `(code, sentence)` for each wish of a prompt's sentence that cannot be met; `reply` is its section's."""
    wishes = [*_FORM, *_RULES]
    if key != "_closing":  # only the closing words name outlets
        wishes.append(_OUTLETS)
    if reply:
        wishes += [wish for wish, has in _parts(reply) if not has]
        yield from (("P002", said) for said in _unknown_keys(asked))
    met = ((wish, wish.met(asked)) for wish in wishes)
    yield from ((wish.code, f"“{inert(words)}” {wish.said}") for wish, words in met if words)


def _parts(reply: type[Reply]) -> Iterator[tuple[Wish, bool]]:
    """Yield the parts that a section may lack, and whether this one has them."""
    yield _HEADLINE, reply.headline_wanted
    yield _HEADING, reply.headings
    yield _DATED, reply.dates
    yield _INFERENCE, reply.inference


def _unknown_keys(asked: Asked) -> Iterator[str]:
    for match in _KEY.finditer(asked.bare):
        name = match[1] or match[2]
        if name not in _KEYS and not asked.denied(*match.span()):
            yield f"“{inert(match[0])}” asks for “{name}”; a reply has only {', '.join(sorted(_KEYS))}"
