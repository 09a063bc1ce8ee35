"""A credential ends on the day its issuer's rule says, through leap days, short months and the turn of the year."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import Content, Credential, ExpiryRule, Source, Verification
from content.predicates import CredentialKind
from slackbot.rules.credentials import add_months, computes_expiry, expiry, holds

DAYS = st.dates(date(1960, 1, 1), date(2090, 12, 31))
CYCLES = st.integers(1, 120)
COMPUTED = (ExpiryRule.ANNIVERSARY, ExpiryRule.END_OF_MONTH, ExpiryRule.END_OF_CALENDAR_YEAR)


def earns(rule: ExpiryRule, months: int | None) -> Credential:
    """A credential with that rule and cycle."""
    return Credential(
        id="example",
        name="Example",
        kind=CredentialKind.CERTIFICATION,
        in_seed=False,
        issuer="Harbor Health",
        summary="An example.",
        cycle_months=months,
        ce_required=None,
        expiry_rule=rule,
        fee=None,
        source=Source.FIELD,
        verification=Verification.VERIFIED,
        as_of=date(2026, 11, 1),
    )


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-15", 1, "2026-02-15"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2096-02-29", 48, "2100-02-28"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-12-31", 0, "2026-12-31"),
        ("2026-06-30", 36, "2029-06-30"),
    ],
)
def test_so_many_months_on_is_the_same_day_or_the_last_of_a_shorter_month(
    day: str, months: int, later: str
) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)


@pytest.mark.parametrize(
    ("rule", "months", "earned", "ends"),
    [
        (ExpiryRule.ANNIVERSARY, 12, "2026-03-01", "2027-03-01"),
        (ExpiryRule.ANNIVERSARY, 36, "2024-02-29", "2027-02-28"),
        (ExpiryRule.ANNIVERSARY, 48, "2024-02-29", "2028-02-29"),
        (ExpiryRule.ANNIVERSARY, 6, "2026-08-31", "2027-02-28"),
        (ExpiryRule.END_OF_MONTH, 36, "2024-02-29", "2027-02-28"),
        (ExpiryRule.END_OF_MONTH, 36, "2025-02-01", "2028-02-29"),
        (ExpiryRule.END_OF_MONTH, 36, "2026-04-30", "2029-04-30"),
        (ExpiryRule.END_OF_MONTH, 24, "2026-01-01", "2028-01-31"),
        (ExpiryRule.END_OF_MONTH, 12, "2026-12-31", "2027-12-31"),
        (ExpiryRule.END_OF_CALENDAR_YEAR, 36, "2026-01-01", "2029-12-31"),
        (ExpiryRule.END_OF_CALENDAR_YEAR, 36, "2026-12-31", "2029-12-31"),
        (ExpiryRule.END_OF_CALENDAR_YEAR, 12, "2024-02-29", "2025-12-31"),
        (ExpiryRule.FIXED_CYCLE, 36, "2026-05-05", None),
        (ExpiryRule.UNKNOWN, 24, "2026-05-05", None),
        (ExpiryRule.NONE, None, "2026-05-05", None),
        (ExpiryRule.ANNIVERSARY, None, "2026-05-05", None),
        (ExpiryRule.END_OF_MONTH, None, "2026-05-05", None),
    ],
)
def test_each_rule_has_its_last_day(
    rule: ExpiryRule, months: int | None, earned: str, ends: str | None
) -> None:
    credential = earns(rule, months)

    assert expiry(credential, date.fromisoformat(earned)) == (date.fromisoformat(ends) if ends else None)
    assert computes_expiry(credential) is (ends is not None)


def test_for_a_name_that_nobody_knows_no_end_is_worked_out() -> None:
    assert computes_expiry(None) is False


def test_whatever_we_say_we_compute_has_an_end_and_nothing_else_has(content: Content) -> None:
    for credential in content.credentials:
        ends = expiry(credential, date(2024, 2, 29))
        assert (ends is not None) is computes_expiry(credential), credential.id


def test_the_credentials_of_the_field_end_as_their_issuers_say(content: Content) -> None:
    leap_day = date(2024, 2, 29)

    assert expiry(content.credential("cphims"), leap_day) == date(2027, 2, 28)
    assert expiry(content.credential("fache"), leap_day) == date(2027, 12, 31)
    assert expiry(content.credential("cmpe"), leap_day) is None
    assert expiry(content.credential("aplac_certification"), leap_day) is None


@given(rule=st.sampled_from(COMPUTED), months=CYCLES, earned=DAYS)
def test_no_rule_takes_away_as_much_as_a_month_nor_adds_more_than_a_year(
    rule: ExpiryRule, months: int, earned: date
) -> None:
    ends = expiry(earns(rule, months), earned)

    assert ends is not None
    assert add_months(earned, months - 1) <= ends
    assert add_months(earned, months) <= ends < add_months(earned, months + 12)


@given(months=CYCLES, earned=DAYS)
def test_the_ends_of_months_and_years_are_really_their_last_days(months: int, earned: date) -> None:
    month = expiry(earns(ExpiryRule.END_OF_MONTH, months), earned)
    year = expiry(earns(ExpiryRule.END_OF_CALENDAR_YEAR, months), earned)

    assert month is not None
    assert year is not None
    assert month.day == monthrange(month.year, month.month)[1]
    assert (year + timedelta(days=1)).timetuple().tm_yday == 1
    assert month <= year


@given(earned=DAYS, later=st.integers(0, 400), months=CYCLES)
def test_who_earns_it_later_keeps_it_at_least_as_long(earned: date, later: int, months: int) -> None:
    for rule in COMPUTED:
        first = expiry(earns(rule, months), earned)
        second = expiry(earns(rule, months), earned + timedelta(days=later))
        assert first is not None
        assert second is not None
        assert first <= second


def test_it_still_holds_on_its_last_day_and_no_longer_the_day_after() -> None:
    last = date(2027, 2, 28)

    assert holds(last, last - timedelta(days=1))
    assert holds(last, last)
    assert not holds(last, last + timedelta(days=1))
    assert holds(None, date(2099, 1, 1))
