"""Bounds of undated events, read one by one: ``python -m benchmarks.bounds``.

``benchmarks/gold/bounds.jsonl`` has a line an event of the samples or of training/gold: its
sentence, the words of the act, the bounds that were judged, and whether they are `true`: the act
lies in them, and what bounds it is what the reasons say. `set` is "words" for every one that words
of the text bound, "mended" for others after whose reading a rule was added, "unseen" for a draw
that was read once, after the last change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parent / "gold" / "bounds.jsonl"
SETS = ("words", "mended", "unseen")
Row = dict[str, Any]


def judged(path: Path = GOLD) -> list[Row]:
    """Every judged row."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def share_true(rows: Iterable[Row]) -> float:
    """Share of the rows whose bounds are true, 0 to 1."""
    verdicts = [bool(row["true"]) for row in rows]
    return sum(verdicts) / len(verdicts)


def table(rows: list[Row]) -> list[tuple[str, int, int, int]]:
    """(name, rows, of them bounded on both sides, true) of each set and of all."""
    parts = {name: [row for row in rows if row["set"] == name] for name in SETS}
    return [
        (
            name,
            len(part),
            sum(bool(row["from"] and row["to"]) for row in part),
            sum(row["true"] for row in part),
        )
        for name, part in {**parts, "all": rows}.items()
    ]


def main() -> None:
    """Print the table and what is false."""
    rows = judged()
    print("| set | bounds | on both sides | true |\n|---|---|---|---|")
    for name, number, both, true in table(rows):
        print(f"| {name} | {number} | {both} | {true} |")
    for row in rows:
        if not row["true"]:
            print(f"false: {row['trigger']!r} {row['from']}..{row['to']} in {row['quote']!r}")


if __name__ == "__main__":
    main()
