"""The figures of the reader's goals are read from what the gold folder's scorer prints."""

from __future__ import annotations

import ast

import pytest

from benchmarks.goals_reader import decisions_of, read_figures

LINE = (
    "all: units 409 told 1486 (+ 156 twice): type 0.79 +day 0.59 +parties 0.47 (with sector 0.38) "
    "all 0.35 ALL 0.28; nothing there 0.07 | parties told right 0.70, of those there found 0.64 | "
    "wanted 1950: type 0.51 +day 0.38 all 0.24 ALL 0.19; main 581: type 0.65 all 0.35 ALL 0.27 | "
    "sure (p >= .75) 43: ALL 0.70; AUC type 0.66 ALL 0.76; quiet units 43 told 19"
)


def test_every_figure_is_found() -> None:
    found = read_figures(f"fr: something\n{LINE}\n3.20 units/s with start-up")
    assert found["told"] == 1486
    assert found["twice"] == 156
    assert (found["type"], found["all"], found["ALL"]) == (0.79, 0.35, 0.28)
    assert (found["parties"], found["wanted type"], found["wanted all"]) == (0.70, 0.51, 0.24)
    assert (found["main type"], found["main all"]) == (0.65, 0.35)
    assert (found["sure"], found["sure right"]) == (43, 0.70)
    assert (found["quiet"], found["quiet told"]) == (43, 19)


def test_a_line_without_a_figure_is_refused() -> None:
    with pytest.raises(ValueError, match="main all"):
        read_figures(LINE.replace("main 581", "first 581") + "\nend")


def test_decisions_are_counted() -> None:
    code = "x = [a for a in b if a and c or d]\nif x:\n    y = 1 if x else 2\n"
    assert decisions_of(ast.parse(code)) == 5
