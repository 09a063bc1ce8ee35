"""`/prm roadmap` and `/prm roles`: the five steps, and the rungs they lead along."""

from content import Content, Rung, Step, Topic, find
from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.ui.badges import badge
from slackbot.ui.blocks import Block, Message, actions, bullets, context, header, message, runs, section
from slackbot.ui.text import escape

NO_PROMISE = (
    "The article calls the demand high and the path secure; those are its words, and it gives no figures."
)


async def roadmap(deps: Deps, asked: Asked) -> Message:
    """All five steps, or the one that was asked for by number or words."""
    if not asked.words:
        return overview(deps.content)
    found = find(asked.words, deps.content.steps)
    return (
        step_message(deps.content, found[0])
        if found
        else overview(deps.content, "I don't know a step by that name. These are the five.")
    )


def overview(content: Content, opening: str | None = None) -> Message:
    blocks: list[Block] = [header("Five steps to Physician Relations Manager (PRM)")]
    if opening:
        blocks.append(section(opening))
    for step in content.steps:
        text = f"*{step.number}. {escape(step.name)}*\n{escape(step.summary)}"
        blocks.append(section(text, accessory=runs("Open", f"roadmap {step.number}")))
    blocks.append(
        section(f"*The rungs on the way*\n{' → '.join(escape(rung.name) for rung in content.rungs)}")
    )
    blocks.append(actions(runs("Compare the roles", "roles"), runs("What a promotion asks for", "criteria")))
    return message(*blocks, context(badge(content.steps[0])))


def step_message(content: Content, step: Step) -> Message:
    blocks: list[Block] = [
        header(f"Step {step.number} of {len(content.steps)}: {step.name}"),
        section(escape(step.summary)),
        section(f"*What moves you forward*\n{bullets(escape(line) for line in step.what_counts)}"),
        section(f"*Do this next*\n{escape(step.do_next)}"),
        *(_topic(topic) for topic in step.topics),
    ]
    return message(*blocks, context(badge(step)), _around(content, step))


def _topic(topic: Topic) -> Block:
    return section(f"*{escape(topic.title)}*\n{bullets(escape(point) for point in topic.points)}")


def _around(content: Content, step: Step) -> Block:
    ways = []
    if step.number > 1:
        ways.append(runs(f"Back to step {step.number - 1}", f"roadmap {step.number - 1}"))
    if step.number < len(content.steps):
        ways.append(runs(f"On to step {step.number + 1}", f"roadmap {step.number + 1}"))
    return actions(*ways, runs("All five steps", "roadmap"))


async def roles(deps: Deps, asked: Asked) -> Message:
    """The whole ladder, or one role."""
    every = (*deps.content.rungs, *deps.content.contrasts)
    found = find(asked.words, every) if asked.words else []
    if found:
        return role_message(found[0])
    opening = "I don't know a role by that name. These are the ones I know." if asked.words else None
    return ladder(deps.content, opening)


def ladder(content: Content, opening: str | None = None) -> Message:
    blocks: list[Block] = [header("The ladder, from the first role up")]
    if opening:
        blocks.append(section(opening))
    for rung in content.rungs:
        text = f"*{escape(rung.name)}* ({escape(rung.typical_years)})\n{escape(rung.summary)}"
        blocks.append(section(text, accessory=runs("Open", f"roles {rung.id}")))
    for contrast in content.contrasts:
        text = f"_Often confused with these:_ *{escape(contrast.name)}*\n{escape(contrast.summary)}"
        blocks.append(section(text, accessory=runs("Open", f"roles {contrast.id}")))
    return message(*blocks, context(NO_PROMISE))


def role_message(rung: Rung) -> Message:
    blocks: list[Block] = [
        header(rung.name),
        section(f"{escape(rung.summary)}\n*Typical time:* {escape(rung.typical_years)}"),
        section(f"*The work*\n{bullets(escape(line) for line in rung.work)}"),
    ]
    for title, lines in (("What is looked at", rung.assessed), ("Where people come from", rung.backgrounds)):
        if lines:
            blocks.append(section(f"*{title}*\n{bullets(escape(line) for line in lines)}"))
    ways = [] if rung.contrast else [runs("What it asks for", f"criteria {rung.id}")]
    return message(*blocks, context(badge(rung)), actions(*ways, runs("All roles", "roles")))


FEATURE = Feature(
    name="roadmap",
    subcommands=(
        Subcommand(
            name="roadmap",
            usage="[step]",
            summary="the five steps, or one of them.",
            run=roadmap,
            group="Ask",
            examples=("/prm roadmap 2",),
            aliases=("steps", "step", "road"),
        ),
        Subcommand(
            name="roles",
            usage="[name]",
            summary="the ladder from coordinator to director.",
            run=roles,
            group="Ask",
            examples=("/prm roles senior liaison",),
            aliases=("role", "ladder", "rungs"),
        ),
    ),
)
