"""Two kinds of failure: what a person can mend is told to them; the rest is logged, with an id they can quote."""

import asyncio
import secrets
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

import structlog

from storage.database import DatabaseAwayError, DatabaseBusyError

T = TypeVar("T")
log = structlog.get_logger(__name__)

BUSY: Final = "I'm busy for a moment, so nothing was saved. Please try that again."
AWAY: Final = (
    "I can't get at my records for a moment. Please try that again in a minute: nothing is ever saved twice."
)
"""It does not say that nothing was saved: of a server that goes away while it saves nobody can know."""

PATIENCE: Final = 2.7
"""Seconds for one answer: Slack gives up after three."""
SLOW: Final = "That took longer than Slack allows. Please try it again: nothing is ever saved twice."


class UserError(Exception):
    """Its message is a sentence for the person who did it: what was wrong, and what to do.

    `ways` are buttons beside it where there is room for some: a label, and the words after `/prm` that it runs."""

    ways: tuple[tuple[str, str], ...] = ()


class FormError(UserError):
    """What to mend in a form: a sentence for each field, by its name. What was typed stays."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


def apology(error: BaseException, where: str) -> str:
    """Logs an unforeseen failure with its traceback, and gives the sentence that tells the person.

    Only the id is shown: the cause may hold what they typed."""
    reference = secrets.token_hex(3)
    log.error("failed", where=where, reference=reference, exc_info=error)
    return f"Sorry, that went wrong on my side. Please try again; if it stays, tell your admin this code: {reference}."


def passing(error: DatabaseBusyError, where: str) -> str:
    """The sentence for what will be over soon by itself; it is no failure of ours, so without a traceback."""
    if not isinstance(error, DatabaseAwayError):
        return BUSY
    log.warning("database_away", where=where)
    return AWAY


@dataclass(frozen=True)
class Trouble:
    """What to tell somebody instead of the answer; `fields`: what to mend in which field of a form; `ways`: buttons."""

    sentence: str
    fields: Mapping[str, str] = field(default_factory=dict)
    ways: tuple[tuple[str, str], ...] = ()


async def told(work: Awaitable[T], where: str) -> T | Trouble:
    """The answer, or the trouble to tell instead; always within Slack's patience."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await work
    except FormError as error:
        return Trouble(str(error), error.errors)
    except UserError as error:
        return Trouble(str(error), ways=error.ways)
    except DatabaseBusyError as error:
        return Trouble(passing(error, where))
    except TimeoutError:
        log.warning("too_slow", where=where)
        return Trouble(SLOW)
    except Exception as error:  # noqa: BLE001 - the edge: whatever it was, somebody is waiting for an answer
        return Trouble(apology(error, where))
