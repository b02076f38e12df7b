"""How well an event's place certainty predicts errors: `python -m benchmarks.certainty`.

benchmarks/gold/places/readings.tsv has verdicts on located events of public news, read by hand one
by one with their quote: the reading, the language, whether the act happened in the country of the
place, and the reasons that the program gave. The texts are not kept. The certainty is computed
again from the reasons, so that weights can be tuned with the table printed. Readings of events
newly located by a change (`ANEW`) are not a sample of all located events: they only count in the
table by reason.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from events.model import PLACE_SURE
from loaders.linking.certainty import WEIGHTS, certainty_of

READINGS = Path(__file__).resolve().parent / "gold" / "places" / "readings.tsv"
THRESHOLDS = (0.0, 0.7, 0.75, 0.8, 0.82, 0.84, PLACE_SURE, 0.88, 0.9, 0.92)
ANEW = frozenset({"eleventh", "twelfth"})
_Z = 1.96  # z of a 95 % interval


@dataclass(frozen=True)
class Verdict:
    """One event read by hand; `right`: it happened in the country of its place."""

    reading: str
    lang: str
    right: bool
    reasons: tuple[str, ...]

    @property
    def certainty(self) -> float:
        return certainty_of(self.reasons)


def read_verdicts(path: Path = READINGS) -> list[Verdict]:
    """The verdicts of all readings, in order."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [Verdict(name, lang, right == "1", tuple(told.split("; "))) for name, lang, right, told
            in rows]  # fmt: skip


def interval(wrong: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, in per cent."""
    if not of:
        return 0.0, 100.0
    share, square = wrong / of, _Z * _Z
    middle = share + square / (2 * of)
    half = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    least, most = (middle - half) / (1 + square / of), (middle + half) / (1 + square / of)
    return 100 * max(0.0, least), 100 * most


def table(verdicts: Sequence[Verdict]) -> str:
    """Rows of threshold, share of events drawn, share of these in the wrong country."""
    lines = ["| certainty from | drawn | of all | wrong country | share, 95 % interval |",
             "|--:|--:|--:|--:|---|"]  # fmt: skip
    for least in THRESHOLDS:
        drawn = [verdict for verdict in verdicts if verdict.certainty >= least]
        wrong = sum(not verdict.right for verdict in drawn)
        low, high = interval(wrong, len(drawn))
        share = 100 * len(drawn) / max(1, len(verdicts))
        told = f"{100 * wrong / max(1, len(drawn)):.1f} % ({low:.1f} to {high:.1f})"
        lines.append(f"| {least:.2f} | {len(drawn)} | {share:.0f} % | {wrong} | {told} |")
    return "\n".join(lines)


def by_reason(verdicts: Sequence[Verdict]) -> str:
    """For each reason with a weight: how many events have it and how many of them are wrong."""
    lines = ["| reason | leaves | events | wrong country |", "|---|--:|--:|--:|"]
    for reason, weight in sorted(WEIGHTS.items(), key=lambda pair: pair[1]):
        having = [verdict for verdict in verdicts if reason in verdict.reasons]
        wrong = sum(not verdict.right for verdict in having)
        lines.append(f"| {reason} | {weight:.2f} | {len(having)} | {wrong} |")
    return "\n".join(lines)


def main() -> int:
    """Print both tables over all readings."""
    verdicts = read_verdicts()
    sample = [verdict for verdict in verdicts if verdict.reading not in ANEW]
    print(f"{len(verdicts)} located events read by hand; drawn from {PLACE_SURE:.2f}\n")
    print(table(sample), by_reason(verdicts), sep="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
