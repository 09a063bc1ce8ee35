"""`/prm roadmap` and `/prm roles`: the five steps, and the rungs they lead along."""

import re

from sqlmodel import Session

from content import Content, Rung, Step, Topic
from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.rules.roadmap import Record, Standing, State, next_action
from slackbot.standing import Standing as Mine
from slackbot.standing import standing_of
from slackbot.ui.badges import badge
from slackbot.ui.blocks import Block, Message, actions, bullets, context, header, message, runs, section
from slackbot.ui.entries import pick, without_all
from slackbot.ui.pages import leaf, page_of
from slackbot.ui.text import escape

NO_PROMISE = (
    "The article calls the demand high and the path secure; those are its words, and it gives no figures."
)


async def roadmap(deps: Deps, asked: Asked) -> Message:
    """All five steps with where one stands on each, or the one that was asked for by number or words."""
    content, mine = deps.content, await deps.transact(_recorded, deps, asked)
    record, every = mine.record, list(mine.steps)
    words, page = page_of(without_all(asked.words))
    if not words:
        return overview(content, record, every)
    found = pick(words, content.steps)
    if found is None:
        return overview(content, record, every, "I don't know a step by that name. These are the five.")
    return step_message(content, next(each for each in every if each.step is found), page)


def _recorded(session: Session, deps: Deps, asked: Asked) -> Mine:
    glance = deps.meet(session, asked.person)
    return standing_of(session, glance, glance.member, private=True)


def overview(content: Content, record: Record, every: list[Standing], opening: str | None = None) -> Message:
    blocks: list[Block] = [header("Your five steps to Physician Relations Manager (PRM)")]
    if opening:
        blocks.append(section(opening))
    blocks += _next(record, every)
    for each in every:
        blocks.append(section(_line(each), accessory=runs("Open", f"roadmap {each.step.number}")))
    ways = [] if record == Record() else [runs("My profile", "profile")]
    ways += [runs("The ladder", "roles"), runs("What a promotion asks for", "criteria")]
    return message(*blocks, context(badge(content.steps[0])), actions(*ways))


def _line(each: Standing) -> str:
    """A step's title and state; what was reached so far in one sentence."""
    title = f"*{each.step.number}. {escape(each.step.name)}* _({each.state})_"
    return title if each.state is State.NOT_STARTED else f"{title}\n{escape(_first_sentence(each.why))}"


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?]) ", text, maxsplit=1)[0]


def _next(record: Record, every: list[Standing]) -> list[Block]:
    if record == Record():
        said = "Fill in your profile, and the steps start from where you are."
        return [section(said, accessory=runs("My profile", "profile"))]
    return [section(f"*Next for you:* {escape(next_action(every).do)}")]


def step_message(content: Content, standing: Standing, number: int = 1) -> Message:
    """What a step is about and where one stands, then its topics, on as many pages as they need."""
    step, ahead = standing.step, "To go further" if standing.state is State.DONE else "Next"
    about = [
        section(escape(step.summary)),
        section(
            f"*Where you stand:* {standing.state}. {escape(standing.why)}\n*{ahead}:* {escape(standing.do)}"
        ),
        section(f"*What moves you forward*\n{bullets(escape(line) for line in step.what_counts)}"),
    ]
    return leaf(
        f"roadmap {step.number}",
        number,
        about,
        [_topic(topic) for topic in step.topics],
        top=[header(f"Step {step.number} of {len(content.steps)}: {step.name}")],
        foot=[context(badge(step))],
        ways=_around(content, step),
        later=[runs("All five steps", "roadmap")],
        more="More about it",
    )


def _topic(topic: Topic) -> Block:
    return section(f"*{escape(topic.title)}*\n{bullets(escape(point) for point in topic.points)}")


def _around(content: Content, step: Step) -> list[Block]:
    ways = []
    if step.number < len(content.steps):
        ways.append(runs(f"On to step {step.number + 1}", f"roadmap {step.number + 1}"))
    if step.number > 1:
        ways.append(runs(f"Back to step {step.number - 1}", f"roadmap {step.number - 1}"))
    return [*ways, runs("All five steps", "roadmap"), runs("Remind me", f"remind step {step.number}")]


async def roles(deps: Deps, asked: Asked) -> Message:
    """The whole ladder, or one role."""
    words, page = page_of(without_all(asked.words))
    found = pick(words, (*deps.content.rungs, *deps.content.contrasts))
    if found is not None:
        return role_message(found, page)
    opening = "I don't know a role by that name. These are the ones I know." if words else None
    return ladder(deps.content, opening)


def ladder(content: Content, opening: str | None = None) -> Message:
    blocks: list[Block] = [header("The ladder, from the first role up")]
    if opening:
        blocks.append(section(opening))
    for rung in (*content.rungs, *content.contrasts):
        text = f"*{escape(rung.name)}*\n{escape(rung.typical_years)}"
        blocks.append(section(text, accessory=runs("Open", f"roles {rung.id}")))
    ways = actions(runs("What a promotion asks for", "criteria"), runs("My road", "roadmap"))
    return message(*blocks, context(NO_PROMISE), ways)


def role_message(rung: Rung, number: int = 1) -> Message:
    """What the role is and does, then what is looked at and where people come from."""
    about = [
        section(f"{escape(rung.summary)}\n*Typical time:* {escape(rung.typical_years)}"),
        section(f"*The work*\n{bullets(escape(line) for line in rung.work)}"),
    ]
    later = (("What is looked at", rung.assessed), ("Where people come from", rung.backgrounds))
    beside = [
        section(f"*{title}*\n{bullets(escape(line) for line in lines)}") for title, lines in later if lines
    ]
    ways = [] if rung.contrast else [runs("What it asks for", f"criteria {rung.id}")]
    return leaf(
        f"roles {rung.id}",
        number,
        about,
        beside,
        top=[header(rung.name)],
        foot=[context(badge(rung))],
        ways=[*ways, runs("All roles", "roles")],
    )


FEATURE = Feature(
    name="roadmap",
    subcommands=(
        Subcommand(
            name="roadmap",
            usage="[step]",
            summary="your five steps, where you stand, and what is next.",
            run=roadmap,
            group="Your road",
            examples=("/prm roadmap 2",),
            aliases=("steps", "step", "road"),
            nouns=("step",),
        ),
        Subcommand(
            name="roles",
            usage="[name]",
            summary="the ladder from coordinator to director.",
            run=roles,
            group="Ask",
            examples=("/prm roles senior liaison",),
            aliases=("role", "ladder", "rungs"),
            nouns=("rung",),
        ),
    ),
)
