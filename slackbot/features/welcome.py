"""The first meeting with somebody, said once: what the app does, who sees what, when it writes; and Home's last lines."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session

from slackbot import profiles
from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.home import Glance
from slackbot.ui.blocks import Block, Message, actions, context, header, message, runs, section
from slackbot.ui.text import escape, place, weekday_at
from storage import members
from storage.members import Person

READING: Final = "im:history"
TITLE: Final = "Welcome to PRM Coach"
WHAT: Final = (
    "I answer questions about the road to Physician Relations Manager (PRM), work out what your wins come to, and write "
    "to you once a week."
)
WHO: Final = "*Who sees what:* what you log is yours. Your manager sees only what you share."
LATER: Final = (
    "Two steps for whenever you like: with your profile, the road shows where you stand; with a manager, somebody can "
    "confirm your wins."
)
FIRST_ADMIN: Final = (
    "*You are the first admin here.* When you have a moment: set who reports to whom, choose whose holidays count, "
    "and look over what each role asks for. Certifications and texts of your own come in with `PRM_CONTENT_DIR`; whoever runs me knows how."
)
OFF: Final = "I go by *{zone}*. Your weekly message is off."
WHEN: Final = "Your zone is *{zone}*, and your weekly message comes *{when}*."
CHANGE: Final = runs("Change time", "nudges change")
PROFILE: Final = runs("Your profile", "profile")
STEPS: Final = (PROFILE, runs("Your manager", "manager"))
ADMINS: Final = (
    runs("Who reports to whom", "team set"),
    runs("Criteria", "criteria edit"),
    runs("For admins", "admin"),
    PROFILE,
)
GOT_IT: Final = runs("Got it", "welcome done", style="primary")
DONE: Final = "Good. `/prm welcome` says it again, whenever you like."
PRIVATE: Final = (
    "What you log is yours: your manager sees only what you share. Please keep patient details out of it."
)
READS: Final = "You can also write to me under Messages, without `/prm`."
READS_NOT: Final = (
    "I can't read what is written under Messages: type `/prm` instead, in any conversation of yours."
)


def words(
    glance: Glance, scopes: frozenset[str], *, first_admin: bool, done: Sequence[Block] = ()
) -> list[Block]:
    """One short screen; an admin who comes first is told what there is to set up."""
    later, ways = (section(FIRST_ADMIN), ADMINS) if first_admin else (context(LATER), STEPS)
    return [
        header(TITLE),
        section(f"{WHAT}\n{WHO}"),
        section(_when(glance), accessory=CHANGE),
        later,
        actions(*done, *ways),
        context(READS if READING in scopes else READS_NOT),
    ]


def _when(glance: Glance) -> str:
    member, zone = glance.member, escape(place(glance.zone))
    if member.nudges_off:
        return OFF.format(zone=zone)
    return WHEN.format(zone=zone, when=weekday_at(member.nudge_weekday, member.nudge_time))


def once(session: Session, deps: Deps, person: Person, scopes: frozenset[str]) -> Message | None:
    """The welcome for whoever has not had it. That they have it now is written down at once, so it comes once."""
    glance = deps.meet(session, person)
    first_admin = _comes_first(session, glance)
    if not members.welcome(session, glance.member, glance.now):
        return None
    return message(*words(glance, scopes, first_admin=first_admin))


def _comes_first(session: Session, glance: Glance) -> bool:
    is_admin = glance.member.is_admin or glance.member.named_admin
    return is_admin and not members.has_welcomed_admin(session, glance.workspace_id)


async def welcome(deps: Deps, asked: Asked) -> Message | None:
    """Says it again; `done` is the button on Home that takes it away there."""
    if asked.words.lower() == "done":
        await deps.transact(_done, deps, asked.person)
        deps.refresh_home(asked.person)
        return None if asked.respond is None else message(section(DONE))
    # The zone is in it, and whether they are an admin decides which one it is.
    await profiles.read_once(deps, asked.person)
    scopes = await deps.slack.scopes_of(asked.person.workspace_id)
    return await deps.transact(_again, deps, asked.person, scopes)


def _done(session: Session, deps: Deps, person: Person) -> None:
    glance = deps.meet(session, person)
    members.welcome(session, glance.member, glance.now)


def _again(session: Session, deps: Deps, person: Person, scopes: frozenset[str]) -> Message:
    glance = deps.meet(session, person)
    first = once(session, deps, person, scopes)
    return first or message(*words(glance, scopes, first_admin=False))


def arrival(session: Session, glance: Glance) -> Sequence[Block]:
    """On Home it stays until they have had it: with an answer somewhere else, or by a press of any button here."""
    if glance.member.welcomed_at is not None:
        return []
    return words(glance, glance.scopes, first_admin=_comes_first(session, glance), done=[GOT_IT])


def home(_session: Session, glance: Glance) -> Sequence[Block]:
    """The three things people come for, who sees what, and where to write."""
    return [
        actions(
            runs("Log a win", "log", style="primary"),
            runs("See the road", "roadmap"),
            runs("All I can do", "help"),
        ),
        context(PRIVATE),
        context(READS if READING in glance.scopes else READS_NOT),
    ]


ARRIVAL: Final = Feature(name="arrival", home=arrival)
FEATURE: Final = Feature(
    name="welcome",
    subcommands=(
        Subcommand(
            name="welcome",
            summary="what I do, who sees what, and when I write to you.",
            run=welcome,
            group="Your road",
            aliases=("about", "intro"),
        ),
    ),
    home=home,
    welcome=once,
)
