"""C104: cited sentences that carry next to nothing, so that no outlet is credited for what it does not say."""

from __future__ import annotations

from dataclasses import replace

from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.checks.evidence import Evidence
from briefer.findings import Finding
from briefer.stems import stems

# An outlet with this share of a claim's content words has a part in it; with less it must carry what no other does.
_CARRIES = 0.25


def idle_cites(claim: Claim, evidence: Evidence) -> tuple[Claim, list[Finding]]:
    """Return the claim without the cites of outlets that carry nothing of it, and a remark on each of them.

    An outlet's cites are idle when its sentences hold less than a quarter of the content words, and none
    that the other outlets' sentences lack. Closing words, which name outlets, and inferences, which
    join facts in words of their own, keep their cites.
    """
    outlets = {s.id: s.outlet or "" for s in evidence.sources}
    if len(set(outlets.values())) < 2 or claim.part == "closing" or claim.kind == "inference" or evidence.foreign:
        return claim, []
    wanted = frozenset(stems(evidence.said, evidence.bundle.language))
    held = {o: wanted & _stems_of(o, outlets, evidence) for o in set(outlets.values())}
    idle = {o for o, own in held.items() if len(own) < _CARRIES * len(wanted) and own <= _others(o, held)}
    if idle == set(held):
        return claim, []
    dropped = [s for s in evidence.cited if outlets[s.source] in idle]
    kept = tuple(c for c in claim.cites if c not in {s.id for s in dropped})
    return replace(claim, cites=kept), [Finding("C104", _told(s.id, evidence.bundle)) for s in dropped]


def _stems_of(outlet: str, outlets: dict[str, str], evidence: Evidence) -> frozenset[str]:
    own = (s for s in evidence.cited if outlets[s.source] == outlet)
    return frozenset(w for s in own for w in stems(s.text, evidence.language_of(s)))


def _others(outlet: str, held: dict[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(own for o, own in held.items() if o != outlet))


def _told(sentence: str, bundle: Bundle) -> str:
    whose = bundle.sources[sentence.partition(".")[0]].outlet or "the reference"
    return f"cites {sentence}, which carries next to nothing of it; {whose} is not credited"
