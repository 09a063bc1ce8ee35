"""Somebody's thumb on a phone: every tap and every typed character is counted in a real browser, and timed by a model.

The model is a house assumption: slow enough for somebody on the move with one thumb. The clock on the wall is asked
nowhere, since it would measure this machine and not the person."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from playwright.async_api import Locator, Page, expect

TAP: Final = Decimal("1.2")
"""Seconds to find a thing on the screen and tap it."""
CHARACTER: Final = Decimal("0.25")
"""Seconds to type one on a phone."""
CHOICE: Final = Decimal("3")
"""Seconds to read an open menu, scroll in it, and tap an entry."""
ANSWER: Final = Decimal("1")
"""Seconds until Slack shows what the app answered."""
FIRST_LOOK: Final = Decimal("10")
"""Seconds to read a form that one has never seen."""


@dataclass
class Thumb:
    """Somebody's thumb on a phone: does what they would, and counts it."""

    page: Page
    taps: int = 0
    characters: int = 0
    choices: int = 0
    answers: int = 0
    looks: int = 0

    @property
    def seconds(self) -> Decimal:
        """How long it takes by the model."""
        return (
            self.taps * TAP
            + self.characters * CHARACTER
            + self.choices * CHOICE
            + self.answers * ANSWER
            + self.looks * FIRST_LOOK
        )

    @property
    def counted(self) -> dict[str, int]:
        return {name: count for name, count in vars(self).items() if isinstance(count, int)}

    async def taps_on(self, what: Locator) -> None:
        self.taps += 1
        await what.tap()

    async def types(self, where: Locator, text: str) -> None:
        """One tap into the field, then each character."""
        await self.taps_on(where)
        self.characters += len(text)
        await where.press_sequentially(text)

    async def chooses(self, where: Locator, label: str) -> None:
        """One tap on the menu, then the choice in it."""
        self.taps += 1
        self.choices += 1
        await where.select_option(label)

    async def dates(self, where: Locator, day: str) -> None:
        """A day typed as its eight digits, the phone's own calendar being out of a test's reach."""
        await self.taps_on(where)
        self.characters += 8
        await where.fill(day)

    async def commands(self, words: str) -> None:
        await self.types(self.page.get_by_role("textbox", name="Message"), words)
        await self.taps_on(self.page.get_by_role("button", name="Send"))

    async def waits_for(self, what: Locator) -> None:
        self.answers += 1
        await expect(what).to_be_visible()

    async def reads(self, form: Locator) -> None:
        """Looks at a form for the first time."""
        await self.waits_for(form)
        self.looks += 1
