"""How the demo's people grow: profiles, self-assessed skills and credentials, as they fill them into the forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NEW, HELPED, ALONE, TEACHES = (
    "New to me",
    "I have done it with help",
    "I do it on my own",
    "I teach it to others",
)
SKILLS = (
    "leading",
    "communication",
    "relationships",
    "problem_solving",
    "presenting",
    "negotiation",
    "industry",
    "contracts",
    "data",
    "projects",
    "crm",
    "office",
)


@dataclass(frozen=True)
class Form:
    """A form that somebody fills in once `share` of the time has passed: opened with `/prm words`."""

    who: str
    share: float
    words: str
    fields: Mapping[str, str | None]


def _profile(
    who: str,
    share: float,
    rung: str,
    years: str,
    liaison: str,
    background: str,
    degree: str,
    wants: str = "Physician Relations Manager",
) -> Form:
    fields = {
        "rung": rung,
        "target_rung": wants,
        "education": degree,
        "years_relevant": years,
        "years_liaison": liaison,
        "background": background,
    }
    return Form(who, share, "profile", fields)


def _skills(who: str, share: float, *levels: str) -> Form:
    return Form(who, share, "skills rate", dict(zip(SKILLS, levels, strict=True)))


def _credential(who: str, share: float, name: str, state: str, **more: str) -> Form:
    return Form(who, share, f"certs track {name}", {"state": state, **more})


SALES, CLINICAL = "Medical, pharmaceutical, or health-tech sales", "Clinical work"
BACHELOR, MASTER = "Bachelor's degree", "Master's degree (MBA, MHA, MPH, …)"
LIAISON, SENIOR = "Physician Liaison", "Senior Physician Liaison"

FORMS = (
    _profile("ana", 0.05, LIAISON, "4", "2", CLINICAL, BACHELOR),
    _skills(
        "ana", 0.1, HELPED, ALONE, ALONE, ALONE, ALONE, HELPED, ALONE, HELPED, ALONE, HELPED, ALONE, ALONE
    ),
    _credential("ana", 0.3, "CPHIMS (HIMSS)", "Earned", earned_on="2024-02-29", hours="27.5"),
    _credential("ana", 0.6, "FACHE (ACHE Fellow)", "Planned"),
    _profile("eli", 0.2, LIAISON, "3", "3", SALES, BACHELOR),
    _profile("naomi", 0.06, LIAISON, "6", "4", CLINICAL, BACHELOR),
    _profile("priya", 0.12, LIAISON, "5", "2", SALES, MASTER),
    _profile("tomas", 0.15, LIAISON, "7", "5", SALES, BACHELOR),
    _profile("marcus", 0.3, LIAISON, "3", "1", SALES, BACHELOR, SENIOR),
    _profile("devon", 0.86, LIAISON, "2", "0", CLINICAL, BACHELOR, SENIOR),
    _credential("eli", 0.7, "HIMSS courses", "Under way", hours="6"),
    _profile("grace", 0.05, SENIOR, "9", "6", CLINICAL, MASTER),
    _skills(
        "grace",
        0.08,
        TEACHES,
        ALONE,
        TEACHES,
        ALONE,
        ALONE,
        ALONE,
        TEACHES,
        ALONE,
        ALONE,
        ALONE,
        ALONE,
        ALONE,
    ),
    _credential(
        "grace", 0.1, "CMPE (MGMA)", "Earned", earned_on="2024-06-17", expires_on="2027-12-31", hours="31"
    ),
)
