"""docs/extend.md is true: in a copy of the code, its steps are done and the new piece is used.

Languages, event types and filters have tests of their own (tests/loaders, tests/events).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hand_made import make_store

ROOT = Path(__file__).resolve().parents[1]
READER = '''
"""Shouted text: a first line in capitals is the title."""

from collections.abc import Iterator
from pathlib import Path

from events.model import Article
from loaders.readers.fields import make_article
from loaders.readers.source_file import SetAside, UnreadableError, decode, read_bytes, sha256


def read(path: Path) -> Iterator[Article | SetAside]:
    try:
        raw = read_bytes(path)
        title, _, text = decode(raw).partition("\\n")
        yield make_article(text, title=title.capitalize(), sha256=sha256(raw), reader="shouted")
    except UnreadableError as error:
        yield error.set_aside(path)
'''
EXPORT = '''
"""One line an event: first day and type."""

from exports.selection import Selection


def to_lines(selection: Selection) -> bytes:
    rows = zip(selection.events["first"], selection.events["type"], strict=True)
    return "".join(f"{str(first)[:10]} {event_type}\\n" for first, event_type in rows).encode()
'''
PAGE = '''
"""How many events there are."""

import streamlit as st

from events.filters import Filters
from pages.shell import frame
from pages.shell.store_access import query


def draw(filters: Filters) -> None:
    """The page."""
    st.markdown(f"counted: {query().count(filters)}")


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.show(draw)
'''
OPEN = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("dashboard.py", default_timeout=60).run()
shown = app.switch_page("pages/tally.py").run()
assert not shown.exception, shown.exception
print([found.value for found in shown.markdown])
from pages.shell.navigation import PAGES, pages
print(list(PAGES))
"""


CHART = '''
"""How often each actor acts: a bar an actor."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from charts.actors.dyads import Edge, count_edges, largest
from charts.chart import Chart, ChartOptions
from charts.drawing import Axes, Drawing, Mark, Panel, Rect, Target, Text
from charts.sheet import names
from charts.sheet.caption import frame
from charts.sheet.frame_marks import framed
from charts.sheet.theme import theme_of
from charts.sheet.twins import edges_twin

LEFT, ROW = 190.0, 22.0  # pixels


@dataclass(frozen=True, kw_only=True)
class TallyOptions(ChartOptions):
    """Nothing of its own."""


def tally(table: pd.DataFrame, options: TallyOptions = TallyOptions()) -> Chart[Drawing]:
    """A bar an actor, the largest on top."""
    dyads, lang = count_edges(table), options.lang
    look, around = theme_of(options.theme), frame(options.caption, (), [], options.width, lang)
    codes = largest(dyads.edges, 10)
    edges = [edge for edge in dyads.edges if edge.source in codes]
    height, top = ROW * len(codes), around.header
    ends = (0, max(1, len(edges))), (-0.5, len(codes) - 0.5)
    axes = Axes(LEFT, top, options.width - 12, top + height, *ends)
    marks = tuple(_marks(edges, codes, look.accent, lang))
    drawing = framed(around, height, look, (Panel(axes, marks),))
    left_out = dyads.left_out(edges, "beyond the actors shown")
    twin = lambda: edges_twin(edges, lang)
    return Chart(drawing, dyads.rows, dyads.drawn(edges), left_out, (), "Tally", twin)


def _marks(edges: list[Edge], codes: list[str], colour: str, lang: str) -> Iterator[Mark]:
    for row, code in enumerate(codes):
        name = names.actor(code, lang)
        links = sum(edge.source == code for edge in edges)
        yield Text(0, row, name, anchor="right", dx=-8)
        target = Target((code, "", ""), f"{names.escape(name)}: {links}")
        yield Rect(0, row - 0.4, links, row + 0.4, colour, target=target)
'''
ROW = """        RegisteredChart(
            name="tally",
            columns=_PAIRS,
            options="charts.actors.tally:TallyOptions",
            draw="charts.actors.tally:tally",
            page="actors",
            titles={"": "How often each acts"},
            measures="number of links from an actor",
            twin="The same pairs as a table",
            label="Tally",
        ),
"""
SHOW = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("dashboard.py", default_timeout=60)
app.query_params["chart"] = "tally"
shown = app.run().switch_page("pages/actors.py").run()
assert not shown.exception, shown.exception
print(shown.get("plotly_chart")[0].proto.spec)
from charts.backends.files import to_svg
from charts.registry import still_of
from events.filters import Filters
from events.query import Query
import os
made = still_of("tally")(Query(os.environ["FRISE_STORE"]).events(Filters()))
assert made.rows == made.drawn + sum(made.left_out.values()) > 0
assert to_svg(made.figure).startswith(b"<?xml")
"""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The code of the product; its data is the project's own."""
    target = tmp_path / "copy"
    unwanted = shutil.ignore_patterns("__pycache__")
    for folder in ("events", "loaders", "charts", "exports", "pages", ".streamlit"):
        shutil.copytree(ROOT / folder, target / folder, ignore=unwanted)
    shutil.copy(ROOT / "dashboard.py", target)
    for folder in ("data", "static"):
        (target / folder).symlink_to(ROOT / folder)
    return target


