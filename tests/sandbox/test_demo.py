"""The demo: a year that a liaison team lives through the real app, the same for everybody who looks at it."""

import re
from collections import Counter
from datetime import UTC, date, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from click.testing import CliRunner

from content import load
from sandbox import demo
from sandbox.demo import courses, episodes, talk
from sandbox.demo.acts import Asks, Stage
from sandbox.demo.calendar import Planned, Span
from sandbox.demo.calendar import year as calendar_of
from sandbox.demo.cast import CAST, LIAISONS, Persona
from sandbox.demo.measures import MEASURES
from sandbox.server import Sandbox
from slackbot.__main__ import main
from slackbot.app import App
from slackbot.rules.schedule import slot_of
from storage.models import Win
from tests.app.processes import prm
from tests.databases import Databases
from tests.sandbox.story import TODAY, Story, told

pytestmark = [
    pytest.mark.door,
    pytest.mark.slow,
    pytest.mark.timeout(180),
]  # a year is told before the first one

SHORT = timedelta(weeks=8)
WINS_OF_A_YEAR = range(220, 321)
NOT_TO_BE_SAID = re.compile(
    r"\b(patients?|mrn|dob|born|ssn|gifts?|meals?|dinners?|lunch|tickets?|stipends?|vouchers?|rates|"
    r"guarantee\w*|exclusive\w*|in (return|exchange) for)\b|@|\d{3}[-. ]\d{2,}",
    re.IGNORECASE,
)
"""Patient details, and things of value beside referrals."""


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> str:
    """SQLite only, as the sandbox has it."""
    return databases.fresh("sqlite", tmp_path)


