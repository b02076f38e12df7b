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
