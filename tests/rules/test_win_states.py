"""Who may do what to a win in which status: the whole table, written out by hand."""

import pytest

from slackbot.rules.win_states import Deed, after, may, status_for, visibility
from storage.models import WIN_STATUSES
from storage.verification import Relation

# Everything somebody may do, by what they are to the win and the status it has. What is not here is refused.
MAY = {
    "owner": {
        "private": "read history edited shared withdrawn deleted restored",
        "shared": "read history edited returned withdrawn deleted restored",
        "needs_info": "read history edited answered returned withdrawn deleted restored",
        "verified": "read history edited withdrawn deleted restored",
        "declined": "read history edited shared returned withdrawn deleted restored",
        "withdrawn": "read history returned deleted restored",
    },
    "manager": {
        "private": "",
        "shared": "read confirmed asked declined delegated",
        "needs_info": "read confirmed declined",
        "verified": "read",
        "declined": "",
        "withdrawn": "",
    },
    "delegate": {
        "private": "",
        "shared": "read confirmed asked declined",
        "needs_info": "read confirmed declined",
        "verified": "",
        "declined": "",
        "withdrawn": "",
    },
    "none": {
        "private": "",
        "shared": "",
        "needs_info": "",
        "verified": "",
        "declined": "",
        "withdrawn": "",
    },
}

# What a win in that status becomes. What is not here cannot be done to it by anybody.
BECOMES = {
    "private": (
        "read private, history private, edited private, shared shared, withdrawn withdrawn, deleted private, "
        "restored private"
    ),
    "shared": (
        "read shared, history shared, edited shared, returned private, withdrawn withdrawn, deleted shared, "
        "restored shared, confirmed verified, asked needs_info, declined declined, delegated shared"
    ),
    "needs_info": (
        "read needs_info, history needs_info, edited shared, answered shared, returned private, "
        "withdrawn withdrawn, deleted needs_info, restored needs_info, confirmed verified, declined declined"
    ),
    "verified": (
        "read verified, history verified, edited shared, withdrawn withdrawn, deleted verified, restored verified"
    ),
    "declined": (
        "read declined, history declined, edited private, shared shared, returned private, "
        "withdrawn withdrawn, deleted declined, restored declined"
    ),
    "withdrawn": (
        "read withdrawn, history withdrawn, returned private, deleted withdrawn, restored withdrawn"
    ),
}
DECIDING = (Deed.CONFIRM, Deed.ASK, Deed.DECLINE, Deed.DELEGATE)


EVERY_CASE = [
    (relation, status, deed) for relation, by_status in MAY.items() for status in by_status for deed in Deed
]


def test_the_table_has_every_status_that_a_win_can_have() -> None:
    assert [set(by_status) for by_status in MAY.values()] == [set(WIN_STATUSES)] * 4
    assert set(BECOMES) == set(WIN_STATUSES)


@pytest.mark.parametrize(("relation", "status", "deed"), EVERY_CASE)
def test_somebody_may_do_what_the_table_says_and_nothing_else(relation: str, status: str, deed: Deed) -> None:
    assert may(deed, relation=relation, status=status) is (deed.value in MAY[relation][status].split())


@pytest.mark.parametrize("status", WIN_STATUSES)
@pytest.mark.parametrize("deed", Deed)
def test_a_win_becomes_what_the_table_says(deed: Deed, status: str) -> None:
    becomes = dict(pair.split() for pair in BECOMES[status].split(", "))
    if deed.value in becomes:
        assert after(deed, status) == becomes[deed.value]
    else:
        with pytest.raises(ValueError, match="cannot be"):
            after(deed, status)


@pytest.mark.parametrize("status", WIN_STATUSES)
@pytest.mark.parametrize("deed", Deed)
def test_what_somebody_may_do_always_leads_somewhere(deed: Deed, status: str) -> None:
    if any(may(deed, relation=relation, status=status) for relation in MAY):
        assert after(deed, status) in WIN_STATUSES


def test_whoever_is_unknown_or_meets_an_unknown_status_may_do_nothing() -> None:
    assert not any(may(deed, relation="admin", status=status) for deed in Deed for status in WIN_STATUSES)
    assert not any(may(deed, relation=relation, status="lost") for deed in Deed for relation in MAY)
    with pytest.raises(ValueError, match="cannot be"):
        after(Deed.READ, "lost")


@pytest.mark.parametrize("status", WIN_STATUSES)
@pytest.mark.parametrize("deed", DECIDING)
def test_nobody_decides_about_their_own_win(deed: Deed, status: str) -> None:
    assert not may(deed, relation=Relation.OWNER, status=status)


def test_the_relations_are_those_that_the_storage_finds() -> None:
    assert set(MAY) == set(Relation)


@pytest.mark.parametrize("status", WIN_STATUSES)
def test_an_edited_win_is_never_still_verified(status: str) -> None:
    if may(Deed.EDIT, relation="owner", status=status):
        assert after(Deed.EDIT, status) in ("private", "shared")


@pytest.mark.parametrize(
    ("status", "seen_by"),
    [
        ("private", "me"),
        ("shared", "manager"),
        ("needs_info", "manager"),
        ("verified", "manager"),
        ("declined", "me"),
        ("withdrawn", "me"),
    ],
)
def test_the_form_of_an_edit_starts_with_whoever_sees_the_win_now(status: str, seen_by: str) -> None:
    assert visibility(status) == seen_by
    if may(Deed.EDIT, relation="owner", status=status):
        assert after(Deed.EDIT, status) == status_for(visibility(status))


def test_a_win_goes_to_be_verified_only_when_its_owner_lets_the_manager_see_it() -> None:
    assert (status_for("manager"), status_for("me")) == ("shared", "private")
