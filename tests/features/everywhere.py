"""Every place in which a person can type something: all forms with all their fields, all that words may follow."""

from collections.abc import Mapping
from typing import Any

from sandbox.people import Person
from sandbox.words import places
from slackbot.app import FEATURES, App
from storage.models import Win

LONGEST_NUMBER = 40
"""A field that takes no more than that takes a number: it says so, rather than what a text looks like."""


def forms(win: Win) -> list[tuple[str, str]]:
    """Every form in which something can be typed: who opens it, and how."""
    assert win.id is not None
    return [
        ("ana", "log referrals"),
        ("ana", "log event_attendance"),
        ("ana", "log referrer_nps"),
        ("ana", f"wins edit {win.id}"),
        ("ana", f"wins answer {win.id - 1}"),
        ("ana", "certs track"),
        ("ana", "profile"),
        ("ben", f"verify ask {win.id}"),
        ("ben", f"verify decline {win.id}"),
        ("dee", "criteria edit manager"),
        ("dee", "admin holidays add"),
    ]


USUAL: Mapping[str, Any] = {
    "result": "50",
    "part": "23",
    "sample": "50",
    "credential": "other",
    "name": "A course of our own",
    "answer": "All of them.",
    "text": "Which ones?",
    "why": "As we agreed.",
}
"""What else a form needs to be taken."""


def _elements(person: Person) -> list[dict[str, Any]]:
    assert person.modal is not None
    return [place.element for place in places(person.modal.blocks)]


def shown_as(person: Person) -> str:
    """Another one whenever the form that lies before them was changed."""
    assert person.modal is not None
    return person.modal.hash


async def opens_in_full(person: Person, app: App, words: str) -> dict[str, bool]:
    """Opens the form with all its fields; the names of those in which something is typed, and whether it is a text."""
    await person.slash(words)
    assert person.modal is not None, words
    if any(element["action_id"] == "more" for element in _elements(person)):
        await person.presses("More details")
        await app.deps.background.drain()
    typed = [each for each in _elements(person) if each["type"].endswith("_text_input")]
    names = {}
    for element in typed:
        name = str(element["action_id"])
        # Slack's own client looks at lengths and links; whoever sends a form by hand does not.
        names[name] = element.pop("max_length", LONGEST_NUMBER + 1) > LONGEST_NUMBER
        element["type"] = "plain_text_input"
        if name in USUAL:
            person.fills({name: USUAL[name]})
    if "name" in names:
        person.fills(credential=USUAL["credential"])
    if "what" in names:
        person.fills(day="2026-12-24")
    return names


VERIFY = ("show", "confirm", "all", "ask", "decline", "delegate", "more")


def ways_to_type(win: Win) -> list[str]:
    """All that words may follow: nothing, each subcommand, and what only its buttons run."""
    commands = [sub.name for feature in FEATURES for sub in feature.subcommands]
    verbs = ["show", "edit", "share", "withdraw", "return", "delete", "undo", "history", "answer"]
    one = [f"{name} {verb}" for name, verbs in (("wins", verbs), ("verify", VERIFY)) for verb in verbs]
    about = [f"{words} {win.id}" for words in one if "delete" not in words]
    rest = [
        "show",
        "help",
        "wins since",
        "certs track",
        "certs change",
        "team add",
        "manager ask",
        "wins page",
    ]
    return ["", *commands, *one, *about, *rest]
