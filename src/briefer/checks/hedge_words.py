"""The ways in which English leaves a thing open: one kind a row, its cues, and what says as much in a claim.

Patterns, one a word, `_` for a space.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefer.checks.lexicon import Cues, alternatives, any_of

# Somebody holds it to be so,
CLAIMED = r"""
    (?:is|are|was|were)_(?:tipped|rumou?red|reputed|convinced|adamant|confident)(?=_(?:to|that|the|an?|of)\b)
    in_principle alleged(?:ly)? alleges? alleging allegations? reportedly reputed(?:ly)? purport(?:ed|edly|s)?
    supposed(?:ly)? ostensibl[ey] suspected suspicions? suspects?(?=_(?:that|of|it|an?|the|him|her|them|foul)\b)
    (?:thought|said|understood|assumed|presumed|held|reckoned|reported|rumoured|rumored|known_only)_to(?=_(?:be|have)\b)
    understands?_that believed believes? presumed presumably presumes?
    (?<!lay_)(?<!lays_)(?<!laid_)claim(?:s|ed|ing)?(?!_(?:for_)?(?:damages|compensation|responsibility|credit|benefits?|expenses))(?!_(?:[\w-]+_){0,4}(?:lives|life|victims?|titles?)\b)
    accus(?:ed?|es|ing) accusations?(?=_(?:that|of)\b) suggest(?:s|ed|ing)? hint(?:s|ed|ing) insinuat(?:es?|ed|ing)
    impl(?:ies|ied) unconfirmed unverified rumou?rs? rumou?red speculat(?:es?|ed|ing|ion) surmis(?:es?|ed)
    guess(?:es|ed)? conjectured? feared fears?(?!_of) reckon(?:s|ed|ing)? contend(?:s|ed|ing) assert(?:s|ed|ing)?
    theor(?:y|ies) theori[sz]e[ds]? hypothes\w+
