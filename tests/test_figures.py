"""The figures of a sentence: value, scale, unit and the word that says "about"."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.figures import figures

# text | what is read: value, unit ("-" for none), word of approximation
ENGLISH = """
15,000 troops | 15000
12,345,678 | 12345678
1 250 people | 1250
1'250 | 1250
1.250 | 1.25
0.2 points | 0.2
2.3 million | 2300000
2.3m tonnes | 2300000 t
12bn | 12000000000
1.5 trillion | 1500000000000
4k | 4000
10K runners | 10000
a 5-million fund | 5000000
$1.2bn | 1200000000 $
$1.2 billion | 1200000000 $
$12-billion | 12000000000 $
€3m | 3000000 €
£4,500 | 4500 £
¥500 | 500 ¥
US$3.4m | 3400000 $
A$12 | 12 a$
3 million euros | 3000000 €
forty-two thousand dollars | 42000 $
3.5% | 3.5 %
3.5 percent | 3.5 %
3.5 per cent | 3.5 %
100 % | 100 %
two percentage points | 2 pp
25 basis points | 25 bp
25 bps | 25 bp
3 km | 3 km
5‑km | 5 km
1,000-tonne | 1000 t
5 m | 5 m
a 5-m pole | 5 m
5m people | 5000000
0.5 mg/l | 0.5 mg/l
30mph | 30 mph
10 degrees | 10 °
seven | 7
twenty-five | 25
one hundred and five | 105
fifteen hundred | 1500
two hundred thousand | 200000
three million | 3000000
zero | 0
two dozen boats | 24
half a dozen | 6
a dozen | 12
half a million people | 500000
a quarter of a million | 250000
one boat |
one day | 1 day
two thirds of voters | 2/3 part
two-thirds of | 2/3 part
a third of the fleet | 1/3 part
three quarters of it | 3/4 part
half the crew | 1/2 part
3½ hours | 3.5 h
½ mile | 0.5 mile
10⁶ is not 106 | 10; 106
the 3rd time | 3 nth
21st century | 21 nth
third place | 3 nth
the twelfth man | 12 nth
a 45-year-old man | 45 year
45 years old | 45 year
Ann Poe, 45, said | 45
six-year-old | 6 year
10-12 people | 10; 12
10 to 12 people | 10; 12
3–5% | 3 %; 5 %
10-12 km | 10 km; 12 km
$3-4 billion | 3000000000 $; 4000000000
$3bn-$4bn | 3000000000 $; 4000000000 $
the 5-4 ruling | 5; 4
seven of the nine judges | 7; 9
one in four | 1/4 part
rose from 3% to 4% | 3 %; 4 %
9:30 a.m. | 570 time
9.30am | 570 time
9 p.m. | 1260 time
21:15 | 1275 time
18h30 | 1110 time
12 a.m. | 0 time
12 p.m. | 720 time
noon | 720 time
midnight | 0 time
about 15,000 troops | 15000 - about
more than 200 people | 200 - more
at least 12 | 12 - at
up to 20 | 20 - up
as many as 20 | 20 - as
nearly $3 million | 3000000 $ nearly
over $2bn | 2000000000 $ over
an estimated 40 | 40 - an
around 7pm | 1140 time around
half past six | 390 time
quarter past 9 p.m. | 1275 time
a quarter to seven | 405 time
a quarter past noon | 735 time
five minutes to midnight | 1435 time
ten minutes before noon | 710 time
twenty minutes after midnight | 20 time
thirty minutes before 6 a.m. | 330 time
half before six | 1/2 part; 6
ten minutes after the vote | 10 min
from three to five people | 3; 5
ten to 12 people | 10; 12
12 uhr | 720 time
11:59 | 719 time
25:10 | 25; 10
a year and a half | 1.5 year
two hours and 40 minutes | 160 min
2 hours, 40 minutes | 160 min
three days and two hours | 4440 min
two years and six months | 30 month
half an hour | 30 min
a quarter of an hour | 15 min
three quarters of an hour | 45 min
nine out of ten boats | 9/10 part
one in every five boats | 1/5 part
one out of five boats | 1/5 part
1 in 20 boats | 1/20 part
one in 100,000 | 1/100000 part
six in 10 boats | 3/5 part
one patient in four | 1/4 part
four of five judges | 4; 5
five in four | 5; 4
three in seven boats | 3; 7
seven in ten years | 7; 10 year
one in three cities | 3
one in 2026 | 2026
doubled | 2 x
trebling | 3 x
quadrupled | 4 x
halving of the sum | 1/2 x
twice the sum | 2 x
thrice its size | 3 x
twice a week | 2
double the sum | 2 x
triple its size | 3 x
a double room |
ten times as many | 10 x
2.5 times as much | 2.5 x
two and a half times the sum | 2.5 x
three times a day | 3
threefold | 3 x
ten-fold | 10 x
manifold |
a tenth of the fleet | 1/10 part
a fifth as many | 1/5 part
two fifths | 2/5 part
five eighths of it | 5/8 part
two and a third | 7/3
half a dozen boats | 6
the first half of 2025 | 1/2 part; 2025
He once said so |
an elf |
thousands, dozens and hundreds |
A320 and G7 |
1,2,3 |
1.2.3 |
in 2026 | 2026
""".strip().split("\n")
OTHERS = """
de 1.250 Boote | 1250
de 1.250,5 | 1250.5
de 1.250.000 | 1250000
de 3,5 Prozent | 3.5 %
de zwei Prozentpunkte | 2 pp
de 1,5 Mio. Euro | 1500000 €
de 2,5 Mrd. Euro | 2500000000 €
de 2 Milliarden Euro | 2000000000 €
de zwei Millionen Euro | 2000000 €
de drei Milliarden | 3000000000
de zwölf Boote | 12
de elf Boote | 11
de rund 200 Menschen | 200 - rund
de 18 Uhr | 1080 time
de 18.30 Uhr | 1110 time
de twice the sum |
de half past six | 1/2 part
de one in four |
de Mittag | 720 time
fr 1 250 bateaux | 1250
fr 1 250,5 | 1250.5
fr 3,5 % | 3.5 %
fr 3,5 pour cent | 3.5 %
fr 2 milliards d’euros | 2000000000 €
fr trois millions d'euros | 3000000 €
fr près de 200 | 200 - près
fr douze bateaux | 12
fr vingt-cinq | 25
fr 18h30 | 1110 time
es 1.250 barcos | 1250
es 1.250,5 | 1250.5
es 3,5 por ciento | 3.5 %
es once barcos | 11
es dos millones | 2000000
es dos mil millones de euros | 2000000000 €
es 2 mil millones de euros | 2000000000 €
es más de 200 | 200 - más
es veinte años | 20 year
""".strip().split("\n")


def expected(listed: str) -> list[tuple[Fraction, str, str]]:
    parts = [[*part.split(), "", ""] for part in listed.split(";") if part.strip()]
    return [(Fraction(value), unit.replace("-", ""), about) for value, unit, about, *_ in parts]


@pytest.mark.parametrize("case", ENGLISH)
def test_english(case: str) -> None:
    text, listed = case.split("|")
    assert [(f.value, f.unit, f.about) for f in figures(text.strip())] == expected(listed)


def test_one_and_a_half_is_a_figure() -> None:
    assert [(f.value, f.unit) for f in figures("one and a half hours")] == [(Fraction(3, 2), "h")]


@pytest.mark.parametrize("case", OTHERS)
def test_a_numeral_is_read_by_the_marks_and_words_of_its_language(case: str) -> None:
    language, rest = case.split(" ", 1)
    text, listed = rest.split("|")
    assert [(f.value, f.unit, f.about) for f in figures(text.strip(), language)] == expected(listed)


@pytest.mark.parametrize(
    ("text", "step"),
    [("2.3 million", 100_000), ("2 million", 1_000_000), ("20,060,000", 10_000), ("15,000", 1000), ("0.25", "1/100")],
)
def test_the_step_is_the_value_of_the_last_digit_shown(text: str, step: int | str) -> None:
    assert figures(text)[0].step == Fraction(step)


@pytest.mark.parametrize(
    ("text", "language", "raw"),
    [
        ("It cost $5.2 million.", "en", "$5.2 million"),
        ("“It cost $5.2bn.” he said", "en", "$5.2bn"),
        ("It opened at 9 a.m. on Monday.", "en", "9 a.m."),
        ("Es kostet 1,5 Mio. Euro.", "de", "1,5 mio. euro"),
    ],
)
def test_the_full_stop_of_a_sentence_is_no_part_of_its_figure(text: str, language: str, raw: str) -> None:
    assert [f.raw for f in figures(text, language)] == [raw]


def test_figures_come_in_order_with_offsets_into_the_folded_text() -> None:
    text = "At 9 a.m. two of the 12 boats, half of the fleet, had sunk."
    found = figures(text)
    assert [f.raw for f in found] == ["9 a.m.", "two", "12", "half"]
    assert [text[f.start : f.end].strip() for f in found] == [f.raw for f in found]


@given(st.integers(0, 10**15))
def test_thousands_marks_do_not_change_a_value(value: int) -> None:
    english = f"{value:,}"
    assert [f.value for f in figures(f"some {english} boats")] == [value]
    assert [f.value for f in figures(f"rund {english.replace(',', '.')} Boote", "de")] == [value]
    assert [f.value for f in figures(f"{english.replace(',', chr(0x202F))} bateaux", "fr")] == [value]


@given(st.integers(0, 9999), st.integers(0, 9))
def test_the_decimal_mark_follows_the_language(whole: int, tenth: int) -> None:
    value = Fraction(whole * 10 + tenth, 10)
    assert [f.value for f in figures(f"{whole}.{tenth}%")] == [value]
    assert [f.value for f in figures(f"{whole},{tenth} %", "de")] == [value]


@given(st.text(st.one_of(st.characters(), st.sampled_from("0123456789.,%$€½ -–mkb")), max_size=40))
def test_no_text_breaks_the_reader_and_no_figures_overlap(text: str) -> None:
    found = figures(text)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert all(f.value >= 0 and f.step >= 0 for f in found)


def test_a_long_run_of_digits_or_number_words_is_read_quickly() -> None:
    assert figures("1" * 5000)[0].value > 10**4000
    assert figures("9,999" * 3000) is not None
    assert figures("two hundred and " * 3000) is not None
    assert figures("1-" * 3000) is not None
