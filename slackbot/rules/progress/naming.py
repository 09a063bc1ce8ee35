"""What a test is called in a word or two, for a line in a list or within a sentence."""

from typing import Final

from content import (
    AllOf,
    AnyOf,
    Content,
    Credentials,
    Education,
    Experience,
    OutcomeTest,
    Predicate,
    VerifiedShare,
    Years,
)

WORK: Final = {Experience.RELEVANT: "of relevant work", Experience.LIAISON: "as a liaison"}
GONE: Final = "A measure that is no longer kept here"


def name(test: Predicate, content: Content) -> str:
    """In a word or two, for a line in a list: "Referral growth", "Education"."""
    match test:
        case AllOf() | AnyOf():
            between = " and " if isinstance(test, AllOf) else " or "
            return between.join(dict.fromkeys(name(part, content) for part in test.of))
        case OutcomeTest():
            ref = f"outcome/{test.outcome}"
            return content.entry(ref).heading if content.has(ref) else GONE
        case VerifiedShare():
            return "Wins confirmed"
        case Education():
            return "Education"
        case Years():
            return f"Years {WORK[test.of]}"
        case Credentials():
            return "Credentials"
