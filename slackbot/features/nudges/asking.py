"""`/prm nudges` and the words after it, which are what its buttons run."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from slackbot.commands import split
from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.features.nudges import answering, buttons, pausing
from slackbot.features.nudges.preview import preview
from slackbot.features.nudges.settings import nudges
from slackbot.features.nudges.why import why
from slackbot.ui.blocks import Message

VERBS: Final[Mapping[str, Callable[[Deps, Asked, str], Awaitable[Message | None]]]] = {
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
    return await (VERBS[verb](deps, asked, rest) if verb in VERBS else nudges(deps, asked))
