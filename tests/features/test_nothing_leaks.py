"""What looks like a patient's is refused wherever it is typed, and is afterwards in no table, no log, no message."""

from collections.abc import Iterator, Mapping

import pytest
from sqlalchemy.exc import OperationalError

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import FEATURES, App
from slackbot.features.verification import deciding
from slackbot.features.wins import changing, saving
from storage.database import Database
from storage.models import Win
from tests.conftest import Trouble
from tests.features.everywhere import USUAL, forms, opens_in_full, shown_as, ways_to_type
from tests.features.records import wins_of
from tests.features.reporting import opens
from tests.features.teams import reports_to, shares
from tests.features.traces import Everything, Traces, most_talkative
from tests.features.win_forms import one_engine
from tests.rules.screening import Expected, samples

pytestmark = pytest.mark.door

PATIENTS: Mapping[str, str] = {
    "SSN:512-83-4472": "512-83-4472",
    "Followed up on MRN 00482913 with Dr. Patel's office": "00482913",
    "Medicare said 3KT7-RN2-HW45 is inactive": "3KT7-RN2-HW45",
    "3/3/48 is his date of birth": "3/3/48",
    "underwent a lap chole on 4/2/26": "lap chole",
    "a 96 year old patient of Dr. Lee": "96 year old",
}
"""One text of each kind that is blocked, and the part of it that must not be found again."""
PHONE, NUMBER = "Reach the front desk at (212) 555-0144", "555-0144"
GIFTS = "Gift cards for every referral they send"
WHERE_A_DOUBT_IS_ASKED_ABOUT = frozenset({"title", "practice", "note", "answer", "text"})
"""The others refuse it, since there is nothing to tick in their forms; but for a certificate's number, which may look
like that of a phone."""
ONLY_CHOSEN = frozenset(
    {
        "rate_skills",
        "celebrate_win",
        "delegate_win",
        "reporting_ask",
        "reporting_add",
        "reporting_hand_over",
        "reporting_remove",
        "reporting_set",
        "nudge_settings",
        "nudge_pause",
        "remind_me",
        "propose_target",
        "name_admin",
        "newcomers",
        "holidays",
        "erase",
        "retention",
    }
)
"""Forms in which nothing is typed but numbers. Any other form has to be among `forms` below."""


def test_the_texts_are_one_of_each_kind_of_the_set_that_the_screening_is_measured_by() -> None:
    known = {sample.text: sample.kind for sample in samples(Expected.BLOCKED)}
    assert sorted(known[text] for text in PATIENTS) == sorted(set(known.values()))


@pytest.fixture(scope="module", autouse=True)
def _log() -> Iterator[Everything]:
    # Before the app is opened: what it opens asks once how much it may log.
    with most_talkative() as log:
        yield log


@pytest.fixture
def traces(app: App, slack: Sandbox, _log: Everything) -> Traces:
    _log.lines.clear()
    return Traces(app, slack, _log)


@pytest.fixture
async def shared(ana: Person, ben: Person, app: App) -> Win:
    """Two wins that Ana shared with Ben, of which he has asked about the first; the other one."""
    reports_to(app, ana, ben)
    first = await shares(ana, app, note="as usual")
    await opens(ben, app, f"verify ask {first.id}", text="Which practices?")
    await ben.closes(all=True)
    return await shares(ana, app, result="7341", note="a second one")


