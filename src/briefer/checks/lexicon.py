"""The words by which a sentence hedges, denies or says who says it: patterns, one a word, `_` for a space."""

from __future__ import annotations

import re


def any_of(*lists: str) -> re.Pattern[str]:
    """Return a pattern for any word of these lists, whole and in either case."""
    return re.compile(alternatives(*lists), re.IGNORECASE)


def alternatives(*lists: str) -> str:
    """Return the text of that pattern."""
    words = (word.replace("_", " ") for text in lists for word in text.split())
    return rf"\b(?:{'|'.join(words)})\b"


# Quotations in folded text.
QUOTED = re.compile(r'"[^"]*"')
# Three sorts of hedge: somebody claims it,
CLAIMED = r"""
    alleged(?:ly)? alleges? alleging allegations? reportedly suspected
    suspects?(?=_(?:that|of|it|an?|the|him|her|them|foul)\b) suspicions? believed believes?
    thought_to said_to
    (?<!lay_)(?<!lays_)(?<!laid_)claim(?:s|ed)?(?!_(?:for_)?(?:damages|compensation|responsibility))
    accused accuses? purported(?:ly)? supposed(?:ly)? presumed presumably ostensibly suggests? suggested unconfirmed
    rumou?rs? feared
    fears?(?!_of)
"""
# it is not sure (the month is no hedge),
UNSURE = r"""
    (?-i:may)(?!_\d) might could(?!_(?:see|hear|little|barely|hardly|only)\b) possibly perhaps probably likely
    likeliest
    as_far_as_\w+_kn[eo]ws? to_(?:\w+_)?[\w']+_knowledge
    unlikely conceivably seemingly provisional(?:ly)? tentative(?:ly)? as_things_stand
    considering considers?
    weigh(?:s|ed|ing)?(?!_(?:[\w.,]+_){0,2}?(?:kilo|gram|kg|tonne|ton|pound|lb|ounce)s?\b)
    mull(?:s|ed|ing)? assum(?:ed?|es|ing) apparently
    appear(?:s|ed)?_to seem(?:s|ed)?_to
    potential(?:ly)? (?:not|cannot)_(?:yet_)?(?:be_)?(?:yet_)?ruled?_out
"""
# or it is still to come: what somebody means to do,
PLANNED = r"""
    due_to (?<!a_)(?<!the_)(?<!its_)(?<!their_)plan(?:ned|ning|s)? aim(?:s|ing)? intend(?:s|ing)?
"""
# and what is expected of it.
EXPECTED = r"""
    expect(?:ed|s|ing)? hop(?:es?|ing) want(?:s|ed|ing)?
"""
# What makes a claim as careful as an allegation: somebody who says it.
SAYS = r"""
    sa(?:id|ys?|ying) told according_to argu(?:ed?|es|ing) call(?:ed|s) warn(?:ed|s)? view opinion sees? saw
    described? ask(?:ed|s) deni(?:ed|es) blam(?:ed|es) cit(?:ed|es|ing) put counted charge[ds]? contend(?:ed|s)?
    insist(?:ed|s)? maintain(?:ed|s)? reckon\w* deem\w* regard\w* thinks? thought assum\w+ gather(?:s|ed) eyes
    has_it_that
    has_it_from understood_to conce(?:des?|ded) impression
"""
# What leaves a thing as open as its evidence does, in other words.
OPEN = r"""
    puts thinks? on_the_word_of doubt\w* likelihood odds arguabl[ey] preliminary for_now at_present improbable
    risk\w* whether if unless depend\w* condition\w* should fear\w* afraid worr\w+ questions?
    unclear unknown not_clear
    possible possibility can chance predict(?:ed|s)? forecasts? prospect theory threat\w* estimate[ds]? hypothes[ie]s
    permission permit\w* allow\w* entitled free_to right_to
    ha(?:s|ve)_(?:\w+_){1,3}to barred bars ballot\w* referendum forbid\w* forbade prohibit\w*
"""
# What says of a thing that it is still to be done.
PENDING = r"""
    scheduled upcoming next promis(?:ed|es) offer(?:ed|s)? propos(?:ed|es|al) against favou?r\w*
"""
# What says of a thing that it has not happened yet.
COMING = r"""
    will was_to were_to is_to are_to scheduled upcoming next
"""
# What says that it is to happen without saying that it will.
ARRANGED = r"""
    was_to were_to is_to are_to due set_to seek\w* would demand\w* ask\w* call\w*
"""
# What denies.
NOT = r"""
    not
    no(?!_(?:(?:fewer|less|more|later|sooner)_than|opinion|view|answer|preference|confidence)|-(?:fly|deal|confidence))
    never none nobody nothing neither nor without cannot \w+n't
    nie nicht kein\w* ne pas jamais nunca jamás
"""
# What makes a thing hang on another.
CONDITION = r"""
    unless provided_that on_condition_that only_if
"""
# What leaves open if a thing is so.
WHETHER = r"""
    whether
"""
# What says that a report stands unconfirmed, and that two sides differ.
UNVERIFIED = r"""
    (?:unable|not_able)_to_(?:verify|confirm) not_(?:be_)?(?:independently_)?(?:verify|verified|confirm|confirmed)
    (?:could|cannot|can|did|has|have|had)_not_(?:been_|be_)?(?:independently_)?(?:verif(?:y|ied)|confirm(?:ed)?)
    unverified unconfirmed no_record_of
"""
DISPUTED = r"""
    disagree\w* (?<!not_)disput\w+ contest(?:s|ed) contradict\w* does_not_(?:recall|accept) did_not_recall
    denie[ds] denials? inaccurate untrue incorrect
"""
# What says no without a "not".
NEGATIVE = r"""
    den(?:y|ied|ies|ying|ial) refus\w+ reject\w+ declin\w+ fail\w* lack\w* unable
    un(?:known|aware|clear|likely|confirmed|identified|changed|harmed|hurt) absen\w+ dismiss\w+ rul\w+_out
    bar(?:red|s|ring)? forbid\w* forbade prohibit\w* unharmed unhurt unscathed intact exclud\w* escap\w+
    stop\w* prevent\w* avoid\w* halt\w* ban(?:s|ned|ning)? withh\w+ little few hardly barely less instead rather_than
    yet_to remain\w*_to miss(?:es|ed|ing)? silen\w+ too_early far_from block\w* veto\w* stay\w*_out
    contest\w* disput\w* doubt\w* pend\w* empty zero oppos\w+ against ke(?:ep\w*|pt)\b.{0,60}\b(?:from|off)
    correct(?:s|ed|ing)
    cut_off cuts_off cutting_off deprived
    free_(?:of|from) only alone sole except apart_from negative beyond out_of dropped
    brushed_aside waved_away turned_down thr[eo]wn?_out voted_(?:\w+_){0,3}down kept_\w+_to
    spar(?:e[sd]?|ing) refrain\w* abstain\w* forgo\w* forwent eschew\w* shun\w* neglect\w* ignor\w+ cancel\w*
    scrap(?:s|ped|ping)? abandon\w* waiv\w* exempt\w* devoid bereft scarcely rarely seldom in_vain turn\w*_down
    walk\w*_away g[ai]ve\w*_up los(?:e|es|t|ing) ceas\w+ ow(?:e[sd]?|ing)
    contradict\w* refut\w* rebut\w* belie[ds]?
    contrary un(?!der|it|til|less)\w{2,}(?:ed|id|en|able) impossible short_of left\b.{0,40}\b(?:out|off)\b omit\w*
"""
# What leaves a thing undone, unsaid or unknown without any of these.
IMPLIED = r"""
    stay\w* stand\w* stood remain\w* ke(?:pt|ep\w*) away outside shut closed? closes anonym\w+
    clean whether if quiet\w* mum silen\w+ vacan\w+ wait\w* await\w* safe(?:ly)? scoff\w*
    le(?:ft|aves?)_(?:it_)?open open_question still yet questions? questioned questionable unlike first_time
    first_(?:\w+_){0,2}(?:since|in|for)
"""
# Who says it without a name.
UNNAMED = re.compile(
    r"\b(?:(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]everal|[Ss]ome)\s(?!(?:hour|day|week|month|year|minute)s?\b)(?:[a-z'-]+\s){0,4}?"
    r"(?:in [A-Z]\w+\s)?(?:said|say|says|put)\b"
    r"|(?:people|persons?|sources?|officials?|insiders?|aides?|diplomats?|executives?|guests?)\s"
    r"(?:familiar with|close to|with (?:direct |first-hand )?knowledge|briefed on|involved in|who asked)"
    r"|(?:sources?|insiders?|the person|anonymous\w*|unnamed \w+)\s(?:[a-z]+\s){0,2}?(?:said|say|says|put|told)"
    r"|(?:source|insider|informant|mole|whistle-?blower|employee|worker)\b[^.;:\"]{0,60}?\s(?:sa(?:id|ys)|told|claim(?:s|ed)|reckons)"
    r"|[Aa]ccording to (?:one|two|three|four|several|some|people|sources|insiders|an? (?:source|insider))"
    r"|(?:not to be|without being) (?:named|identified)|anonymity|ha(?:s|ve|d) been told that)\b"
)
# Talk about the task, ids and a model's asides.
LEAKED = re.compile(
    r"\[?\b[AR]\d+\.\d+\b\]?|</?think|```|\{\{|\}\}|\bas an? (?:ai|language model)\b|\b(?:json|schema)\b|\bthe user\b"
    r"|\bthe (?:cited|given|provided) (?:sentences?|articles?)\b|\bi (?:cannot|can't|am unable)\b|\bsystem prompt\b"
    r"|\bas requested\b|\bhere is (?:the|a|my|your) (?:revised|rewritten|corrected|new|summary|sentence|briefing)\b"
    r"|\b(?:given|provided) (?:reports?|texts?|sources?|material)\b"
    r"|\bthis (?:article|statement) (?:discusses|says|is about)\b|\bignore (?:all|any|the) (?:previous|prior)\b",
    re.IGNORECASE,
)
