"""Figures of the goals of intake: what is read right from the sample files of each format."""

from __future__ import annotations

from benchmarks.formats.samples import formats


def percent_right() -> float:
    """Of the values expected of the sample files (title, date, outlet, language, text), those
    right."""
    rows = formats()
    return 100 * sum(sum(row.right.values()) for row in rows) / sum(row.values for row in rows)


def dropped() -> list[str]:
    """Formats in which something expected was neither read nor set aside, or told too much."""
    return [row.name for row in formats() if row.dropped or row.surplus]


def sample_files() -> int:
    """Sample files of all formats."""
    return sum(row.files for row in formats())
