"""The samples: the true acts listed by reading are shown, and what is told was read by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks import accuracy_reader, accuracy_samples
from benchmarks.accuracy_reader import count, rate
from benchmarks.accuracy_samples import VERDICTS, key, samples, told, verdicts
from events.model import Extraction
from training.corpus import Unit

SHOWN = 0.70  # of the true acts
JUDGED = 0.80  # of what is told now; fewer: read the samples again


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """Each sample is read once for all tests."""
    kept: dict[str, Extraction] = {}
    read = accuracy_reader.read

    def once(unit: Unit) -> Extraction:
        if unit["id"] not in kept:
            kept[unit["id"]] = read(unit)
        return kept[unit["id"]]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accuracy_reader, "read", lambda unit, _threshold=None: once(unit))
        patch.setattr(accuracy_samples, "read", once)
        yield


def test_the_true_acts_are_shown() -> None:
    assert rate(count(samples()), "wanted found", "wanted") >= SHOWN


def test_what_is_told_was_judged() -> None:
    known = {key(row) for row in verdicts() if row["verdict"] in VERDICTS}
    now = [key(row) for row in told(samples())]
    assert len(now) > 100
    assert sum(row in known for row in now) / len(now) >= JUDGED
