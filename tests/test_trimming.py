"""Which sentences stay when not all of them fit: the central ones, and some of every outlet and article."""

from __future__ import annotations

import re
from random import Random

import pytest

from briefer.bundle import Bundle
from briefer.calls import Spent
from briefer.errors import InputError
from briefer.estimates import estimate_request
from briefer.fitting import Fitting, Window
from briefer.prompts import load_prompts
from briefer.sections import SECTIONS, Scope
from briefer.trimming import STEPS, Ranking
from tests.long import filler, long_bundle

PROMPTS = load_prompts(None)
SHARED = [section for section in SECTIONS if section.scope is not Scope.OUTLET]


def bundle(articles: list[tuple[str, str]], **fields: object) -> Bundle:
    told = [{"outlet": outlet, "text": text} for outlet, text in articles]
    return Bundle.model_validate({"topic": "A closed bridge", "articles": told, **fields})


def many(count: int) -> Bundle:
    """One article of each of so many outlets, of 20 sentences."""
    return bundle([(f"Outlet {n}", " ".join(filler(n, at) for at in range(20))) for n in range(count)])


def kept_of(made: Bundle, room: float) -> set[str]:
    return {sentence.split(".")[0] for sentence in Ranking.of(made).within(room).ids}


def test_what_several_outlets_tell_goes_before_what_one_tells() -> None:
    crack = "Inspectors found a crack in a girder of the bridge."
    aside = "The canteen at the depot now serves lentils on Wednesdays."
    made = bundle(
        [
            ("Gazette", f"Good morning to all readers. {aside} {crack}"),
            ("Wire", f"Here is the news. {crack.replace('Inspectors', 'Engineers')} Nobody was hurt."),
        ]
    )
    ranking = Ranking.of(made)
    ids = ranking.within(ranking.whole * 0.75).ids
    assert "A1.3" in ids
    assert "A1.2" not in ids


def test_a_quotation_stays_with_the_sentence_that_says_whose_it_is() -> None:
    made = bundle([("Gazette", "The bridge is shut. Okafor spoke to reporters. “The bridge comes first.” It rained.")])
    ranking = Ranking.of(made)
    for step in range(STEPS):
        kept = ranking.at(step)
        if kept:
            assert ("A1.2" in kept.ids) == ("A1.3" in kept.ids)


def test_no_outlet_vanishes_however_little_room_there_is() -> None:
    assert len(kept_of(many(40), 0)) == 40


def test_every_article_keeps_its_lead_while_all_leads_fit() -> None:
    """One outlet with a single long article must not crowd out the many short ones of another."""
    short = [("Wire", f"Report {n}: {filler(n, 1)} {filler(n, 2)}") for n in range(60)]
    made = bundle([("Gazette", " ".join(filler(99, at) for at in range(300))), *short])
    leads = sum(p.cost for p in Ranking.of(made)._first) + sum(
        p.cost for p in Ranking.of(made)._ranked if p.sentences[0].number == 1
    )
    assert len(kept_of(made, leads * 1.05)) == 61


def test_what_is_left_out_is_counted_by_outlet() -> None:
    made = long_bundle()
    kept = Ranking.of(made).at(8)
    assert kept
    for outlet, (out, total) in kept.left_out.items():
        sentences = [s.id for a in made.articles_of(outlet) for s in a.sentences] if outlet in made.outlets else []
        if sentences:
            assert (out, total) == (len(set(sentences) - kept.ids), len(sentences))
    assert f"{kept.count} of {len(made.sentences)} sentences (" in kept.told


def test_a_copy_goes_before_what_only_it_tells() -> None:
    told = " ".join(filler(1, at) for at in range(12))
    own = "The ferry master of Lindow refused to sail at night."
    made = bundle([("Gazette", told), ("Wire", f"{told} {own}")])
    ranking = Ranking.of(made)
    ids = ranking.within(ranking.whole * 0.6).ids
    assert "A2.13" in ids
    assert sum(f"A2.{n}" in ids and f"A1.{n}" in ids for n in range(2, 13)) < 4


@pytest.mark.parametrize("articles", [1, 200])
def test_one_long_article_and_two_hundred_fit_a_window(articles: int) -> None:
    made = many(200) if articles == 200 else bundle([("Gazette", " ".join(filler(n % 9, n) for n in range(3000)))])
    fitting = Fitting(Window(32_000))
    drafts = [fitting.draft(PROMPTS, made, section) for section in SHARED]
    assert len({draft.request.messages[1]["content"] for draft in drafts}) == 1
    sizes = [estimate_request(draft.request) for draft in drafts]
    assert 0.8 * 28_000 < max(sizes) <= 32_000 - 4096
    text = drafts[0].request.messages[1]["content"]
    assert len(set(re.findall(r"(?m)^Article (A\d+),", text))) == articles
    # Ids stay what they are: each line is the sentence of that id.
    for sid, line in re.findall(r"(?m)^\[([AR]\d+\.\d+)\] (.*)$", text):
        assert made.sentences[sid].text == line


def test_an_account_is_cut_as_its_own_articles_ask_whatever_other_outlets_write() -> None:
    """What one outlet writes, and what a server counts for it, cannot shorten another's account."""
    random = Random(7)
    hostile = " ".join("".join(chr(random.randrange(0x4E00, 0x9FA0)) for _ in range(40)) + "." for _ in range(30))
    papers = next(section for section in SECTIONS if section.scope is Scope.OUTLET)
    told = " ".join(filler(1, at) for at in range(400))
    accounts = []
    for other in ("It rained.", hostile):
        made = bundle([("Gazette", told), ("Wire", other)])
        fitting = Fitting(Window(6000))
        for outlet in ("Wire", None):
            draft = fitting.draft(PROMPTS, made, papers if outlet else SHARED[0], outlet)
            fitting.window.count(draft.request, Spent(1, round(5 * estimate_request(draft.request)), 0, 10))
        accounts.append(fitting.draft(PROMPTS, made, papers, "Gazette").request)
    assert accounts[0].messages[1] == accounts[1].messages[1]


def test_articles_that_do_not_fit_at_all_are_refused() -> None:
    with pytest.raises(InputError, match=r"do not fit the model's window of 4,000 tokens.* the longest is A"):
        Fitting(Window(4000)).draft(PROMPTS, many(200), SHARED[0])
