"""Sentences that give orders to whoever summarises an article instead of telling its reader something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefer.memo import memo
from briefer.text import compiled, fold

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

_OUTPUT_WORDS = (
    "summar", "briefing", "digest", "recap", "output", "reply", "replies", "answer", "response", "prompt", "context",
)  # fmt: skip
# Each looks for words that make sense only to a model that writes about the article. What an article
# about chatbots says of them is not addressed to one, and stands in the third person or in quotation marks.
# Before each stand words of which it needs one: a sentence without them is spared the pattern, and most are of all.
_ADDRESSED: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("ignore", "disregard", "forget", "override", "bypass", "follow"),
        rf"{_START}(?:ignore|disregard|forget|override|bypass|do not follow|stop following)\b[^.!?]{{0,30}}?"
        rf"(?:\b(?:all|any|every|previous|prior|above|earlier|preceding|your|system|other)\b[^.!?]{{0,30}}?\b{_RULES}\b"
        rf"|\b{_RULES}\b (?:above|before|you)\b|\beverything (?:above|before|you (?:were|have been) told)\b)",
    ),
    (
        ("you are",),
        rf"\byou are (?:now |no longer |only |really )?(?:an?|the|my) (?:\w+ ){{0,3}}?{_MODEL}(?![\w-])"
        r"|\bthe section you are (?:writing|drafting)\b",
    ),
    (("as an ai",), r"\bas an AI (?:language )?model\b"),
    (
        ("dear", "attention", "note", "message", "hint", "instruction", "reminder"),
        rf"{_START}(?:dear|attention|notes?|messages?|hints?|instructions?|reminders?)(?: (?:for|to))?:?"
        rf" (?:all |any |the |every )*{_MODEL}(?: (?:that|which|who)\b|[:,]| (?:reading|processing|summari[sz]ing))",
    ),
    (
        _OUTPUT_WORDS,
        rf"{_START}{_VERBS}\b.{{0,80}}?\b{_OUTPUT}\b"
        rf"|{_START}in {_OUTPUT},? (?:include|add|say|write|state|mention|do not|put|give|use)\b",
    ),
    (("summar",), r"\byou(?:'ve| have| are| will)? (?:just )?summari[sz](?:e|ed|ing)\b"),
    (("part of",), rf"{_START}this is part of (?:the|your) task\."),
    (("this is your",), rf"{_START}this is your (?:user|developer|operator|administrator)\b"),
    (
        ("digest", "summar", "briefing"),
        r"\bautomated (?:digest|summar|briefing)\w*|\bin (?:any|every) digest\b"
        r"|\b(?:no|any|every) (?:digest|briefing|summary) (?:may|must|should)\b",
    ),
    (
        ("obey", "follow", "execute"),
        rf"{_START}(?:decode|translate|apply \w+)(?: this)? and (?:obey|follow|execute)\b",
    ),
    (
        ("above", "before"),
        rf"{_START}(?:repeat|print|reveal|output|show) (?:everything|all|the (?:text|words|prompt)) (?:above|before)\b",
    ),
    (
        ("do not",),
        rf"{_START}do not (?:mention|name|quote|cite)\b[^.!?]{{0,60}}"
        r"(?:\b(?:other )?outlets?\b|\bin (?:any|the|your)\b)",
    ),
    (("output:",), r"\b(?:example|sample) output:"),
    (("environment variable",), r"\benvironment variable\b[^.!?]{0,10}\b[A-Z]+_(?:API_)?KEY\b"),
    (
        ("ignor",),
        r"\bignor(?:ez|e|iere|ieren sie|iert|a|ad|en|are|ate)\b[^.!?]{0,40}\b(?:consignes|instructions|anweisungen"
        r"|instrucciones|instruções|istruzioni|instructies)\b",
    ),
    (("anwybyddwch",), r"\banwybyddwch\b[^.!?]{0,30}\bcyfarwyddiadau"),
    (("игнорируй",), r"игнорируй(?:те)?\b[^.!?]{0,40}(?:указани|инструкци)"),
    (("忽略", "无视", "無視"), r"(?:忽略|无视|無視)[^。！？]{0,12}(?:指示|指令|提示|说明)|(?:指示|命令)を?無視"),
    (("تجاهل",), r"تجاهل[^.!؟]{0,30}(?:التعليمات|الأوامر)"),
    (("निर्देशों",), r"निर्देशों को (?:अनदेखा|नज़रअंदाज़)"),
)
_QUOTED = re.compile(r'"[^"]*"|(?<!\w)\'[^\']*\'(?!\w)')


def addressed(sentences: Sequence[str]) -> Iterator[str]:
    """Yield the sentences that address whoever summarises the article instead of its reader.

    Words that a sentence only quotes do not count: an article on such attacks may show them.
    """
    return (sentence for sentence in sentences if _is_addressed(sentence))


@memo(8192)
def _is_addressed(sentence: str) -> bool:
    said = _unquoted(fold(sentence))
    low = said.replace("İ", "i").replace("ı", "i").casefold()  # as a pattern in either case takes them
    needed = (pattern for words, pattern in _ADDRESSED if any(word in low for word in words))
    return any(compiled(pattern, re.IGNORECASE).search(said) for pattern in needed)


def _unquoted(sentence: str) -> str:
    """Leave out what a sentence quotes, unless the quotation is nearly all of it."""
    rest = _QUOTED.sub(" ", sentence)
    return rest if len(rest) > len(sentence) / 5 else sentence.strip("\"' ")
