"""The words around names in English: titles, words that only look like names, names that stand for each other."""

from __future__ import annotations

from briefer.date_words import DAYS, MONTHS
from briefer.stems import FUNCTION_WORDS
from briefer.text import plain

# Capitals that name nobody.
NO_NAME = frozenset(
    """i mr mrs ms miss dr sir dame lord lady prof professor st saint gen lt col maj capt sgt adm rev hon jr sr am pm
    a.m p.m no nos vs inc ltd plc co corp bn mr. north south east west northern southern eastern western
    doctor reverend madam madame monsieur private corporal sergeant lieutenant captain major colonel brigadier general
    commander commodore admiral marshal constable inspector superintendent pvt cpl cdr cmdr cmdre brig pc insp supt
    pres sen rep gov det messrs mme""".split()
)
# Words that a capital makes no names of: they open a sentence, or tell when.
UNNAMING = FUNCTION_WORDS | frozenset((*DAYS, *MONTHS))
# Who has the surname of the one they are related to.
KIN = ("brother", "sister", "twin", "sibling", "son", "daughter", "father", "mother")
# Endings by which a word that only opens a sentence is no name, unless the context has it as one.
NO_NAME_ENDS = ("ing", "ness", "ment", "ments", "tion", "tions", "ity", "ly", "less", "ists", "ders", "ters")
# One name, several forms: the reader takes them for the same.
SAME = (
    {"us", "u.s", "united states", "usa", "america", "american", "americans"},
    {"uk", "u.k", "united kingdom", "britain", "british", "briton", "britons"},
    {"un", "u.n", "united nations"},
    {"eu", "e.u", "european union", "europe", "european", "europeans"},
    {"france", "french"}, {"spain", "spanish"}, {"netherlands", "dutch"}, {"greece", "greek", "greeks"},
    {"poland", "polish", "poles"}, {"denmark", "danish", "danes"}, {"sweden", "swedish"}, {"wales", "welsh"},
    {"switzerland", "swiss"}, {"turkey", "turkish", "turkiye"}, {"ireland", "irish"}, {"germany", "german", "germans"},
    {"portugal", "portuguese"}, {"finland", "finnish", "finns"}, {"norway", "norwegian", "norwegians"},
    {"england", "english"}, {"scotland", "scottish", "scots"}, {"iceland", "icelandic"},
    {"cyprus", "cypriot", "cypriots"}, {"ministry", "minister"}, {"presidency", "president"},
    {"chancellery", "chancellor"},
    {"philippines", "philippine", "filipino", "filipinos"}, {"belgium", "belgian", "belgians"}, {"thailand", "thai"},
    {"czechia", "czech republic", "czech", "czechs"}, {"luxembourg", "luxembourgish"}, {"peru", "peruvian"},
    {"kiev", "kyiv"}, {"dprk", "north korea"},
)  # fmt: skip
PEOPLE = ("", "n", "an", "ian", "ish", "ese", "i", "s", "ns", "ans", "ians", "er", "ers", "ean", "eans", "al", "ic")
# A government by its country, its capital or its seat: in news the one stands for the other.
SEATS = tuple(
    frozenset(seats.split(","))
    for seats in (
        "us,united states,washington,white house,pentagon", "uk,britain,london,downing street,whitehall",
        "russia,moscow,kremlin", "ukraine,kyiv,kiev", "north korea,pyongyang", "south korea,seoul", "china,beijing",
        "japan,tokyo", "france,paris,elysee", "germany,berlin", "italy,rome", "spain,madrid", "iran,tehran",
        "israel,jerusalem", "turkey,ankara", "india,delhi,new delhi", "pakistan,islamabad", "syria,damascus",
        "iraq,baghdad", "egypt,cairo", "poland,warsaw", "hungary,budapest", "eu,european union,brussels",
        "canada,ottawa", "australia,canberra", "taiwan,taipei", "belarus,minsk", "serbia,belgrade", "greece,athens",
    )
)  # fmt: skip
# Words that open sentences of news without being names, and that an article may well not hold.
OPENERS = frozenset(
    """according analysts analyst officials official experts critics critic supporters opponents observers investigators
    police prosecutors lawyers lawmakers witnesses residents relatives survivors rescuers authorities ministers neither
    nobody nothing none everyone several many most some few other others another each every all both one two three four
    five six seven eight nine ten eleven twelve half about around nearly almost more less fewer only even still yet
    meanwhile however instead although though despite during since because therefore thus then later earlier
    previously recently currently early late last next first second third today yesterday tomorrow questions question
    doubts concern concerns estimates estimate figures figure reports report accounts account details plans talks ties
    relations together separately similarly likewise unlike like among amid against under over within without until
    unless whether while where when why who what which how if as at by for from in into of on onto out to toward towards
    with the a an and or but so nor it its he she they we you his her their our this that these those there here not
    no never after before between beyond following given regarding asked speaking writing
    yes is are was were do does did has have had can could will would should shall may might must
    i me him them us myself yourself himself herself itself ourselves themselves mine hers ours theirs yours whose whom
    anyone anybody anything someone somebody something everybody everything whoever whatever whichever none such same
    any enough much plenty lots part least certain various numerous multiple countless either whole
    thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred hundreds thousand thousands million millions billions dozen dozens scores once twice fourth fifth sixth
    seventh eighth ninth tenth above across ahead along alongside apart aside atop away barring behind below beneath
    beside besides beyond concerning considering contrary counting down due except excluding failing inside like near
    notwithstanding off opposite outside over past pending per plus prior save than through throughout till
    underneath unto up upon versus via worth lest nor once provided providing rather supposing whereas whereby wherever
    whenever whether again ago almost already altogether always anyway anywhere elsewhere else especially eventually
    ever everywhere further furthermore hence here how indeed just lately maybe merely mere moreover namely
    nevertheless nonetheless nowhere now often otherwise overall perhaps possibly quite rarely seldom shortly simply
    sometimes somewhat soon sooner thereafter thereby though thrice too twice ultimately very well whenever yet
    am been being be having doing let ought need""".split()
)


def is_opener(name: str, low: str) -> bool:
    """Whether a word is one of the small ones of the language, which name nobody: "WHO" and "US" are none of these."""
    return low in OPENERS and not (len(name) > 1 and name.isupper())


def stand_for_one(a: str, b: str) -> bool:
    """Whether two names stand for one: North Korea and Pyongyang, H.V. and Hugo Vent."""
    return any({plain(a), plain(b)} <= seats for seats in SEATS) or _are_initials(a, b) or _are_initials(b, a)


def _are_initials(short: str, name: str) -> bool:
    letters = short.replace(".", "")
    firsts = "".join(word[0] for word in name.split() if word[0].isupper())
    return letters.isupper() and len(firsts) > 1 and letters.startswith(firsts) and len(letters) <= len(firsts) + 1
