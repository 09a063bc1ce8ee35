"""Eight weeks of the demo, in which everything happens that is told word for word: teams, episodes, targets and criteria."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.demo import talk
from sandbox.demo.aims import REVISION, TAKEN_UP, TARGETS
from sandbox.demo.cast import CAST, LIAISONS
from storage.models import Target
from tests.databases import Databases
from tests.sandbox.story import Story, told

pytestmark = [
    pytest.mark.door,
    pytest.mark.slow,
    pytest.mark.timeout(180),
]  # they are told before the first one

SHORT = timedelta(weeks=8)


@pytest.fixture(scope="module")
def short(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Story:
    return told(databases, tmp_path_factory.mktemp("short"), SHORT)


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


def test_those_who_lead_look_on_without_weekly_messages(short: Story) -> None:
    for name in ("ben", "rosa", "dee"):
        assert short.members[name].nudges_off
        assert short.weekly[name] == []
        assert short.wins[name] == []


def test_every_liaison_ends_with_a_home_that_shows_their_wins(short: Story) -> None:
    for persona in LIAISONS:
        assert "Your newest wins" in short.homes[persona.name]


def test_the_channels_are_not_empty(short: Story) -> None:
    by_people = [one for one in short.messages if one.channel.startswith("C0") and one.bot_id is None]

    assert len(by_people) >= 12
    assert len({one.channel for one in by_people}) == 2
    assert {one.text for one in by_people} == {line.text for line in talk.LINES}


def test_the_other_workspace_hears_nothing(short: Story) -> None:
    assert "cy" not in short.members
    assert "cy" not in short.homes
    assert {one.team for one in short.messages} == {"T0RIVERSIDE"}


def test_all_eight_report_to_ben_in_the_end_and_he_to_rosa_who_handed_hers_over(short: Story) -> None:
    now = {who: manager for who, manager, row in short.reporting if row.state == "current"}
    before = {(who, manager) for who, manager, row in short.reporting if row.state == "ended"}

    assert now == {**dict.fromkeys((each.name for each in LIAISONS), "ben"), "ben": "rosa"}
    assert before == {(who, "rosa") for who in ("marcus", "priya", "tomas", "devon")}


def test_who_reports_to_whom_came_about_in_four_ways(short: Story) -> None:
    names = {member.id: name for name, member in short.members.items()}
    how = {(who, manager): names.get(row.set_by) for who, manager, row in short.reporting}
    asked = [who for who, _, row in short.reporting if row.asked_at is not None]

    assert asked == ["eli"]
    assert how["ana", "ben"] == how["grace", "ben"] == how["priya", "rosa"] == "dee"
    assert how["devon", "rosa"] == "rosa"
    assert how["marcus", "ben"] == "rosa"


def test_what_was_logged_twice_is_there_once(short: Story) -> None:
    twice = [win for win in short.wins["tomas"] if win.practice == "Harbor Street Open House"]

    assert [win.status for win in twice] == ["verified"]


def test_an_office_line_in_a_note_was_cleared_once(short: Story) -> None:
    cleared = [win for win in short.all_wins if win.identifier_cleared]

    assert [win.practice for win in cleared] == ["Juniper Hill Family Care"]
    assert "555-0142" in (cleared[0].note or "")
    assert not any(win.wording_marked for win in short.all_wins)


# Targets and criteria


def test_targets_were_proposed_by_either_side_and_agreed_by_the_other(short: Story) -> None:
    agreed = [each for each in short.targets if each.agreed_by is not None]
    proposed_by = Counter(_is_by_owner(each) for each in agreed)

    assert {short.names_of[each.member_id] for each in agreed} == {each.name for each in LIAISONS}
    assert proposed_by[True] >= 2
    assert proposed_by[False] >= 4


def test_what_ben_proposed_to_naomi_came_back_with_another_number(short: Story) -> None:
    first, second = _of(short, "naomi", "in_network_share")

    assert (first.to_value, first.closing, first.agreed_by) == (Decimal(74), "replaced", None)
    assert (second.to_value, second.state) == (Decimal(70), "agreed")
    assert (second.proposed_by, second.agreed_by) == (first.member_id, first.proposed_by)


def test_elis_target_was_changed_on_the_way_and_what_it_was_is_kept(short: Story) -> None:
    first, second = _of(short, "eli", "issue_resolution_days")

    assert first.agreed_by is not None
    assert (first.to_value, first.closing) == (Decimal(5), "replaced")
    assert (second.to_value, second.starts, second.state) == (Decimal("3.5"), first.starts, "agreed")


def test_ana_closed_one_as_reached_and_one_waits_for_her(short: Story) -> None:
    (reached,), (waiting,) = _of(short, "ana", "event_conversion"), _of(short, "ana", "loop_closure")

    assert (reached.state, reached.closing) == ("closed", "reached")
    assert waiting.state == "proposed"
    assert not _is_by_owner(waiting)


def test_the_wins_toward_a_target_are_those_that_were_told(short: Story) -> None:
    for target in TARGETS:
        wins = [one for one in short.wins[target.owner] if one.metric == target.metric]
        told_of = [Decimal(each.value) for each in target.results]
        assert [one.result for one in wins if one.result in told_of] == told_of, target.key


def test_dee_wrote_the_managers_criteria_anew_once_and_said_why(short: Story) -> None:
    house, edited = (each for each in short.criteria if each.rung == REVISION.rung)

    assert (house.version, house.by_id) == (1, None)
    assert (edited.version, edited.why) == (2, REVISION.why)
    assert short.names_of[edited.by_id] == "dee"


def test_all_but_ana_took_the_newer_criteria_up_and_hers_are_offered(short: Story) -> None:
    rungs = {each.id: (each.rung, each.version) for each in short.criteria}
    under = {name: rungs.get(member.criteria_set_id) for name, member in short.members.items()}

    assert [name for name, version in under.items() if version == ("manager", 1)] == ["ana"]
    assert {name for name, version in under.items() if version == ("manager", 2)} == {
        who for _, who in TAKEN_UP
    }
    assert "What differs" in short.homes["ana"]
    assert "What differs" not in short.homes["grace"]


def _of(story: Story, name: str, metric: str) -> list[Target]:
    return [
        each for each in story.targets if story.names_of[each.member_id] == name and each.metric == metric
    ]


def _is_by_owner(target: Target) -> bool:
    return target.proposed_by == target.member_id
