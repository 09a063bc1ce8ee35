"""What comes by itself: everything that can be switched off by itself has a name, a switch, and a place in the ledger."""

from slackbot.app import FEATURES
from slackbot.calendar import NUDGE
from slackbot.scheduled import ASKED_FOR, LABELS
from storage.models import Delivery

KINDS = [kind for feature in FEATURES for kind in feature.scheduled]


def test_every_kind_that_may_be_switched_off_is_listed_with_its_name() -> None:
    assert {each.kind: each.label for each in KINDS if each.optional} == dict(LABELS)
    assert {each.kind for each in KINDS if not each.optional} == {NUDGE, ASKED_FOR}


def test_their_names_fit_the_ledger() -> None:
    assert len({each.kind for each in KINDS}) == len(KINDS)
    longest = Delivery.__table__.c.kind.type.length  # type: ignore[attr-defined]
    assert max(len(each.kind) for each in KINDS) <= longest
