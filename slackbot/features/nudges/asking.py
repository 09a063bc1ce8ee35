"""`/prm nudges` and the words after it, which are what its buttons run."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from slackbot.commands import split
from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.features.nudges import answering, buttons, pausing, settings
from slackbot.features.nudges.form import change
from slackbot.features.nudges.preview import preview
from slackbot.features.nudges.why import why
from slackbot.ui.blocks import Message

VERBS: Final[Mapping[str, Callable[[Deps, Asked, str], Awaitable[Message | None]]]] = {
    **dict.fromkeys(("change", "settings", "set", "edit", "pause", "off"), change),
    "log": settings.log_page,
    "history": settings.log_page,
    "next": settings.coming_weeks,
    "upcoming": settings.coming_weeks,
    "preview": preview,
    buttons.WHY: why,
    buttons.NOTHING: answering.nothing,
    buttons.TOMORROW: answering.tomorrow,
    buttons.NOT_USEFUL: answering.not_useful,
    buttons.PAUSE: pausing.ask,
    buttons.ON: pausing.on,
}


async def asked_for(deps: Deps, asked: Asked) -> Message | None:
    """What one of the words asks for; without any, when the weekly message comes."""
    verb, rest = split(asked.words)
    return await VERBS.get(verb, settings.shown)(deps, asked, rest)
