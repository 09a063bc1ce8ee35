"""All that the product knows, frozen, with the few ways to look something up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TypeVar

from content.entry import Entry
from content.knowledge import (
    Accreditor,
    Background,
    ExperienceFact,
    LeftOut,
    PacketPart,
    Question,
    ResumeAdvice,
    Rule,
    Skill,
    SourceNote,
    Study,
    Subject,
    Synonym,
    Term,
    Training,
    YearlyLimit,
)
from content.models import Credential, Criterion, Metric, Outcome, Rung, Step
from content.nudges import Nudge, NudgeState

E = TypeVar("E", bound=Entry)


class UnknownEntryError(LookupError):
    """Nothing here has that id: it was mistyped, or an organization's own entry is gone."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """Made by `load`; tuples are in the order of the files, so in the order to show them."""

    steps: tuple[Step, ...]
    rungs: tuple[Rung, ...]
    contrasts: tuple[Rung, ...]  # jobs often confused with ours; not on the ladder
    credentials: tuple[Credential, ...]
    criteria: tuple[Criterion, ...]
    outcomes: tuple[Outcome, ...]
    nudges: tuple[Nudge, ...]
    education: tuple[Study, ...]
    accreditation: tuple[Accreditor, ...]
    skills: tuple[Skill, ...]
    experience: tuple[ExperienceFact, ...]
    training: tuple[Training, ...]
    backgrounds: tuple[Background, ...]
    resume: tuple[ResumeAdvice, ...]
    packet: tuple[PacketPart, ...]
    faq: tuple[Question, ...]
    compliance: tuple[Rule, ...]
    glossary: tuple[Term, ...]
    synonyms: tuple[Synonym, ...]
    sources: tuple[SourceNote, ...]
    left_out: tuple[LeftOut, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Content":
        every = tuple(entries)

        def only(kind: type[E]) -> tuple[E, ...]:
            return tuple(entry for entry in every if isinstance(entry, kind))

        return cls(
            steps=tuple(sorted(only(Step), key=lambda step: step.number)),
            rungs=tuple(sorted((r for r in only(Rung) if not r.contrast), key=lambda rung: rung.level)),
            contrasts=tuple(r for r in only(Rung) if r.contrast),
            credentials=only(Credential),
            criteria=only(Criterion),
            outcomes=only(Outcome),
            nudges=only(Nudge),
            education=only(Study),
            accreditation=only(Accreditor),
            skills=only(Skill),
            experience=only(ExperienceFact),
            training=only(Training),
            backgrounds=only(Background),
            resume=only(ResumeAdvice),
            packet=tuple(sorted(only(PacketPart), key=lambda part: part.number)),
            faq=only(Question),
            compliance=only(Rule),
            glossary=only(Term),
            synonyms=only(Synonym),
            sources=only(SourceNote),
            left_out=only(LeftOut),
        )

    @cached_property
    def _by_ref(self) -> dict[str, Entry]:
        return {entry.ref: entry for entry in self.entries()}

    @cached_property
    def _nudges_by_state(self) -> dict[tuple[str, str], tuple[Nudge, ...]]:
        found: defaultdict[tuple[str, str], list[Nudge]] = defaultdict(list)
        for nudge in self.nudges:
            found[nudge.outcome, nudge.state].append(nudge)
        return {key: tuple(nudges) for key, nudges in found.items()}

    def entries(self) -> Iterator[Entry]:
        """Every entry of every kind, metrics among them."""
        for field in fields(self):
            yield from getattr(self, field.name)
        yield from self.metrics

    def has(self, ref: str) -> bool:
        return ref in self._by_ref

    def entry(self, ref: str) -> Entry:
        """What a reference such as "step/training" names."""
        try:
            return self._by_ref[ref]
        except KeyError:
            raise UnknownEntryError(f"There is no entry called {ref}.") from None

    def see(self, entry: Entry) -> tuple[Entry, ...]:
        """Where an entry leads on to, in its own order."""
        return tuple(self.entry(ref) for ref in entry.see)

    @cached_property
    def metrics(self) -> tuple[Metric, ...]:
        return tuple(metric for outcome in self.outcomes for metric in outcome.metrics)

    def step(self, number: int) -> Step:
        """Raises `UnknownEntryError`, as all the look-ups do."""
        for step in self.steps:
            if step.number == number:
                return step
        raise UnknownEntryError(f"There is no step {number}.")

    def outcome(self, outcome_id: str) -> Outcome:
        return _by_id(self.outcomes, outcome_id)

    def metric(self, metric_id: str) -> Metric:
        """Metric ids are unique over all outcomes; `metric.outcome` leads back."""
        return _by_id(self.metrics, metric_id)

    def rung(self, rung_id: str) -> Rung:
        return _by_id(self.rungs, rung_id)

    def rungs_after(self, rung_id: str) -> tuple[Rung, ...]:
        """The rungs one level up; empty at the top."""
        higher = [rung.level for rung in self.rungs if rung.level > self.rung(rung_id).level]
        return tuple(rung for rung in self.rungs if higher and rung.level == min(higher))

    def credential(self, credential_id: str) -> Credential:
        return _by_id(self.credentials, credential_id)

    def skill(self, skill_id: str) -> Skill:
        return _by_id(self.skills, skill_id)

    def background(self, background_id: str) -> Background:
        return _by_id(self.backgrounds, background_id)

    def question(self, question_id: str) -> Question:
        return _by_id(self.faq, question_id)

    def questions_about(self, subject: Subject | str) -> tuple[Question, ...]:
        return tuple(question for question in self.faq if question.subject == subject)

    def limit_of(self, year: int) -> YearlyLimit | None:
        """The Stark limits of a calendar year; None, or a limit whose figures are null, means: ask CMS."""
        limits = (limit for rule in self.compliance for limit in rule.limits)
        return next((limit for limit in limits if limit.year == year), None)

    def criteria_for(self, rung_id: str) -> tuple[Criterion, ...]:
        """What the rung asks for; empty for a rung that asks for nothing."""
        rung = self.rung(rung_id)
        return tuple(criterion for criterion in self.criteria if criterion.rung == rung.id)

    def nudges_for(self, outcome_id: str, state: NudgeState | str) -> tuple[Nudge, ...]:
        return self._nudges_by_state.get((self.outcome(outcome_id).id, state), ())


def _by_id(entries: Iterable[E], wanted: str) -> E:
    for entry in entries:
        if entry.id == wanted:
            return entry
    raise UnknownEntryError(f"There is no entry called {wanted}.")
