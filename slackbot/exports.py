"""Files that leave Slack: tables that no spreadsheet program takes for formulas, sent as a direct message."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackRequestError

from slackbot.deps import Deps
from slackbot.refusal import refusal
from slackbot.ui.blocks import Message, message, section
from storage.members import Person

log = structlog.get_logger(__name__)

SCOPE: Final = "files:write"
HOW_TO_ALLOW: Final = (
    f"This comes as a file once an admin adds `{SCOPE}` to the app, under *OAuth & Permissions* of its settings, and "
    "installs it again."
)
NOT_ALLOWED: Final = f"Slack did not let me send the file. {HOW_TO_ALLOW}"
FAILED: Final = "Slack did not take the file just now. Please ask for it again in a few minutes."
BOM: Final = "\ufeff"
"""Without it Excel reads UTF-8 as something else, and é becomes Ã©."""

Cell = str | int | Decimal | date | None

# What begins a cell begins it after a separator of other countries' spreadsheets too, and whatever blanks come first.
_FORMULA: Final = re.compile(r"(^|[;\t\r\n])(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
_CONTROL: Final = re.compile(r"^[\t\r\n]")


@dataclass(frozen=True)
class File:
    """A file by its name, and what is in it."""

    name: str
    content: bytes


def table(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Comma-separated values as Excel, Numbers and Sheets open them. Numbers and dates stay what they are."""
    written = io.StringIO()
    csv.writer(written).writerows([_cell(each) for each in row] for row in rows)
    return (BOM + written.getvalue()).encode()


def _cell(value: Cell) -> str | int:
    match value:
        case None:
            return ""
        case str():
            return safe(value)
        case Decimal():
            return f"{value.normalize() + 0:f}"
        case date():
            return value.isoformat()
    return value


def safe(text: str) -> str:
    """What somebody typed, so that nothing runs where it is opened: an apostrophe before what begins a formula."""
    guarded = _FORMULA.sub(r"\1'", text)
    return f"'{guarded}" if _CONTROL.match(guarded) else guarded


async def granted(deps: Deps, workspace_id: int, scope: str = SCOPE) -> bool:
    """Whether the workspace has allowed the app an optional scope."""
    access = await deps.slack.workspaces.by_id(workspace_id)
    return access is not None and scope in access.scopes


async def send(deps: Deps, person: Person, files: Sequence[File], said: str) -> None:
    """Sends files as one direct message, `said` above them in mrkdwn. Whoever waits for them hears of it if that fails."""
    client = await deps.slack.client_for(person.workspace_id)
    uploads = [{"filename": file.name, "title": file.name, "content": file.content} for file in files]
    try:
        # A person's id is taken under `channels`; under `channel` Slack wants that of the conversation.
        await client.files_upload_v2(file_uploads=uploads, channels=[person.user_id], initial_comment=said)
    except SlackApiError as error:
        code = refusal(error).error
        log.warning("file_refused", error=code)
        await deps.tell(person, _sorry(NOT_ALLOWED if code == "missing_scope" else FAILED), asked=True)
    except (SlackRequestError, aiohttp.ClientError, TimeoutError) as error:
        log.warning("file_not_sent", error=type(error).__name__)
        await deps.tell(person, _sorry(FAILED), asked=True)


def _sorry(sentence: str) -> Message:
    return message(section(sentence))
