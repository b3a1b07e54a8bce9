"""The content words of a text, without their endings: what two sentences on one thing share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from briefer.text import plain

# Words that say how, not what: articles, pronouns, prepositions, auxiliaries and the verbs of saying.
FUNCTION_WORDS = frozenset(
    """
    a about after again all also although am an and any are as at be because been before being between both but by can
    could did do does doing during each either else even ever every for from further had has have having he her here
    hers him his how if in into is it its itself just may me might more most much must my near no nor not now of off on
    one only onto or other our out over own per said same say saying says she should since so some still such than that
    the their them then there these they this those through to told too toward towards under until up upon us very was
    we were what when where which while who whom whose why will with within without would yet you your
    aber alle als am an auch auf aus bei bis dann das dass dem den denn der des die dies diese dieser dieses doch durch
    ein eine einem einen einer eines er es fur gegen hat hatte hatten ich ihr ihre im in ist kann kein keine man mehr
    mit muss nach nicht noch nur ob oder ohne sagte sein seine seit sich sie sind so soll sowie uber um und unter vom
    von vor war waren was weil wenn werden wie wir wird wurde wurden zu zum zur zwischen
    au aux avec ce cela ces cet cette comme dans de des dit donc du elle elles en entre est et ete eu il ils je l la le
    les leur leurs lui mais meme ne ni notre nous on ont ou par pas plus pour qu que qui sa sans se selon ses si son
    sont sous sur tous tout un une vers vous
    al antes aunque cada como con contra cual cuando de del desde dijo donde dos el ella ellos en entre era es esa ese
    esta estan este esto fue ha han hasta hay la las lo los mas me mi muy ni no nos o para pero por porque que quien se
    segun ser si sin sobre son su sus tambien tras un una uno y ya
    """.split()
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_ENDINGS = re.compile(
    r"(?:at(?:ions?|ors?|ing|ed|es?)|ings?|edly|ments?|ness|ures?|ies|ied|ers?|ors?|ions?|ed|es|ly|al|en|em|os|as|[aeosy])$"
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a plain word without its commonest endings, four letters at least: "closed" and "closure" are "clos"."""
    word = word.removesuffix("'s")
    while len(word) > 4 and (m := _ENDINGS.search(word)) and m.start() >= 4:
        word = word[: m.start()]
    return word


@lru_cache(maxsize=16384)
def stems(text: str) -> frozenset[str]:
    """Return the stems of the content words of `text`; figures and words of one letter are left out."""
    return frozenset(_content(text))


def weights(text: str) -> dict[str, float]:
    """Return the stems of a whole article, each with 1 + log of its count, scaled so that the squares add up to 1."""
    counts = Counter(_content(text))
    norm = math.sqrt(sum((1 + math.log(n)) ** 2 for n in counts.values())) or 1.0
    return {word: (1 + math.log(n)) / norm for word, n in counts.items()}


def _content(text: str) -> Iterator[str]:
    for found in _WORD.findall(plain(text)):
        word = found.removesuffix("'s")
        if len(word) > 1 and word not in FUNCTION_WORDS and not word[0].isdigit():
            yield stem(word)
