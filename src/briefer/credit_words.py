"""The words by which prose credits an outlet: press names, verbs of saying, counts of papers."""

from __future__ import annotations

import re

# Stands for the credited names while their phrase is looked for: a letter, so that words end beside it.
HERE = "ꙮ"
# Words that make a capitalised name an outlet's, as its last word.
PRESS_NAME = frozenset(
    """argus bulletin chronicle courier daily dispatch echo examiner express gazette globe guardian herald independent
    inquirer journal ledger magazine mail mercury mirror monitor news newspaper observer planet post radio register
    reporter sentinel standard star sun telegraph times tribune tv voice weekly wire""".split()
)
AGENCIES = frozenset(
    "reuters|ap|afp|bbc|cnn|bloomberg|npr|upi|dpa|efe|xinhua|tass|axios|politico|radio|agence|associated press".split(
        "|"
    )
)
_WORD = r"[A-Z][\w'&-]*(?:\.[\w'&-]+)*"
NAME = rf"{_WORD}(?: (?:of |the |de )?{_WORD}){{0,5}}"
NUMBERS = {word: n for n, word in enumerate("two three four five six seven eight nine ten".split(), 2)}
SAYS = (
    r"(?:(?:also|further|however|meanwhile|has|had|have|first|later|separately|then|all|each|both)\s+)*"
    r"(?:report(?:s|ed)?|says?|said|writes?|wrote|adds?|added|not(?:es?|ed)|stat(?:es?|ed)|puts?|g[ia]ves?|gave"
    r"|describ(?:es?|ed)|quot(?:es?|ed)|cit(?:es?|ed)|carr(?:y|ies|ied)|claim(?:s|ed)?|tells?|told|publish(?:es|ed)?"
    r"|reveal(?:s|ed)?|mention(?:s|ed)?|highlight(?:s|ed)?|stress(?:es|ed)?|emphasi[sz]e[sd]?|point(?:s|ed)? out"
    r"|observ(?:es?|ed)|record(?:s|ed)?|explain(?:s|ed)?|list(?:s|ed)?|adding|saying|reporting|noting|citing|detail(?:s|ed)?|recount(?:s|ed)?|agreed?|agrees)"
)
_PRESS = r"(?:newspapers?|papers?|outlets?|titles|news organi[sz]ations|media|publications?)"
_COUNT = rf"(?:{'|'.join(NUMBERS)}|\d{{1,2}})"
COUNTED = re.compile(
    rf"\b(?:(?P<all>all|every|each|both|most|several)(?: of)?(?: the)?(?: (?P<n>{_COUNT}))?"
    rf"|(?:at least )?(?P<some>{_COUNT})(?: of the {_COUNT})?) (?:of the )?{_PRESS}\b",
    re.IGNORECASE,
)
# A sentence that goes on with the outlet of the one before.
GOES_ON = re.compile(
    r"((?P<two>Both|The two (?:papers|outlets))|It"
    rf"|The (?:newspaper|paper|outlet|article|broadcaster|magazine|website)(?:'s (?:report|article))?) {SAYS}\b"
)
NOT_READ = re.compile(
    rf"\b(?:no|not (?:all|every)|few|none|unlike|neither|all but \w+|only \w+)\b[^.;]{{0,20}}\b{_PRESS}\b"
    r"|\bunlike the\b",
    re.IGNORECASE,
)
_TO = (
    r"(?:according to|as (?:reported|told|noted) (?:by|in|to)|(?:first )?reported (?:by|in)|per|says|said|writes|wrote)"
)
_OF = r"(?:['’]s? (?:report|account|article|coverage|story|reporting))?"
# What goes with the names, in the order in which it is taken out.
PHRASES = tuple(
    re.compile(pattern.replace("HERE", HERE), re.IGNORECASE)
    for pattern in (
        r"\s*[(\[]\s*(?:(?:via|sources?|from|by|per)\b:?\s*)?HERE(?:,[^()\[\]]{0,40})?[)\]]",
        rf"^\s*(?:as |according to |in )?HERE{_OF}(?:\s*[:—–]|\s+-)\s+",
        rf"^\s*(?:{_TO}|in|from|writing in) HERE{_OF},\s*",
        rf"^\s*(?:{_TO}) HERE{_OF}\s+",
        rf"^\s*as HERE {SAYS},?\s*",
        rf",?\s*\b{_TO} HERE{_OF}(?:,(?=\s+\w)|(?=\s*[.;!?,]|\s*$))",
        rf",?\s*(?:\bas )?\bHERE{_OF}\s+{SAYS}(?=\s*[.;!]|\s*$)",
        rf"(?:\b(?:and|but|while|whereas|though|although)\s+)?\bHERE{_OF}\s+{SAYS}\b(?:\s+on \w+day)?(?:,?\s+that\b)?",
        r"\s*[—–-]\s*HERE\s*$",
    )
)