class TestAPatientsData:
    """Typed, pasted, or brought along from a message."""

    async def test_is_refused_in_every_form_and_is_nowhere_after(
        self, shared: Win, ana: Person, app: App, slack: Sandbox, traces: Traces
    ) -> None:
        tried, opened = set(), set()
        for name, words in forms(shared):
            person = slack.person(name)
            for each, is_text in (await opens_in_full(person, app, words)).items():
                tried.add(each)
                for text in PATIENTS if is_text else ["; ".join(PATIENTS)]:
                    person.fills({each: text})
                    said = " ".join((await person.submits()).errors.values())
                    assert ("looks like it holds" in said) if is_text else said, (words, each, said)
                person.fills({each: USUAL.get(each)})
            assert person.modal is not None
            opened.add(person.modal.payload["callback_id"])
            await person.closes(all=True)
        await app.deps.background.drain()

        assert {"title", "practice", "note", "link", "answer", "text", "name", "number", "why"} < tried
        assert opened | ONLY_CHOSEN == {form.callback for feature in FEATURES for form in feature.forms}
        assert _found(traces) == {}
        assert len(wins_of(app, ana)) == 2

    async def test_typed_behind_any_word_is_nowhere_after(
        self, shared: Win, ana: Person, ben: Person, app: App, traces: Traces
    ) -> None:
        together = "; ".join(PATIENTS)
        ways = [f"{words} {together}".strip() for words in ways_to_type(shared)]
        ways += [f"{words} {text}".strip() for words in ("", "wins", "log", "verify") for text in PATIENTS]
        for words in ways:
            person = ben if words.startswith(("verify", "team")) else ana
            await person.slash(words)
            if person.modal is not None:
                await person.closes(all=True)
        await app.deps.background.drain()

        assert _found(traces) == {}

    @one_engine
    async def test_in_a_message_is_left_out_of_the_form_and_is_nowhere_after(
        self, ana: Person, app: App, traces: Traces
    ) -> None:
        for text in PATIENTS:
            await ana.says(text)
            await app.deps.background.drain()
            said = next(each for each in reversed(ana.sees(ana.app_dm)) if each.user == ana.id)
            await ana.message_shortcut("log_win_from_message", said)
            assert ana.modal is not None
            assert "left the message's text out" in ana.modal.words
            ana.fills(metric="referrals", result="7")
            await ana.submits()
        await app.deps.background.drain()

        assert [win.note for win in wins_of(app, ana)] == [None] * len(PATIENTS)
        assert _found(traces) == {}

    @one_engine
    async def test_is_in_no_log_where_the_database_fails_just_then(
        self,
        shared: Win,
        ana: Person,
        app: App,
        traces: Traces,
        trouble: Trouble,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        trouble.expect("failed", "background_failed")
        await opens_in_full(ana, app, "log referrals")
        real = Database.run
        monkeypatch.setattr(Database, "run", _fails)
        for text in PATIENTS:
            ana.fills(note=text)
            await ana.submits()
            await ana.slash(text)
            await ana.slash(f"wins {text}")
            await ana.slash(f"log {text}")
        await app.deps.background.drain()
        monkeypatch.setattr(Database, "run", real)

        assert any("_fails" in line for line in traces.log.lines)
        assert _found(traces) == {}


def _found(traces: Traces) -> dict[str, list[str]]:
    """Which of the texts have stayed, and where."""
    return {text: where for text, value in PATIENTS.items() if (where := traces.of(value))}


def _fails(*_args: object, **_kwargs: object) -> None:
    raise OperationalError("INSERT", {}, OSError("disk I/O error"))


async def test_what_may_be_kept_is_found_where_these_tests_look(
    ana: Person, app: App, traces: Traces
) -> None:
    """So that nothing found means that nothing is there."""
    win = await shares(ana, app, note="a heron on the roof")
    await ana.slash(f"wins show {win.id}")

    file = ["the file of the database"] if app.deps.database.inline else []
    everywhere = ["a table", *file, "the log", "a call to Slack", "an answer to Slack"]
    assert traces.of("A heron ON the roof") == everywhere


@pytest.mark.parametrize(("text", "value"), [(PHONE, NUMBER), (GIFTS, "Gift cards")])
@one_engine
async def test_a_doubt_is_nowhere_before_it_is_cleared(
    text: str, value: str, shared: Win, app: App, slack: Sandbox, traces: Traces
) -> None:
    asked = set()
    for name, words in forms(shared):
        person = slack.person(name)
        for each in WHERE_A_DOUBT_IS_ASKED_ABOUT & (await opens_in_full(person, app, words)).keys():
            await person.closes(all=True)
            await opens_in_full(person, app, words)
            person.fills({each: text})
            before = shown_as(person)
            assert (await person.submits()).ok, (words, each)
            assert shown_as(person) != before, (words, each)
            # The box is there now, and not ticked.
            assert not (await person.submits()).ok, (words, each)
            await app.deps.background.drain()
            assert traces.of(value) == [], (words, each)
            asked.add(each)
        await person.closes(all=True)
    assert asked == WHERE_A_DOUBT_IS_ASKED_ABOUT


@pytest.mark.parametrize(("words", "each"), [("certs track", "name"), ("criteria edit manager", "why")])
@one_engine
async def test_where_a_doubt_cannot_be_cleared_it_is_refused(
    words: str, each: str, dee: Person, app: App, traces: Traces
) -> None:
    await opens_in_full(dee, app, words)
    dee.fills({each: PHONE})

    assert "looks like it holds a phone number" in " ".join((await dee.submits()).errors.values())
    assert traces.of(NUMBER) == []


async def test_a_row_that_the_database_refuses_is_quoted_nowhere(
    shared: Win,
    ana: Person,
    ben: Person,
    app: App,
    traces: Traces,
    trouble: Trouble,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A mistake of ours, which either database refuses: PostgreSQL then repeats the whole row."""
    trouble.expect("failed")
    monkeypatch.setattr(saving, "status_for", lambda _chosen: "nonsense")
    for module in (deciding, changing):
        monkeypatch.setattr(module, "after", lambda _deed, _status: "nonsense")
    typed = {
        "log referrals": "note",
        f"wins edit {shared.id}": "practice",
        f"wins answer {(shared.id or 0) - 1}": "answer",
    }
    typed |= {f"verify ask {shared.id}": "text", f"verify decline {shared.id}": "text"}
    for words, each in typed.items():
        person = ben if words.startswith("verify") else ana
        await opens_in_full(person, app, words)
        person.fills({each: "a heron on the roof"})
        said = (await person.submits()).errors
        assert "went wrong on my side" in "".join(said.values()), words
        await person.closes(all=True)

    assert sum("IntegrityError" in line for line in traces.log.lines) == len(typed)
    assert traces.of("heron") == []
