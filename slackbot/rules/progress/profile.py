"""Holds what a person told of themselves against a test: education, years, credentials. Nothing here is verified."""

from decimal import Decimal
from typing import Final

from content import Credentials, Degree, Education, Years
from slackbot.rules.progress.asking import share_of
from slackbot.rules.progress.judgment import Judged
from slackbot.rules.progress.naming import WORK
from slackbot.rules.readings import number
from slackbot.rules.roadmap import Record

_DEGREES: Final = tuple(Degree)
_CALLED: Final = {
    Degree.BACHELOR: "bachelor's degree",
    Degree.MASTER: "master's degree",
    Degree.DOCTORATE: "doctorate",
}


def educated(test: Education, record: Record) -> Judged:
    """1 of 1 where the degree, or a higher one, is on the profile."""
    asked, has = _CALLED[test.at_least], record.education
    if has is None:
        return _told(
            0, Decimal(1), f"No degree on the profile, {asked} needed", "Add the degree to the profile."
        )
    enough = _DEGREES.index(has) >= _DEGREES.index(test.at_least)
    sentence = f"{_CALLED[has].capitalize()} on the profile"
    if enough:
        return _told(1, Decimal(1), sentence, "")
    return _told(0, Decimal(1), f"{sentence}, {asked} needed", f"A {asked} is what this one asks for.")


def experienced(test: Years, record: Record) -> Judged:
    """Years are whole: a year under way does not count yet."""
    has, work = record.years.get(test.of), WORK[test.of]
    years = "year" if test.at_least == 1 else "years"
    if has is None:
        sentence = f"No years {work} on the profile, {number(test.at_least)} needed"
        return _told(0, test.at_least, sentence, f"Add the years {work} to the profile.")
    if has >= test.at_least:
        sentence = f"{has} {'year' if has == 1 else 'years'} {work}, {number(test.at_least)} needed"
    else:
        sentence = f"{has} of {number(test.at_least)} {years} {work}"
    return _told(has, test.at_least, sentence, f"{_more(test.at_least - has, 'year')} {work}.")


def credentialed(test: Credentials, record: Record) -> Judged:
    """Counts what is held, of the kinds that are asked for; the caller has left out what lapsed."""
    has = sum(not test.kinds or kind in test.kinds for kind in record.held)
    noun = " or ".join(test.kinds) or "credential"
    sentence = f"{has} of {test.at_least} {noun if test.at_least == 1 else f'{noun}s'}"
    if has > test.at_least:
        sentence = f"{has} {noun}s, {test.at_least} needed"
    left = Decimal(test.at_least - has)
    return _told(has, Decimal(test.at_least), sentence, f"{_more(left, noun)}, earned and not lapsed.")


def _more(left: Decimal, noun: str) -> str:
    return f"{number(left)} more {noun if left == 1 else f'{noun}s'}"


def _told(has: int, asked: Decimal, sentence: str, missing: str) -> Judged:
    value = Decimal(has)
    met = value >= asked
    return Judged(
        verified=value,
        claimed=value,
        needed=asked,
        met=met,
        met_claimed=met,
        share=share_of(asked, value),
        sentence=sentence,
        missing="" if met else missing,
    )
