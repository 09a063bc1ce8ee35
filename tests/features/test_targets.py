"""A liaison and their manager agree on a target: either proposes, the other answers, and what was agreed stays until
then; nobody else sees or touches it."""

import asyncio
import json

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.features.records import last_sent, post_again
from tests.features.reporting import presses, told
from tests.features.target_acts import (
    DUE,
    agreed,
    fills_in,
    news,
    one_engine,
    proposes,
    sends,
    states,
    targets_of,
    trail,
)
from tests.features.teams import press, reports_to, shares

pytestmark = pytest.mark.door


@pytest.fixture
def gus(slack: Sandbox, app: App) -> Person:
    """Another manager."""
    return slack.hires("gus", real_name="Gus Petrov")


@one_engine
async def test_ana_proposes_and_ben_agrees(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)

    message = await proposes(ana, app, ben)
    assert f"<@{ana.id}> proposes a target" in message.words
    assert f"120 → 150 referrals a quarter by {DUE}" in message.words
    assert f"it waits for <@{ben.id}> since Nov 23, 2026" in (await ana.slash("target")).words
    said = await presses(ben, app, "Agree", message)

    assert said.startswith("Agreed: it is in force from now on.")
    assert len(news(ben)) == 1
    assert [each.split(".")[0] for each in news(ana)] == [
        f"*<@{ben.id}>* agreed to this target: it is in force from now on"
    ]
    seen = await ana.slash("target")
    assert "▱▱▱▱▱▱▱▱▱▱ Nothing logged yet toward 150 referrals" in seen.words
    assert f"Agreed by you and <@{ben.id}> on Nov 23, 2026" in (await press(ana, "Open", seen, app)).words
    assert trail(app) == ["target.proposed", "target.agreed"]


@one_engine
async def test_ben_proposes_for_ana_and_she_agrees(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)

    message = await proposes(ben, app, ana, "target for @ana")

    assert f"<@{ben.id}> proposes a target for you" in message.words
    assert "It waits for you" in (await ana.slash("target")).words
    await presses(ana, app, "Agree", message)
    assert f"<@{ana.id}>* agreed" in told(ben)
    (target,) = targets_of(app)
    assert (target.state, target.member_id, target.agreed_by) == (
        "agreed",
        target.member_id,
        target.member_id,
    )


