"""What is told word for word: some things that happened on the way, and the last days before today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sandbox.demo.acts import Act, AnswersWeekly, Confirms, Logs, Presses, Undoes, Wonders
from sandbox.demo.courses import PLAIN, Course, Filled
from sandbox.demo.measures.measure import CLAIMS, CRM, EHR, FINANCE, SURVEY
from sandbox.demo.span import FRIDAY, Planned, Span, in_working_hours, persona_of, weekday

ANA_FROM = timedelta(days=17)
"""How long before the end Ana's wins are those that are told here."""
TODAY = timedelta(hours=2, minutes=30)
"""How long before the end something of today happens."""
MORNING = time(10, 20)
ANSWERS = (
    (0.24, "marcus", "Nothing this week", "You said: nothing this week."),
    (0.36, "marcus", "Not useful", "You said: not useful."),
    (0.47, "ana", "Tomorrow", "Put off until"),
    (0.59, "ana", "Tomorrow", "Put off until"),
    (0.67, "ana", "Tomorrow", "Put off until"),
    (0.71, "marcus", "Nothing this week", "You said: nothing this week."),
    (0.86, "naomi", "Not useful", "You said: not useful."),
)
DIRECT_LINE = (
    "The office line 555-0142 rings at the referral desk now. Nobody there has to look for a fax any more."
)
MEANT = "Do the days begin with the referral, or with the first call from our side?"


def begin(span: Span, who: str) -> datetime:
    """Until when somebody's wins are like those of the whole year."""
    return span.end - ANA_FROM if who == "ana" else span.end


def on_the_way(span: Span) -> Iterator[Planned]:
    """A phone line that no patient has, a win that was logged twice, and one deleted by mistake."""
    at = in_working_hours(span, "priya", 0.37, 4)
    hot_line = _win("days_to_appointment", "17", "12", _day(span, "priya", at), "Juniper Hill Family Care")
    hot_line = replace(hot_line, note=DIRECT_LINE, sample="38", source=EHR)
    yield Planned(at, "Priya logs a phone line", Logs("priya", "line", hot_line, Course(ticks=True)))

    for number, (share, who, label, expects) in enumerate(ANSWERS):
        tuesday = weekday(span.monday_of(share) + timedelta(days=1))
        at = span.moment(persona_of(who), tuesday, time(10, number))
        yield Planned(at, f"{who} answers a weekly message", AnswersWeekly(who, label, expects))

    at = in_working_hours(span, "tomas", 0.44, 7)
    twice = _win("event_conversion", "18", "28.6", _day(span, "tomas", at), "Harbor Street Open House")
    twice = replace(twice, part="8", sample="28", source=CRM, period="event")
    yield Planned(at, "Tomás logs a win", Logs("tomas", "once", twice))
    again = at + timedelta(minutes=9)
    yield Planned(again, "Tomás logs it again", Logs("tomas", "twice", twice, Course(shared=False)))
    yield Planned(
        again + timedelta(minutes=2), "Tomás deletes the second", Presses("twice", "Delete", "Deleted")
    )

    at = in_working_hours(span, "grace", 0.58, 11)
    lessons = _win("event_attendance", "44", "62.5", _day(span, "grace", at), "Cardiology Evening, Hilo")
    lessons = replace(lessons, part="25", sample="40", source=CRM, period="event")
    lessons = replace(lessons, note="A CME evening that the offices asked for themselves.")
    yield Planned(at, "Grace logs a win", Logs("grace", "evening", lessons))
    wrong = at + timedelta(minutes=40)
    yield Planned(wrong, "Grace deletes the wrong one", Presses("evening", "Delete", "Deleted"))
    yield Planned(wrong + timedelta(minutes=3), "Grace takes that back", Undoes("evening"))


