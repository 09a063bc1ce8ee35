"""Words about a credential that somebody tracks, in mrkdwn: its state, until when it holds, the hours so far."""

from datetime import date

from content import Content, Credential, UnknownEntryError
from slackbot.home import Glance
from slackbot.rules.credentials import holds
from slackbot.rules.outcomes import number as numeral
from slackbot.ui.text import day, escape
from storage.models import MemberCredential


def line(tracked: MemberCredential, glance: Glance) -> str:
    """One credential in words: its state, until when it holds, and the hours toward renewal."""
    known = known_as(glance.content, tracked.content_id)
    parts = [_state(tracked, glance.today)]
    if known is not None and known.ce_required and tracked.state == "earned":
        parts.append(f"{numeral(tracked.hours)} of {known.ce_required} hours")
    elif tracked.hours:
        parts.append(f"{numeral(tracked.hours)} hours")
    return f"*{escape(tracked.name)}*\n{', '.join(parts)}"


def _state(tracked: MemberCredential, today: date) -> str:
    if tracked.state != "earned" or tracked.earned_on is None:
        return "Planned" if tracked.state == "planned" else "Under way"
    if tracked.expires_on is None:
        return f"Earned {day(tracked.earned_on)}"
    verb = "holds until" if holds(tracked.expires_on, today) else "lapsed on"
    return f"Earned {day(tracked.earned_on)}, {verb} {day(tracked.expires_on)}"


def known_as(content: Content, credential_id: str | None) -> Credential | None:
    """The entry of the content that it is; None for one that somebody named themselves, or that is gone."""
    try:
        return content.credential(credential_id) if credential_id else None
    except UnknownEntryError:
        return None
