"""`/prm certs`: one's own credentials first, then which there are, what they ask for, and how sure we are of each."""

from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Form, Subcommand
from slackbot.features.certs import catalogue, listing, tracking
from slackbot.ui.blocks import Message
from slackbot.ui.entries import ALL, pick
from slackbot.ui.pages import page_of


async def certs(deps: Deps, asked: Asked) -> Message | None:
    """Mine and the article's, the whole list, the one that was asked for, or the form to track one."""
    verb, _, rest = asked.words.partition(" ")
    if verb.lower() in tracking.VERBS:
        return await tracking.VERBS[verb.lower()](deps, asked, rest)
    words, page = page_of(asked.words)
    if words.lower() in ALL:
        return catalogue.field(deps.content, page)
    kind = catalogue.kind_of(words)
    if kind is not None:
        return catalogue.of_kind(deps.content, kind, page)
    found = pick(words, deps.content.credentials)
    if found is not None:
        return catalogue.credential_message(found, page)
    glance, mine = await deps.transact(listing.mine, deps, asked)
    if words.lower() in listing.MINE:
        return listing.all_of(glance, mine, page)
    opening = catalogue.DO_NOT_KNOW if words else None
    return catalogue.overview(deps.content, listing.section_of(glance, mine), opening)


FEATURE = Feature(
    name="certs",
    subcommands=(
        Subcommand(
            name="certs",
            usage="[name]",
            summary="yours, and which there are, with how sure we are of each.",
            run=certs,
            group="Your road",
            examples=("/prm certs cphims",),
            aliases=("cert", "certifications", "certification", "credentials", "credential", "courses"),
            nouns=("credential",),
        ),
    ),
    forms=(Form(tracking.CALLBACK, tracking.submitted),),
    home=listing.home,
)
