"""Two kinds of failure: what a person can mend is told to them; the rest is logged, with an id they can quote."""

import secrets
from collections.abc import Mapping

import structlog

log = structlog.get_logger(__name__)

BUSY = "I'm busy for a moment, so nothing was saved. Please try that again."


class UserError(Exception):
    """Its message is a sentence for the person who did it: what was wrong, and what to do."""


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
