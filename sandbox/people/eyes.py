"""What a person is and sees: their messages, modals and home, and the elements in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.fields import STATE_KEY, option_text, options_of
from sandbox.journal import Call
from sandbox.lines import Lines
from sandbox.payloads import Holder
from sandbox.people.seen import Seen
from sandbox.refused import RefusedError
from sandbox.seeds import liaisons_of
from sandbox.state import Message, User, View
from sandbox.words import Json, Place, places


@dataclass(frozen=True)
class Spot:
    """An element found: where it stands, and the option meant if it is a menu."""

    holder: Holder
    place: Place
    option: Json | None = None


class Eyes:
    """A member of a workspace, looking."""

    def __init__(self, lines: Lines, user: User) -> None:
        self._lines = lines
        self._world = lines.world
        self.id = user.id
        self.name = user.name
        self.team = user.team
        self.channel = liaisons_of(user.team)
        """The conversation they look at and type in."""

    @property
    def user(self) -> User:
        user = self._world.user(self.id, self.team)
        if user is None:
            raise AssertionError(f"{self.name} is no longer in this workspace.")
        return user

    @property
    def zone(self) -> str | None:
        """The IANA zone in their profile; settable, None for a profile without one."""
        return self.user.tz

    @zone.setter
    def zone(self, zone: str | None) -> None:
        self.user.tz = zone
        self._world.changed()

    @property
    def app_dm(self) -> str:
        """The id of their conversation with the app."""
        return self._world.app_dm(self.user).id

    @property
    def modals(self) -> list[View]:
        """The open ones, the top one last."""
        return list(self._world.stack(self.id))

    @property
    def modal(self) -> View | None:
        stack = self._world.stack(self.id)
        return stack[-1] if stack else None

    @property
    def home(self) -> View | None:
        return self._world.state.homes.get(self.id)

    @property
    def errors(self) -> dict[str, str]:
        """The field errors now shown in the top modal, by block id."""
        return dict(self.modal.errors) if self.modal is not None else {}

    def sees(self, channel: str | None = None) -> list[Message]:
        """All they can read in a conversation (the current one), oldest first, ephemeral messages included."""
        where = channel or self.channel
        return [
            message
            for message in self._world.state.messages
            if message.channel == where and self._may_read(message)
        ]

    def dms(self) -> list[Message]:
        """What the app wrote into their conversation with it, oldest first."""
        return [message for message in self.sees(self.app_dm) if message.bot_id is not None]

    def _may_read(self, message: Message) -> bool:
        channel = self._world.state.channels.get(message.channel)
        return message.ephemeral_to in {None, self.id} and channel is not None and self.id in channel.members

    # Finding

    def _holders(self, on: Holder | None) -> list[Holder]:
        """Where a hand can reach, the likeliest first: an open modal hides all else."""
        if self.modal is not None:
            return [self.modal]
        if on is not None:
            return [on]
        dm = self.app_dm
        messages: list[Holder] = [
            message
            for message in reversed(self._world.state.messages)
            if message.channel in {self.channel, dm} and self._may_read(message)
        ]
        return [*messages, *([self.home] if self.home is not None else [])]

    def _pressable(self, label: str, on: Holder | None) -> Spot:
        """The button or menu option of that visible label, else of that action id."""
        spots = [spot for holder in self._holders(on) for spot in _buttons(holder)]
        for spot in spots:
            if _caption(spot) == label:
                return spot
        for spot in spots:
            if spot.option is None and spot.place.action_id == label:
                return spot
        raise AssertionError(
            f"{self.name} finds nothing to press called {label!r}; there is: {_listed(map(_caption, spots))}."
        )

    def _field(self, where: str, on: Holder | None) -> Spot:
        """The element that holds a value, by label, action id or block id."""
        spots = [
            Spot(holder, place)
            for holder in self._holders(on)
            for place in places(holder.blocks)
            if place.kind in STATE_KEY
        ]
        for name in ("label", "action_id", "block_id"):
            for spot in spots:
                if getattr(spot.place, name) == where:
                    return spot
        there = (f"{spot.place.label} ({spot.place.block_id}/{spot.place.action_id})" for spot in spots)
        raise AssertionError(f"{self.name} finds no field called {where!r}; there is: {_listed(there)}.")

    # Outcomes

    def _seen_since(self, mark: int, *, error: str | None = None, at: str | None = None) -> Seen:
        """What is new to this person since `mark` (see `World.said`), where they are, at `at` and in the app's DM."""
        seen = Seen(ok=error is None, error=error, modal=self.modal)
        reachable = {self.channel, self.app_dm, at}
        for number, message in reversed(self._world.said):
            if number <= mark:
                break
            if message.channel in reachable and self._may_read(message):
                seen.text, seen.blocks, seen.message = message.text, message.blocks, message
                break
        if error is not None and seen.message is None:
            seen.text = f'The app did not answer as it should (error "{error}").'
        return seen

    def _refused(self, what: str, refused: RefusedError, reply: Json) -> str:
        """Write down that Slack would have refused what the app replied; the error code."""
        start, now = self._world.sets_out(), self._world.clock.now()
        call = Call(what, self.team, reply, 200, refused.answer(), 0.0, now, seq=start.seq)
        self._world.refusals.append(call)
        self._world.woken()
        return refused.error


def _buttons(holder: Holder) -> list[Spot]:
    spots: list[Spot] = []
    for place in places(holder.blocks):
        if place.kind == "overflow":
            spots += [Spot(holder, place, option) for option in options_of(place.element)]
        elif place.kind == "feedback_buttons":
            both = (place.element.get("positive_button"), place.element.get("negative_button"))
            spots += [Spot(holder, place, option) for option in both if option]
        elif place.kind not in STATE_KEY:
            spots.append(Spot(holder, place))
    return spots


def _caption(spot: Spot) -> str:
    return option_text(spot.option) if spot.option is not None else spot.place.label


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names) or "nothing"
