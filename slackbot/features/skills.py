"""`/prm skills` and `/prm background`: the twelve skills, how well one masters them, and what one brings along."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlmodel import Session

from content import Background, Content, Skill, SkillKind, SkillLevel
from slackbot.deps import Deps
from slackbot.errors import FormError
from slackbot.feature import Asked, Feature, Form, Subcommand, Submitted
from slackbot.home import Glance
from slackbot.ui.badges import badge
from slackbot.ui.blocks import (
    Block,
    Message,
    View,
    actions,
    bullets,
    chooses,
    context,
    header,
    message,
    runs,
    section,
)
from slackbot.ui.entries import ALL, pick, without_all
from slackbot.ui.forms import Option, field, modal, select
from slackbot.ui.pages import leaf, page_of
from slackbot.ui.text import escape, plural
from storage import audit
from storage import skills as rated

CALLBACK: Final = "rate_skills"
LEVELS: Final = [Option(level.said, level.value) for level in SkillLevel]
GROUPS: Final = {SkillKind.SOFT: "People skills", SkillKind.TECHNICAL: "Technical skills"}
HALVES: Final = {
    **dict.fromkeys(("soft", "people", "personal", "person"), SkillKind.SOFT),
    **dict.fromkeys(("technical", "tech", "hard"), SkillKind.TECHNICAL),
}
BUILD: Final = "What to build"
DO_NOT_KNOW: Final = "I don't know that one. Where do you come from?"


async def skills(deps: Deps, asked: Asked) -> Message | None:
    """All twelve with one's own levels, half of them, one of them, or the form to rate them."""
    glance, mine = await deps.transact(_mine, deps, asked)
    words = without_all(asked.words)
    if words.lower() in {"rate", "change", "assess", "edit"}:
        await asked.open(form(deps.content, mine))
        return None
    kind = HALVES.get(words.lower().removesuffix(" skills"))
    if kind is not None:
        return half(glance.content, mine, kind)
    found = pick(words, deps.content.skills)
    opening = "I don't know a skill by that name. These are the twelve." if words else None
    return skill_message(found, mine) if found else overview(glance.content, mine, opening)


def _mine(session: Session, deps: Deps, asked: Asked) -> tuple[Glance, dict[str, str]]:
    glance = deps.meet(session, asked.person)
    return glance, rated.levels(session, workspace_id=glance.workspace_id, member_id=glance.member_id)


def overview(content: Content, mine: Mapping[str, str], opening: str | None = None) -> Message:
    """Their names in two groups, each with one's own level."""
    blocks: list[Block] = [header("The twelve skills"), *([section(opening)] if opening else [])]
    for kind, title in GROUPS.items():
        lines = bullets(_line(skill, mine) for skill in content.skills if skill.kind is kind)
        blocks.append(section(f"*{title}*\n{lines}"))
    count = sum(skill.id in mine for skill in content.skills)
    said = (
        f"You have rated {plural(count, 'skill')}. Only you see it."
        if count
        else "Rate yourself: it takes two minutes, and only you see it."
    )
    return message(*blocks, context(said), actions(*_ways(content.skills, mine), runs("My road", "roadmap")))


def _ways(skills: Sequence[Skill], mine: Mapping[str, str]) -> list[Block]:
    menu = chooses("Open a skill", ((skill.name, f"skills {skill.ref}") for skill in skills))
    return [menu, runs("Change my ratings" if mine else "Rate myself", "skills rate")]


def _line(skill: Skill, mine: Mapping[str, str]) -> str:
    level = mine.get(skill.id)
    return f"{escape(skill.name)}: _{_said(level)}_" if level else escape(skill.name)


def half(content: Content, mine: Mapping[str, str], kind: SkillKind) -> Message:
    """The six of one kind, with what each means."""
    six = [skill for skill in content.skills if skill.kind is kind]
    lines = bullets(f"*{escape(skill.name)}*: {escape(skill.meaning)}" for skill in six)
    ways = actions(*_ways(six, mine), runs("All twelve", "skills"))
    return message(header(GROUPS[kind]), section(lines), ways)


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
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    before = rated.levels(session, **whose)
    rated.rate(session, given, **whose)
    if rated.levels(session, **whose) != before:
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
    words, page = page_of(asked.words)
    if words.lower() in ALL:
        return choose_background(deps.content)
    found = pick(words or f"background/{own}", deps.content.backgrounds)
    if found is None:
        return choose_background(deps.content, DO_NOT_KNOW if words else None)
    if found.id == own:
        await deps.transact(_reviewed, deps, asked)
    return background_message(found, page, is_own=found.id == own)


def _reviewed(session: Session, deps: Deps, asked: Asked) -> None:
    deps.meet(session, asked.person).member.background_reviewed = True


def choose_background(content: Content, opening: str | None = None) -> Message:
    ways = [runs(each.name, f"background {each.id}") for each in content.backgrounds]
    return message(
        section(opening or "Where do you come from? Each road brings something along."),
        actions(*ways, runs("Fill in my profile", "profile")),
    )


def background_message(found: Background, number: int = 1, *, is_own: bool) -> Message:
    """What one brings first, then what is still to build."""
    brings = bullets(f"*{escape(each.name)}*: {escape(each.say)}" for each in found.brings)
    build = bullets(f"*{escape(each.name)}*: {escape(each.how)}" for each in found.build)
    about = [section(escape(found.text)), section(f"*What you bring, and how to say it*\n{brings}")]
    later = [section(f"*{BUILD}*\n{build}"), section(f"*First step:* {escape(found.first_step)}")]
    if found.points:
        later.append(section(f"*What speaks for you*\n{bullets(escape(point) for point in found.points)}"))
    ways = [runs("My road", "roadmap") if is_own else runs("This is mine", "profile")]
    return leaf(
        f"background {found.id}",
        number,
        about,
        later,
        top=[header(found.name)],
        foot=[context(badge(found))],
        ways=ways,
        later=[*ways, runs("Rate my skills", "skills rate")],
        more=BUILD,
    )


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
