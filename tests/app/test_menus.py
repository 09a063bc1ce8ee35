"""What is asked for without typing: the three dots beside something, a button that asks first, a message's own menu."""

import pytest

from sandbox.people import Person
from slackbot.app import App
from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Shortcut, Subcommand
from slackbot.ui.blocks import Confirm, Message, actions, message, overflow, runs, section
from slackbot.ui.forms import field, modal, text_input
from slackbot.ui.text import cut
from tests.app.conftest import WithFeatures

pytestmark = pytest.mark.door

SURE = Confirm("Delete it?", "You can bring it back for a day.", "Delete")
LONG = Confirm("t" * 200, "x" * 400, "c" * 40, "d" * 40)


async def _list(_deps: Deps, _asked: Asked) -> Message:
    menu = overflow("win 1", [("Edit", "echo edit 1"), ("A" * 100, "echo long 1")])
    asking = overflow("win 2", [("Withdraw", "echo withdraw 2")], confirm=LONG)
    return message(
        section("The first", accessory=menu),
        actions(asking, runs("Delete", "echo delete 1", confirm=SURE, style="danger")),
        actions(runs("Confirm", "echo confirm 1", style="primary"), runs("Ask", "echo ask 1", confirm=LONG)),
    )


async def _echo(_deps: Deps, asked: Asked) -> Message:
    return message(section(f"You asked to {asked.words}."))


LISTS = Feature(
    name="lists",
    subcommands=(
        Subcommand("list", "for a test.", _list, "Test"),
        Subcommand("echo", "for a test.", _echo, "Test"),
    ),
)


async def _press(ana: Person, app: App, label: str, *, confirm: bool = True) -> str:
    await ana.presses(label, confirm=confirm)
    await app.deps.background.drain()
    return ana.sees()[-1].words


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Edit", "You asked to edit 1."),
        (cut("A" * 100, 75), "You asked to long 1."),
        ("Withdraw", "You asked to withdraw 2."),
        ("Delete", "You asked to delete 1."),
        ("Confirm", "You asked to confirm 1."),
        ("Ask", "You asked to ask 1."),
    ],
)
async def test_a_choice_runs_its_words(
    ana: Person, app: App, with_features: WithFeatures, label: str, said: str
) -> None:
    async with with_features(LISTS):
        await ana.slash("list")
        assert await _press(ana, app, label) == said


async def test_nothing_happens_to_whoever_backs_out(
    ana: Person, app: App, with_features: WithFeatures
) -> None:
    async with with_features(LISTS):
        await ana.slash("list")
        assert "The first" in await _press(ana, app, "Delete", confirm=False)


def test_a_question_about_a_dangerous_button_is_shown_as_dangerous() -> None:
    button = runs("Delete", "wins delete 1", confirm=SURE, style="danger")

    assert button["style"] == button["confirm"]["style"] == "danger"
    assert button["confirm"]["deny"]["text"] == "Cancel"
    assert "style" not in runs("Delete", "wins delete 1", confirm=SURE)["confirm"]


class TestAMessagesOwnMenu:
    """A shortcut that is chosen on a message carries what the message says."""

    @staticmethod
    async def _note(_deps: Deps, asked: Asked) -> None:
        note = text_input(longest=80, initial=cut(asked.words, 80) or None)
        await asked.open(modal("noted", "Note", field("note", "Note", note), submit="Save"))

    @property
    def feature(self) -> Feature:
        return Feature(name="notes", shortcuts=(Shortcut("note_this", self._note),))

    @pytest.mark.parametrize(
        ("said", "carried"),
        [
            ("Referrals up: 120 &lt; 150 &amp; rising", "Referrals up: 120 < 150 & rising"),
            ("no\x00thing hidden", "nothing hidden"),
            ("", None),
            ("long " * 50, cut("long " * 50, 80)),
        ],
    )
    async def test_opens_with_its_text(
        self, ana: Person, with_features: WithFeatures, said: str, carried: str | None
    ) -> None:
        async with with_features(self.feature):
            await ana.slash("roadmap")
            written = ana.sees()[-1]
            written.text = said
            await ana.message_shortcut("note_this", written)

        assert ana.modal is not None
        assert ana.modal.values["note"]["note"]["value"] == carried

    async def test_without_a_message_there_is_no_text(self, ana: Person, with_features: WithFeatures) -> None:
        async with with_features(self.feature):
            await ana.shortcut("note_this")

        assert ana.modal is not None
        assert ana.modal.values["note"]["note"]["value"] is None
