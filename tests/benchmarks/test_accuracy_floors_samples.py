"""The samples: the true acts listed by reading are shown, and what is told was read by hand."""

from __future__ import annotations

from benchmarks.accuracy_reader import count, rate
from benchmarks.accuracy_samples import VERDICTS, key, samples, told, verdicts

SHOWN = 0.70  # of the true acts
JUDGED = 0.80  # of what is told now; fewer: read the samples again


def test_the_true_acts_are_shown() -> None:
    assert rate(count(samples()), "wanted found", "wanted") >= SHOWN


def test_what_is_told_was_judged() -> None:
    known = {key(row) for row in verdicts() if row["verdict"] in VERDICTS}
    now = [key(row) for row in told(samples())]
    assert len(now) > 100
    assert sum(row in known for row in now) / len(now) >= JUDGED
