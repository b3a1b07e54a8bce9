"""The support score: what is in its file, and that it ranks."""

from __future__ import annotations

import json
from pathlib import Path

from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.checks import prove, score
from briefer.checks.evidence import Evidence
from briefer.checks.features import AGAINST, FOR, features
from briefer.checks.score import support

TEXT = (
    "The council closed the Tarn bridge on Monday after an engineer found a crack in a girder. Repairs will cost"
    " $4.2 million and take until June, Mayor Ines Okafor said. Nobody was hurt."
)


def scored(text: str, *cites: str) -> float:
    bundle = Bundle.model_validate({"articles": [{"outlet": "Tarn Gazette", "text": TEXT, "published": "2026-03-10"}]})
    claim = Claim("statement", text, cites)
    return support(Evidence.of(claim, bundle), prove([claim], bundle)[0].findings)


def test_no_coefficient_goes_against_the_sense_of_its_feature() -> None:
    model = json.loads(Path(score.__file__).with_name("support.json").read_text("utf-8"))
    assert set(model["features"]) == {*FOR, *AGAINST}
    assert all(model["features"][key]["weight"] > 0 for key in FOR)
    assert all(model["features"][key]["weight"] < 0 for key in AGAINST)
    assert all(one["scale"] > 0 for one in model["features"].values())


def test_every_feature_of_the_file_is_counted_of_any_claim() -> None:
    bundle = Bundle.model_validate({"articles": [{"outlet": "Tarn Gazette", "text": TEXT}]})
    for text, cites in (("The bridge is shut.", ("A1.1",)), ("Quite so.", ()), ("", ("A1.2", "A1.3"))):
        counted = features(Evidence.of(Claim("statement", text, cites), bundle), ())
        assert set(counted) == {*FOR, *AGAINST}


def test_the_better_supported_sentence_scores_higher() -> None:
    ranked = [
        scored("The council closed the Tarn bridge on Monday after an engineer found a crack in a girder.", "A1.1"),
        scored("A crack made the council shut the bridge, and dozens of commuters complained about detours.", "A1.1"),
        scored("Mayor Paul Renn expects repairs to cost $5.2 million and drivers to sue.", "A1.2"),
    ]
    assert ranked == sorted(ranked, reverse=True)
    assert len(set(ranked)) == 3
    assert ranked[0] > 0.6
    assert ranked[-1] < 0.3


def test_a_finding_lowers_the_score_of_the_same_words() -> None:
    assert scored("Nobody was hurt.", "A1.3") > scored("Nobody was hurt in Lisbon.", "A1.3")
