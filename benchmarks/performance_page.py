"""The parts of pages of docs that benchmarks write, mostly performance.md: between two marks."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


def write_section(name: str, text: str, page: Path = PAGE) -> None:
    """Put the text between the marks of that name. Raises ValueError where they are missing."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    whole = page.read_text(encoding="utf-8")
    before, found, rest = whole.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{page}: the marks {begin} and {end} are missing; put them back")
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def recorded(section: str, row: str, page: Path = PAGE) -> float:
    """The number in the first row behind a heading or mark whose first cell begins so. Raises
    ValueError where there is none."""
    told = page.read_text(encoding="utf-8").partition(section)[2]
    found = re.search(rf"^\| {row}[^|]*\| ([\d.]+)", told, re.MULTILINE)
    if found is None:
        named = section.strip("#<!-> ")
        raise ValueError(f"{page}: section {named} has no row '| {row} ... | NUMBER' yet")
    return float(found[1])


def measured_by(command: str) -> str:
    """The head of a section: command, day, machine, other work on it."""
    return (
        f"Measured by `{command}`, on {dt.date.today()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores ({platform.machine()}), load {os.getloadavg()[0]:.0f} as it ended."
    )