def run(copied: Path, *arguments: str, store: Path | None = None) -> str:
    environment = {**os.environ, "PYTHONPATH": str(copied), "FRISE_NO_MODELS": "1"}
    if store:
        environment["FRISE_STORE"] = str(store)
    done = subprocess.run(
        [sys.executable, *arguments], cwd=copied, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def one_line_more(table: Path, before: str, line: str) -> None:
    text = table.read_text("utf-8")
    assert text.count(before) == 1, f"{before!r} in {table.name}"
    table.write_text(text.replace(before, line + before), "utf-8")


def test_a_reader_is_a_file_and_a_line(copied: Path, tmp_path: Path) -> None:
    (copied / "loaders" / "readers" / "shouted.py").write_text(READER, "utf-8")
    table = copied / "loaders" / "readers" / "__init__.py"
    row = '    Format("shouted text", (".shout",), shouted.read),\n'
    one_line_more(table, '    Format("plain text"', row)
    one_line_more(table, "    web_page,\n", "    shouted,\n")
    article = tmp_path / "news.shout"
    article.write_text("RUSSIA STRIKES DNIPRO\nRussia struck Dnipro on Thursday.", "utf-8")
    told = json.loads(run(copied, "-m", "loaders", "extract", str(article)))
    assert told["title"] == "Russia strikes dnipro"
    assert told["events"][0]["sources"] == ["RUS"]


def test_an_export_is_a_file_and_a_line(copied: Path, tmp_path: Path) -> None:
    (copied / "exports" / "lines.py").write_text(EXPORT, "utf-8")
    table = copied / "exports" / "__init__.py"
    one_line_more(
        table,
        '        ("csv", "CSV table"',
        '        ("lines", "Lines", ".lines.txt", "text/plain", to_lines),\n',
    )
    one_line_more(table, "from exports.receipt import", "from exports.lines import to_lines\n")
    make_store(tmp_path / "store")
    out = tmp_path / "events.txt"
    run(copied, "-m", "exports", "lines", "--out", str(out), store=tmp_path / "store")
    lines = out.read_text("utf-8").splitlines()
    assert len(lines) > 5
    assert all(len(line.split()) == 2 for line in lines)


def test_a_page_is_a_file_and_a_line(copied: Path, tmp_path: Path) -> None:
    (copied / "pages" / "tally.py").write_text(PAGE, "utf-8")
    table = copied / "pages" / "shell" / "navigation.py"
    one_line_more(table, '    "help": "Help",', '    "tally": "Tally",\n')
    make_store(tmp_path / "store")
    told = run(copied, "-c", OPEN, store=tmp_path / "store")
    assert "'counted: " in told
    assert "'tally', 'help'" in told


def test_a_chart_is_a_file_and_a_row(copied: Path, tmp_path: Path) -> None:
    """On its page and as a picture; its French words are the second file."""
    (copied / "charts" / "actors" / "tally.py").write_text(CHART, "utf-8")
    table = copied / "charts" / "registry.py"
    one_line_more(table, '        RegisteredChart(\n            name="dyad",', ROW)
    make_store(tmp_path / "store")
    told = run(copied, "-c", SHOW, store=tmp_path / "store")
    assert "How often each acts" in told
    assert "Ukraine: 1" in told
