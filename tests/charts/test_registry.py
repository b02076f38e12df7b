"""The list of charts: complete, drawn alike on the page and in print, light to import."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from charts.registry import CHARTS, drawing_of, figure_of
from tests.charts.tables import SAMPLES, news, sample

ROOT = Path(__file__).resolve().parents[2]
NEWS = news(150)


def chart_functions() -> Iterator[str]:
    """Every public function of charts/ from a table and options to a Chart, as module:function."""
    for path in (ROOT / "charts").rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                made = ast.unparse(node.returns) if node.returns else ""
                asked = [argument.arg for argument in node.args.args]
                if made.startswith(("Chart[", "MapChart")) and "options" in asked:
                    yield f"{module}:{node.name}"


def test_every_chart_function_is_registered_once() -> None:
    places = [p for c in CHARTS.values() for p in (c.draw, c.figure) if p]
    assert sorted(places) == sorted(chart_functions())


@pytest.mark.parametrize("name", [chart.name for chart in CHARTS.values() if chart.figure])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_is_printed_is_what_is_seen(name: str, lang: str) -> None:
    options = replace(SAMPLES[name], lang=lang)
    rows = sample(name, NEWS)
    seen, printed = figure_of(name)(rows, options), drawing_of(name)(rows, options)
    assert seen.rows == seen.drawn + sum(seen.left_out.values()) > 0
    for field in ("rows", "drawn", "left_out", "notes", "alt"):
        assert getattr(seen, field) == getattr(printed, field)
    assert seen.twin.equals(printed.twin)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_reads_no_other_columns_than_it_names(name: str) -> None:
    named = NEWS[list(CHARTS[name].columns)]
    whole, narrow = (drawing_of(name)(sample(name, t), SAMPLES[name]) for t in (NEWS, named))
    assert whole.figure == narrow.figure
    assert whole.twin.equals(narrow.twin)
    assert whole.alt == narrow.alt


@pytest.mark.parametrize("name", CHARTS)
def test_the_page_of_a_chart_is_there(name: str) -> None:
    assert (ROOT / "pages" / f"{CHARTS[name].page}.py").is_file()


def test_what_is_named_here_does_not_import_the_list() -> None:
    importing = [
        p.name for p in (ROOT / "charts").rglob("*.py") if "charts.registry" in p.read_text("utf-8")
    ]
    assert importing == []


IMPORTED = """
import importlib, sys
names = "charts.registry exports.pictures exports.pack.bundle pages.shared.downloads"
for name in names.split():
    importlib.import_module(name)
    assert "matplotlib" not in sys.modules, name
"""


def test_matplotlib_waits_for_the_first_picture() -> None:
    code = [sys.executable, "-c", IMPORTED]
    done = subprocess.run(code, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
