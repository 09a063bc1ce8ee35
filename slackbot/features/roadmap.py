"""`/prm roadmap` and `/prm roles`: the five steps, and the rungs they lead along."""

from collections.abc import Sequence

from sqlmodel import Session

from content import Content, CredentialKind, Degree, Experience, Rung, SkillLevel, Step, Topic
from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.home import Glance
from slackbot.rules.credentials import holds
from slackbot.rules.roadmap import Record, Standing, State, next_action, standings
from slackbot.ui.badges import badge
from slackbot.ui.blocks import Block, Message, actions, bullets, context, header, message, runs, section
from slackbot.ui.entries import pick
from slackbot.ui.text import escape
from storage import credentials, skills, wins
from storage.models import MemberCredential

NO_PROMISE = (
    "The article calls the demand high and the path secure; those are its words, and it gives no figures."
)


async def roadmap(deps: Deps, asked: Asked) -> Message:
    """All five steps with where one stands on each, or the one that was asked for by number or words."""
    content, record = deps.content, await deps.transact(_recorded, deps, asked)
    every = standings(record, content)
    if not asked.words:
        return overview(content, record, every)
    found = pick(asked.words, content.steps)
    if found is None:
        return overview(content, record, every, "I don't know a step by that name. These are the five.")
    return step_message(content, next(each for each in every if each.step is found))


def _recorded(session: Session, deps: Deps, asked: Asked) -> Record:
    return record_of(session, deps.meet(session, asked.person))


def record_of(session: Session, glance: Glance) -> Record:
    """What a member told us and did, as the rules read it."""
    member = glance.member
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    tracked = credentials.mine(session, **whose)
    years = {Experience.RELEVANT: member.years_relevant, Experience.LIAISON: member.years_liaison}
    rungs = {rung.id for rung in glance.content.rungs}
    return Record(
        rung=member.rung if member.rung in rungs else None,
        target_rung=member.target_rung if member.target_rung in rungs else None,
        education=Degree(member.education) if member.education else None,
        years={kind: number for kind, number in years.items() if number is not None},
        background=member.background,
        background_reviewed=member.background_reviewed,
        skills={skill: SkillLevel(level) for skill, level in skills.levels(session, **whose).items()},
        held=tuple(
            _kind(each, glance.content)
            for each in tracked
            if each.state == "earned" and holds(each.expires_on, glance.today)
        ),
        begun=sum(each.state != "earned" for each in tracked),
        wins={outcome: latest.count for outcome, latest in wins.latest_by_outcome(session, **whose).items()},
        verified_wins=wins.count_verified(session, **whose),
    )


def _kind(tracked: MemberCredential, content: Content) -> CredentialKind:
    """What kind it is; one that somebody named themselves counts as training they completed."""
    known = next((each for each in content.credentials if each.id == tracked.content_id), None)
    return known.kind if known else CredentialKind.COURSE


def overview(content: Content, record: Record, every: list[Standing], opening: str | None = None) -> Message:
    blocks: list[Block] = [header("Your five steps to Physician Relations Manager (PRM)")]
    if opening:
        blocks.append(section(opening))
    blocks += _next(record, every)
    for each in every:
        step = each.step
        text = f"*{step.number}. {escape(step.name)}* _({each.state})_\n{escape(_said(each))}"
        blocks.append(section(text, accessory=runs("Open", f"roadmap {step.number}")))
    blocks.append(
        section(f"*The rungs on the way*\n{' → '.join(escape(rung.name) for rung in content.rungs)}")
    )
    blocks.append(actions(runs("Compare the roles", "roles"), runs("What a promotion asks for", "criteria")))
    return message(*blocks, context(badge(content.steps[0])))


def _said(each: Standing) -> str:
    return each.step.summary if each.state is State.NOT_STARTED else each.why


def _next(record: Record, every: list[Standing]) -> list[Block]:
    if record == Record():
        said = (
            "These are the five steps for everybody. Fill in your profile and they start from where you are."
        )
        return [section(said, accessory=runs("My profile", "profile"))]
    following = next_action(every)
    return [section(f"*Next for you:* {escape(following.do)}", accessory=runs("My profile", "profile"))]


def step_message(content: Content, standing: Standing) -> Message:
    step, ahead = standing.step, "To go further" if standing.state is State.DONE else "Next"
    blocks: list[Block] = [
        header(f"Step {step.number} of {len(content.steps)}: {step.name}"),
        section(escape(step.summary)),
        section(
            f"*Where you stand:* {standing.state}. {escape(standing.why)}\n*{ahead}:* {escape(standing.do)}"
        ),
        section(f"*What moves you forward*\n{bullets(escape(line) for line in step.what_counts)}"),
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
    found = pick(asked.words, every)
    if found is not None:
        return role_message(found)
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


def home(session: Session, glance: Glance) -> Sequence[Block]:
    """The next action, and how many steps are done."""
    record = record_of(session, glance)
    every = standings(record, glance.content)
    if record == Record():
        return [
            section(
                "*Your road*\nFill in your profile, and your five steps start from where you are.",
                accessory=runs("My profile", "profile"),
            )
        ]
    done = sum(each.state is State.DONE for each in every)
    text = f"*Your road*\n{done} of {len(every)} steps done. Next: {escape(next_action(every).do)}"
    return [section(text, accessory=runs("My road", "roadmap"))]


FEATURE = Feature(
    name="roadmap",
    home=home,
    subcommands=(
        Subcommand(
            name="roadmap",
            usage="[step]",
            summary="your five steps, where you stand, and what is next.",
            run=roadmap,
            group="Ask",
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
