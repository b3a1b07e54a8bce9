"""The words by which the drafter without a model tells analysis, background and answers apart."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cues:
    """Patterns of one language, and its questions with the pattern of their answers."""

    analysis: re.Pattern[str]
    background: re.Pattern[str]
    questions: tuple[tuple[str, re.Pattern[str]], ...]


def _any(*stems: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(stems)})", re.IGNORECASE)


_PAST = r"(?:19|20)\d\d\b"

CUES: dict[str, Cues] = {
    "en": Cues(
        _any("analysts?", "experts?", "observers?", "because", "could", "may ", "might", "concern", "fears?", "aims?",
             "seeks?", "pressure", "critics", "risk", "argue", "reflect", "signal"),
        _any(rf"in {_PAST}", rf"since {_PAST}", "last year", "years? ago", "earlier this year", "previous", "began",
             "decades?"),
        (
            ("Why did it happen?", _any("because", "caused? ", "blam", "due to", "reason", "so that", "explain")),
            ("What happens next?", _any("will ", "expected", "plans? to", "due to (?:be|meet|hear)", "scheduled",
                                        "next (?:week|month|year)")),
            ("What is in dispute?", _any("den(?:y|ied|ies)", "disput", "reject", "contest", "alleg", "unclear",
                                         "not known")),
        ),
    ),
    "de": Cues(
        _any("weil", "könnte", "dürfte", "Experten", "Beobachter", "Sorge", "Kritiker", "Druck", "Risiko"),
        _any(rf"(?:im Jahr |seit ){_PAST}", "im vergangenen Jahr", "zuvor", "bereits", "begann"),
        (
            ("Warum kam es dazu?", _any("weil", "wegen", "Ursache", "Grund")),
            ("Wie geht es weiter?", _any("soll ", "sollen", "wird ", "geplant", "erwartet")),
            ("Was ist umstritten?", _any("umstritten", "bestreite", "weist .{0,30}zurück", "unklar")),
        ),
    ),
    "fr": Cues(
        _any("parce que", "pourrait", "experts?", "analystes?", "inquiét", "crain", "risque", "pression"),
        _any(rf"(?:en |depuis ){_PAST}", "l[’']an dernier", "auparavant", "avait "),
        (
            ("Pourquoi est-ce arrivé ?", _any("parce que", "en raison", "cause", "à la suite")),
            ("Que va-t-il se passer ?", _any("doit ", "devrait", "prévu", "prochain")),
            ("Qu’est-ce qui est contesté ?", _any("contest", "dément", "rejett", "incertain")),
        ),
    ),
    "es": Cues(
        _any("porque", "podría", "expertos", "analistas", "temor", "riesgo", "presión", "críticos"),
        _any(rf"(?:en |desde ){_PAST}", "el año pasado", "anterior", "había"),
        (
            ("¿Por qué ocurrió?", _any("porque", "debido a", "causa", "por culpa")),
            ("¿Qué pasará ahora?", _any("prevé", "previsto", "próxim", "tendrá que", "está previsto")),
            ("¿Qué se discute?", _any("niega", "negó", "disput", "rechaz", "no hay acuerdo")),
        ),
    ),
}  # fmt: skip
