"""A briefing made by hand from invented outlets, with everything that a renderer has to show."""

from __future__ import annotations

from typing import Any

from briefer.briefing import Briefing

ARTICLES = (
    ("A1", "The Tarn Valley Post", "Old bridge at Hollin closed to all traffic", "2026-03-09T18:20:00+00:00"),
    ("A2", "Northmere Evening News", "Hollin bridge shut: what drivers need to know", "2026-03-10"),
    ("A3", "The Ledger of Skarne", "Council was warned about Hollin bridge in 2024", "2026-03-10"),
    ("A4", "Radio Ullbeck", "Old bridge at Hollin closed to all traffic", "2026-03-09"),
    ("A5", "The Fellside Review", None, None),
)

SENTENCES = {
    "A1.1": "The 140-year-old stone bridge at Hollin was closed to all traffic on Monday after divers found that the "
    "river had washed out the bed below its second pier.",
    "A1.2": "“Nobody will drive over it until we know what is holding it up,” said Petra Lindqvist, the county’s chief "
    "engineer.",
    "A1.4": "Repairs are expected to cost about £2.4 million and to take until the autumn.",
    "A2.1": "Some 6,500 vehicles cross Hollin bridge on a working day.",
    "A2.3": "The detour by way of Skarne adds 19 miles, or about 40 minutes at rush hour.",
    "A2.7": "A temporary bridge could be in place by June if the army lends one, the county said.",
    "A3.1": "Engineers told Tarn County Council in June 2024 that the bed below the second pier was “likely to fail in "
    "a major flood”, papers seen by the Ledger show.",
    "A3.2": "The council put the £310,000 repair off twice.",
    "A3.5": "Repairs will now cost at least £4 million, two people who have seen the estimate said.",
    "A4.1": "The stone bridge at Hollin is closed to all traffic.",
    "A5.1": "A bridge is a promise that a council makes to people who are not born yet.",
    "A5.2": "That this one was broken twice in two years should cost somebody a chair.",
    "R1.2": "Hollin bridge was opened in 1886 and widened in 1931.",
}


def cite(sid: str, text: str | None = None) -> dict[str, Any]:
    """Return the record of a cited sentence."""
    words = SENTENCES[sid] if text is None else text
    return {"id": sid, "article": sid.split(".")[0], "start": 0, "end": len(words), "text": words}


LEDGER = ("The Ledger of Skarne",)


