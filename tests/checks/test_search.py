"""Evidence search: which sentences are found for a claim that cites none, and when none will do."""

from __future__ import annotations

from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.checks import Verdict
from briefer.checks.search import best_evidence, find_evidence, prove_cited

GAZETTE = (
    "Thirty-one people were on the ferry when it struck the Anvil shoal. Nobody was hurt. "
    "Captain Ida Brandt has sailed the route for nine years. The harbour office will not reopen the east quay. "
    "Divers measured a gash of four metres in the hull."
)
HERALD = (
    "The ferry struck a shoal off Tarn in thick fog. A spokeswoman for the line, Ruth Okafor, blamed a failed sensor. "
    "The line carried 412,000 passengers last year."
)


def bundle() -> Bundle:
    articles = [
        {"outlet": "Tarn Gazette", "text": GAZETTE, "published": "2026-03-10"},
        {"outlet": "Daily Herald", "text": HERALD, "published": "2026-03-10"},
    ]
    return Bundle.model_validate({"articles": articles})


def found(text: str, outlet: str | None = None) -> Verdict:
    return find_evidence(Claim("statement", text, (), outlet=outlet), bundle())


def codes(verdict: Verdict) -> set[str]:
    return {finding.code for finding in verdict.findings}


def test_a_number_is_found_however_it_is_written() -> None:
    assert found("There were 31 people aboard the ferry.").claim.cites == ("A1.1",)


def test_two_facts_are_found_in_two_sentences() -> None:
    verdict = found("The ferry, which had 31 people on it, has a gash of four metres in the hull.")
    assert verdict.proved
    assert set(verdict.claim.cites) == {"A1.1", "A1.5"}


def test_a_sentence_that_a_finding_names_is_added() -> None:
    verdict = found("The captain, Ida Brandt, has sailed the route for nine years, and nobody was hurt.")
    assert verdict.proved


def test_who_is_contradicted_by_the_likeliest_sentence_is_not_proved_by_another() -> None:
    verdict = found("The harbour office will reopen the east quay.")
    assert verdict.proved is None
    assert "W502" in codes(verdict)


def test_an_outlet_is_credited_for_what_it_says_and_not_for_another_s_report() -> None:
    text = "Ruth Okafor, a spokeswoman for the line, put it down to a sensor that failed."
    assert found(text, "Daily Herald").proved
    assert found(text, "Tarn Gazette").proved is None
    told = found("The ferry struck a shoal in thick fog.", "Tarn Gazette")
    assert told.proved is None
    assert "A704" in codes(told)


def test_a_cite_of_the_credited_outlet_does_not_lend_it_another_s_report() -> None:
    text = "The ferry struck a shoal in thick fog."
    cited = [
        prove_cited(Claim("s", text, (cite,), outlet=bundle().sources[cite[:2]].outlet), bundle())
        for cite in ("A1.1", "A2.1")
    ]
    assert [v.proved is not None for v in cited] == [False, True]
    assert codes(cited[0]) == {"A704"}
    assert codes(prove_cited(Claim("s", text, ("A1.1",)), bundle())) == {"A704"}
    assert prove_cited(Claim("s", text, ("A1.1", "A2.1")), bundle()).proved


def test_many_sentences_that_share_a_word_each_are_no_report_of_it() -> None:
    outlets = [
        ("Tarn Gazette", "The office admitted a fault. Nobody was hurt."),
        ("Daily Herald", "Nets were drawn in at dusk. A line of wagons waited. Their spokesman fell ill."),
    ]
    fields = {"articles": [{"outlet": o, "text": t, "published": "2026-03-10"} for o, t in outlets]}
    text = "A spokesman of the office spoke of a fault in the line that it draws."
    verdict = prove_cited(Claim("s", text, ("A1.1",), outlet="Tarn Gazette"), Bundle.model_validate(fields))
    assert verdict.proved, verdict.findings


def test_what_nobody_says_has_no_evidence() -> None:
    assert found("Penguins swam to Lisbon.").proved is None
    assert best_evidence("Quxx zyzzy.", bundle()) == ()


def test_the_fewest_sentences_that_carry_nearly_all_are_the_best() -> None:
    assert best_evidence("Divers measured a gash of four metres in the hull.", bundle()) == ("A1.5",)
    assert set(best_evidence("Divers measured a gash, and a failed sensor is blamed.", bundle())) == {"A1.5", "A2.2"}


def test_a_missing_word_points_to_the_sentence_that_has_it() -> None:
    from briefer.checks import prove

    claim = Claim("statement", "Divers had measured a gash in the hull.", ("A1.2",))
    messages = [f.message for f in prove([claim], bundle())[0].findings if f.code == "S601"]
    assert messages
    assert messages[0].endswith("A1.5 has more of it: cite it if it says this")
