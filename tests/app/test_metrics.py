"""`/metrics`: what Prometheus reads, without a word about anybody."""

import re
from collections.abc import Awaitable, Callable

import pytest
from prometheus_client.parser import text_string_to_metric_families

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.app.conftest import Bring
from tests.app.doors import NOT_INSTALLED, Letter, as_json, command, signed
from tests.conftest import Trouble

pytestmark = pytest.mark.door

Samples = dict[tuple[str, tuple[str, ...]], float]
Scrape = Callable[[], Awaitable[Samples]]


@pytest.fixture
def scrape(brings: Bring) -> Scrape:
    async def scraped() -> Samples:
        answer = await brings(Letter(b"", verb="GET", path="/metrics"))
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        return {
            (sample.name, tuple(value for _, value in sorted(sample.labels.items()))): sample.value
            for family in text_string_to_metric_families(answer.words)
            for sample in family.samples
        }

    return scraped


async def test_requests_are_counted_by_kind_and_status(
    brings: Bring, scrape: Scrape, trouble: Trouble
) -> None:
    trouble.expect(NOT_INSTALLED)
    await brings(signed(command("help")))
    await brings(signed(command("help"), secret="wrong"))
    await brings(as_json({"type": "something that a stranger made up", "team_id": "T1"}))
    await brings(Letter(b""))

    found = await scrape()

    assert found["prm_requests_total", ("command", "200")] == 1
    assert found["prm_requests_total", ("command", "401")] == 1
    assert found["prm_requests_total", ("other", "401")] == 1
    assert found["prm_ack_seconds_count", ("command",)] == 2


async def test_slacks_refusals_are_counted_whoever_asked(
    ana: Person, slack: Sandbox, app: App, scrape: Scrape, trouble: Trouble
) -> None:
    trouble.expect("background_failed")
    slack.faults.add("views.open", "expired_trigger_id")
    slack.faults.add("views.publish", "ratelimited")
    await ana.slash("log")
    await ana.opens_home()
    await app.deps.background.drain()

    found = await scrape()

    assert found["prm_slack_errors_total", ("expired_trigger_id", "views.open")] == 1
    assert found["prm_slack_call_seconds_count", ("views.open",)] == 1
    assert any(name == "prm_slack_errors_total" and labels[1] == "views.publish" for name, labels in found)


async def test_the_ledger_is_read_from_the_database(
    ana: Person, slack: Sandbox, app: App, scrape: Scrape
) -> None:
    await ana.slash("help")
    await slack.clock.advance(weeks=1)

    found = await scrape()

    assert found["prm_database_up", ()] == 1
    assert found["prm_deliveries", ("nudge", "sent")] == 1
    assert found["prm_queue_depth", ()] == 0
    assert found["prm_tick_seconds_count", ()] >= 1
    assert found["prm_worker_seen_seconds", ()] < 3600 * 24
    assert "prm_queue_oldest_seconds" in {name for name, _ in found}


async def test_a_late_message_is_seen_to_be_late(
    ana: Person, slack: Sandbox, app: App, scrape: Scrape
) -> None:
    await ana.slash("help")
    due = await app.sender.next_instant()
    assert due is not None
    # Nobody ticks meanwhile: the worker was down.
    slack.clock.tick = slack.clock.next_due = None
    await slack.clock.advance_to(due)
    await slack.clock.advance(minutes=5)
    await app.tick()

    found = await scrape()

    assert found["prm_nudge_lateness_seconds", ("0.5",)] == 300
    assert found["prm_nudge_lateness_seconds", ("1",)] == 300


async def test_nobody_is_named(ana: Person, slack: Sandbox, app: App, brings: Bring) -> None:
    await ana.slash("log")
    await slack.clock.advance(weeks=1)

    page = (await brings(Letter(b"", verb="GET", path="/metrics"))).words

    assert not re.search(r"\b[UTCDWB]0[A-Z0-9]{4,}|Riverside|Lakeview|ana|xox", page)
