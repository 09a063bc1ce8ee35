"""A year that a liaison team lives through the real app: whose year it was, and what became of their wins."""

import re
from collections import Counter
from datetime import UTC, date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from content import load
from sandbox import demo
from sandbox.clock import Clock
from sandbox.demo.cast import CAST, LIAISONS, Persona
from sandbox.demo.measures import MEASURES
from sandbox.server import Sandbox
from slackbot.rules.schedule import slot_of
from slackbot.sandboxed import sandbox_settings
from storage.models import Win
from tests.app.processes import result_of
from tests.conftest import KEY, install, running
from tests.databases import Databases
from tests.sandbox.story import TODAY, Story, told

pytestmark = [
    pytest.mark.door,
    pytest.mark.slow,
    pytest.mark.timeout(300),
]  # a year is told before the first one

WINS_OF_A_YEAR = range(220, 321)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the year's database is."""
    return tmp_path_factory.mktemp("year")


@pytest.fixture(scope="module")
def year(databases: Databases, folder: Path) -> Story:
    return told(databases, folder, demo.YEAR)


def _persona(name: str) -> Persona:
    return next(persona for persona in CAST if persona.name == name)


def test_a_year_of_eight_liaisons_is_some_two_hundred_and_fifty_wins(year: Story) -> None:
    assert {name for name, wins in year.wins.items() if wins} == {persona.name for persona in LIAISONS}
    assert sum(map(len, year.wins.values())) in WINS_OF_A_YEAR
    assert year.refusals == 0


def test_the_clock_ends_at_today(year: Story) -> None:
    assert year.clock == TODAY
    assert all(float(message.ts) <= TODAY.timestamp() + 1 for message in year.messages)


def test_every_outcome_and_most_metrics_have_wins(year: Story) -> None:
    logged = Counter((one.outcome, one.metric) for wins in year.wins.values() for one in wins)
    known = {(metric.outcome, metric.id) for metric in load().metrics}

    assert {outcome for outcome, _ in logged} == {outcome for outcome, _ in known}
    assert len(logged) > 0.8 * len(known)


def test_all_weekly_messages_were_sent_by_the_app(year: Story) -> None:
    for persona in LIAISONS:
        mine = [one for one in year.deliveries[persona.name] if one.kind == "nudge"]
        assert {one.state for one in mine} <= {"sent", "skipped"}
        # What was put off came once, whatever became of it then.
        sent = [one for one in mine if one.state == "sent" or one.moved]
        # Whoever logs wins and is behind nowhere hears little; Devon came late.
        assert len(sent) == len(year.weekly[persona.name]) >= 2
        assert all(one.reason for one in mine if one.state == "skipped")
    assert len(year.weekly["ana"]) > 5
    assert len(year.weekly["marcus"]) > len(year.weekly["grace"])


def test_ben_hears_of_his_team_on_mondays_at_half_past_eight(year: Story) -> None:
    here = [moment.astimezone(ZoneInfo("America/New_York")) for moment in year.digests["ben"]]

    assert len(here) > 45
    # After a holiday on Monday it is Tuesday.
    assert {(one.weekday(), f"{one:%H:%M}") for one in here} == {(0, "08:30"), (1, "08:30")}
    assert sum(one.weekday() == 0 for one in here) > 40
    assert year.digests["ana"] == []
    others = [one for rows in year.deliveries.values() for one in rows if one.kind != "nudge"]
    assert {one.state for one in others} <= {"sent", "skipped"}


def test_nobody_hears_from_it_twice_in_a_week(year: Story) -> None:
    for name, moments in year.weekly.items():
        zone = ZoneInfo(_persona(name).zone) if name != "cy" else UTC
        slots = Counter(slot_of(moment.astimezone(zone).date()) for moment in moments)
        assert set(slots.values()) <= {1}, name


def test_marcus_is_quiet_and_grace_is_nearly_there(year: Story) -> None:
    assert len(year.wins["marcus"]) < 15 < 50 < len(year.wins["grace"])
    assert len(year.weekly["marcus"]) > 30
    grace = Counter(one.metric for one in year.wins["grace"])
    assert grace["referrer_nps"] >= 2
    assert grace["agreements_signed"] + grace["agreements_renewed"] >= 4
    assert sum(one.outcome == "leadership" for one in year.wins["grace"]) >= 8


def test_naomi_hears_nothing_and_logs_nothing_on_her_leave(year: Story) -> None:
    away = _persona("naomi").away
    assert away is not None
    leaves, back = (year.span.monday_of(share) for share in away)
    zone = ZoneInfo("America/New_York")
    heard = [moment.astimezone(zone).date() for moment in year.weekly["naomi"]]

    assert timedelta(weeks=7) < back - leaves < timedelta(weeks=11)
    assert [day for day in heard if leaves <= day < back] == []
    assert [day for day in heard if leaves - timedelta(weeks=3) < day < leaves] != []
    assert [day for day in heard if back <= day < back + timedelta(weeks=3)] != []
    logged = [one.created_at.astimezone(zone).date() for one in year.wins["naomi"]]
    assert [day for day in logged if leaves <= day < back] == []


