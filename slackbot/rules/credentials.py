"""When a credential ends, by its issuer's rule, and whether it still holds."""

from calendar import monthrange
from datetime import date

from content import Credential, ExpiryRule


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where that month is too short (29 Feb, 31st)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def computes_expiry(credential: Credential | None) -> bool:
    """Whether the rule is known well enough to work the day out; else the person is asked for it."""
    known = {ExpiryRule.ANNIVERSARY, ExpiryRule.END_OF_MONTH, ExpiryRule.END_OF_CALENDAR_YEAR}
    return credential is not None and credential.cycle_months is not None and credential.expiry_rule in known


def expiry(credential: Credential, earned_on: date) -> date | None:
    """The last day on which it holds; None when it never ends, or the rule does not say.

    A cycle that all holders share (`fixed_cycle`) has no anchor here, so that the person is asked."""
    if credential.cycle_months is None:
        return None
    end = add_months(earned_on, credential.cycle_months)
    match credential.expiry_rule:
        case ExpiryRule.ANNIVERSARY:
            return end
        case ExpiryRule.END_OF_MONTH:
            return end.replace(day=monthrange(end.year, end.month)[1])
        case ExpiryRule.END_OF_CALENDAR_YEAR:
            return date(end.year, 12, 31)
        case _:
            return None


def holds(expires_on: date | None, today: date) -> bool:
    """Whether something earned still holds: it does on its last day too."""
    return expires_on is None or today <= expires_on
