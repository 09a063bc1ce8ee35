"""What a test and its processes have in common: the time, and who is taken for welcomed. Both stand in files."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sandbox.clock import Clock

Who = tuple[int, str]


def share(clock: Clock, file: Path) -> None:
    """From here on everybody who reads the file knows what time it is on a test's frozen clock."""
    assert clock.frozen, "between two reads nobody's time may go on"
    move = clock._move_to

    def move_and_tell(when: datetime) -> None:
        move(when)
        _write(file, clock.now().isoformat())

    clock._move_to = move_and_tell  # type: ignore[method-assign] # every move goes through it
    _write(file, clock.now().isoformat())


def _write(file: Path, text: str) -> None:
    """Whole or not at all, for whoever reads it at that moment."""
    draft = file.with_suffix(".draft")
    draft.write_text(text)
    draft.replace(file)


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
        _write(self._file, json.dumps(sorted(self)))