def test_devon_is_new(year: Story) -> None:
    since = year.members["devon"].created_at

    assert timedelta(weeks=6) < TODAY - since < timedelta(weeks=11)
    assert 5 < len(year.wins["devon"]) < 25
    assert min(one.happened_on for one in year.wins["devon"]) >= since.date()


def test_priya_hears_at_eight_on_her_own_clock_before_and_after_moving(year: Story) -> None:
    move = _persona("priya").move
    assert move is not None
    moved_on = year.span.monday_of(move.share)
    before, after = ZoneInfo("America/Chicago"), ZoneInfo(move.zone)
    heard = year.weekly["priya"]
    settled_in = moved_on + timedelta(days=1)

    assert {one.astimezone(before).hour for one in heard if one.date() < moved_on} == {8}
    assert {one.astimezone(after).hour for one in heard if one.date() > settled_in} == {8}
    assert year.members["priya"].zone == move.zone


def test_tomas_is_honest_about_his_declines(year: Story) -> None:
    referrals = [one for one in year.wins["tomas"] if one.outcome == "referral_growth"]

    assert len(year.declines("tomas", "referral_growth")) > len(referrals) / 2 > 2
    assert len(year.declines("ana", "referral_growth")) < len(referrals) / 2


def test_eli_does_better_in_the_second_half(year: Story) -> None:
    half = year.span.monday_of(0.5)
    early, late = (
        [one for one in year.wins["eli"] if (one.happened_on < half) is first] for first in (True, False)
    )
    declines = {one.id for outcome in {m.outcome for m in MEASURES} for one in year.declines("eli", outcome)}

    def share(wins: list[Win]) -> float:
        return sum(one.id in declines for one in wins) / len(wins)

    assert share(early) > share(late)


def test_a_win_begins_where_the_last_one_at_that_place_ended(year: Story) -> None:
    """But for what is counted from January on, and for what stands beside the year before."""
    last: dict[tuple[int, str, str | None], tuple[Decimal | None, date]] = {}
    for wins in year.wins.values():
        for one in wins:
            key = (one.member_id, one.metric, one.practice)
            result, day = last.get(key, (one.baseline, date.min))
            anew = one.period == "to_date" and date.min.year < day.year < one.happened_on.year
            if one.compared_with != "last_year":
                assert one.baseline == (0 if anew else result)
            assert day < one.happened_on
            last[key] = one.result, one.happened_on


def test_most_wins_are_confirmed_and_some_stay_private(year: Story) -> None:
    statuses = Counter(win.status for win in year.all_wins)

    assert statuses["verified"] > 0.7 * len(year.all_wins)
    assert statuses["private"] > 12
    assert statuses["withdrawn"] > 2


def test_nobody_confirmed_their_own_and_all_by_their_manager_or_who_stood_in(year: Story) -> None:
    names = {member.id: name for name, member in year.members.items()}
    decided = [(win, names[win.decided_by]) for win in year.all_wins if win.decided_by]
    led = {(who, manager): row.since for who, manager, row in year.reporting}
    stood_in = {
        by
        for win, by in decided
        if win.decided_at and win.decided_at < (led[names[win.member_id], by] or win.decided_at)
    }

    assert {(names[win.member_id], by) for win, by in decided} >= {(each.name, "ben") for each in LIAISONS}
    assert all(by != names[win.member_id] for win, by in decided)
    assert stood_in == {"ben"}


def test_questions_are_answered_and_what_was_declined_is_mended(year: Story) -> None:
    lives = [tuple(year.deeds(win)) for win in year.all_wins]

    assert lives.count(("logged", "asked", "answered", "confirmed")) >= 4
    assert lives.count(("logged", "declined", "edited", "confirmed")) >= 3
    said = {each.said for versions in year.versions.values() for each in versions if each.said}
    assert len(said) > 10


def test_a_confirmed_win_that_was_edited_was_confirmed_again(year: Story) -> None:
    lives = ["|".join(year.deeds(win)) for win in year.all_wins]

    assert sum("confirmed|edited|confirmed" in life for life in lives) >= 3


def test_wins_are_shared_later_delegated_deleted_and_brought_back(year: Story) -> None:
    deeds = Counter(deed for win in year.all_wins for deed in year.deeds(win))

    assert deeds["shared"] >= 3
    assert deeds["delegated"] >= 1
    assert deeds["deleted"] == deeds["restored"] == 1


