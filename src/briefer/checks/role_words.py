"""The words of roles in English: the nouns, which of them are one, ranks, and who leads what."""

from __future__ import annotations

from briefer.checks.thesaurus import near
from briefer.stems import stem

NOUNS = """
    minister president mayor chief director spokesman spokeswoman spokesperson secretary judge justice
    prosecutor governor senator chairman chairwoman chair chairperson head leader commissioner officer captain general
    ambassador professor analyst economist lawyer attorney counsel clerk editor founder owner manager engineer
    doctor inspector superintendent commander king queen prince pope bishop premier chancellor treasurer speaker
    delegate regulator auditor coach driver pilot nurse teacher farmer scholar researcher scientist biologist
    historian columnist master deputy prefect envoy diplomat dealer trader author executive boss adviser advisor
    aide surgeon physician chemist operator attendant steward trustee candidate councillor councilman councilwoman
    magistrate coroner sheriff detective constable sergeant colonel major admiral technician mechanic supervisor
    administrator negotiator mediator investigator examiner registrar receiver liquidator banker broker striker
    goalkeeper midfielder defender referee fireman firefighter fisherman fishmonger shopkeeper baker nun priest
""".split()
# Trades and callings, of which another word may do as well: ranger and forester.
TRADES = """
    rector dean provost principal headteacher headmaster headmistress vicar archbishop cardinal imam rabbi chaplain
    ombudsman comptroller controller marshal brigadier paramedic midwife psychiatrist psychologist pharmacist dentist
    veterinarian vet toxicologist botanist zoologist virologist epidemiologist microbiologist geologist seismologist
    meteorologist hydrologist climatologist ecologist pathologist sociologist statistician mathematician physicist
    solicitor barrister notary accountant actuary auctioneer architect planner curator conductor signaller dispatcher
    skipper sailor navigator plumber builder carpenter electrician cleaner caretaker porter cook chef waiter florist
    grocer butcher grower winemaker rancher shepherd beekeeper forester ranger warden guard janitor postman postwoman
    lecturer tutor programmer developer consultant broadcaster producer singer actor pollster strategist lobbyist
    surveyor valuer agent bailiff foreman welder roofer mason painter pastor organist
""".split()
# What somebody may be called for what he did or where he belongs, beside whatever office he has.
CALLED = """
    author writer journalist reporter investigator researcher scholar scientist academic expert specialist official
    lawmaker legislator mp congressman congresswoman representative parliamentarian politician campaigner
    activist organiser organizer critic whistleblower executive businessman businesswoman entrepreneur investor founder
    pensioner retiree resident witness victim survivor veteran student employee worker lecturer consultant strategist
""".split()
SOFT = frozenset(map(stem, CALLED))
NOUNS += [noun for noun in (*TRADES, *CALLED) if noun not in NOUNS]
_TRADE_STEMS = frozenset(map(stem, TRADES))
ROLE_STEMS = frozenset(stem(n) for n in NOUNS)
DISCIPLINES = frozenset(stem(n) for n in NOUNS if n.endswith(("ist", "ian")))
ALIKE = (
    {"spokesman", "spokeswoman", "spokesperson"},
    {"chairman", "chairwoman", "chair", "chairperson"},
    {"lawyer", "attorney", "counsel", "barrister", "solicitor"},
    {"chief", "boss", "head"},
    {"doctor", "physician", "surgeon"},
    {"premier", "prime"},
    {"adviser", "advisor", "aide"},
    {"police", "constable", "officer"},
    {"fireman", "firefighter"},
)
SAME = {stem(w): stem(min(group)) for group in ALIKE for w in group}
# A word of a role that makes another role of it: neither side may have it alone.
RANKS = frozenset(stem(w) for w in "deputy vice acting assistant interim associate honorary shadow".split())
ONCE = frozenset(stem(w) for w in "former ex retired onetime outgoing".split())
# "Who heads the office" says as much as "head of the office", and of a director too.
LEADING = frozenset("heads headed chairs chaired leads led runs ran directs directed manages managed".split())
# "In charge of", "responsible for": the same.
IN_CHARGE = frozenset({"charg", "respons"})
LEADING |= IN_CHARGE
HEADS = frozenset(stem(w) for w in "head chief boss director manager leader chair chairwoman chairman".split())
LEADERS = HEADS | {
    stem(w)
    for w in """mayor commissioner president secretary governor general premier minister captain commander editor
        speaker investigator""".split()
}
OFFICES = frozenset(map(stem, "department office division section unit agency body service staff".split()))


def alike(a: str, b: str) -> bool:
    """Whether a stem of the claim names the role that one of the evidence names: leader and lead, boss and head.

    Whoever leads something may be called its head, and any minister or general secretary leads something.
    """
    if (a in LEADING and b in LEADING | LEADERS) or (b in LEADING and a in HEADS):
        return True
    if a in _TRADE_STEMS and near(a, frozenset({b})):
        return True
    a, b = SAME.get(a, a), SAME.get(b, b)
    return a == b or (min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a)))
