"""Ana, Ben and the others settle who reports to whom; nobody ends up above themselves, and everybody hears of it."""

import asyncio

import pytest
from sqlmodel import Session

from sandbox.people import Person, Seen
from sandbox.seeds import BOT_USERS, SLACKBOT
from sandbox.server import Sandbox
from slackbot.app import App
from storage.models import Member
from tests.features.records import last_sent, logs, member_of, post_again, trail_of, type_again
from tests.features.reporting import (
    asks,
    deeds,
    has_shared,
    is_given,
    manager_of,
    opens,
    presses,
    relations,
    sends,
    told,
)

pytestmark = pytest.mark.door
on_one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no database decides."""


@pytest.fixture
def gus(slack: Sandbox, app: App) -> Person:
    """Another manager."""
    return slack.hires("gus", real_name="Gus Petrov")


async def _opened(manager: Person, app: App) -> Seen:
    """The first person of the team, opened."""
    return await manager.slash(f"team show {relations(app)[0].id}")


async def test_ana_asks_ben_and_he_accepts(ana: Person, ben: Person, app: App) -> None:
    assert "You have no manager here yet" in (await ana.slash("manager")).words

    message = await asks(app, ana, ben)
    assert manager_of(app, ana) is None
    assert "You asked <@U0BENOKAFOR> on Nov 23, 2026" in (await ana.slash("manager")).words
    said = await presses(ben, app, "Accept", message)

    assert f"<@{ana.id}> reports to you now" in said
    assert manager_of(app, ana) == ben.id
    assert "accepted: they are your manager now" in told(ana)
    seen = await ana.slash("manager")
    assert "<@U0BENOKAFOR>* is your manager since Nov 23, 2026" in seen.words
    assert "What only you see" in seen.words
    assert "Change" in seen.words
    assert deeds(app) == ["reporting.asked", "reporting.accepted"]
    assert [row.action for row in trail_of(app, ben)] == ["reporting.accepted"]


@on_one_engine
async def test_ana_types_whom_she_means_and_only_has_to_press_ask(ana: Person, ben: Person, app: App) -> None:
    await ana.slash("manager @ben")
    assert ana.modal is not None
    assert ana.modal.values["manager"]["manager"]["selected_user"] == ben.id

    assert (await sends(ana, app)).ok

    assert "asks you to be their manager" in told(ben)


@on_one_engine
async def test_ben_says_that_it_is_not_him_and_nothing_has_changed(
    ana: Person, ben: Person, app: App
) -> None:
    message = await asks(app, ana, ben)

    said = await presses(ben, app, "Not me", message)

    assert "I have told" in said
    assert "says that they are not your manager" in told(ana)
    assert manager_of(app, ana) is None
    assert "no longer asked of you" in await presses(ben, app, "Accept", message)
    assert manager_of(app, ana) is None
    assert deeds(app) == ["reporting.asked", "reporting.refused"]


@on_one_engine
async def test_what_ana_withdrew_ben_can_no_longer_accept(ana: Person, ben: Person, app: App) -> None:
    message = await asks(app, ana, ben)

    seen = await ana.slash("manager")
    assert seen.message is not None
    assert "Withdrawn" in await presses(ana, app, "Withdraw the ask", seen.message)

    for answer in ("Accept", "Not me"):
        assert "no longer asked of you" in await presses(ben, app, answer, message)
    assert manager_of(app, ana) is None
    assert "no open ask of yours" in (await ana.slash("manager withdraw")).words


@on_one_engine
async def test_who_was_asked_first_can_no_longer_accept_once_ana_asked_another(
    ana: Person, ben: Person, gus: Person, app: App
) -> None:
    first = await asks(app, ana, ben)
    await asks(app, ana, gus)

    assert "no longer asked of you" in await presses(ben, app, "Accept", first)

    assert manager_of(app, ana) is None
    assert "Nobody reports to you" in (await ben.slash("team")).words
    assert f"<@{ana.id}>* asked you" in (await gus.slash("team")).words


@on_one_engine
async def test_the_same_ask_sent_three_times_rings_once(
    ana: Person, ben: Person, app: App, slack: Sandbox
) -> None:
    await asks(app, ana, ben)
    for _ in range(2):
        await post_again(slack, last_sent(slack, "view_submission"))
    await app.deps.background.drain()

    assert len(ben.dms()) == 1
    assert [row.state for row in relations(app)] == ["asked"]


async def test_ana_moves_to_gus_and_ben_hears_of_it_and_sees_her_wins_no_more(
    ana: Person, ben: Person, gus: Person, app: App
) -> None:
    await is_given(app, ana, ben)
    has_shared(app, ana)
    assert "1 to confirm" in (await ben.slash("team")).words

    message = await asks(app, ana, gus)
    assert manager_of(app, ana) == ben.id
    await presses(gus, app, "Accept", message)

    assert manager_of(app, ana) == gus.id
    assert f"<@{ana.id}> reports to <@{gus.id}> now" in "\n".join(dm.words for dm in ben.dms())
    assert "1 to confirm" in (await gus.slash("team")).words
    assert "Nobody reports to you" in (await ben.slash("team")).words
    assert any("One win waits for you" in dm.words for dm in gus.dms())


@on_one_engine
async def test_bens_old_buttons_do_nothing_and_say_so(
    ana: Person, ben: Person, gus: Person, dee: Person, app: App
) -> None:
    await is_given(app, ana, ben)
    first, second = [(await _opened(ben, app)).message for _ in range(2)]
    assert first is not None
    assert second is not None
    await ben.presses("Hand over…", on=first)
    await opens(dee, app, "team set", liaison=ana.id, manager=gus.id)

    ben.fills(manager=dee.id)
    assert "no longer reports to you" in (await sends(ben, app)).errors["manager"]
    for choice, message in (("Hand over…", first), ("Remove", second)):
        assert "no longer reports to you" in await presses(ben, app, choice, message)
        assert ben.modal is None
    assert manager_of(app, ana) == gus.id


@on_one_engine
async def test_an_admin_sets_who_reports_to_whom_and_everybody_else_hears_of_it(
    ana: Person, ben: Person, gus: Person, dee: Person, app: App
) -> None:
    await is_given(app, ana, ben)
    seen = await dee.slash("admin managers")
    await dee.presses("Set who reports to whom", on=seen.message)
    dee.fills(liaison=ana.id, manager=gus.id)
    answer = await sends(dee, app)

    assert answer.ok
    assert manager_of(app, ana) == gus.id
    assert f"<@{gus.id}> is your manager now" in told(ana)
    assert f"<@{ana.id}> reports to you now" in told(gus)
    assert f"<@{ana.id}> reports to <@{gus.id}> now" in told(ben)
    assert dee.dms() == []
    assert [row.action for row in trail_of(app, dee)] == ["reporting.set"]


@on_one_engine
async def test_only_an_admin_sets_it_for_others_and_only_as_long_as_they_are_one(
    ana: Person, ben: Person, eli: Person, dee: Person, app: App
) -> None:
    assert "Only an admin" in (await ben.slash("team set")).words
    assert ben.modal is None

    await dee.slash("team set @ana @ben")
    assert [dee.modal.values[n][n]["selected_user"] for n in ("liaison", "manager")] == [ana.id, ben.id]  # type: ignore[union-attr] # it is open
    dee.user.is_admin = dee.user.is_owner = False
    answer = await sends(dee, app)

    assert "Only an admin" in answer.errors["liaison"]
    assert relations(app) == []


@on_one_engine
async def test_who_leads_nobody_cannot_make_a_colleague_their_report(
    ana: Person, ben: Person, app: App
) -> None:
    await ana.slash("help")
    await ana.slash("wins")
    win = has_shared(app, ana)

    answer = await opens(ben, app, "team add", liaison=ana.id)

    assert "You can add people once somebody reports to you" in answer.errors["liaison"]
    assert manager_of(app, ana) is None
    assert str(win.result) not in (await ben.slash("verify")).words


@on_one_engine
async def test_what_was_given_to_a_delegate_moves_with_the_manager(
    ana: Person, ben: Person, gus: Person, eli: Person, app: App
) -> None:
    await is_given(app, ana, ben)
    await is_given(app, eli, gus)
    win = has_shared(app, ana)
    await opens(ben, app, f"verify delegate {win.id}", to=gus.id)
    assert "120 → 150" in (await gus.slash("verify")).words

    await opens(ben, app, f"team remove {relations(app)[0].id}")

    assert "120 → 150" not in (await gus.slash("verify")).words


@on_one_engine
async def test_being_made_a_manager_begins_no_weekly_messages(
    ana: Person, ben: Person, dee: Person, app: App
) -> None:
    await opens(dee, app, "team set", liaison=ana.id, manager=ben.id)
    await dee.closes(all=True)
    await logs(ana, app, visibility="manager")

    assert member_of(app, ben).next_nudge_at is None
    assert ben.home is None


async def test_ben_adds_ana_who_has_no_manager_and_she_says_that_it_is_not_right(
    ana: Person, ben: Person, eli: Person, app: App
) -> None:
    assert "Nobody reports to you yet" in (await ben.slash("team")).words
    await is_given(app, eli, ben)
    assert (await opens(ben, app, "team add @ana")).ok
    await ben.closes(all=True)

    assert manager_of(app, ana) == ben.id
    assert f"<@{ben.id}> added you to their team" in told(ana)
    message = ana.dms()[-1]
    said = await presses(ana, app, "That's not right", message)

    assert "no longer your manager" in said
    assert manager_of(app, ana) is None
    assert "says that they do not report to you" in told(ben)
    assert deeds(app)[-2:] == ["reporting.set", "reporting.ended"]
    assert "That has changed since" in await presses(ana, app, "That's not right", message)


@on_one_engine
async def test_who_accepted_an_ask_is_not_undone_by_a_typed_word(ana: Person, ben: Person, app: App) -> None:
    await is_given(app, ana, ben)

    seen = await ana.slash(f"manager wrong {relations(app)[0].id}")

    assert "An admin can change that, or Ben Okafor" in seen.words
    assert manager_of(app, ana) == ben.id


@on_one_engine
async def test_ben_cannot_take_somebody_elses_report_nor_one_who_asked_another(
    ana: Person, eli: Person, ben: Person, gus: Person, app: App, slack: Sandbox
) -> None:
    await is_given(app, slack.hires("report"), ben)
    await is_given(app, ana, gus)
    await asks(app, eli, gus)

    answer = await opens(ben, app, "team add", liaison=ana.id)
    assert "Ana Duarte reports to Gus Petrov" in answer.errors["liaison"]
    ben.fills(liaison=eli.id)
    answer = await sends(ben, app)

    assert "Eli Novak has asked somebody" in answer.errors["liaison"]
    assert (manager_of(app, ana), manager_of(app, eli)) == (gus.id, None)


async def test_ben_hands_ana_over_to_gus_knowing_what_moves(
    ana: Person, ben: Person, gus: Person, app: App
) -> None:
    await is_given(app, ana, ben)
    has_shared(app, ana)
    has_shared(app, ana, status="private", key="V2")
    seen = await _opened(ben, app)
    await ben.presses("Hand over…", on=seen.message)
    assert ben.modal is not None
    assert "1 win to confirm" in ben.modal.words
    assert "Private ones stay private" in ben.modal.words
    ben.fills(manager=gus.id)
    assert (await sends(ben, app)).ok

    assert manager_of(app, ana) == gus.id
    assert f"<@{gus.id}> is your manager now" in told(ana)
    messages = "\n".join(dm.words for dm in gus.dms())
    assert f"<@{ana.id}> reports to you now" in messages
    assert "1 win of theirs to confirm" in messages
    assert [(row.state, row.set_by) for row in relations(app)][-1] == ("current", member_of(app, ben).id)


@on_one_engine
async def test_ben_removes_ana_after_he_was_asked_and_she_is_told(ana: Person, ben: Person, app: App) -> None:
    await is_given(app, ana, ben)
    seen = await _opened(ben, app)
    await ben.presses("Remove", on=seen.message)
    assert ben.modal is not None
    assert "will no longer report to you" in ben.modal.words
    assert manager_of(app, ana) == ben.id

    assert (await sends(ben, app)).ok

    assert manager_of(app, ana) is None
    assert "is no longer your manager" in told(ana)
    assert deeds(app)[-1] == "reporting.ended"


@on_one_engine
async def test_a_loop_of_two_or_three_is_refused_wherever_it_would_be_closed(
    ana: Person, ben: Person, gus: Person, dee: Person, app: App
) -> None:
    early = await asks(app, gus, ana)
    await is_given(app, ana, ben)

    answer = await opens(ben, app, "manager ask", manager=ana.id)
    assert "Ana Duarte reports to Ben Okafor, so Ben Okafor cannot report to Ana Duarte." in answer.words
    await ben.closes(all=True)
    await is_given(app, ben, gus)
    said = await presses(ana, app, "Accept", early)

    links = "Ana Duarte reports to Ben Okafor and Ben Okafor reports to Gus Petrov"
    assert f"{links}, so Gus Petrov cannot report to Ana Duarte." in said
    answer = await opens(dee, app, "team set", liaison=gus.id, manager=ana.id)
    assert links in answer.errors["manager"]
    assert manager_of(app, gus) is None


@on_one_engine
async def test_nobody_reports_to_themselves(ana: Person, ben: Person, dee: Person, app: App) -> None:
    await is_given(app, ana, ben)
    assert "yourself" in (await opens(ana, app, "manager ask", manager=ana.id)).errors["manager"]
    assert "yourself" in (await opens(ben, app, "team add", liaison=ben.id)).errors["liaison"]
    answer = await opens(dee, app, "team set", liaison=ana.id, manager=ana.id)
    assert "Nobody reports to themselves" in answer.errors["manager"]
    await ben.closes(all=True)
    answer = await opens(ben, app, f"team hand {relations(app)[0].id}", manager=ana.id)
    assert "cannot report to themselves" in answer.errors["manager"]
    assert len(relations(app)) == 1


@on_one_engine
@pytest.mark.refused
async def test_nobody_is_chosen_who_is_not_a_person_of_this_workspace(
    ana: Person, eli: Person, cy: Person, app: App, slack: Sandbox
) -> None:
    guest = slack.hires("gwen", is_restricted=True)
    eli.deactivate()
    why_not = {
        BOT_USERS[ana.team]: "is an app",
        SLACKBOT: "is an app",
        eli.id: "The Slack account of Eli Novak is deactivated",
        guest.id: "Gwen is a guest",
        cy.id: "I cannot find that person",
        "U0NOBODY": "I cannot find that person",
    }
    await ana.slash("manager ask")
    for user_id, sentence in why_not.items():
        ana.fills(manager=user_id)
        assert sentence in (await sends(ana, app)).errors["manager"], user_id

    slack.faults.add("users.info", "internal_error", times=-1)
    ana.fills(manager=slack.person("ben").id)
    assert "Slack could not tell me" in (await sends(ana, app)).errors["manager"]
    slack.faults.clear()
    await ana.closes(all=True)
    for user_id in (cy.id, SLACKBOT):
        fields = last_sent(slack, "slash_command") | {"text": f"manager &lt;@{user_id}&gt;"}
        assert why_not[user_id] in (await type_again(slack, fields))[1]
    assert ana.modal is None
    assert relations(app) == []


@on_one_engine
async def test_who_was_only_chosen_gets_no_weekly_messages_until_they_use_the_app(
    ana: Person, ben: Person, dee: Person, app: App, slack: Sandbox
) -> None:
    await ana.slash("manager")
    has_shared(app, ana)
    await opens(dee, app, "team set", liaison=ana.id, manager=ben.id)
    await opens(dee, app, "team set", liaison=slack.person("eli").id, manager=ben.id)

    assert member_of(app, ben).next_nudge_at is None
    assert member_of(app, slack.person("eli")).next_nudge_at is None
    assert member_of(app, ben).name == "Ben Okafor"
    assert any("One win waits for you" in dm.words for dm in ben.dms())
    assert ben.home is None
    await ben.slash("team")
    assert member_of(app, ben).next_nudge_at is not None


@on_one_engine
async def test_the_team_tells_what_waits_and_only_of_shared_wins_when_the_last_was(
    ana: Person, eli: Person, ben: Person, app: App
) -> None:
    await is_given(app, ana, ben)
    await is_given(app, eli, ben)
    has_shared(app, eli, status="private")
    has_shared(app, ana)
    has_shared(app, ana, key="V2")

    seen = await ben.slash("team")

    people = seen.words.split(f"*<@{eli.id}>*")
    assert "no target yet, 2 to confirm, last win Nov 23" in people[0]
    assert "no target yet, no wins shared yet" in people[1]
    assert "to confirm" not in people[1].split("Wins to confirm")[0]
    assert [row.action for row in trail_of(app, ben)][-1] == "team.read"


@on_one_engine
async def test_a_team_of_twelve_comes_in_pages_with_the_open_asks_on_top(
    ana: Person, ben: Person, dee: Person, app: App, slack: Sandbox
) -> None:
    await is_given(app, slack.hires("liaison00"), ben)
    for number in range(1, 12):
        person = slack.hires(f"liaison{number:02}")
        await opens(ben, app, "team add", liaison=person.id)
        await ben.closes(all=True)
    for person in (ana, slack.person("eli"), dee):
        await asks(app, person, ben)

    seen = await ben.slash("team")

    assert seen.words.index("asked you on") < seen.words.index("no target yet")
    assert "1 more asked" in seen.words
    pages = [seen.words, (await ben.slash("team more")).words]
    assert not set(pages[0].split("*")) & {part for part in pages[1].split("*") if part.startswith("<@U0L")}
    assert "More" in pages[0]


async def test_two_admins_set_it_at_once_and_one_manager_is_left(
    ana: Person, ben: Person, gus: Person, dee: Person, app: App, slack: Sandbox
) -> None:
    ned = slack.hires("ned", is_admin=True)
    for admin, manager in ((dee, ben), (ned, gus)):
        await admin.slash("team set")
        admin.fills(liaison=ana.id, manager=manager.id)

    both = await asyncio.gather(dee.submits(), ned.submits())
    await app.deps.background.drain()

    assert [seen.ok for seen in both] == [True, True]
    rows = relations(app)
    assert sorted(row.state for row in rows) == ["current", "ended"]
    last = next(row for row in rows if row.state == "current")
    assert manager_of(app, ana) in {ben.id, gus.id}
    assert last.manager_id in {member_of(app, each).id for each in (ben, gus)}


async def test_two_who_ask_each_other_and_both_accept_at_once_close_no_loop(
    ana: Person, ben: Person, app: App
) -> None:
    to_ben, to_ana = await asks(app, ana, ben), await asks(app, ben, ana)

    await asyncio.gather(ben.presses("Accept", on=to_ben), ana.presses("Accept", on=to_ana))
    await app.deps.background.drain()

    assert sorted(row.state for row in relations(app)) == ["asked", "current"]


@on_one_engine
async def test_cy_sees_nothing_of_it_and_can_touch_nothing(
    ana: Person, ben: Person, cy: Person, app: App
) -> None:
    message = await asks(app, ana, ben)
    number = relations(app)[0].id
    assert "Nobody reports to you yet" in (await cy.slash("team")).words
    for words in (f"team accept {number}", f"team refuse {number}"):
        assert "no longer asked of you" in (await cy.slash(words)).words
    await presses(ben, app, "Accept", message)
    for words in (f"team hand {number}", f"team remove {number}"):
        assert "no longer reports to you" in (await cy.slash(words)).words
    assert "That has changed since" in (await cy.slash(f"manager wrong {number}")).words

    assert cy.modal is None
    assert "You have no manager here yet" in (await cy.slash("manager")).words
    assert manager_of(app, ana) == ben.id


@on_one_engine
async def test_a_name_cannot_smuggle_markup_into_an_answer(ana: Person, ben: Person, app: App) -> None:
    ana.user.real_name = "<!channel> & co"
    early = await asks(app, ben, ana)
    await is_given(app, ana, ben)

    said = await presses(ana, app, "Accept", early)

    assert "&lt;!channel&gt; &amp; co reports to Ben Okafor" in said


@on_one_engine
@pytest.mark.parametrize(
    "words", ["manager wrong", "manager wrong 9" + "9" * 5000, "team hand x", "team remove ٣"]
)
async def test_nonsense_shows_where_things_stand(ana: Person, words: str) -> None:
    seen = await ana.slash(words)

    assert "You have no manager" in seen.words or "Nobody reports to you" in seen.words


@on_one_engine
async def test_whom_an_admin_named_sets_it_for_others_too(
    ana: Person, ben: Person, eli: Person, app: App
) -> None:
    await eli.slash("help")

    def named(session: Session) -> None:
        session.get_one(Member, member_of(app, eli).id).named_admin = True

    app.deps.database.run(named)

    assert (await opens(eli, app, "team set", liaison=ana.id, manager=ben.id)).ok
    assert manager_of(app, ana) == ben.id