def test_mondays_are_for_confirming_many_at_once(year: Story) -> None:
    confirmed = [each for versions in year.versions.values() for each in versions if each.deed == "confirmed"]
    moments = Counter((each.by_id, each.at.replace(second=0, microsecond=0)) for each in confirmed)

    assert max(moments.values()) >= 3
    assert sum(each.at.weekday() == 0 for each in confirmed) > 0.9 * len(confirmed)


def test_numbers_say_what_they_cover_and_what_stands_behind_them(year: Story) -> None:
    periods = Counter(win.period for win in year.all_wins)
    compared = Counter(win.compared_with for win in year.all_wins)

    assert set(periods) >= {"week", "month", "quarter", "half_year", "to_date", "event"}
    assert compared["before"] > 10
    assert compared["last_year"] > 10
    assert sum(win.sample is not None for win in year.all_wins) > 40
    events = [win for win in year.all_wins if win.metric == "event_attendance"]
    assert len(events) > 4
    assert all(win.part and win.sample and win.part <= win.sample for win in events)


def test_a_few_confirmed_numbers_are_declines(year: Story) -> None:
    declines = [
        win for name in year.wins for outcome in year.outcomes for win in year.declines(name, outcome)
    ]

    assert sum(win.status == "verified" for win in declines) > 10


def test_today_wins_of_several_ages_wait_for_ben_and_one_for_an_answer(year: Story) -> None:
    his = [win for name in ("ana", "eli", "naomi") for win in year.wins[name]]
    days = {(TODAY - win.shared_at).days for win in his if win.status == "shared" and win.shared_at}

    assert len(days) >= 4
    assert max(days) > 10
    assert [win.practice for win in his if win.status == "needs_info"] == ["Juniper Family Medicine"]


def test_today_ana_has_wins_of_every_standing_on_top(year: Story) -> None:
    newest = sorted(year.wins["ana"], key=lambda win: win.happened_on)[-5:]

    assert [win.status for win in newest] == ["verified", "verified", "needs_info", "shared", "private"]
    assert "8 answers" in year.homes["ana"]


# What people aim at


def test_today_bens_team_of_eight_is_on_one_page_on_pace_ahead_behind_and_late(year: Story) -> None:
    lines = year.team_of_ben.splitlines()
    everybody = [each.name for each in LIAISONS]
    paces = {
        name: next(after for line, after in pairwise(lines) if year.ids[name] in line) for name in everybody
    }

    assert {name: pace.split(",")[0] for name, pace in paces.items()} == {
        "ana": "on pace",
        "eli": "ahead",
        "grace": "ahead",
        "naomi": "behind",
        "marcus": "overdue",
        "priya": "on pace",
        "tomas": "behind",
        "devon": "too early",
    }


def test_today_grace_has_more_gates_behind_her_than_ana_and_marcus_none(year: Story) -> None:
    gates = {each.name: _gates(year, each.name) for each in LIAISONS}

    assert gates["grace"] > gates["eli"] >= gates["ana"] > gates["marcus"] == 0


def _gates(year: Story, name: str) -> int:
    found = re.search(rf"{year.ids[name]}>\*: (\d) of \d gates", year.team_of_ben)
    assert found is not None, year.team_of_ben
    return int(found[1])


async def test_the_team_moves_to_postgresql_and_works_on(
    year: Story, databases: Databases, folder: Path, tmp_path: Path
) -> None:
    source, target = f"sqlite:///{folder / 'prm.db'}", databases.fresh("postgresql", tmp_path)

    moved = await result_of(tmp_path, "copy", "--from", source, "--to", target)

    assert (moved.code, moved.err) == (0, "")
    assert "Everything arrived: each table has the same rows and the same digest on both sides." in moved.out
    assert re.search(rf"^win +{len(year.all_wins)} rows ", moved.out, re.MULTILINE)
    async with Sandbox(clock=Clock(TODAY, frozen=True)) as slack:
        async with running(slack, sandbox_settings(slack, target, PRM_ENCRYPTION_KEYS=KEY)) as app:
            await install(slack, app, "riverside")
            ana = slack.person("ana")
            before = await ana.slash("wins")
            await ana.slash("log")
            ana.fills(metric="Referrals from your panel", baseline="120", result="150")
            saved = await ana.submits()
            await app.deps.background.drain()
            after = await ana.slash("wins")
        assert saved.errors == {}
        assert str(len(year.wins["ana"])) in before.words
        assert str(len(year.wins["ana"]) + 1) in after.words
        assert slack.refusals == []


def test_now_and_then_a_weekly_message_is_answered_with_its_buttons(year: Story) -> None:
    mine = [one for rows in year.deliveries.values() for one in rows if one.kind == "nudge"]
    answers = Counter(one.answer for one in mine if one.answer)

    assert answers["nothing"] >= 1
    assert answers["not_useful"] >= 1
    put_off = [one for one in mine if one.moved]
    assert put_off
    assert {one.state for one in put_off} <= {"sent", "skipped"}