"""
# it is only possible or likely (the month is no hedge, and who could not was unable),
POSSIBLE = r"""
    (?:could|can|would|did|does|do|is|are)_not_(?:yet_)?(?:be_)?(?:rul(?:ed?|ing)_out|exclud(?:ed?|ing))
    (?-i:may)(?!_\d) might could(?!_(?:see|hear|little|barely|hardly|only|no)\b)(?!_not\b) possibly possible
    possibility perhaps maybe probabl[ey] almost_certain(?:ly)?
    in_all_likelihood likely likeliest likelihood unlikely conceivabl[ey] seemingly apparently
    as_far_as_\w+_kn[eo]ws? to_(?:\w+_)?[\w']+_knowledge provisional(?:ly)? tentative(?:ly)? preliminary
    as_things_stand considering considers?
    weigh(?:s|ed|ing)?(?!_(?:[\w.,]+_){0,2}?(?:kilo|gram|kg|tonne|ton|pound|lb|ounce)s?\b) mull(?:s|ed|ing)?
    (?:toying|toys|toyed)_with assum(?:ed?|es|ing) appear(?:s|ed)?_(?:to|as_(?:if|though))
    it_(?:would_)?appears?
    seem(?:s|ed)?(?!_to_(?:him|her|them|me)\b) look(?:s|ed)?_(?:set|likely|as_(?:if|though)) potential(?:ly)?
    (?:not|cannot|neither|never)_(?:yet_)?(?:be_)?(?:yet_)?(?:ruled?_out|excluded?)
    (?:not|n't)_(?:ruling_out|excluding)
"""
# somebody means to do it,
_DUE_BECAUSE = (
    "due_to_(?:the|an?|its|their|his|her|this|that|these|those|what|which|poor|bad|high|low|lack"
    r"|[\w-]+(?:er|ing|ed|ous|al|ic|y|ive))\b"
)
PLANNED = rf"""
    (?!{_DUE_BECAUSE})due_to (?<!a_)(?<!the_)(?<!its_)(?<!their_)plan(?:ned|ning|s)? aim(?:s|ed|ing)?
    intend(?:s|ed|ing)? propos(?:es?|ed|ing)_to seek(?:s|ing)?_to sought_to
"""
# or expects or wants it,
EXPECTED = r"""
    expect(?:ed|s|ing)? hop(?:es?|ed|ing) (?<!for_)want(?:s|ed|ing)?
"""
# somebody put a figure on it,
ESTIMATED = r"""
    puts?(?=_(?:[\w-]+_){1,6}at_) estimate[ds]? estimating forecast(?:s|ing)? predict(?:s|ed|ing)?
    project(?:s|ed)(?=_(?:that|to|an?|the)\b) projections?
"""
# or it is asked whether it is so.
WHETHER = r"""
    whether
"""
# Who says it,
SAYS = r"""
    sa(?:id|ys?|ying) (?<!was_)(?<!were_)(?<!been_)(?<!be_)told tell(?:s|ing)?(?!_(?:of|apart)\b) according_to
    argu(?:ed?|es|ing|ment) call(?:ed|s)(?!_(?:for|off|in|on|up)\b) warn(?:ed|s|ing)? view(?:s|ed)? opinion
    sees(?!_to) saw describ\w+ asks deni(?:ed|es|al\w*) blam(?:e[ds]?|ing) cit(?:ed|es|ing)
    put(?!_(?:on|in|off|out|up|aside|back|down(?!_to))\b) puts_(?:\w+_){0,5}at counted charge[ds]? contend(?:ed|s)
    insist(?:ed|s|ence)? maintain(?:ed|s) reckon\w* deem\w* regard(?:s|ed|ing)? thinks? thought assum\w+
    gather(?:s|ed) eyes has_it_that has_it_from understood_to understands conce(?:des?|ded) impression contention
    stat(?:es|ed|ement)(?!_of\b) declar\w+ announc\w+ acknowledg\w+ admi(?:ts|tted|ssion) complain\w*
    accounts?(?!_for) version testimon\w+ testif\w+ assert\w* affirm\w* assur\w+ confirm\w* recall(?:s|ed) recount\w*
    remark\w* (?:points?|pointed|pointing)_(?:to|out) quot(?:ed?|es|ing) reveal\w* disclos\w+ convinced predict\w*
    speaks? spoke talks?_of talked_of ma(?:de|kes?)_(?:plain|clear) timed? dated writes wrote
    (?:by|on)_(?:\w+_){1,5}(?:reckoning|count|telling|showing|figures|word|calculation|account|estimate) swears? swore
    vow\w* counters? countered retorts? retorted explain\w* feels? felt figures?_of tally_of count_of toll_of
    talk_(?:of|that) word_(?:of|that|is)
"""
# what leaves it open in other words,
OPEN = r"""
    puts thinks? on_the_word_of doubt\w* odds arguabl[ey] for_now at_present improbable option risk\w* danger whether
    if unless depend\w* condition\w* should ought fear\w* afraid worr\w+ questions? supposing
    un(?:clear|known|certain|decided|resolved|proven|proved|tested|sure|settled) not_clear undetermined
    not_(?:sure|certain) can chance prospect theory threat\w* bid(?:s|ding)?_to try tries trying tried attempt\w*
    inclined readiness ready willing\w* would_like wait(?:s|ed|ing)_for await\w* warn(?:s|ed|ing)?_against caution\w*
    keen eager anxious desir\w* wish\w* wanting ambition\w* dream\w* hopeful optimis\w* urg\w+ press(?:es|ed|ing)_for
    push(?:es|ed|ing)_for candidates? contenders? options? minded leans? leaning hint\w* signs_(?:of|that) bets?
    betting guess\w* idea recommend\w* ballot\w* referendum look(?:s|ed|ing)?_into investigat\w+
    [ie]nquir(?:y|ies)_(?:into|about|whether) [ie]nquir(?:es?|ed|ing) prob(?:e[sd]?|ing)(?=_(?:into|whether|if)\b)
    examin\w+ in_doubt debat\w+ discuss\w+ in_talks guarantee\w* accus\w+ charged charges
    suspect(?:ed|s?_(?:that|of|him|her|them)) trial suing sued sues lawsuit suit
"""
# that somebody may, and another must not,
PERMITTED = r"""
    permission permit\w* allow\w* lets? entitled free_to right_to eligible ha(?:s|ve)_(?:\w+_){1,3}to barred bars
    forbid\w* forbade prohibit\w* last_day deadline latest time_limit cut-off
"""
# that it is still to be done,
PENDING = r"""
    would scheduled upcoming next promis(?:ed|es|ing) pledg\w+ vow\w* offer(?:ed|s|ing)? propos\w+ against favou?r\w*
    commit(?:s|ted|ting|ment|ments)? undert(?:ak|ook)\w* ha(?:s|ve|d)_until
"""
# that it has not happened yet,
COMING = r"""
    will was_to were_to is_to are_to scheduled upcoming next due from
"""
# or that it is to happen, which is not that it will.
ARRANGED = r"""
    was_to were_to is_to are_to due set_to seek\w* sought would demand\w* ask\w* call\w*
"""
# Who answers a charge speaks for himself,
REPLIED = r"""
    reject\w* dismiss\w* disput\w* refut\w* rebut\w* scoff\w* wav(?:es?|ed)_(?:away|off) brush\w*_(?:aside|off)
    contradict\w*
"""
# and who denies a thing says that it is not so.
DENIED = r"""
    denie[ds] denying
"""
# What makes a thing hang on another.
CONDITION = r"""
    if(?!_(?:not|any|anything|only_because|you|so)\b) unless provided_that providing_that
    on_(?:the_)?condition(?!_of_anonymity|_(?:that_)?\w+_not_(?:to_)?be_) only_if as_long_as so_long_as
    (?:is|are|was|were|be)_subject_to depend(?:s|ed|ing)?_(?:up)?on
    dependent_on contingent_on conditional_on
    hing(?:es|ed|ing)_on
"""
# What in a claim keeps it hanging.
CONDITIONAL = r"""
    (?:so|as)_far_as if unless provided providing condition\w* depend\w* contingent hing\w* subject_to pending until
    before otherwise or told_to ha[sd]_to have_to must requir\w* oblig\w* could (?-i:may)(?!_\d) might threat\w*
    ultimatum would once should in_return in_exchange price terms? demand\w* insist\w* in_case without assuming
    whether when
"""
# What says that a report stands unconfirmed,
UNVERIFIED = r"""
    (?:unable|not_able)_to_(?:verify|confirm) not_(?:be_)?(?:independently_)?(?:verify|verified|confirm|confirmed)
    (?:could|cannot|can|did|has|have|had)_not_(?:been_|be_)?(?:independently_)?(?:verif(?:y|ied)|confirm(?:ed)?)
    (?:neither|none)_(?:\w+_){0,3}(?:verified|confirmed) unverified unconfirmed no_record_of no_confirmation
    no_evidence_of
"""
# that two sides differ about it,
DISPUTED = r"""
    disagree\w* (?<!not_)disput\w+ contest(?:s|ed) contradict\w* does_not_(?:recall|accept) did_not_recall denie[ds]
    denials? inaccurate untrue incorrect
"""
# or that somebody will have none of it: these speak of what has just been said.
REJECTED = r"""
    doubts?_(?:it|that|this)
    (?:reject|dismiss|disput|deni|contest|contradict)(?:s|ed|es)_(?:it|that|this|the_(?:account|claim|report|story|figure)s?)\b
    nonsense rubbish fiction fabrication fantasy invention garbage baloney a_lie pack_of_lies
    (?:plain|simply|flatly|just|quite|completely|entirely)_(?:wrong|false|untrue) not_true no_truth untrue
    (?:was|is|were|are)_(?:wrong|false|inaccurate|incorrect|misleading) prove[sd]?_nothing neither_confirm(?:ed)?_nor
    pure_speculation
"""


_ABOUT = r"""
    about around roughly some approximately nearly almost counts? counted figures? tolls? from by_(?:the_)?[\w-]+'s?
    outlook infer\w* deriv\w* deduc\w* calculat\w* extrapolat\w* projection
    priced valu(?:es?|ed|ing|ation) worth apprais\w* valued costed assessed
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of hedge: its `cues`, and what in a claim is as `careful`; `here`, in the words that it is about."""

    name: str
    cues: str
    careful: Cues
    here: bool = False


KINDS = (
    Kind("claimed", alternatives(CLAIMED), Cues(CLAIMED, POSSIBLE, ESTIMATED, SAYS, OPEN, PENDING)),
    Kind(
        "possible",
        alternatives(POSSIBLE),
        Cues(CLAIMED, POSSIBLE, PLANNED, EXPECTED, ESTIMATED, OPEN, PERMITTED),
        here=True,
    ),
    Kind("denied", alternatives(DENIED), Cues(CLAIMED, POSSIBLE, SAYS, OPEN, REPLIED)),
    Kind("open", alternatives(WHETHER), Cues(CLAIMED, POSSIBLE, ESTIMATED, SAYS, OPEN, PERMITTED, PENDING)),
    Kind("planned", alternatives(PLANNED), Cues(CLAIMED, POSSIBLE, PLANNED, EXPECTED, OPEN, PENDING, COMING)),
    Kind(
        "expected",
        alternatives(EXPECTED),
        Cues(CLAIMED, POSSIBLE, PLANNED, EXPECTED, ESTIMATED, OPEN, PENDING, ARRANGED),
    ),
    Kind(
        "estimated",
        alternatives(ESTIMATED),
        Cues(CLAIMED, POSSIBLE, PLANNED, EXPECTED, ESTIMATED, SAYS, OPEN, _ABOUT),
    ),
)
# These hedge only what follows them: what stands before is not what somebody wants or what may be.
AHEAD = any_of(
    r"may might could can should want\w* plan\w* expect\w* hop\w+ aim\w* intend\w* due_to seek\w* sought\w* whether"
)
HEDGES = (CLAIMED, POSSIBLE, PLANNED, EXPECTED, ESTIMATED, WHETHER, CONDITION)
