"""What a member told us and did, as the rules read it: from their row, their credentials, their skills and their wins."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from content import (
    Content,
    CredentialKind,
    Degree,
    Experience,
    GatesMet,
    OneOf,
    OutcomeTest,
    SkillLevel,
    StepTest,
    VerifiedShare,
)
from slackbot.rules.credentials import holds
from slackbot.rules.progress import Entry, Readiness, judged, readiness
from slackbot.rules.roadmap import Record
from storage.models import Member
from storage.standing import Earned


def record_of(
    member: Member, earned: Iterable[Earned], entries: Sequence[Entry], content: Content, today: date
) -> Record:
    """All that criteria ask about; a rung, a degree or a skill that the content has no more decides nothing."""
    years = {Experience.RELEVANT: member.years_relevant, Experience.LIAISON: member.years_liaison}
    rungs = {rung.id for rung in content.rungs}
    kinds = {credential.id: credential.kind for credential in content.credentials}
    return Record(
        rung=member.rung if member.rung in rungs else None,
        target_rung=member.target_rung if member.target_rung in rungs else None,
        education=Degree(member.education) if member.education else None,
        years={kind: number for kind, number in years.items() if number is not None},
        background=member.background,
        background_reviewed=member.background_reviewed,
        # One that somebody named themselves counts as training they completed.
        held=tuple(
            kinds.get(each.content_id or "", CredentialKind.COURSE)
            for each in earned
            if holds(each.expires_on, today)
        ),
        wins=Counter(entry.outcome for entry in entries),
        verified_wins=sum(entry.verified for entry in entries),
    )


def on_the_road(
    record: Record,
    skills: Mapping[str, str],
    begun: int,
    entries: Sequence[Entry],
    found: Readiness | None,
    content: Content,
    today: date,
) -> Record:
    """The same with what only the five steps ask about. `found` is the readiness for the rung they work toward."""
    told = replace(record, skills={skill: SkillLevel(level) for skill, level in skills.items()}, begun=begun)
    tests = {test for step in content.steps for sign in step.completes for test in _simple(sign.test)}
    proven = (test for test in tests if _is_proven(test, told, entries, found, content, today))
    return replace(told, proven=frozenset(proven))


def _simple(test: StepTest) -> Iterable[StepTest]:
    return [leaf for part in test.of for leaf in _simple(part)] if isinstance(test, OneOf) else [test]


def _is_proven(
    test: StepTest,
    record: Record,
    entries: Sequence[Entry],
    found: Readiness | None,
    content: Content,
    today: date,
) -> bool:
    match test:
        case OutcomeTest() | VerifiedShare():
            return judged(test, entries, record, content, today).met
        case GatesMet(rung=rung) if rung is not None and rung != record.target_rung:
            # Of a rung they do not work toward, nobody took up a version: the house's criteria decide.
            return _all_gates(readiness(content.criteria_for(rung), entries, record, content, today))
        case GatesMet():
            return found is not None and _all_gates(found)
    return False


def _all_gates(found: Readiness) -> bool:
    return found.gates_met == found.gates
