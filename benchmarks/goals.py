"""Goals, measured: `python -m benchmarks.goals [GROUP]` prints each figure beside its goal.

The rows stand in benchmarks/goals.toml, whose head says what each field means. The exit status is
1 where a goal is missed or cannot be measured.
"""

from __future__ import annotations

import argparse
import operator
import pkgutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

GOALS = Path(__file__).resolve().with_name("goals.toml")
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "==": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
SHOWN = 10  # most entries shown of a list that should be empty


@dataclass(frozen=True)
class Goal:
    """One row of the file; its fields are described at the head of benchmarks/goals.toml."""

    id: str
    words: str
    figure: str
    goal: str
    command: str

    def held_by(self, number: float) -> bool:
        """Whether a figure meets the goal. Raises ValueError where the goal cannot be read."""
        comparison, _, wanted = self.goal.partition(" ")
        if comparison not in COMPARISONS:
            raise ValueError(f"goal {self.id}: {self.goal!r} is no comparison and a number")
        return COMPARISONS[comparison](number, float(wanted))


@dataclass(frozen=True)
class Measured:
    """A goal with its figure: `number` is None if it could not be measured, and `found` says why
    or lists the violations."""

    goal: Goal
    number: float | None
    held: bool
    found: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = "not measured" if self.number is None else f"{self.number:g}"
        line = f"{'held  ' if self.held else 'MISSED'} {self.goal.id}: {told} ({self.goal.goal})"
        beneath = [f"{self.goal.words}; {self.goal.command}"]
        if not self.held:
            beneath += self.found[:SHOWN]
            beneath += [f"... and {len(self.found) - SHOWN} more"] * (len(self.found) > SHOWN)
        return "\n       ".join([line, *beneath])


def read_goals(path: Path = GOALS) -> dict[str, list[Goal]]:
    """group -> its goals, in the order of the file.

    Raises ValueError where a row lacks a field, has one too many, or repeats an id.
    """
    groups: dict[str, list[Goal]] = {}
    seen: set[str] = set()
    for group, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for row in rows:
            if set(row) != set(Goal.__annotations__) or row["id"] in seen:
                raise ValueError(f"{path}, group {group}: {row} is no goal, or its id stands twice")
            seen.add(row["id"])
            groups.setdefault(group, []).append(Goal(**row))
    return groups


def measure(goal: Goal) -> Measured:
    """The figure of one goal; if its function fails, the goal is unmeasured and missed."""
    try:
        figure = pkgutil.resolve_name(goal.figure)()
        found = tuple(map(str, figure)) if isinstance(figure, list) else ()
        number = float(len(figure) if isinstance(figure, list) else figure)
        return Measured(goal, number, goal.held_by(number), found)
    except Exception as error:  # the other goals are measured all the same
        return Measured(goal, None, False, (f"{type(error).__name__}: {error}",))


def main(arguments: list[str] | None = None, path: Path = GOALS) -> int:
    """Print each goal of the groups named, or of all; 1 where one is missed."""
    groups = read_goals(path)
    parser = argparse.ArgumentParser(prog="python -m benchmarks.goals", description=__doc__)
    parser.add_argument("group", nargs="*", choices=[[], *groups], default=[])
    asked = parser.parse_args(arguments).group or list(groups)
    measured = list(_told(groups, asked))
    return 0 if all(each.held for each in measured) else 1


def _told(groups: dict[str, list[Goal]], asked: list[str]) -> Iterator[Measured]:
    for group in asked:
        print(group)
        for goal in groups[group]:
            measured = measure(goal)
            print(measured, flush=True)
            yield measured


if __name__ == "__main__":
    sys.exit(main())
