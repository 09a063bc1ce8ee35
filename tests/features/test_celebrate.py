"""Ana shares a confirmed win in a channel: only she can, only when she presses, and only what she saw before."""

import pytest
from sqlmodel import Session

from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.state import Message
from slackbot.app import App
from storage.models import Win
from tests.conftest import Trouble
from tests.features.records import last_sent, logs, post_again, trail_of
from tests.features.teams import reports_to, shares
from tests.features.verdicts import decides, newest

pytestmark = [
    pytest.mark.door,
    # For what no database decides.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture
async def win(ana: Person, ben: Person, app: App) -> Win:
    """A win of Ana's that Ben has confirmed."""
    reports_to(app, ana, ben)
    shared = await shares(
        ana, app, baseline="120", result="150", title="Elm grew", practice="Elm Clinic", note="Only for us"
    )
    return await decides(app, ben, shared, "confirmed")


def posts(person: Person, channel: str | None = None) -> list[Message]:
    """What everybody in a channel can read from the app."""
    return [each for each in person.sees(channel) if each.bot_id and each.ephemeral_to is None]


def celebrated(app: App, person: Person) -> list[str]:
    return [row.subject for row in trail_of(app, person) if row.action == "win.celebrated"]


def changes(app: App, win: Win, **values: object) -> None:
    """Puts a row as it could be after an older version of the app, or another process."""

    def work(session: Session) -> None:
        row = session.get_one(Win, win.id)
        for name, value in values.items():
            setattr(row, name, value)

    app.deps.database.run(work)


async def test_ana_sees_what_will_stand_there_and_shares_it_where_the_app_is_no_member(
    ana: Person, eli: Person, win: Win, app: App, slack: Sandbox
) -> None:
    await ana.slash("wins")
    await ana.presses("Share in a channel…")
    assert ana.modal is not None
    assert "everybody in the channel will see" in ana.modal.words
    assert posts(eli) == []

    await ana.submits()

    (post,) = posts(eli)
    for part in (
        f"<@{ana.id}> has a confirmed win",
        "Elm grew",
        "120 → 150 referrals (+25.0%)",
        "Elm Clinic",
    ):
        assert part in post.words
    assert "Only for us" not in post.words
    assert f"Shared in <#{ana.channel}>" in ana.modal.words
    assert celebrated(app, ana) == [f"win:{win.id}"]
    assert [call.method for call in slack.calls if call.args.get("response_type") == "in_channel"] == [
        "response_url"
    ]


async def test_the_preview_is_the_post(ana: Person, win: Win, app: App) -> None:
    await ana.slash(f"celebrate {win.id}")
    assert ana.modal is not None
    shown = ana.modal.words
    await ana.submits()

    (post,) = posts(ana)
    assert all(line in shown for line in post.words.splitlines())


async def test_ana_chooses_another_channel_than_the_one_she_is_in(
    ana: Person, eli: Person, win: Win, slack: Sandbox
) -> None:
    other = next(
        each.id
        for each in slack.state.channels.values()
        if each.team == ana.team and not each.is_im and each.id != ana.channel
    )
    await ana.slash(f"celebrate {win.id}")
    ana.fills(channel=other)
    await ana.submits()

    assert posts(eli) == []
    assert len(posts(eli, other)) == 1


async def test_from_home_she_has_to_say_where(ana: Person, win: Win, app: App) -> None:
    await ana.opens_home()
    await app.deps.background.drain()
    await ana.presses("Open", on=ana.home)
    await app.deps.background.drain()
    await ana.presses("Share in a channel…")
    assert "channel" in (await ana.submits()).errors
    assert posts(ana) == []


async def test_nothing_is_shared_by_itself_nor_by_closing_the_form(
    ana: Person, win: Win, app: App, slack: Sandbox
) -> None:
    await ana.slash(f"celebrate {win.id}")
    await ana.closes()
    await slack.clock.advance(weeks=2)

    assert posts(ana) == []
    assert celebrated(app, ana) == []


async def test_the_form_sent_twice_shares_once(ana: Person, win: Win, app: App, slack: Sandbox) -> None:
    await ana.slash(f"celebrate {win.id}")
    await ana.submits()
    status, said = await post_again(slack, last_sent(slack, "view_submission"))

    assert status == 200
    assert "not shared again" in said
    assert len(posts(ana)) == 1
    assert celebrated(app, ana) == [f"win:{win.id}"]


async def test_ana_may_share_it_again_with_a_new_form(ana: Person, win: Win) -> None:
    for _ in range(2):
        await ana.slash(f"celebrate {win.id}")
        await ana.submits()
        await ana.closes(all=True)

    assert len(posts(ana)) == 2


class TestRefused:
    """With the reason, and nothing is posted."""

    @pytest.mark.parametrize("who", ["ben", "eli", "dee", "cy"])
    async def test_to_everybody_but_its_owner(
        self, who: str, ana: Person, win: Win, app: App, slack: Sandbox
    ) -> None:
        person = slack.person(who)
        assert "can't find that win" in (await person.slash(f"celebrate {win.id}")).words
        assert person.modal is None

        await ana.slash(f"celebrate {win.id}")
        await ana.submits()
        forged = last_sent(slack, "view_submission")
        forged["user"]["id"] = person.id
        await post_again(slack, forged)
        assert len(posts(ana)) == 1

    @pytest.mark.parametrize("visibility", ["me", "manager"])
    async def test_before_it_is_confirmed(self, visibility: str, ana: Person, app: App) -> None:
        await logs(ana, app, result="150", visibility=visibility)

        seen = await ana.slash(f"celebrate {newest(app, ana).id}")

        assert "Only a win that your manager has confirmed" in seen.words
        assert "Share in a channel" not in str((await ana.slash("wins")).blocks)

    async def test_where_the_wording_was_marked(self, ana: Person, win: Win, app: App) -> None:
        changes(app, win, wording_marked=True)

        seen = await ana.slash(f"celebrate {win.id}")

        assert "stays out of channels. Change the wording" in seen.words
        assert ana.modal is None

    async def test_where_a_text_of_it_would_be_blocked_today(self, ana: Person, win: Win, app: App) -> None:
        changes(app, win, title="SSN:512-83-4472")

        seen = await ana.slash(f"celebrate {win.id}")

        assert "looks like it holds" in seen.words
        assert "512-83" not in seen.words
        changes(app, win, title="Gift cards for every referral they send")
        assert "stays out of channels. Change the wording" in (await ana.slash(f"celebrate {win.id}")).words

    async def test_where_it_was_changed_while_the_form_was_open(
        self, ana: Person, win: Win, app: App
    ) -> None:
        await ana.slash(f"celebrate {win.id}")
        changes(app, win, revision=win.revision + 1, decided_revision=win.revision + 1)

        seen = await ana.submits()

        assert "changed while you were looking" in " ".join(seen.errors.values())
        changes(app, win, wording_marked=True)
        assert "stays out of channels" in " ".join((await ana.submits()).errors.values())
        assert posts(ana) == []

    async def test_where_slack_refuses_the_channel_and_she_can_choose_another(
        self, ana: Person, win: Win, app: App, slack: Sandbox, trouble: Trouble
    ) -> None:
        slack.faults.add("response_url", "no_permission")
        await ana.slash(f"celebrate {win.id}")

        assert "did not let me write there" in (await ana.submits()).errors["channel"]
        assert celebrated(app, ana) == []

        await ana.submits()
        assert len(posts(ana)) == 1

    async def test_where_slack_does_not_say_it_may_stand_there_and_is_in_the_trail(
        self, ana: Person, win: Win, app: App, slack: Sandbox
    ) -> None:
        slack.faults.add("response_url", "drop_after_accepting")
        await ana.slash(f"celebrate {win.id}")

        await ana.submits()

        assert ana.modal is not None
        assert "Slack did not say whether" in ana.modal.words
        assert celebrated(app, ana) == [f"win:{win.id}"]
        assert len(posts(ana)) == 1


@pytest.mark.parametrize("words", ["", "x", "0", "1 or 2", "99999999999"])
async def test_without_a_number_it_says_where_to_find_one(
    words: str, ana: Person, win: Win, app: App
) -> None:
    seen = await ana.slash(f"celebrate {words}")

    assert "Share in a channel…" in seen.words
    await ana.presses("My confirmed wins", on=seen.message)
    await app.deps.background.drain()
    assert "1 win, confirmed" in ana.sees()[-1].words
