"""The words of roles in English: the nouns, which of them are one, ranks, and who leads what."""

from __future__ import annotations

from briefer.checks.thesaurus import near
from briefer.stems import stem

NOUNS = """
    minister president mayor chief director spokesman spokeswoman spokesperson secretary judge justice prosecutor
    governor senator chairman chairwoman chair chairperson head leader commissioner officer captain general ambassador
    professor analyst economist lawyer attorney counsel clerk editor founder owner manager engineer doctor inspector
    superintendent commander king queen prince pope bishop premier chancellor treasurer speaker delegate regulator
    auditor coach driver pilot nurse teacher farmer scholar researcher scientist biologist historian columnist master
    deputy prefect envoy diplomat dealer trader author executive boss adviser advisor aide surgeon physician chemist
    operator attendant steward trustee candidate councillor councilman councilwoman magistrate coroner sheriff
    detective constable sergeant colonel major admiral technician mechanic supervisor administrator negotiator
    mediator investigator examiner registrar receiver liquidator banker broker striker goalkeeper midfielder defender
    referee fireman firefighter fisherman fishmonger shopkeeper baker nun priest
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
    lecturer tutor stewardess hostess waitress actress policeman policewoman lieutenant programmer developer
    consultant broadcaster producer singer actor pollster strategist lobbyist surveyor valuer agent bailiff foreman
    welder roofer mason painter pastor organist convener convenor restorer bookkeeper cashier typist receptionist
    librarian archivist translator interpreter composer sculptor photographer dancer choreographer playwright novelist
    poet critic reviewer jeweller goldsmith blacksmith locksmith tailor dressmaker shoemaker hairdresser barber brewer
    miller miner docker stevedore plasterer glazier joiner cabinetmaker bricklayer scaffolder crane-driver trucker
    haulier courier chauffeur pedlar stallholder innkeeper publican hotelier restaurateur bartender gardener
    gamekeeper groom jockey trainer umpire linesman gp paediatrician radiologist anaesthetist optician therapist
    physiotherapist forecaster weatherman geographer cellist violinist violist pianist guitarist bassist
    drummer percussionist flautist oboist clarinettist saxophonist trumpeter trombonist harpist soprano tenor baritone
    cyclist sprinter swimmer rower boxer skier gymnast bowler batsman winger lifeguard stoker rigger machinist fitter
    turner blaster quarryman seamstress weaver potter tanner saddler beautician undertaker chandler optometrist
""".split()
# What somebody may be called for what he did or where he belongs, beside whatever office he has.
CALLED = """
    author writer journalist reporter investigator researcher scholar scientist academic expert specialist official
    lawmaker legislator mp congressman congresswoman representative parliamentarian politician campaigner activist
    organiser organizer critic whistleblower executive businessman businesswoman entrepreneur investor founder
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
    {"doctor", "physician", "surgeon", "gp"},
    {"captain", "skipper", "capt"},
    {"sergeant", "sgt"},
    {"colonel", "col"},
    {"general", "gen"},
    {"steward", "stewardess", "attendant", "hostess"},
    {"waiter", "waitress"},
    {"actor", "actress"},
    {"policeman", "policewoman"},
    {"cook", "chef"},
    {"lawmaker", "legislator", "mp", "parliamentarian", "congressman", "congresswoman"},
    {"journalist", "reporter"},
    {"lecturer", "academic"},
    {"restorer", "conservator"},
    {"premier", "prime"},
    {"adviser", "advisor", "aide"},
    {"police", "constable", "officer"},
    {"fireman", "firefighter"},
)
SAME = {stem(w): stem(min(group)) for group in ALIKE for w in group}
# A word of a role that makes another role of it: neither side may have it alone. The stem of "associate" is that of
# "association".
RANKS = frozenset(stem(w) for w in "deputy vice acting assistant interim honorary shadow".split())
ONCE = frozenset(
    stem(w) for w in "former formerly ex retired onetime one-time once previously erstwhile outgoing".split()
)
# "Who heads the office" says as much as "head of the office", and of a director too.
LEADING = frozenset(
    """heads headed chairs chaired leads led runs ran directs directed manages managed commands commanded oversees
    oversaw governs governed""".split()
)
LEADS = frozenset(map(stem, LEADING))
# "In charge of", "responsible for": the same.
IN_CHARGE = frozenset({"charg", "respons"})
LEADING |= IN_CHARGE
HEADS = frozenset(stem(w) for w in "head chief boss director manager leader chair chairwoman chairman".split())
LEADERS = HEADS | {
    stem(w)
    for w in """mayor commissioner president secretary governor general premier minister captain commander editor
        speaker investigator""".split()
}
# Any of these words will do for another of them: the party's boss, chief, leader.
BOSSES = frozenset({"chief", "boss", "leader"})
CHIEFS = frozenset(
    map(
        stem,
        """head chief boss leader director director-general general chair chairwoman chairman president
        premier""".split(),
    )
)
# What a body may be as well as a person: "the regulator's chief".
BODIES = frozenset(
    map(
        stem,
        """regulator operator owner auditor supervisor broker trader dealer developer broadcaster builder haulier
        brewer grocer shipper planner employer defender investigator prosecutor examiner insurer lender
        maker""".split(),
    )
)
# Who is meant by one of these the article says elsewhere: the operator is the ferry line.
GENERIC = frozenset(
    map(
        stem,
        """group company firm concern business club bank airline line operator maker producer builder
        supplier agency organisation organization body team office employer owner side town city country
        state island nation government authority institution outfit party own time moment home house school
        hospital clinic mill plant factory works museum gallery church hotel station port harbour airport
        prison dam bridge ship ferry boat theatre university college library shop store restaurant farm mine
        zoo park stadium centre center site building local national regional""".split(),
    )
)
# What somebody does for a living, by the verb, and the nouns for who does it.
DOES = {
    form: tuple(map(stem, nouns.split()))
    for nouns, forms in {
        "teacher professor lecturer tutor reader headteacher": "teaches taught", "cook chef caterer": "cooks cooked",
        "editor": "edits edited", "coach trainer manager": "coaches coached", "nurse sister": "nursed",
        "lawyer attorney solicitor barrister counsel": "represents represented defends defended",
        "pilot captain": "flies flew", "spokesman spokeswoman spokesperson": "speaks spoke",
        "conductor": "conducts conducted", "designer architect": "designs designed",
    }.items()
    for form in forms.split()
}  # fmt: skip
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
