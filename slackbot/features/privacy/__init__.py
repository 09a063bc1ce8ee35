"""`/prm privacy`: what is kept about somebody and why; to take all of it away as a file, or to have it erased."""

from typing import Final

from slackbot.commands import split
from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.features.privacy import chores, erasing, exporting, telling
from slackbot.ui.blocks import Message
from slackbot.ui.pages import page_of

EXPORT: Final = frozenset({"export", "download", "copy", "csv", "json"})
ERASE: Final = frozenset({"erase", "delete", "forget", "remove"})
KEEP: Final = frozenset({"keep", "cancel", "undo", "stay"})


async def privacy(deps: Deps, asked: Asked) -> Message | None:
    """Says what is kept, or does what the words say with it."""
    verb, _ = split(page_of(asked.words)[0])
    if verb in EXPORT:
        return await exporting.export(deps, asked, page_of(asked.words)[1])
    if verb in ERASE:
        return await erasing.ask(deps, asked)
    if verb in KEEP:
        return await erasing.keep(deps, asked)
    return await deps.transact(telling.tell, deps, asked.person, page_of(asked.words)[1])


FEATURE: Final = Feature(
    name="privacy",
    subcommands=(
        Subcommand(
            name="privacy",
            usage="[export, erase or keep]",
            summary="what I keep about you, why and how long; export everything, or have it erased.",
            run=privacy,
            group="Your data",
            examples=("/prm privacy export",),
            aliases=("data", "gdpr"),
        ),
    ),
    forms=erasing.FORMS,
    chores=chores.CHORES,
)
