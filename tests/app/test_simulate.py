"""`prm simulate` prints every weekly message that would come, or why none does, and leaves everything as it was."""

import re
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlmodel import Session, SQLModel

from sandbox.clock import Clock
from sandbox.people import Person
from slackbot.__main__ import main
from slackbot.app import App
from slackbot.rules.schedule import slot_of
from slackbot.simulating.personas import PERSONAS
from tests.delivery.ledger import DUE, begin
from tests.features.records import logs, member_of


def simulate(*options: str, **environment: str) -> list[str]:
    run = CliRunner().invoke(main, ["simulate", *options], env=environment, catch_exceptions=False)
    assert run.exit_code == 0, run.output
    return run.output.splitlines()


def weeks(lines: list[str]) -> list[str]:
    return [line for line in lines if re.match(r"\d{4}-W\d\d  ", line)]


@pytest.mark.parametrize(
    "persona", [p if p == "new" else pytest.param(p, marks=pytest.mark.slow) for p in PERSONAS]
)
def test_a_year_of_a_persona_has_every_week_with_its_message_or_its_reason(persona: str) -> None:
    lines = simulate("--weeks", "52", "--from", "2026-01-05", "--persona", persona)

    found = [line.split()[0] for line in weeks(lines)]
    assert found == sorted(set(found))
    if persona != "on-leave":
        assert found == [slot_of(date(2026, 1, 5) + timedelta(weeks=week)) for week in range(52)]
    messages = sum("*This week:*" in line for line in lines)
    silent = sum("silent: " in line for line in lines)
    assert messages + silent == len(found)
    assert f"{messages} messages, {silent} silent." in lines[-1]
    assert _too_soon(lines) == []


def _too_soon(lines: list[str]) -> list[str]:
    """Texts that came a second time within eight weeks."""
    monday, last, found = date.min, dict[str, date](), list[str]()
    for line in lines:
        if slot := re.match(r"(\d{4})-W(\d\d)  ", line):
            monday = date.fromisocalendar(int(slot[1]), int(slot[2]), 1)
        elif line.startswith("    | *This week:*"):
            if monday - last.get(line, date.min) < timedelta(weeks=8):
                found.append(line)
            last[line] = monday
    return found


def test_the_hour_follows_the_persons_own_clock_through_its_changes() -> None:
    options = ("--weeks", "20", "--from", "2026-01-05", "--weekday", "Friday", "--time", "14:30")
    lines = weeks(simulate(*options, "--zone", "Australia/Lord_Howe"))

    assert all("at 2:30 PM Australia/Lord_Howe" in line for line in lines)
    # Lord Howe goes back by half an hour on April 5.
    assert "(2026-04-03 03:30 UTC)" in lines[12]
    assert "(2026-04-10 04:00 UTC)" in lines[13]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--zone", "Mars/Base"), "Mars/Base is not a time zone"),
        (("--member", "U1", "--persona", "new"), "either --member or --persona"),
        (("--member", "U1"), "There is no database"),
    ],
)
def test_what_cannot_be_rehearsed_is_said_in_a_sentence(
    options: tuple[str, ...], says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    run = CliRunner().invoke(main, ["simulate", *options])
    assert run.exit_code == 1
    assert says in run.output
    assert "Traceback" not in run.output


def _everything(app: App) -> dict[str, list[object]]:
    def read(session: Session) -> dict[str, list[object]]:
        tables = SQLModel.metadata.sorted_tables
        return {table.name: [tuple(row) for row in session.execute(select(table))] for table in tables}

    return app.deps.database.run(read)


@pytest.mark.door
async def test_anas_own_year_is_printed_from_her_rows_and_nothing_of_it_is_kept(
    ana: Person, app: App, clock: Clock, database_url: str
) -> None:
    await begin(app, ana)
    await clock.advance_to(DUE)
    await clock.advance(hours=1)
    await logs(ana, app, happened_on="2026-11-30")
    before = _everything(app)
    lines = simulate("--member", ana.id, "--weeks", "6", "--from", "2026-12-01", DATABASE_URL=database_url)

    # The week of the message that she has is taken; the next ones know of it, and of her win.
    assert weeks(lines)[0].startswith("2026-W50  Monday, Dec 7 at 9:00 AM America/New_York")
    assert "silent: a win was logged since the last message, and nothing is behind" in lines[2]
    assert len(weeks(lines)) == 6
    assert _everything(app) == before

    number = str(member_of(app, ana).id)
    assert (
        simulate("--member", number, "--weeks", "6", "--from", "2026-12-01", DATABASE_URL=database_url)[1:]
        == lines[1:]
    )
    run = CliRunner().invoke(main, ["simulate", "--member", "U0NOBODY"], env={"DATABASE_URL": database_url})
    assert (run.exit_code, "There is no member U0NOBODY here." in run.output) == (1, True)
