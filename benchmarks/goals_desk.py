"""Figures of the goals of the desk: how fast a person reviews, and whether nothing is lost."""

from __future__ import annotations

import functools
import statistics
import tempfile
from pathlib import Path

from benchmarks.goals_faults import failed_tests
from benchmarks.note_kills import milliseconds_of_a_note as milliseconds_of_a_note
from benchmarks.note_kills import notes_lost_by_kills as notes_lost_by_kills
from benchmarks.review_keys import DECISIONS, Played, play, store_in


@functools.cache
def _played() -> Played:
    """A hundred decisions over the samples, in a browser."""
    with tempfile.TemporaryDirectory() as folder:
        return play(store_in(Path(folder), None))


def keys_of_an_accept() -> float:
    """Keys pressed for an event that is right as told, on average."""
    return statistics.mean(_played().accepted)


def keys_of_a_change() -> float:
    """Keys pressed for an event of which a field is changed, on average."""
    return statistics.mean(_played().corrected)


def next_event_ms() -> float:
    """Milliseconds from a decision to the next event on the screen, exceeded by one in twenty."""
    times = sorted(_played().times)
    return times[int(0.95 * len(times))]


def decisions_lost() -> int:
    """Decisions of the hundred that are not in the store."""
    return DECISIONS - sum(_played().stored.values())


def misgraded() -> list[str]:
    """Cases of credibility that the rule grades otherwise."""
    return failed_tests("tests/events/test_grading.py")


def broken_log() -> list[str]:
    """Ways in which the log does not hold, or says that it does where it does not."""
    return failed_tests("tests/events/test_audit_log.py")