def latest(span: Span) -> Iterator[Planned]:
    """The last days: wins of several ages wait for Ben, one for an answer; some are confirmed, some private."""
    for days_ago, who, key, win, course in LATEST:
        at = _ago(span, who, days_ago)
        dated = replace(win, happened_on=_day(span, who, at))
        yield Planned(at, f"{who} logs a win", Logs(who, key, dated, course))
    asks = Wonders("ben", "juniper days", MEANT)
    decisions: tuple[tuple[int, Act], ...] = (
        (9, Confirms("ben", "juniper new")),
        (3, Confirms("ben", "open house")),
        (2, asks),
    )
    for days_ago, act in decisions:
        at = _ago(span, "ben", days_ago) + timedelta(minutes=70)
        yield Planned(at, "Ben decides about a win", act)


def _win(metric: str, baseline: str, result: str, on: date, practice: str) -> Filled:
    return Filled(metric, baseline, result, on, practice, source=None, note=None)


def _soon(metric: str, baseline: str, result: str, practice: str) -> Filled:
    """Dated once it is known when today is."""
    return _win(metric, baseline, result, date.min, practice)


LATEST: tuple[tuple[int, str, str, Filled, Course], ...] = (
    (
        10,
        "eli",
        "revenue",
        replace(
            _soon("downstream_revenue", "212,000", "251,500", "Harbor Point Cardiology"),
            source=FINANCE,
            title="Harbor Point sends its echo referrals to us",
            note="Collected, not charged. Finance split it by panel; their file is in the team folder.",
        ),
        Course(left=True),
    ),
    (
        9,
        "ana",
        "juniper new",
        replace(
            _soon("new_referring_providers", "2", "5", "Juniper Family Medicine"),
            source=EHR,
            note="By NPI, none with a referral to us in the twelve months before. They met our team at the open house.",
        ),
        PLAIN,
    ),
    (
        5,
        "ana",
        "open house",
        replace(
            _soon("event_attendance", "41", "55.7", "Spine clinic open house"),
            part="34",
            sample="61",
            source=CRM,
            period="event",
            title="A full open house at the spine clinic",
            note="Invitations went out three weeks ahead, and the later start suits the offices.",
        ),
        PLAIN,
    ),
    (
        4,
        "ana",
        "juniper days",
        replace(
            _soon("days_to_appointment", "18", "11", "Juniper Family Medicine"),
            sample="42",
            source=EHR,
            note="Two slots a day are held for referred visits since October.",
        ),
        PLAIN,
    ),
    (
        4,
        "naomi",
        "willow",
        replace(
            _soon("in_network_share", "61", "66", "Willow Creek Family Practice"),
            sample="140",
            source=CLAIMS,
            note="Claims extract with a two-month lag. The scheduling fix shows.",
        ),
        PLAIN,
    ),
    (
        2,
        "ana",
        "hawthorn",
        replace(
            _soon("loop_closure", "58", "71", "Hawthorn Primary Care"),
            sample="86",
            source=EHR,
            note="Consult notes go out by themselves when the visit is closed.",
        ),
        PLAIN,
    ),
    (
        1,
        "eli",
        "issues",
        replace(
            _soon("issue_resolution_days", "6.5", "4", "Harbor Point Cardiology"),
            sample="17",
            source=CRM,
            note="Median. Every call back is on the shared list, with its date.",
        ),
        PLAIN,
    ),
    (
        0,
        "ana",
        "survey",
        replace(
            _soon("satisfaction_score", "4.1", "4.4", "Hawthorn Primary Care"),
            sample="8",
            source=SURVEY,
            note="Eight answers so far. I share it when the others are in.",
        ),
        Course(shared=False),
    ),
)
"""Working days before today, who, the key, the win and its course."""


def _ago(span: Span, who: str, days: int) -> datetime:
    """In the morning of so many working days before the end; something of today has just happened."""
    persona, end = persona_of(who), span.end
    if days == 0:
        return end - TODAY
    day = end.date()
    for _ in range(days):
        day -= timedelta(days=1)
        while day.weekday() > FRIDAY:
            day -= timedelta(days=1)
    return span.moment(persona, day, MORNING)


def _day(span: Span, who: str, at: datetime) -> date:
    return at.astimezone(span.zone(persona_of(who), at.date())).date()
