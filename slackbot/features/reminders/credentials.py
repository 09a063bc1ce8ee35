"""Reminds people of a credential before it ends: 180, 90, 30 and 7 days before its last day, at nine."""

from decimal import Decimal
from typing import Any, Final

from sqlmodel import Session

from slackbot.credential_words import known_as
from slackbot.deps import Deps
from slackbot.feature import Silence, Spoken
from slackbot.home import Glance
from slackbot.rules.credentials import holds
from slackbot.rules.outcomes import number
from slackbot.rules.reminding import CREDENTIAL_DAYS, before_the_end, due_and_next
from slackbot.scheduled import CREDENTIAL, row, silence, stop, wants, zone_of
from slackbot.ui.blocks import Message, actions, context, message, runs, section
from slackbot.ui.text import day, escape, plural
from storage import credentials, deliveries, reminding
from storage.models import MemberCredential
from storage.reminding import Moved
from storage.sending import Undecided

SHORT: Final = 30
"""Days: what the issuer asks for may have had to come before."""
SOON: Final = "If you have not applied yet, ask the issuer today what is still possible."
WHEN: Final = "I write 180, 90, 30 and 7 days before a credential ends. Only you see this."


def claim(deps: Deps, session: Session, limit: int) -> int:
    """Takes what is due into the ledger, and moves each credential on to its next reminder."""
    now = deps.now()
    due = reminding.due_credentials(session, now, limit)
    rows: list[dict[str, Any]] = []
    nexts: list[Moved] = []
    for each in due:
        every = before_the_end(
            each.expires_on, CREDENTIAL_DAYS, zone_of(each.whom, deps.settings.default_zone)
        )
        occurrences, after = due_and_next(every, each.since, now)
        subject = f"credential:{each.id}"
        wanted = occurrences if wants(each.whom, CREDENTIAL) else []
        rows += [row(each.whom, CREDENTIAL, occurrence, now, subject=subject) for occurrence in wanted]
        nexts.append((each.id, after))
    deliveries.claim(session, rows)
    reminding.move_on(session, MemberCredential, nexts)
    return len(due)


def compose(session: Session, glance: Glance, delivery: Undecided) -> Spoken | Silence:
    """How long it still holds; silence where it was renewed, or is no longer on their list."""
    silent = silence(session, glance, CREDENTIAL)
    if silent is not None:
        return silent
    tracked = credentials.one(
        session,
        int(delivery.subject.partition(":")[2]),
        workspace_id=glance.workspace_id,
        member_id=glance.member_id,
    )
    if tracked is None:
        return Silence("no longer on their list")
    if tracked.state != "earned" or delivery.slot.partition("/")[0] != str(tracked.expires_on):
        return Silence("renewed or changed since")
    if not holds(tracked.expires_on, glance.today):
        return Silence("it has ended")
    return Spoken(ends_message(glance, tracked), {"credential": tracked.id})


def ends_message(glance: Glance, tracked: MemberCredential) -> Message:
    """Its last day, how long that is, and what renewal still asks for where we know it."""
    assert tracked.expires_on is not None, "only one that ends is spoken of"
    left = (tracked.expires_on - glance.today).days
    when = f"in {plural(left, 'day')}" if left else "today"
    return message(
        section(f"*{escape(tracked.name)} ends {when}.* Its last day is {day(tracked.expires_on)}."),
        *([section(escape(said))] if (said := _renewal(glance, tracked)) else []),
        *([section(SOON)] if left <= SHORT else []),
        context(WHEN),
        actions(
            runs("It is renewed", f"certs change {tracked.id}", style="primary"),
            runs("Remind me later", f"remind credential {tracked.id}"),
            stop(CREDENTIAL),
        ),
    )


def _renewal(glance: Glance, tracked: MemberCredential) -> str:
    """What the issuer asks for, and how much of it they have told of."""
    known = known_as(glance.content, tracked.content_id)
    if known is None:
        return "Renewing may take some weeks: look up what its issuer asks for."
    parts = []
    if known.ce_required:
        open_hours = max(known.ce_required - tracked.hours, Decimal(0))
        told = f"So far you have entered {number(tracked.hours)} of {known.ce_required} hours of continuing education"
        parts.append(f"{told}; {number(open_hours)} to go." if open_hours else f"{told}.")
    if known.ce_notes:
        parts.append(f"Its issuer asks: {known.ce_notes.rstrip('.')}.")
    return " ".join(parts)
