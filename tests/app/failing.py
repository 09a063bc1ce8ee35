"""Features of the tests' own, which go wrong in each way that a feature can."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from slackbot.deps import Deps
from slackbot.errors import FormError, UserError
from slackbot.feature import Asked, Feature, Form, Shortcut, Subcommand, Submitted
from slackbot.ui.blocks import Message, View, section
from slackbot.ui.forms import field as form_field
from slackbot.ui.forms import modal, text_input

CALLBACK = "test_form"


class SecretError(Exception):
    """Says what a person typed, as exceptions of libraries do."""


@dataclass
class Failing:
    """A feature whose doors all fail in the same way, once its form is open."""

    fail: Callable[[str], Awaitable[None]]
    blocks: tuple[dict[str, object], ...] = field(
        default_factory=lambda: (form_field("name", "Name", text_input(longest=80), optional=True),)
    )

    async def command(self, _deps: Deps, asked: Asked) -> Message | None:
        await self.fail(asked.words)
        return None

    async def opens(self, _deps: Deps, asked: Asked) -> Message | None:
        await asked.open(modal(CALLBACK, "Test", *self.blocks, submit="Save"))
        return None

    async def opens_and_fails(self, deps: Deps, asked: Asked) -> Message | None:
        await self.opens(deps, asked)
        await self.fail(asked.words)
        return None

    async def submitted(self, _deps: Deps, back: Submitted) -> View | None:
        await self.fail(str(back.values.get("name")))
        return None

    async def chosen(self, _deps: Deps, asked: Asked) -> None:
        await self.fail(asked.words)

    @property
    def feature(self) -> Feature:
        commands = {"fails": self.command, "opens": self.opens, "openfail": self.opens_and_fails}
        return Feature(
            name="failing",
            subcommands=tuple(Subcommand(name, "for a test.", run, "Test") for name, run in commands.items()),
            forms=(Form(CALLBACK, self.submitted),),
            shortcuts=(Shortcut("test_shortcut", self.chosen),),
        )


NO_INPUTS = (section("Nothing to fill in."),)


async def by_a_bug(words: str) -> None:
    typed = words
    raise SecretError(f"cannot read {typed}")


async def by_saying(_words: str) -> None:
    raise UserError("That needs a target first. Set one with `/prm target`.")


async def by_a_field(_words: str) -> None:
    raise FormError({"name": "Write a name."})


async def by_taking_long(_words: str) -> None:
    await asyncio.Event().wait()