@pytest.fixture(scope="module")
def year(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Story:
    return told(databases, tmp_path_factory.mktemp("year"), demo.YEAR)


@pytest.fixture(scope="module")
def short(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Story:
    return told(databases, tmp_path_factory.mktemp("short"), SHORT)


def _persona(name: str) -> Persona:
    return next(persona for persona in CAST if persona.name == name)


# The whole year


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
        assert {one.state for one in year.deliveries[persona.name]} <= {"sent", "skipped"}
        sent = [one for one in year.deliveries[persona.name] if one.state == "sent"]
        assert len(sent) == len(year.weekly[persona.name]) > 5
    assert len(year.weekly["ana"]) > 45


def test_nobody_hears_from_it_twice_in_a_week(year: Story) -> None:
    for name, moments in year.weekly.items():
        zone = ZoneInfo(_persona(name).zone) if name != "cy" else UTC
        slots = Counter(slot_of(moment.astimezone(zone).date()) for moment in moments)
        assert set(slots.values()) <= {1}, name


def test_those_who_lead_look_on_without_weekly_messages(year: Story) -> None:
    for name in ("ben", "rosa", "dee"):
        assert year.members[name].nudges_off
        assert year.weekly[name] == []
        assert year.wins[name] == []


def test_marcus_is_quiet_and_grace_is_nearly_there(year: Story) -> None:
    assert len(year.wins["marcus"]) < 15 < 50 < len(year.wins["grace"])
    assert len(year.weekly["marcus"]) > 45
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
    """But for what is counted from January on."""
    last: dict[tuple[int, str, str | None], tuple[Decimal | None, date]] = {}
    for wins in year.wins.values():
        for one in wins:
            key = (one.member_id, one.metric, one.practice)
            result, day = last.get(key, (one.baseline, date.min))
            anew = one.period == "to_date" and date.min.year < day.year < one.happened_on.year
            assert one.baseline == (0 if anew else result)
            assert day < one.happened_on
            last[key] = one.result, one.happened_on


def test_every_liaison_ends_with_a_home_that_shows_their_wins(year: Story) -> None:
    for persona in LIAISONS:
        assert "Your newest wins" in year.homes[persona.name]


def test_the_channels_are_not_empty(year: Story) -> None:
    by_people = [one for one in year.messages if one.channel.startswith("C0") and one.bot_id is None]

    assert len(by_people) >= 12
    assert len({one.channel for one in by_people}) == 2
    assert {one.text for one in by_people} == {line.text for line in talk.LINES}


def test_the_other_workspace_hears_nothing(year: Story) -> None:
    assert "cy" not in year.members
    assert "cy" not in year.homes
    assert {one.team for one in year.messages} == {"T0RIVERSIDE"}


# Managers, and what becomes of wins


def test_everybody_reports_to_somebody_and_marcus_was_handed_over(year: Story) -> None:
    now = {who: manager for who, manager, row in year.reporting if row.state == "current"}
    before = [(who, manager) for who, manager, row in year.reporting if row.state == "ended"]

    assert now == {
        **dict.fromkeys(("ana", "eli", "naomi"), "ben"),
        **dict.fromkeys(("grace", "priya", "tomas", "marcus", "devon"), "rosa"),
    }
    assert before == [("marcus", "ben")]


def test_who_reports_to_whom_came_about_in_four_ways(year: Story) -> None:
    names = {member.id: name for name, member in year.members.items()}
    how = {(who, manager): names.get(row.set_by) for who, manager, row in year.reporting}
    asked = [who for who, _, row in year.reporting if row.asked_at is not None]

    assert asked == ["eli"]
    assert how["ana", "ben"] == how["grace", "rosa"] == "dee"
    assert how["devon", "rosa"] == "rosa"
    assert how["marcus", "rosa"] == "ben"


def test_most_wins_are_confirmed_and_some_stay_private(year: Story) -> None:
    statuses = Counter(win.status for win in year.all_wins)

    assert statuses["verified"] > 0.7 * len(year.all_wins)
    assert statuses["private"] > 12
    assert statuses["withdrawn"] > 2


def test_nobody_confirmed_their_own_and_all_by_their_manager_or_who_stood_in(year: Story) -> None:
    names = {member.id: name for name, member in year.members.items()}
    deciders = {(names[win.member_id], names[win.decided_by]) for win in year.all_wins if win.decided_by}
    led = {(who, manager) for who, manager, _ in year.reporting}
    stood_in = deciders - led

    assert deciders >= {(who, manager) for who, manager, row in year.reporting if row.state == "current"}
    assert {by for _, by in stood_in} == {"ben"}


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


def test_what_was_logged_twice_is_there_once(year: Story) -> None:
    twice = [win for win in year.wins["tomas"] if win.practice == "Harbor Street Open House"]

    assert [win.status for win in twice] == ["verified"]


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


def test_an_office_line_in_a_note_was_cleared_once(year: Story) -> None:
    cleared = [win for win in year.all_wins if win.identifier_cleared]

    assert [win.practice for win in cleared] == ["Juniper Hill Family Care"]
    assert "555-0142" in (cleared[0].note or "")
    assert not any(win.wording_marked for win in year.all_wins)


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


# A shorter one, twice


def test_a_shorter_time_has_everybody_in_it_too(short: Story) -> None:
    assert set(short.members) == {persona.name for persona in CAST}
    assert 30 < sum(map(len, short.wins.values())) < 80
    assert len({win.status for win in short.all_wins}) > 3


def test_it_is_the_same_every_time(short: Story, databases: Databases, tmp_path: Path) -> None:
    again = told(databases, tmp_path, SHORT)

    assert {name: again.logged(name) for name in again.wins} == {
        name: short.logged(name) for name in short.wins
    }
    assert again.said() == short.said()


# What is written


def test_the_measures_are_those_of_the_content() -> None:
    known = {(metric.outcome, metric.id) for metric in load().metrics}

    assert {(one.outcome, one.metric) for one in MEASURES} <= known


def test_nothing_is_written_that_should_not_be_in_a_win() -> None:
    notes = [note for one in MEASURES for note in (*one.better, *one.worse)]
    places = [place for persona in LIAISONS for place in (persona.territory, *persona.practices)]

    questions = [text for pairs in courses.QUESTIONS.values() for pair in pairs for text in pair]
    reasons = [*courses.WITHOUT_SOURCE, *courses.OTHER_NUMBER, courses.BY_HAND, episodes.MEANT]
    told = [text for one in episodes.LATEST for text in (one[3].title, one[3].note, one[3].practice) if text]

    written = notes + places + questions + reasons + told
    assert [text for text in written if NOT_TO_BE_SAID.search(text)] == []


def test_a_note_with_a_patient_or_a_gift_would_be_found() -> None:
    for text in ("One patient said", "Gift cards went out", "Call 555-0100", "Dinner for the office"):
        assert NOT_TO_BE_SAID.search(text)


# What goes wrong


async def test_an_answer_that_does_not_fit_stops_the_demo_with_a_sentence(
    slack: Sandbox, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = Planned(slack.clock.now(), "Ana asks", Asks("ana", "roadmap", "the weather"))
    monkeypatch.setattr(demo, "year", lambda _span, _seed: [odd])

    with pytest.raises(demo.DemoError, match=r"^The demo stopped on November 23, 2026, where Ana asks\."):
        await demo.live(slack, until=slack.clock.now(), settle=app.deps.background.drain)


async def test_what_slack_answers_with_an_error_stops_the_demo(slack: Sandbox, app: App) -> None:
    stage = Stage(slack, app.deps.background.drain)
    slack.faults.add("users.info", "fatal_error")
    await slack.person("ana").slash("nudges")

    with pytest.raises(demo.DemoError, match=r"^Slack answered users\.info with fatal_error\.$"):
        await stage.settle()


async def test_a_form_that_is_refused_stops_the_demo(slack: Sandbox, app: App) -> None:
    tomorrow = date(2026, 11, 25)
    wins = [one.act for one in calendar_of(Span(TODAY, TODAY + SHORT), 1) if "logs a win" in one.what]
    logs = next(act for act in wins if act.win.happened_on > tomorrow)  # type: ignore[attr-defined] # a Logs, by its name
    stage = Stage(slack, app.deps.background.drain)
    who = logs.who  # type: ignore[attr-defined] # the same
    if who not in {"ana", "eli"}:
        slack.hires(who)

    with pytest.raises(demo.DemoError, match="That day has not come yet"):
        await logs.play(stage)


# Starting it


def test_a_finished_demo_is_not_made_again(tmp_path: Path) -> None:
    assert demo.Marker(tmp_path).wanted()

    demo.Marker(tmp_path).begin()
    half_made_when_begun = demo.Marker(tmp_path).half_made
    demo.Marker(tmp_path).finish()

    assert half_made_when_begun
    assert not demo.Marker(tmp_path).half_made
    assert not demo.Marker(tmp_path).wanted()


async def test_prm_sandbox_shows_a_finished_demo_at_once(tmp_path: Path) -> None:
    _folder(tmp_path, "done")

    assert "Living a year" not in await _visit(tmp_path, "--demo")


async def test_prm_sandbox_clears_a_demo_away_that_was_interrupted(tmp_path: Path) -> None:
    (_folder(tmp_path, "begun") / "slack.json").write_text("half a year")

    await _visit(tmp_path)

    assert not demo.Marker(tmp_path / ".sandbox").half_made


def _folder(folder: Path, how_far: str) -> Path:
    """The sandbox's folder, in which the demo got this far."""
    kept = folder / ".sandbox"
    kept.mkdir()
    demo.Marker(kept).begin()
    if how_far == "done":
        demo.Marker(kept).finish()
    return kept


async def _visit(folder: Path, *more: str) -> str:
    """What `prm sandbox` said, once somebody has looked at its page."""
    async with prm(folder, "sandbox", "--port", "0", *more) as process, aiohttp.ClientSession() as browser:
        found = await process.says(r"Open (http://127\.0\.0\.1:\d+) in your browser", out=True)
        async with browser.get(found[1]) as page:
            assert page.status == 200
        ended = await process.stops()
    assert ended.code == 0, ended
    return ended.err + "".join(process.said)


def test_somebodys_own_sandbox_is_not_painted_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kept = tmp_path / ".sandbox" / "slack.json"
    kept.parent.mkdir()
    kept.write_text("theirs")

    answer = CliRunner().invoke(main, ["sandbox", "--demo", "--port", "0"])

    assert answer.exit_code == 1
    assert answer.output.strip() == (
        "There is a sandbox without the demo already. Start afresh with: prm sandbox --fresh --demo"
    )
    assert kept.read_text() == "theirs"
