"""What a test and its processes have in common: the time, and who is taken for welcomed. Both stand in files."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sandbox.clock import Clock

Who = tuple[int, str]


class SharedClock(Clock):
    """A test's frozen clock, which others read too."""

    def __init__(self, start: datetime, file: Path) -> None:
        super().__init__(start, frozen=True)
        self._file = file
        self._write()

    def _move_to(self, when: datetime) -> None:
        super()._move_to(when)
        self._write()

    def _write(self) -> None:
        draft = self._file.with_suffix(".draft")
        draft.write_text(self.now().isoformat())
        draft.replace(self._file)


def time_in(file: Path) -> datetime:
    return datetime.fromisoformat(file.read_text())


class SharedSet(set[Who]):
    """Whoever a test puts in is in for every process; what a process adds itself is its own."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._seen: str | None = None

    def __contains__(self, who: object) -> bool:
        text = self._file.read_text()
        if text != self._seen:
            self._seen = text
            super().clear()
            super().update((place, user) for place, user in json.loads(text))
        return super().__contains__(who)


class WrittenSet(set[Who]):
    """The test's own end of it."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._write()

    def update(self, *more: Iterable[Who]) -> None:
        super().update(*more)
        self._write()

    def clear(self) -> None:
        super().clear()
        self._write()

    def _write(self) -> None:
        draft = self._file.with_suffix(".draft")
        draft.write_text(json.dumps(sorted(self)))
        draft.replace(self._file)
