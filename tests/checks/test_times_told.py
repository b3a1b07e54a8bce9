"""F: times of day, spans and ages as reporters write them; and what is near them and false."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes, verdict

SAME = """
The train left at half past two. | The train left at 2.30 p.m.
The train left shortly before half past two. | The train left at 2.25 p.m.
The blast came at about a quarter to nine. | The blast came at 8.44 a.m.
Shortly after noon the crew gave up. | The crew gave up at 12.10 p.m.
~ Just after midnight the office gave the result. | The office gave the result at 12.35 a.m.
After midnight the office gave the result. | The office gave the result at 12.35 a.m.
The vote began before noon. | The vote began at 11.20 a.m.
A little after seven in the evening the bridge was closed. | The bridge was closed at 7.10 p.m.
The doors opened at five to eight. | The doors opened at 7.55 a.m.
The doors opened five minutes before eight. | The doors opened at 7.55 a.m.
Police were called at ten past four in the morning. | Police were called at 4.10 a.m.
The alarm sounded at 16:05. | The alarm sounded at 4.05 p.m.
The alarm sounded at five past four in the afternoon. | The alarm sounded at 16:05.
By 9 o'clock the fire was out. | By 9 a.m. the fire was out.
The fire was out before nine. | The fire was out at 8.50 a.m.
The fire was out soon after nine. | The fire was out at 9.05 a.m.
He stayed until half past ten. | He stayed until 10.30.
The early-morning fire was reported at twenty to five. | The fire was reported at 4.40 a.m.
Just over two hours passed before the alarm. | The leak began at 23:40. The alarm was given at 01:55.
More than two hours passed before the alarm. | The leak began at 23:40. The alarm was given at 01:55.
The flight landed at about 3.30 p.m.
    | The flight took off at 1.10 p.m. and landed two hours and 20 minutes later.
The flight landed two hours and 20 minutes after take-off.
    | The flight took off at 1.10 p.m. and landed at 3.30 p.m.
The polls closed at 8 in the evening. | The polls closed at 8 p.m.
The first call came in the early hours. | The first call came at 3.15 a.m.
The search lasted less than three weeks. | The search lasted 19 days.
The search lasted almost three weeks. | The search lasted 20 days.
The search lasted just under three weeks. | The search lasted 20 days.
The search went on for more than a fortnight. | The search went on for 16 days.
The pass was shut for more than a year. | The pass was shut for 14 months.
The pass was shut for over a year. | The pass was shut for 14 months.
The pass was shut for less than a year. | The pass was shut for 11 months.
The repairs took a year and a half. | The repairs took 18 months.
The outage lasted an hour and a half. | The outage lasted 90 minutes.
The outage lasted one and a half hours. | The outage lasted 90 minutes.
The outage lasted a quarter of an hour. | The outage lasted 15 minutes.
The outage lasted more than an hour. | The outage lasted 70 minutes.
The outage lasted under an hour. | The outage lasted 50 minutes.
The strike lasted ten days. | The strike began on 3 March and ended on 13 March.
The strike lasted more than a week. | The strike began on 3 March and ended on 13 March.
The two talked for three quarters of an hour. | The two talked for 45 minutes.
She led the party for a decade. | She led the party for ten years.
She led the party for nearly a decade. | She led the party for nine years.
She led the party for two decades. | She led the party from 1998 to 2018.
She has led the party for eight years. | She has led the party since 2018.
The firm has had the licence for more than half a century. | The firm has had the licence since 1971.
The tower is a century old. | The tower was built in 1926.
Half a year passed before the report came out.
    | The crash was in May 2025. The report came out in November 2025.
The inquiry will take six weeks. | The inquiry will take a month and a half.
The 34-year-old was arrested. | A man aged 34 was arrested.
A man of 34 was arrested. | A 34-year-old man was arrested.
Both victims were in their sixties. | The victims were 63 and 67.
The victims, a couple in their seventies, were found dead.
    | The victims, a couple aged 71 and 74, were found dead.
Two teenagers were hurt. | Two boys, aged 15 and 16, were hurt.
The driver, who is 52, was unhurt. | The driver, 52, was unhurt.
Four pupils aged 15 or 16 died. | Four pupils, aged 15 and 16, died.
She was 19 when she joined the company in 1994. | She joined the company in 1994, at the age of 19.
The two are 21 and 24 years old. | Two men, aged 21 and 24, were held.
The woman would have turned 80 next month. | The woman, 79, would have celebrated her 80th birthday next month.
"""
OTHER = """
The train left at half past three. | The train left at 2.30 p.m.
The train left shortly before half past two. | The train left at 2.35 p.m.
The blast came at about a quarter to nine. | The blast came at 9.14 a.m.
Shortly before noon the crew gave up. | The crew gave up at 12.10 p.m.
Before midnight the office gave the result. | The office gave the result at 12.35 a.m.
The vote began after noon. | The vote began at 11.20 a.m.
A little after seven in the evening the bridge was closed. | The bridge was closed at 7.10 a.m.
The doors opened at five past eight. | The doors opened at 7.55 a.m.
Police were called at ten past four in the afternoon. | Police were called at 4.10 a.m.
The alarm sounded at 15:05. | The alarm sounded at 4.05 p.m.
The fire was out before nine. | The fire was out at 9.10 a.m.
He stayed until half past nine. | He stayed until 10.30.
More than three hours passed before the alarm. | The leak began at 23:40. The alarm was given at 01:55.
Less than two hours passed before the alarm. | The leak began at 23:40. The alarm was given at 01:55.
The polls closed at 8 in the morning. | The polls closed at 8 p.m.
The search lasted more than three weeks. | The search lasted 19 days.
The pass was shut for more than two years. | The pass was shut for 14 months.
The outage lasted half an hour. | The outage lasted 15 minutes.
The outage lasted less than an hour. | The outage lasted 70 minutes.
The strike lasted more than two weeks. | The strike began on 3 March and ended on 13 March.
She led the party for three decades. | She led the party from 1998 to 2018.
A man of 43 was arrested. | A 34-year-old man was arrested.
Both victims were in their fifties. | The victims were 63 and 67.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(SAME))
def test_the_same_in_other_words_is_proved(text: str, evidence: str) -> None:
    assert verdict(text, evidence).proved, verdict(text, evidence).findings


@pytest.mark.parametrize(("text", "evidence"), cases(OTHER))
def test_what_is_near_it_and_false_is_found(text: str, evidence: str) -> None:
    assert {"F301", "F302", "F303", "F304", "F305"} & codes(text, evidence)