@one_engine
async def test_ben_chooses_whose_targets_he_means_and_sees_only_what_is_shared(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await agreed(ana, app, ben)
    await shares(ana, app, result="126")
    await shares(ana, app, result="149", visibility="me")

    menu = await ben.slash("target for")
    await ben.selects("Choose a person", "Ana Duarte", on=menu.message)
    await app.deps.background.drain()
    theirs = ben.sees()[-1].text

    assert f"Targets of <@{ana.id}>" in theirs
    assert "At 126 referrals" in theirs
    assert "149" not in theirs
    assert "None of it is confirmed yet" in theirs
    assert "149 referrals" in (await ana.slash("target")).words
    assert trail(app)[-1] == "target.read"


@one_engine
async def test_ben_proposes_another_number_and_the_first_proposal_is_over(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    first = await proposes(ana, app, ben)

    await ben.presses("Change…", on=first)
    assert ben.modal is not None
    assert {"metric"}.isdisjoint(ben.modal.values)
    ben.fills(to="160")
    assert (await sends(ben, app)).ok

    second = ana.dms()[-1]
    assert f"<@{ben.id}> proposes something else in its place" in second.words
    assert "120 → 160" in second.words
    assert f"It takes the place of 120 → 150 referrals a quarter by {DUE}" in second.words
    assert states(app) == ["replaced", "proposed"]
    assert "That one is over: replaced by a newer one" in await presses(ben, app, "Agree", first)
    await presses(ana, app, "Agree", second)
    assert states(app) == ["replaced", "agreed"]
    assert trail(app) == ["target.proposed", "target.read", "target.proposed", "target.agreed"]


@one_engine
async def test_not_now_is_told_and_nothing_else_changes(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    message = await proposes(ana, app, ben)

    said = await presses(ben, app, "Not now", message)

    assert "closed this proposal" in said
    assert f"*<@{ben.id}>* says “not now” to this target." in told(ana)
    assert states(app) == ["refused"]
    assert "“not now” by you on" in await presses(ben, app, "Agree", message)
    assert trail(app) == ["target.proposed", "target.refused"]
    await ana.presses("Propose another", on=ana.dms()[-1])
    assert ana.modal is not None
    assert ana.modal.values["metric"]["metric"]["selected_option"]["value"] == "referrals"


@one_engine
async def test_what_was_agreed_stays_in_force_while_a_change_is_proposed(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    first = await agreed(ana, app, ben)

    seen = await fills_in(ana, app, f"target change {first.id}", to="140", due="2027-06-30")
    await ana.closes(all=True)

    assert seen.ok
    assert states(app) == ["agreed", "proposed"]
    message = ben.dms()[-1]
    assert f"Until you agree, this stays in force: 120 → 150 referrals a quarter by {DUE}" in message.words
    both = (await ana.slash("target")).words
    assert "Nothing logged yet toward 150" in both
    assert "120 → 140 referrals a quarter by Jun 30, 2027" in both
    said = await presses(ben, app, "Not now", message)
    assert "What you both agreed before stays in force" in said
    assert "What you both agreed before stays in force" in told(ana)
    assert states(app) == ["agreed", "refused"]

    await agreed(ana, app, ben, to="145")
    assert states(app) == ["replaced", "refused", "agreed"]


@one_engine
async def test_the_history_keeps_who_did_what_and_when(
    ana: Person, ben: Person, app: App, slack: Sandbox
) -> None:
    reports_to(app, ana, ben)
    await agreed(ana, app, ben)
    await slack.clock.advance(days=2)
    await agreed(ben, app, ana, words="target for @ana", to="160", due="2027-12-31")

    past = (await ana.slash("target history")).words

    newest, oldest = past.split("Referrals from your panel*")[1:]
    assert "120 → 160 referrals a quarter by Dec 31, 2027" in newest
    assert f"Proposed by <@{ben.id}> on Nov 25, 2026, agreed by you on Nov 25, 2026" in newest
    assert (
        f"Proposed by you on Nov 23, 2026, agreed by <@{ben.id}> on Nov 23, 2026, replaced by a newer one on"
        in oldest
    )
    assert f"agreed by <@{ana.id}>" in (await ben.slash("target history @ana")).words
    assert trail(app)[-1] == "target.read"


async def test_of_two_answers_at_the_same_moment_one_counts_and_the_other_is_told(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await proposes(ana, app, ben)
    number = targets_of(app)[0].id
    before = len(news(ana))

    twice = await asyncio.gather(*(ben.slash(f"target agree {number}") for _ in range(2)))
    await app.deps.background.drain()

    first, second = sorted((each.words for each in twice), key=lambda said: said.startswith("That one"))
    assert first.startswith("Agreed: it is in force")
    assert second.startswith(f"That one is agreed already, by <@{ana.id}> and you.")
    assert len(news(ana)) == before + 1
    assert trail(app).count("target.agreed") == 1

    await proposes(ana, app, ben, to="170")
    number = targets_of(app)[1].id
    yes, back = await asyncio.gather(
        ben.slash(f"target agree {number}"), ana.slash(f"target withdraw {number}")
    )
    await app.deps.background.drain()

    if targets_of(app)[1].state == "agreed":
        assert yes.words.startswith("Agreed")
        assert back.words.startswith("That one is agreed already")
        assert states(app) == ["replaced", "agreed"]
    else:
        assert back.words.startswith("Withdrawn.")
        assert yes.words.startswith("That one is over: withdrawn by")
        assert states(app) == ["agreed", "withdrawn"]


@one_engine
async def test_a_former_manager_is_told_kindly_that_it_is_over(
    ana: Person, ben: Person, gus: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    message = await proposes(ana, app, ben)
    await ben.presses("Change…", on=message)
    reports_to(app, ana, gus)

    ben.fills(to="160")
    await sends(ben, app)
    assert ben.modal is not None
    assert "the next manager looks after them" in ben.modal.words
    for label in ("Agree", "Change…", "Not now"):
        assert "over for you" in await presses(ben, app, label, message)
        assert ben.modal is None
    for words in (
        "target show 1",
        "target withdraw 1",
        "target of @ana",
        "target for @ana",
        "target history @ana",
    ):
        assert "150" not in (await ben.slash(words)).words
    assert states(app) == ["proposed"]

    assert f"<@{ana.id}> proposes" in (await gus.slash("target")).words
    shown = await press(gus, "Answer", await gus.slash("target"), app)
    assert "Agreed" in (await press(gus, "Agree", shown, app)).words
    assert states(app) == ["agreed"]


@one_engine
async def test_what_a_former_manager_proposed_has_to_be_proposed_anew(
    ana: Person, ben: Person, gus: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    message = await proposes(ben, app, ana, "target for @ana")
    reports_to(app, ana, gus)

    said = await presses(ana, app, "Agree", message)
    assert f"<@{ben.id}> proposed that before the manager changed." in said
    assert states(app) == ["proposed"]
    seen = await fills_in(ana, app, "target change 1")

    assert seen.ok
    assert states(app) == ["replaced", "proposed"]
    assert f"<@{ana.id}> proposes" in told(gus)
    assert [each for each in news(ben) if "target" in each] == []


@one_engine
async def test_a_colleague_and_a_stranger_find_nothing(
    ana: Person, ben: Person, eli: Person, cy: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    reports_to(app, eli, ben)
    target = await agreed(ana, app, ben)
    await proposes(ana, app, ben, to="170")
    before = len(news(ana)), len(news(ben))

    for stranger in (eli, cy):
        for number in (target.id, 2):
            for verb in ("show", "agree", "change", "refuse", "withdraw", "reached", "end"):
                seen = await stranger.slash(f"target {verb} {number}")
                assert seen.words.startswith("That is not among your targets"), verb
                assert stranger.modal is None
        for words in ("target of @ana", "target for @ana", "target history @ana", "target @ana"):
            seen = await stranger.slash(words)
            assert "150" not in seen.words
            assert stranger.modal is None
        assert "No targets yet" in (await stranger.slash("target")).words
        assert "There was none yet" in (await stranger.slash("target history")).words

    assert states(app) == ["agreed", "proposed"]
    assert (len(news(ana)), len(news(ben))) == before


@one_engine
async def test_a_form_whose_owner_was_changed_by_hand_proposes_nothing(
    ana: Person, eli: Person, ben: Person, app: App, slack: Sandbox
) -> None:
    reports_to(app, eli, ben)
    await proposes(eli, app, ben)
    sent = last_sent(slack, "view_submission")
    forged = json.loads(sent["view"]["private_metadata"]) | {"whose": ana.id}
    sent["view"]["private_metadata"] = json.dumps(forged)

    status, answer = await post_again(slack, sent)

    assert status == 200
    assert "people who report to you" in answer
    assert len(targets_of(app)) == 1


@one_engine
async def test_the_same_form_sent_three_times_proposes_once(
    ana: Person, ben: Person, app: App, slack: Sandbox
) -> None:
    reports_to(app, ana, ben)
    await proposes(ana, app, ben)
    for _ in range(2):
        await post_again(slack, last_sent(slack, "view_submission"))
    await app.deps.background.drain()

    assert states(app) == ["proposed"]
    assert len(news(ben)) == 1


@one_engine
async def test_without_a_manager_nobody_can_agree_yet(ana: Person, ben: Person, app: App) -> None:
    seen = await fills_in(ana, app, metric="referrals", to="150")
    assert seen.ok
    assert ana.modal is not None
    assert "nobody can agree until you have a manager" in ana.modal.words
    await ana.closes(all=True)
    listed = await ana.slash("target")
    assert "Not agreed yet: nobody can agree until you have a manager" in listed.words
    shown = await press(ana, "Open", listed, app)
    assert "Your manager" in (await press(ana, "Who is your manager?", shown, app)).words
    assert "nobody can agree" in (await ana.slash("target agree 1")).words

    reports_to(app, ana, ben)
    shown = await press(ben, "Answer", await ben.slash("target"), app)
    await press(ben, "Agree", shown, app)
    assert states(app) == ["agreed"]


@one_engine
async def test_it_is_closed_as_reached_only_when_confirmed_wins_say_so(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    target = await agreed(ana, app, ben)
    win = await shares(ana, app, result="150")

    assert "Confirmed wins do not come to it yet" in (await ana.slash(f"target reached {target.id}")).words
    shown = await ana.slash(f"target show {target.id}")
    assert "Reached: the goal of 150 referrals" in shown.words
    assert "None of it is confirmed yet" in shown.words
    await ben.slash(f"verify confirm {win.id} 1")
    await app.deps.background.drain()
    said = await press(ana, "Close as reached", await ana.slash(f"target show {target.id}"), app)

    assert said.words.startswith("Closed as reached.")
    assert states(app) == ["reached"]
    assert f"<@{ana.id}>* closed this target: it is reached" in told(ben)
    assert trail(app)[-1] == "target.closed"
    assert "closed as reached by you" in (await ana.slash("target history")).words


@one_engine
async def test_ending_asks_first_and_either_side_may(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    target = await agreed(ana, app, ben)
    shown = await ben.slash(f"target show {target.id}")
    assert "Close as reached" not in str(shown.blocks)

    await ben.presses("End it", on=shown.message, confirm=False)
    assert states(app) == ["agreed"]
    ended = await press(ben, "End it", shown, app)

    assert ended.words.startswith("Ended.")
    assert f"<@{ben.id}>* ended this target" in told(ana)
    assert "No targets yet" in (await ana.slash("target")).words
    assert "That one is over: ended by" in (await ana.slash(f"target end {target.id}")).words


@one_engine
async def test_when_the_date_has_come_it_says_so_and_a_new_one_can_be_agreed(
    ana: Person, ben: Person, app: App, slack: Sandbox
) -> None:
    reports_to(app, ana, ben)
    target = await agreed(ana, app, ben, due="2026-12-01")
    await proposes(ana, app, ben, metric="agreements_signed", to="3", due="2026-12-01", **{"from": ""})
    await slack.clock.advance(days=8)

    assert "100% of the time gone" in (await ana.slash("target")).words
    assert "Its date, Dec 1, 2026, has come" in (await ben.slash("target agree 2")).words
    await slack.clock.advance(days=1)
    assert "the date for it was December 1, 2026" in (await ana.slash("target")).words
    await ana.slash(f"target change {target.id}")
    assert ana.modal is not None
    assert ana.modal.values["starts"]["starts"]["selected_date"] == "2026-12-02"
    assert ana.modal.values["due"]["due"]["selected_date"] == "2027-12-02"
    assert (await sends(ana, app)).ok
    assert states(app) == ["agreed", "proposed", "proposed"]
