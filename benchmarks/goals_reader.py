"""Figures of the goals of the reader, by the gold folder's scorer on the part of the real news that
neither training nor weights have seen, and the size of the code that reads.

The part is read once for all goals; FRISE_GOLD names the folder of the gold.
"""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from training.corpus import UNSEEN, main_state, part_of, real_units
from training.report import report

LOADERS = Path(__file__).resolve().parents[1] / "loaders"
READING = ("grammar", "acts", "linking", "tellings")  # the rooms of the reader, past find/
NUMBER = r"(-?\d+(?:\.\d+)?)"
FIGURES = {
    "told": rf"told {NUMBER} \(",
    "twice": rf"\(\+ {NUMBER} twice",
    "type": rf"twice\): type {NUMBER}",
    "all": rf" all {NUMBER} ALL [\d.]+; nothing",
    "ALL": rf" ALL {NUMBER}; nothing",
    "parties": rf"parties told right {NUMBER}",
    "wanted": rf"wanted {NUMBER}:",
    "wanted type": rf"wanted \d+: type {NUMBER}",
    "wanted all": rf"wanted \d+: type [\d.]+ \+day [\d.]+ all {NUMBER}",
    "main type": rf"main \d+: type {NUMBER}",
    "main all": rf"main \d+: type [\d.]+ all {NUMBER}",
    "sure": rf"sure \(p >= \.75\) {NUMBER}:",
    "sure right": rf"sure \(p >= \.75\) \d+: ALL {NUMBER}",
    "quiet": rf"quiet units {NUMBER} told",
    "quiet told": rf"quiet units \d+ told {NUMBER}",
}


@functools.cache
def figures(part: str = "test", state: str = "") -> dict[str, float]:
    """The scorer's figures of a part, of one crisis ("EGY") where a state is given."""
    ids = [
        unit["id"]
        for unit in real_units()
        if part_of(unit) == part and state in ("", main_state(unit))
    ]
    return read_figures(report(ids, Path(sys.executable)))


def read_figures(printed: str) -> dict[str, float]:
    """The figures of the scorer's last line but one. Raises ValueError where one is missing."""
    line = printed.splitlines()[-2]
    found = {name: re.search(pattern, line) for name, pattern in FIGURES.items()}
    missing = [name for name, match in found.items() if match is None]
    if missing:
        raise ValueError(f"the scorer's line {line!r} tells no {', '.join(missing)}")
    return {name: float(match[1]) for name, match in found.items() if match is not None}


def told_type() -> float:
    """Of events told, the share whose type is right."""
    return figures()["type"]


def told_all() -> float:
    """... whose type, day and parties are right, sectors aside."""
    return figures()["all"]


def told_all_sectors() -> float:
    """... whose type, day and parties with sectors are right."""
    return figures()["ALL"]


def parties_right() -> float:
    """Of parties told of events with the right type, the share that is right, with sectors."""
    return figures()["parties"]


def wanted_type() -> float:
    """Of events that an analyst wants, the share found with the right type."""
    return figures()["wanted type"]


def wanted_all() -> float:
    """... found with type, day and parties right."""
    return figures()["wanted all"]


def main_type() -> float:
    """Of main events, the share found with the right type."""
    return figures()["main type"]


def main_all() -> float:
    """... found with type, day and parties right."""
    return figures()["main all"]


def sure_right() -> float:
    """Of events told with a confidence of .75 and more, the share right in everything."""
    return figures()["sure right"]


def sure_share() -> float:
    """The share of those among events told."""
    return figures()["sure"] / figures()["told"]


def told_of_wanted() -> float:
    """Events told for each event wanted."""
    return figures()["told"] / figures()["wanted"]


def told_twice() -> float:
    """Second tellings told apart, for each event told."""
    return figures()["twice"] / figures()["told"]


def quiet_told() -> float:
    """Events told for each unit without any."""
    return figures()["quiet told"] / figures()["quiet"]


def unseen_crisis() -> float:
    """By how much the crisis that nothing was trained on falls short, in the worst of type, all,
    wanted type and main type."""
    whole, alone = figures(), figures("test", UNSEEN)
    return max(whole[name] - alone[name] for name in ("type", "all", "wanted type", "main type"))


def reading_lines() -> int:
    """Lines of the rooms of the reader."""
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in _files())


def decisions() -> float:
    """Decisions for each 100 lines of these rooms: if, conditional expression, and, or, while,
    case, condition of a comprehension."""
    found = sum(decisions_of(ast.parse(path.read_text(encoding="utf-8"))) for path in _files())
    return round(100 * found / reading_lines(), 1)


def _files() -> Iterator[Path]:
    return (path for room in READING for path in sorted((LOADERS / room).rglob("*.py")))


def decisions_of(tree: ast.AST) -> int:
    """The decisions of a piece of code."""
    total = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp | ast.While | ast.match_case):
            total += 1
        elif isinstance(node, ast.BoolOp):
            total += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            total += len(node.ifs)
    return total
