"""Where somebody stands is worked out in one place: their own eyes see all of it, their manager's what was shared."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

import pytest
from sqlmodel import Session

import content
from content import GatesMet
from slackbot.criteria import items_of
from slackbot.rules.pace import State
from slackbot.rules.roadmap import State as StepState
from slackbot.standing import Standing
from slackbot.standing.discretion import MET, NOT_MET
from storage import criteria_sets, targets, win_changes
from storage.models import MemberCredential, Win
from tests.features.crowds import NOW, RUNG, Stage, row_of, stage

KNOWN = content.load()
TODAY = date(2026, 11, 23)
T = TypeVar("T")


@pytest.fixture
def here(database_url: str) -> Iterator[Stage]:
    """A liaison who has nothing yet but a role in view and two targets."""
    with stage(database_url, KNOWN, wins=0, reports=2, wins_each=0) as made:
        yield made


def met_by_name(found: Standing, criterion: str) -> bool:
    assert found.readiness is not None
    return next(judgment.met for each, judgment in found.readiness.standings if each.id == criterion)


def test_ana_sees_her_private_wins_counted_and_her_manager_does_not_even_in_numbers(here: Stage) -> None:
    here.wins("mentees", "1")
    here.wins("mentees", "2", "shared")
    here.wins("mentees", "3", "private")

    own, theirs = here.own(), here.seen()

    def counts(found: Standing) -> tuple[int, int]:
        row = next(row for row in found.outcomes if row.outcome.id == "leadership")
        return row.verified, row.claimed

    assert counts(own) == (1, 2)
    assert counts(theirs) == (1, 1)
    assert len(theirs.entries) == 2
    assert (own.waiting, theirs.waiting) == (1, 1)
    assert theirs.next_action is None
    assert theirs.steps == ()


@pytest.mark.parametrize("status", ["declined", "withdrawn"])
def test_what_was_declined_or_withdrawn_is_seen_by_nobody_as_progress(here: Stage, status: str) -> None:
    before = here.own()
    here.wins("mentees", "2", status)

    after = here.own()

    assert after.entries == before.entries == ()
    assert after.last_win is None
    assert after.readiness == before.readiness


def test_a_deleted_win_is_gone_from_where_ana_stands(here: Stage) -> None:
    win = here.wins("mentees", "2", "private")
    assert here.own().last_win == TODAY

    def delete(session: Session) -> None:
        row = session.get_one(Win, win.id)
        assert win_changes.change(session, row, by=row.member_id, now=NOW, deed="deleted")

    here.database.run(delete)

    assert here.own().last_win is None


def test_a_manager_learns_that_a_criterion_on_the_profile_is_met_and_nothing_of_what_it_says(
    here: Stage,
) -> None:
    own, theirs = here.own().readiness, here.seen().readiness
    assert own is not None
    assert theirs is not None

    assert [judgment.met for _, judgment in own.standings] == [each.met for _, each in theirs.standings]
    assert (own.gates_met, own.supporting_met) == (theirs.gates_met, theirs.supporting_met)
    said = {criterion.id: judgment for criterion, judgment in theirs.standings}
    assert said["manager_education"].sentence == MET
    assert said["manager_education"].verified is None
    assert "6 years" in " ".join(judgment.sentence for _, judgment in own.standings)
    assert "year" not in " ".join(judgment.sentence for _, judgment in theirs.standings)
    assert here.seen().record.education is None


def test_where_only_the_profile_is_left_a_manager_hears_no_advice_about_it(here: Stage) -> None:
    def forget(session: Session) -> None:
        member = row_of(session, here.people.liaison)
        member.education = None
        asked = [each for each in KNOWN.criteria_for(RUNG) if each.id == "manager_education"]
        only = criteria_sets.write(
            session,
            workspace_id=member.workspace_id,
            rung=RUNG,
            items=items_of(tuple(asked)),
            by=here.people.manager.id,
            now=NOW,
            why="A test of what is said",
            after=1,
        )
        assert only is not None
        criteria_sets.take_up(session, member, only)

    here.database.run(forget)
    own, theirs = here.own().readiness, here.seen().readiness
    assert own is not None
    assert theirs is not None

    assert "degree" in own.missing
    assert "degree" not in theirs.missing.lower()
    ((_, judgment),) = theirs.standings
    assert (judgment.sentence, judgment.missing) == (NOT_MET, "")


def test_ana_keeps_the_criteria_she_began_with_and_is_told_of_newer_ones(here: Stage) -> None:
    began = here.own()
    assert began.newer is None

    def ease(session: Session) -> None:
        criteria_sets.write(
            session,
            workspace_id=here.people.liaison.workspace_id,
            rung=RUNG,
            items=items_of(KNOWN.criteria_for(RUNG)[:2]),
            by=here.people.manager.id,
            now=NOW,
            why="Two are enough",
            after=1,
        )

    here.database.run(ease)
    now = here.own()

    assert now.criteria_set is not None
    assert now.criteria_set.version == 1
    assert now.newer is not None
    assert now.newer.version == 2
    assert now.criteria == began.criteria == KNOWN.criteria_for(RUNG)


def test_who_never_took_criteria_up_is_held_against_what_is_asked_now(here: Stage) -> None:
    def change(session: Session, target_rung: str) -> None:
        member = row_of(session, here.people.liaison)
        member.criteria_set_id, member.target_rung = None, target_rung

    here.database.run(change, RUNG)
    assert here.own().criteria_set is None
    assert here.own().criteria == KNOWN.criteria_for(RUNG)
    here.database.run(change, "senior_liaison")
    assert here.own().criteria == KNOWN.criteria_for("senior_liaison")
    here.database.run(change, "a rung that was taken away")
    assert here.own().rung is None
    assert here.own().readiness is None


def test_criteria_taken_up_for_another_rung_are_not_those_of_this_one(here: Stage) -> None:
    def aims_elsewhere(session: Session) -> None:
        row_of(session, here.people.liaison).target_rung = "senior_liaison"

    here.database.run(aims_elsewhere)

    found = here.own()
    assert found.criteria_set is None
    assert found.newer is None
    assert found.criteria == KNOWN.criteria_for("senior_liaison")


def test_a_target_shows_its_pace_by_all_that_counts_and_what_is_confirmed_of_it(here: Stage) -> None:
    here.wins("campaigns", "3", happened_on=date(2026, 3, 2), period="event")
    here.wins("campaigns", "2", "private", happened_on=date(2026, 5, 2), period="event")

    own = next(goal for goal in here.own().goals if goal.metric.id == "campaigns")
    theirs = next(goal for goal in here.seen().goals if goal.metric.id == "campaigns")

    assert (own.pace.actual, own.verified) == (Decimal(5), Decimal(3))
    assert own.pace.state is State.BEHIND
    assert (theirs.pace.actual, theirs.verified) == (Decimal(3), Decimal(3))
    row = next(row for row in here.own().outcomes if row.outcome.id == "outreach_campaigns")
    assert row.goal is not None
    assert row.goal.target.id == own.target.id
    assert row.bar == "▰▰▰▰▱▱▱▱▱▱"


def test_an_agreed_target_stays_in_force_while_another_is_proposed(here: Stage) -> None:
    def propose(session: Session) -> None:
        targets.propose(
            session,
            workspace_id=here.people.liaison.workspace_id,
            member_id=here.people.liaison.id or 0,
            outcome="referral_growth",
            metric="referrals",
            from_value=Decimal(20),
            to_value=Decimal(30),
            starts=TODAY,
            due=TODAY + timedelta(days=90),
            by=here.people.manager.id or 0,
            now=NOW,
        )

    here.database.run(propose)
    found = here.own()

    assert (len(found.agreed), len(found.proposed)) == (2, 1)
    assert found.outcomes[0].goal is not None
    assert found.outcomes[0].goal.agreed
    assert found.next_action is not None
    assert found.next_action.text == "Your manager proposed 1 target to you. Agree, or propose another."
    assert found.next_action.words == "target"


def test_a_question_about_a_win_is_what_ana_does_next(here: Stage) -> None:
    before = here.own().next_action
    here.wins("mentees", "1", "needs_info")
    after = here.own().next_action

    assert before is not None
    assert after is not None
    assert "asked" not in before.text
    assert after.text == "Your manager asked about one of your wins. Once you answer, it can be confirmed."
    assert after.words == "wins question"
    assert here.own().questions == 1


def test_the_last_step_is_done_when_every_gate_is_met_by_confirmed_wins(here: Stage) -> None:
    gates = GatesMet()
    for start, end, baseline, result in (
        (date(2026, 4, 1), date(2026, 6, 30), "100", "120"),
        (date(2026, 7, 1), date(2026, 9, 30), "100", "125"),
    ):
        here.wins(
            "referrals",
            result,
            baseline=Decimal(baseline),
            period="quarter",
            period_start=start,
            period_end=end,
            happened_on=end,
        )
    here.wins("mentees", "1")
    here.wins("projects_led", "1")
    fifth = here.own().steps[-1]
    assert fifth.state is StepState.UNDER_WAY
    assert gates not in here.own().record.proven

    here.wins("satisfaction_score", "4.2", baseline=Decimal("3.6"), sample=30)

    found = here.own()
    assert found.readiness is not None
    assert found.readiness.gates_met == found.readiness.gates
    assert gates in found.record.proven
    assert found.steps[-1].state is StepState.DONE


def test_claims_alone_do_not_finish_the_road(here: Stage) -> None:
    here.wins("mentees", "1", "shared")

    found = here.own()

    assert found.record.verified_wins == 0
    assert found.steps[-1].state is StepState.UNDER_WAY
    assert not met_by_name(found, "manager_leadership")


def test_a_lapsed_credential_counts_for_nobody(here: Stage) -> None:
    def earn(session: Session, expires_on: date) -> None:
        session.add(
            MemberCredential(
                workspace_id=here.people.liaison.workspace_id,
                member_id=here.people.liaison.id or 0,
                submission_key=str(expires_on),
                name="A course of our own",
                state="earned",
                earned_on=date(2024, 1, 1),
                expires_on=expires_on,
                created_at=NOW,
            )
        )

    held = len(here.own().record.held)
    here.database.run(earn, TODAY - timedelta(days=1))
    assert len(here.own().record.held) == held
    here.database.run(earn, TODAY + timedelta(days=1))
    assert len(here.own().record.held) == held + 1
