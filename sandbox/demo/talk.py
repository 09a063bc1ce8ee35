"""What people of the demo say in the channels and ask the app, by the share of the year that has passed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """Something said in a channel."""

    share: float
    who: str
    channel: str
    text: str


@dataclass(frozen=True)
class Question:
    """Something asked with `/prm`, and a word that a fitting answer has."""

    share: float
    who: str
    words: str
    expects: str
    in_channel: bool = False


LINES = (
    Line(0.01, "ben", "general", "Morning all. PRM Coach is installed: try `/prm` and tell me what you think."),
    Line(0.03, "ana", "liaisons", "Logged my first one. It takes about half a minute."),
    Line(0.05, "rosa", "liaisons", "Totals and practice names only in there, please. Nothing about patients, ever."),
    Line(0.14, "tomas", "liaisons", "Has anybody a good one-pager on the new imaging hours? Two offices asked today."),
    Line(0.14, "grace", "liaisons", "I have one, I'll put it into our shared folder this afternoon."),
    Line(0.27, "marcus", "liaisons", "Open house at the spine clinic is on the calendar the week after next. Come if you are near."),
    Line(0.38, "eli", "liaisons", "The shared issue list works. Three offices thanked me for calling back this week."),
    Line(0.455, "naomi", "general", "From Monday I am on leave for two months. Ana looks after Riverfront, thank you!"),
    Line(0.51, "priya", "liaisons", "Settled in on the west coast. Same accounts, two hours later than before."),
    Line(0.58, "ben", "general", "Our numbers so far are in. Honest ones, the dips included; that is how I want them."),
    Line(0.64, "naomi", "general", "Back again. What did I miss?"),
    Line(0.64, "ana", "liaisons", "Mill Pond has a new office manager, and the Saturday slots are open. Coffee at ten?"),
    Line(0.84, "rosa", "general", "Welcome Devon, who takes over the Front Range."),
    Line(0.84, "devon", "general", "Thank you! If anybody lets me ride along in the next weeks, I am all ears."),
    Line(0.843, "grace", "general", "Any Thursday, Devon. I will call you into the visits by video first."),
    Line(0.95, "eli", "liaisons", "Best quarter I have had here. I'd never have seen it without the baselines."),
)  # fmt: skip

QUESTIONS = (
    Question(0.02, "ana", "roadmap", "step"),
    Question(0.02, "eli", "help", "`log`", in_channel=True),
    Question(0.03, "ben", "criteria", "manager"),
    Question(0.03, "dee", "help", "`nudges`"),
    Question(0.04, "rosa", "roles", "liaison"),
    Question(0.10, "grace", "criteria", "manager"),
    Question(0.16, "priya", "certs", "certif"),
    Question(0.22, "tomas", "wins", "win"),
    Question(0.33, "marcus", "roadmap 2", "2"),
    Question(0.41, "grace", "certs", "certif"),
    Question(0.52, "priya", "nudges", "weekly message"),
    Question(0.60, "eli", "roles senior liaison", "senior"),
    Question(0.68, "naomi", "nudges", "weekly message"),
    Question(0.72, "grace", "criteria", "manager"),
    Question(0.85, "devon", "roadmap 1", "1"),
    Question(0.87, "devon", "help", "`log`", in_channel=True),
    Question(0.93, "ana", "wins", "win"),
    Question(0.97, "grace", "wins", "win"),
)  # fmt: skip
