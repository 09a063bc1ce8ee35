"""What the app knows: reading all of it beside the bare YAML, making it searchable, and answering a question."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import yaml

from content import Index, load
from content.loader import OWN

RUNS: Final = 5
ASKED: Final = Path(__file__).parents[1] / "tests" / "content" / "questions.yaml"
LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def measure() -> None:
    """Medians of five interleaved runs, of this process's CPU alone. Asked for: 150 ms, 100 ms and 5 ms."""
    known = load()
    index = Index(known)
    asked = [question["ask"] for question in yaml.load(ASKED.read_text(), LOADER)["asked"]]  # noqa: S506 # our own, and safe
    ways: dict[str, Callable[[], object]] = {
        "the bare YAML": _parsed,
        "reading all of it": load,
        "making it searchable": lambda: Index(known),
        f"answering {len(asked)} questions": lambda: [index.answer(words) for words in asked],
    }
    taken: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(RUNS):
        for way, run in ways.items():
            began = time.process_time()
            run()
            taken[way].append((time.process_time() - began) * 1000)
    bare = statistics.median(taken["the bare YAML"])
    print(f"\nWhat is known, medians of {RUNS} interleaved runs")
    print(f"{'':42}{'CPU ms':>12}{'of the YAML':>16}")
    for way, costs in taken.items():
        print(f"{way:42}{statistics.median(costs):12.1f}{statistics.median(costs) / bare:16.2f}")


def _parsed() -> None:
    for path in OWN.glob("*.yaml"):
        yaml.load(path.read_text(encoding="utf-8"), LOADER)  # noqa: S506 # it is the safe one


if __name__ == "__main__":
    measure()
