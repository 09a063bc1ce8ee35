"""A rung's checklist: how many gates and supporting criteria are met by verified results, and what comes next."""

from datetime import date
from decimal import Decimal
from time import perf_counter

from content import Content, CredentialKind, Degree, Experience
from slackbot.rules.progress import Readiness, readiness
from slackbot.rules.roadmap import Record
from tests.rules.progress_wins import entries

TODAY = date(2026, 11, 23)
READY = Record(
    education=Degree.MASTER,
    years={Experience.RELEVANT: 6, Experience.LIAISON: 3},
    held=[CredentialKind.CERTIFICATE],
)
GATES = [
    "referrals 100>116 2026Q1",
    "referrals 100>117 2026Q2",
    "satisfaction_score 3.6>3.9 2026H1 n24",
    "mentees 1 2026",
    "projects_led 1 2026",
]
SUPPORTING = ["campaigns 4 2026Q1", "event_conversion 30 2026-03-05! n10 p3", "agreements_renewed 1 2026"]


def ready(content: Content, *wins: str, record: Record = READY, rung: str = "manager") -> Readiness:
    return readiness(content.criteria_for(rung), entries(content, *wins), record, content, TODAY)


def counts(found: Readiness) -> tuple[int, int, int, int]:
    return found.gates_met, found.gates, found.supporting_met, found.supporting


def test_somebody_new_has_everything_before_them(content: Content) -> None:
    found = ready(content, record=Record())
    assert counts(found) == (0, 5, 0, 5)
    assert found.missing == (
        "5 gates to go. Nearest: Referral growth. Log a first win in “Referrals from your panel”."
    )


def test_all_gates_met_leaves_the_supporting_criteria(content: Content) -> None:
    found = ready(content, *GATES)
    assert counts(found) == (5, 5, 3, 5)  # years twice and the credential
    assert found.missing == (
        "2 supporting criteria to go. Nearest: Outreach campaigns. "
        "Log a first win in “Campaigns and events held”."
    )


def test_with_everything_met_nothing_is_promised(content: Content) -> None:
    found = ready(content, *GATES, *SUPPORTING)
    assert counts(found) == (5, 5, 5, 5)
    assert found.missing == "Every criterion is met: this is the case to bring to a conversation."


def test_the_gate_that_is_furthest_along_leads(content: Content) -> None:
    found = ready(content, *GATES[:2], *GATES[3:], "satisfaction_score 3.6>3.8 2026H1 n24")
    assert found.gates_met == 4
    assert found.missing == (
        "1 gate to go. Nearest: Provider satisfaction. "
        "Satisfaction score, 1 to 5: from 3.6 to 3.9 or more (+0.3)."
    )


def test_claims_open_no_gate(content: Content) -> None:
    found = ready(content, *(f"{win} ?" for win in GATES))
    assert found.gates_met == 1  # education
    assert all(judgment.met_claimed for criterion, judgment in found.standings if criterion.need == "gate")


def test_criteria_stand_in_the_order_they_were_given(content: Content) -> None:
    found = ready(content, rung="director")
    assert [criterion for criterion, _ in found.standings] == list(content.criteria_for("director"))


def test_a_rung_without_criteria_misses_nothing(content: Content) -> None:
    assert readiness([], [], Record(), content, TODAY).missing == ""


def test_every_criterion_of_the_product_can_be_met(content: Content) -> None:
    """Four quarters, and enough of the rest: whatever rung it is, there is a way to its end."""
    wins = [f"referrals 100>120 2026Q{quarter}" for quarter in (1, 2, 3, 4)]
    wins += [*GATES[2:], *SUPPORTING, "mentees 1 2025", "projects_led 1 2025", "agreements_signed 3 2026"]
    record = Record(
        education=Degree.DOCTORATE, years=dict.fromkeys(Experience, 9), held=tuple(CredentialKind)
    )
    for rung in content.rungs:
        found = ready(content, *wins, record=record, rung=rung.id)
        open_ones = [criterion.id for criterion, judgment in found.standings if not judgment.met]
        assert open_ones == [], rung.id


def test_five_hundred_wins_are_judged_quickly(content: Content) -> None:
    months = [f"{year}-{month:02}" for year in range(2000, 2026) for month in range(1, 13)]
    wins = [f"referrals 100>1{index % 30:02} {when} @oak" for index, when in enumerate(months)]
    wins += [f"campaigns 1 {when}-05!" for when in months[:188]]
    read = entries(content, *wins)
    assert len(read) == 500
    begun = perf_counter()
    found = readiness(content.criteria_for("manager"), read, READY, content, TODAY)
    assert perf_counter() - begun < 0.5  # takes about 10 ms; a slow machine is no fault
    outreach = next(each for criterion, each in found.standings if criterion.id == "manager_outreach")
    assert outreach.verified == Decimal(1)
