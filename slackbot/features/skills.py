"""`/prm skills` and `/prm background`: the twelve skills, how well one masters them, and what one brings along."""

from collections.abc import Mapping
from typing import Final

from sqlmodel import Session

from content import Background, Content, Skill, SkillKind, SkillLevel
from slackbot.deps import Deps
from slackbot.errors import FormError
from slackbot.feature import Asked, Feature, Form, Subcommand, Submitted
from slackbot.home import Glance
from slackbot.ui.badges import badge
from slackbot.ui.blocks import Block, Message, View, actions, bullets, context, header, message, runs, section
from slackbot.ui.entries import pick
from slackbot.ui.forms import Option, field, modal, select
from slackbot.ui.text import escape, plural
from storage import audit
from storage import skills as rated

CALLBACK: Final = "rate_skills"
LEVELS: Final = [Option(level.said, level.value) for level in SkillLevel]
GROUPS: Final = {SkillKind.SOFT: "People skills", SkillKind.TECHNICAL: "Technical skills"}


async def skills(deps: Deps, asked: Asked) -> Message | None:
    """All twelve with one's own levels, one of them, or the form to rate them."""
    glance, mine = await deps.transact(_mine, deps, asked)
    if asked.words.lower() in {"rate", "change", "assess", "edit"}:
        await asked.open(form(deps.content, mine))
        return None
    found = pick(asked.words, deps.content.skills)
    return skill_message(found, mine) if found else overview(glance.content, mine)


def _mine(session: Session, deps: Deps, asked: Asked) -> tuple[Glance, dict[str, str]]:
    glance = deps.meet(session, asked.person)
    return glance, rated.levels(session, workspace_id=glance.workspace_id, member_id=glance.member_id)


def overview(content: Content, mine: Mapping[str, str]) -> Message:
    blocks: list[Block] = [header("The twelve skills")]
    for kind, title in GROUPS.items():
        lines = bullets(_line(skill, mine) for skill in content.skills if skill.kind is kind)
        blocks.append(section(f"*{title}*\n{lines}"))
    count = sum(skill.id in mine for skill in content.skills)
    label = "Rate myself" if count == 0 else "Change my ratings"
    said = (
        f"You have rated {plural(count, 'skill')}. Only you see it."
        if count
        else "Rate yourself: it takes two minutes, and only you see it."
    )
    return message(*blocks, context(said), actions(runs(label, "skills rate"), runs("My road", "roadmap")))


def _line(skill: Skill, mine: Mapping[str, str]) -> str:
    level = mine.get(skill.id)
    said = f" _({_said(level)})_" if level else ""
    return f"*{escape(skill.name)}*: {escape(skill.meaning)}{said}"


def _said(level: str) -> str:
    return SkillLevel(level).said.lower().replace("i ", "I ", 1)


def skill_message(skill: Skill, mine: Mapping[str, str]) -> Message:
    level = mine.get(skill.id)
    own = [section(f"*You say:* {_said(level)}")] if level else []
    return message(
        header(skill.name),
        section(escape(skill.meaning)),
        section(f"*How to show it*\n{escape(skill.show)}"),
        *own,
        context(badge(skill)),
        actions(runs("Rate myself", "skills rate"), runs("All twelve", "skills")),
    )


def form(content: Content, mine: Mapping[str, str]) -> View:
    fields = [
        field(skill.id, skill.name, select(LEVELS, mine.get(skill.id)), hint=skill.meaning, optional=True)
        for skill in content.skills
    ]
    return modal(
        CALLBACK,
        "Rate your skills",
        *fields,
        context("Only you see this. Leave out what you are not sure of."),
        submit="Save",
    )


async def submitted(deps: Deps, back: Submitted) -> View:
    """Keeps the whole self-assessment, in the place of the earlier one."""
    count = await deps.transact(_save, deps, back)
    deps.refresh_home(back.person)
    ways = actions(runs("See my road", "roadmap"), runs("My skills", "skills"))
    return modal(
        "saved", "Rate your skills", section(f"Saved. You have rated {plural(count, 'skill')}."), ways
    )


def _save(session: Session, deps: Deps, back: Submitted) -> int:
    glance = deps.meet(session, back.person)
    given = parse(back.values, deps.content)
    rated.rate(session, given, workspace_id=glance.workspace_id, member_id=glance.member_id)
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="skills.rated",
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )
    return len(given)


def parse(values: Mapping[str, str | None], content: Content) -> dict[str, str]:
    """The levels by skill. Raises FormError for a level that does not exist."""
    known = {level.value for level in SkillLevel}
    given = {skill.id: values[skill.id] or "" for skill in content.skills if values.get(skill.id)}
    wrong = {skill: "Choose one of the four levels." for skill, level in given.items() if level not in known}
    if wrong:
        raise FormError(wrong)
    return given


async def background(deps: Deps, asked: Asked) -> Message:
    """What transfers from a background; without a name, from one's own."""
    own = (await deps.transact(deps.meet, asked.person)).member.background
    found = pick(asked.words or f"background/{own}", deps.content.backgrounds)
    if found is None:
        return choose_background(deps.content)
    if found.id == own:
        await deps.transact(_reviewed, deps, asked)
    return background_message(found, is_own=found.id == own)


def _reviewed(session: Session, deps: Deps, asked: Asked) -> None:
    deps.meet(session, asked.person).member.background_reviewed = True


def choose_background(content: Content) -> Message:
    ways = [runs(each.name, f"background {each.id}") for each in content.backgrounds]
    return message(
        section("Where do you come from? Each road brings something along."),
        actions(*ways, runs("Fill in my profile", "profile")),
    )


def background_message(found: Background, *, is_own: bool) -> Message:
    blocks: list[Block] = [header(found.name), section(escape(found.text))]
    if found.points:
        blocks.append(section(bullets(escape(point) for point in found.points)))
    brings = (f"*{escape(each.name)}*: {escape(each.say)}" for each in found.brings)
    build = (f"*{escape(each.name)}*: {escape(each.how)}" for each in found.build)
    blocks += [
        section(f"*What you bring, and how to say it*\n{bullets(brings)}"),
        section(f"*What to build*\n{bullets(build)}"),
        section(f"*First step:* {escape(found.first_step)}"),
        context(badge(found)),
    ]
    ways = [runs("My road", "roadmap")] if is_own else [runs("This is mine: my profile", "profile")]
    return message(*blocks, actions(*ways, runs("Rate my skills", "skills rate")))


FEATURE = Feature(
    name="skills",
    subcommands=(
        Subcommand(
            name="skills",
            usage="[name]",
            summary="the twelve skills, and how you rate yourself.",
            run=skills,
            group="Your road",
            aliases=("skill",),
            nouns=("skill",),
        ),
        Subcommand(
            name="background",
            usage="[sales, clinical or current]",
            summary="what you bring along from where you come from.",
            run=background,
            group="Your road",
            examples=("/prm background sales",),
            aliases=("backgrounds", "transfer"),
            nouns=("background",),
        ),
    ),
    forms=(Form(CALLBACK, submitted),),
)
