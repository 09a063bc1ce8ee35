"""`/prm certs`: one's own credentials first, then which there are, what they ask for, and how sure we are of each."""

from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Form, Subcommand
from slackbot.features.certs import catalogue, tracking
from slackbot.ui.blocks import Message
from slackbot.ui.entries import pick


async def certs(deps: Deps, asked: Asked) -> Message | None:
    """Mine and all others, the one that was asked for, or the form to track one."""
    verb, _, rest = asked.words.partition(" ")
    if verb.lower() in tracking.VERBS:
        return await tracking.VERBS[verb.lower()](deps, asked, rest)
    glance, mine = await deps.transact(tracking.mine, deps, asked)
    if not asked.words:
        return catalogue.overview(deps.content, tracking.section_of(glance, mine))
    found = pick(asked.words, deps.content.credentials)
    if found is not None:
        return catalogue.credential_message(found)
    return catalogue.overview(deps.content, tracking.section_of(glance, mine), catalogue.DO_NOT_KNOW)


FEATURE = Feature(
    name="certs",
    subcommands=(
        Subcommand(
            name="certs",
            usage="[name]",
            summary="yours, and which there are, with how sure we are of each.",
            run=certs,
            group="Ask",
            examples=("/prm certs cphims",),
            aliases=("cert", "certifications", "certification", "credentials", "credential", "courses"),
            nouns=("credential",),
        ),
    ),
    forms=(Form(tracking.CALLBACK, tracking.submitted),),
    home=tracking.home,
)
