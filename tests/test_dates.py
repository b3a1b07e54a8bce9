"""The dates of a sentence, resolved against the day its article was published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.dates import blank, mentions, parse_iso
from briefer.days import Day

NEW_YEAR = date(2026, 1, 2)  # a Friday

# text | the first reading of each date, as ISO, for an article of 2 January 2026
DATES = """
on 3 May 2025 | 2025-05-03
on May 3, 2025 | 2025-05-03
May 3rd, 2025 | 2025-05-03
the 3rd of May 2025 | 2025-05-03
Sept. 11, 2001 | 2001-09-11
in May 2025 | 2025-05
June 2024 | 2024-06
in 2025 | 2025
the 1990s | 1990
spring 2024 | 2024
on 2025-05-03 | 2025-05-03
in 2025-05 | 2025-05
at 2025-05-03T09:30:00Z | 2025-05-03
on 3 January | 2026-01-03
on 30 December | 2025-12-30
December 30 | 2025-12-30
in December | 2025-12
in January | 2026-01
until May | 2026-05
Jan. 5 | 2026-01-05
Mar 5 | 2026-03-05
today | 2026-01-02
tonight | 2026-01-02
yesterday | 2026-01-01
tomorrow | 2026-01-03
on Friday | 2026-01-02
on Thursday | 2026-01-01
on Monday | 2025-12-29
Monday's vote | 2025-12-29
last week | 2025-12-22
this week | 2025-12-29
next week | 2026-01-05
last month | 2025-12
next month | 2026-02
last year | 2025
this year | 2026
next year | 2027
Friday, 2 January 2026 | 2026-01-02
Friday 2 January | 2026-01-02
Friday, January 2 | 2026-01-02
Monday the 29th of December | 2025-12-29
Friday, 3 May 2024 | 2024-05-03
Thursday and 3 May 2025 | 2026-01-01 2025-05-03
Thursday, May 2025 | 2026-01-01 2025-05
3 to 5 May | 2026-05-03 2026-05-05
three days ago | 2025-12-30
two weeks ago | 2025-12-19
two months ago | 2025-11
ten years ago | 2016
a decade ago | 2016
half a century ago | 1976
a dozen years ago | 2014
a fortnight ago | 2025-12-19
Thursday week | 2026-01-15
a week on Monday | 2026-01-12
Monday of last week | 2025-12-22 2025-12-22
last Wednesday | 2025-12-31
next Friday | 2026-01-09
on New Year's Eve | 2025-12-31
on Boxing Day 2024 | 2024-12-26
the last week of June 2025 | 2025-06-22
the first Monday in June 2025 | 2025-06-02
the third-quarter loss | 2025-07
not before May | 2026-05
each May | 2026-05
last autumn | 2025
next spring | 2026
this morning | 2026-01-02
3 May 2025 and June 2024 | 2025-05-03 2024-06
am 12. März 2025 | 2025-03-12
am 3. Mai 2025 | 2025-05-03
im Oktober 2025 | 2025-10
gestern | 2026-01-01
am Montag | 2025-12-29
le 5 mars 2025 | 2025-03-05
1er mai 2025 | 2025-05-01
en août 2025 | 2025-08
lundi | 2025-12-29
3 de mayo de 2025 | 2025-05-03
el miércoles | 2025-12-31
ayer | 2026-01-01
""".strip().split("\n")

NO_DATES = [
    "It may be.",
    "They may leave; he may stay.",
    "Theresa May said so.",
    "Mrs May said so.",
    "May the best win.",
    "At least 12 may have drowned.",
    "They march on.",
    "They will march 20 miles.",
    "2,025 people",
    "2025 people",
    "$2025",
    "2025%",
    "31 February 2025",
    "29 February 2025",
    "30 February",
    "31 April",
    "32 March",
    "0 May",
    "2025-02-30",
    "2025-13-01",
    "sun, mon amour, a decade",
]


def first_readings(text: str, published: date | None) -> list[str]:
    return [m.days[0].iso() for m in mentions(text, published)]


@pytest.mark.parametrize("case", DATES)
def test_a_date_is_read_against_the_day_of_publication(case: str) -> None:
    text, listed = case.split("|")
    assert first_readings(text.strip(), NEW_YEAR) == listed.split()


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert mentions(text, NEW_YEAR) == ()


@pytest.mark.parametrize("published", [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31)])
def test_a_day_without_its_year_is_the_nearest_around_new_year(published: date) -> None:
    assert first_readings("on 30 December", published) == ["2025-12-30"]
    assert first_readings("on 2 January", published) == ["2026-01-02"]


def test_a_day_without_its_year_keeps_the_year_before_as_a_reading() -> None:
    (mention,) = mentions("on 3 May", NEW_YEAR)
    assert [d.iso() for d in mention.days] == ["2026-05-03", "2025-05-03"]


def test_a_weekday_is_the_last_or_the_next_one() -> None:
    (mention,) = mentions("on Monday", NEW_YEAR)
    assert [d.iso() for d in mention.days] == ["2025-12-29", "2026-01-05"]


def test_a_weekday_beside_a_date_is_one_mention_of_one_day() -> None:
    (mention,) = mentions("It opened on Friday, 2 January 2026.", NEW_YEAR)
    assert (mention.raw, mention.days) == ("Friday, 2 January 2026", (Day(2026, 1, 2, 4),))


def test_a_weekday_picks_the_year_that_is_left_out() -> None:
    assert [m.days for m in mentions("on 30 December", NEW_YEAR)] == [(Day(2025, 12, 30), Day(2026, 12, 30))]
    assert [m.days for m in mentions("on Wednesday 30 December", NEW_YEAR)] == [(Day(2026, 12, 30, 2),)]


def test_weekdays_of_a_list_are_each_a_day() -> None:
    assert first_readings("on Monday, Tuesday and Friday", NEW_YEAR) == ["2025-12-29", "2025-12-30", "2026-01-02"]


def test_a_weekday_that_is_wrong_stays_to_be_found() -> None:
    (mention,) = mentions("on Monday, 2 January 2026", NEW_YEAR)
    assert mention.days == (Day(2026, 1, 2, 0),)
    assert not mention.days[0].fits(Day(2026, 1, 2))
    assert Day(2026, 1, 2, 4).fits(Day(2026, 1, 2))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("at the end of February 2024", ["2024-02", "2024-02-29"]),
        ("by the end of February 2025", ["2025-02", "2025-02-28"]),
        ("at the end of January", ["2026-01", "2025-01", "2026-01-31", "2025-01-31"]),
        ("at the start of May 2025", ["2025-05", "2025-05-01"]),
        ("at the beginning of May 2025", ["2025-05", "2025-05-01"]),
        ("in the middle of May 2025", ["2025-05"]),
        ("by the end of 2025", ["2025"]),
        ("at the end of 3 May 2025", ["2025-05-03"]),
    ],
)
def test_the_end_of_a_month_is_its_last_day_as_well(text: str, days: list[str]) -> None:
    (mention,) = mentions(text, NEW_YEAR)
    assert [d.iso() for d in mention.days] == days


def test_the_end_of_a_month_without_a_year_is_its_last_day() -> None:
    assert mentions("at the end of December", None)[0].days == (Day(None, 12), Day(None, 12, 31))


def test_a_week_has_seven_days_and_a_decade_ten_years() -> None:
    assert len(mentions("last week", NEW_YEAR)[0].days) == 7
    assert [d.year for d in mentions("the 1990s", None)[0].days] == list(range(1990, 2000))


def test_29_february_is_read_in_leap_years_only() -> None:
    (mention,) = mentions("on 29 February", date(2024, 6, 1))
    assert [d.iso() for d in mention.days] == ["2024-02-29"]
    assert mentions("on 29 February", date(2022, 1, 5))[0].days == (Day(None, 2, 29),)


def test_without_a_day_of_publication_the_open_parts_stay_open() -> None:
    assert mentions("on 30 December", None)[0].days == (Day(None, 12, 30),)
    assert mentions("on Monday", None)[0].days == (Day(weekday=0),)
    assert mentions("in June", None)[0].days == (Day(None, 6),)
    assert mentions("yesterday and last month", None) == ()


@pytest.mark.parametrize("published", [date.min, date(1499, 12, 31), date(2100, 1, 1), date.max])
def test_a_publication_day_at_the_end_of_the_calendar_counts_as_none(published: date) -> None:
    said = "3 May, 31 December, yesterday, tomorrow, last week, next week, next Monday, last year, next month"
    assert mentions(said, published) == mentions(said, None)


def test_a_mention_gives_its_words_and_where_they_stand() -> None:
    text = "The council voted on 3 May 2025 and again on Monday."
    assert [(m.raw, text[m.start : m.end]) for m in mentions(text, NEW_YEAR)] == [
        ("3 May 2025", "3 May 2025"),
        ("Monday", "Monday"),
    ]


def test_dates_are_blanked_so_that_they_are_no_figures_but_a_bare_year_stays() -> None:
    assert blank("On 3 May 2025, 12 boats; in 2024, 40.") == "On ▮▮▮▮▮▮▮▮▮▮, 12 boats; in 2024, 40."


@pytest.mark.parametrize(
    ("said", "known", "fits"),
    [
        (Day(2025), Day(2025, 5, 3), True),
        (Day(2025, 5), Day(2025, 5, 3), True),
        (Day(2025, 5, 3), Day(2025, 5, 3), True),
        (Day(2025, 5, 3), Day(2025, 5), False),
        (Day(2025, 5), Day(2025), False),
        (Day(2025, 5, 3), Day(2025, 5, 4), False),
        (Day(None, 5, 3), Day(2025, 5, 3), True),
        (Day(weekday=5), Day(2025, 5, 3), True),
        (Day(weekday=4), Day(2025, 5, 3), False),
        (Day(weekday=4), Day(2025, 5), False),
    ],
)
def test_a_date_fits_what_says_at_least_as_much(said: Day, known: Day, fits: bool) -> None:
    assert said.fits(known) is fits


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024", Day(2024)),
        ("2024-06", Day(2024, 6)),
        (" 2024-06-19 ", Day(2024, 6, 19)),
        ("2024-02-29", Day(2024, 2, 29)),
        ("2023-02-29", None),
        ("2024-13", None),
        ("2024-6-1", None),
        ("0000", None),
        ("19 June 2024", None),
        ("2024-06-19T10:00", None),
        ("", None),
    ],
)
def test_an_iso_date_is_read_strictly(value: str, day: Day | None) -> None:
    assert parse_iso(value) == day


DAYS = st.dates(date(1600, 1, 1), date(2090, 12, 31))


@given(DAYS)
def test_a_full_date_reads_alike_in_every_form(day: date) -> None:
    for form in (f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}", day.isoformat()):
        assert first_readings(f"It was on {form}.", NEW_YEAR) == [day.isoformat()]
    assert parse_iso(day.isoformat()) == Day(day.year, day.month, day.day)
    assert Day(day.year, day.month, day.day).iso() == day.isoformat()


@given(DAYS, st.integers(-150, 150))
def test_a_day_without_its_year_is_the_nearest_one(published: date, distance: int) -> None:
    day = published + timedelta(distance)
    if (day.month, day.day) != (2, 29):
        assert first_readings(f"on {day.day} {day:%B}", published) == [day.isoformat()]


@given(
    st.text(st.one_of(st.characters(), st.sampled_from("0123456789 -./")), max_size=30),
    st.lists(
        st.sampled_from("3 31 29 May march Feb. 2024 0000 last next Monday week yesterday de".split()), max_size=6
    ),
    st.one_of(st.none(), st.dates()),
)
def test_no_text_breaks_the_reader_and_every_reading_is_possible(
    text: str, said: list[str], published: date | None
) -> None:
    for mention in mentions(f"{text} {' '.join(said)}", published):
        assert mention.start < mention.end
        for day in mention.days:
            if day.year and day.month and day.day:
                assert date(day.year, day.month, day.day).isoformat() == day.iso()


def test_a_number_of_points_behind_a_month_is_no_day() -> None:
    assert [m.raw for m in mentions("The odds of a rise in March 25 points lower.")] == ["March"]
    assert [m.raw for m in mentions("The odds of a rise on March 25 fell.")] == ["March 25"]
