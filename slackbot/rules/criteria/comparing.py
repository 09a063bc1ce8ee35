"""What differs between two versions of a rung's criteria."""

from collections.abc import Sequence
from dataclasses import dataclass

from content import Criterion


@dataclass(frozen=True)
class Changed:
    """One criterion that both versions have, and that asks for something else or counts in another way."""

    before: Criterion
    after: Criterion

    @property
    def asks_otherwise(self) -> bool:
        return self.before.test != self.after.test or self.before.sentence != self.after.sentence

    @property
    def counts_otherwise(self) -> bool:
        return self.before.need is not self.after.need


@dataclass(frozen=True)
class Differences:
    """In the order of the newer version; what it leaves out in the order of the older."""

    added: tuple[Criterion, ...]
    changed: tuple[Changed, ...]
    left_out: tuple[Criterion, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.left_out)


def differences(before: Sequence[Criterion], after: Sequence[Criterion]) -> Differences:
    """Where a criterion comes from, and its other notes, are no difference to whoever works under it."""
    old = {each.id: each for each in before}
    pairs = [Changed(old[each.id], each) for each in after if each.id in old]
    kept = {each.id for each in after}
    return Differences(
        added=tuple(each for each in after if each.id not in old),
        changed=tuple(pair for pair in pairs if pair.asks_otherwise or pair.counts_otherwise),
        left_out=tuple(each for each in before if each.id not in kept),
    )
