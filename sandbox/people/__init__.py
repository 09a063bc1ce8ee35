"""People at the keyboard of the fake Slack, for tests and for the page."""

from sandbox.people.person import Person
from sandbox.people.seen import Seen

__all__ = ["Person", "Seen"]