def statement(text: str, *sids: str, kind: str = "reported", also: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """Return the record of a proved sentence, its outlets taken from its sentence ids."""
    names = {aid: outlet for aid, outlet, _, _ in ARTICLES}
    outlets = list(dict.fromkeys(names[sid.split(".")[0]] for sid in sids if sid[0] == "A"))
    cites = [cite(sid) for sid in sids]
    return {"id": "s", "text": text, "kind": kind, "cites": cites, "outlets": outlets, "also_in": also} | more


def block(heading: str | None, *statements: dict[str, Any]) -> dict[str, Any]:
    """Return the record of a block."""
    return {"heading": heading, "statements": statements}


def record() -> dict[str, Any]:
    """Return the whole sample as plain data, so that a test may change any part of it."""
    lindqvist = "The county’s chief engineer, Petra Lindqvist, said nobody would drive over it until it was understood."
    return {
        "schema": "briefer/briefing/1",
        "story": "A stone bridge at Hollin is closed after flood damage",
        "headline": statement("Hollin bridge closed after the river undermined a pier", "A1.1", "A4.1", also=LEDGER),
        "articles": [_article(*facts) for facts in ARTICLES],
        "sections": {
            "whats_happened": [
                block(
                    None,
                    statement(
                        "The stone bridge at Hollin was closed to all traffic on Monday.", "A1.1", "A4.1", also=LEDGER
                    ),
                    statement("About 6,500 vehicles use it on a working day.", "A2.1"),
                    statement(lindqvist, "A1.2", also=LEDGER),
                )
            ],
            "behind_the_headline": [
                block(
                    None,
                    statement("The council was told in June 2024 that the bed might fail in a flood.", "A3.1"),
                    statement("The warning may come to matter more than the flood.", "A3.1", "A3.2", kind="inference"),
                )
            ],
            "papers_say": _papers_say(),
            "how_we_got_here": [block(None, statement("The bridge was opened in 1886 and widened in 1931.", "R1.2"))],
            "go_deeper": [
                block(
                    "How long is the detour?",
                    statement("It adds 19 miles, or about 40 minutes at rush hour, by way of Skarne.", "A2.3"),
                )
            ],
            "topics": [
                block("Petra Lindqvist", statement("The county’s chief engineer, who ordered the closure.", "A1.2")),
                block("Skarne", statement(SENTENCES["A2.3"], "A2.3", kind="extract")),
            ],
        },
        "disagreements": [
            {
                "about": "What the repairs will cost",
                "sides": [
                    {"outlets": ["The Tarn Valley Post"], "value": "about £2.4 million", "cite": cite("A1.4")},
                    {"outlets": ["The Ledger of Skarne"], "value": "at least £4 million", "cite": cite("A3.5")},
                ],
            }
        ],
        "timeline": [
            {"date": "1886", "statement": statement("The bridge is opened.", "R1.2")},
            {"date": "2024-06", "statement": statement("Engineers warn the council about the second pier.", "A3.1")},
            {
                "date": "2026-03-09",
                "statement": statement("The bridge is closed to all traffic.", "A1.1", "A4.1", also=LEDGER),
            },
        ],
        "open_questions": [{"question": "Who put the repair off, and why?", "section": "go_deeper"}],
        "withheld": [_withheld()],
        "integrity": [
            {"code": "B901", "message": "A4 is a near-copy of A1", "article": "A4"},
            {"code": "B904", "message": "The Fellside Review (A5) reads like a comment piece", "article": "A5"},
        ],
        "provenance": {"model": "example-large", "prompts": {}, "briefer": "0.1.0", "bundle_sha256": "0" * 64},
    }


def sample(**changes: Any) -> Briefing:
    """Return the sample briefing, top-level parts replaced by `changes`."""
    return Briefing.model_validate(record() | changes)


def infected(text: str) -> Briefing:
    """Return the sample with `text` before every string that an article or a model could have written."""
    data = record()
    for article in data["articles"]:
        article["title"] = article["url"] = text
    return Briefing.model_validate(_tainted(data, text))


_FREE = ("story", "text", "heading", "about", "value", "question", "message", "outlet", "date", "model")


def _tainted(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {k: f"{text} {v}" if k in _FREE and v is not None else _tainted(v, text) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_tainted(v, text) for v in value]
    return value


def _article(aid: str, outlet: str, title: str | None, published: str | None) -> dict[str, Any]:
    slug = outlet.lower().replace(" ", "-")
    copied = "A1" if aid == "A4" else None
    facts = {"id": aid, "outlet": outlet, "title": title, "published": published, "copy_of": copied}
    return facts | {"url": f"https://{slug}.example/hollin?id={aid}&x=1", "sha256": "0" * 64}


def _papers_say() -> list[dict[str, Any]]:
    return [
        block(
            "The Tarn Valley Post",
            statement("It leads with the divers’ finding and the county’s chief engineer.", "A1.1", "A1.2"),
            statement("It puts the repairs at about £2.4 million and expects them to last until autumn.", "A1.4"),
        ),
        block(
            "Northmere Evening News",
            statement("It writes for drivers: 6,500 vehicles a day and a detour of 19 miles.", "A2.1", "A2.3"),
            statement("It alone reports that the army could lend a temporary bridge by June.", "A2.7"),
        ),
        block(
            "The Ledger of Skarne",
            statement("It has papers that show a warning in June 2024.", "A3.1"),
            statement("The council, it says, put a £310,000 repair off twice.", "A3.2"),
        ),
        block("Radio Ullbeck", statement("It carries the closure in one sentence.", "A4.1")),
        block(
            "The Fellside Review",
            statement(SENTENCES["A5.1"], "A5.1", kind="extract"),
            statement(SENTENCES["A5.2"], "A5.2", kind="extract"),
        ),
        block(
            None,
            statement(
                "All report the closure; only the Ledger and the Review turn from the river to the council.",
                "A1.1",
                "A3.2",
                "A5.2",
            ),
        ),
    ]


def _withheld() -> dict[str, Any]:
    message = "the number “12,000” is not in A2.1; use the figure of the cited sentence"
    return {
        "section": "papers_say",
        "outlet": "Northmere Evening News",
        "text": "It says that 12,000 vehicles cross the bridge every day.",
        "findings": [{"code": "F301", "message": message}],
    }


HOSTILE = (
    "\x1b]0;owned\x07\x1b[31mred\x1b[0m \x9b2J",
    "\u202etxt.exe\u2066 \u200b\u2028hidden",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</style></title></details></section><h1>",
    '"><a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1)) ![i](https://evil.example/i.png) [r]: https://evil.example",
    "https://evil.example www.evil.example //evil.example evil.com me@evil.example mailto:me@evil.example",
    "http://user:pass@evil.example/",
    "javascript:alert(1)",
    "[bold red]rich[/] [link=https://evil.example]x[/link] :warning:",
    "::error file=a::b",
    "  ::add-mask::x ##[error]x ##vso[task.setvariable variable=a]b ##teamcity[x]",
    "##[endgroup]",
    "# heading",
    "1. one",
    "- item",
    "+ item",
    "> quote",
    "=== ",
    "--- \n\n---\n\n# new\n\n```\ncode",
    "| a | b |\n|---|---|\n| c | d |",
    "**bold** _em_ ~~gone~~ `code` &copy; &#x1b; \\ \\[ $x$ {{ y }}",
    "<!-- --> <?php ?> <![CDATA[ <div>",
    "日本語のとても長い見出し 👩‍👩‍👧 العربية",
)
