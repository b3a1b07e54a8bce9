"""Outlet names as a reader sees them: names that look alike, and names that mix scripts."""

from __future__ import annotations

import re
import unicodedata

from briefer.memo import memo
from briefer.text import one_line, plain

# Letters of other scripts that look like Latin ones: the part of Unicode's confusables (UTS 39) that a
# name can be written with, in lower case because names are compared in lower case.
_LOOKALIKES = {
    ord(pair[0]): pair[1]
    for pair in (
        "аa еe оo рp сc уy хx іi ѕs ԁd һh ԛq ԝw ьb гr кk мm тt вb нh зe пn иu ԍg "  # Cyrillic
        "αa οo ρp νv ιi κk τt υu εe ηn χx γy ωw μm "  # Greek
        "օo սu ոn հh ց9 յj "  # Armenian
        "ɑa ɡg |i !i 0o 1i li"  # Latin, and what stands for l and o
    ).split()
}
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
_RUN = re.compile(r"[^\W\d_]+")


def outlet_key(outlet: str) -> str:
    """Return what two spellings of one outlet share: case, accents and a leading "the" set aside."""
    return re.sub(r"^the\s+", "", plain(one_line(outlet)))


@memo(4096)
def seen_as(outlet: str) -> str:
    """Return what an outlet's name looks like: two names with the same one cannot be told apart by eye.

    Case, accents, spaces, punctuation and a leading "the" are set aside, look-alike letters are one.
    """
    name = outlet_key(outlet).translate(_LOOKALIKES)
    name = name.replace("rn", "m").replace("vv", "w")
    return "".join(c for c in name if c.isalnum()) or name


def mixed_scripts(text: str) -> tuple[str, ...]:
    """Return the words of `text` that mix Latin with letters of a script that looks like it."""
    if text.isascii():
        return ()
    return tuple(w for w in _RUN.findall(text) if not w.isascii() and len(_scripts(w)) > 1)


def _scripts(word: str) -> set[str]:
    names = {unicodedata.name(c, "").split(" ")[0] for c in word}
    return names & set(_SCRIPTS)
