"""Lists of references: RIS, Zotero's CSV and CSL JSON; entries kept, abstracts told as such."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from events.model import Article
from loaders.readers import SetAside, read_path

TEXT = "Russia struck the Ukrainian city of Kharkiv on Monday, officials said."
COLUMNS = '"Key","Item Type","Publication Year","Title","Date","Abstract Note"\n'


def read(tmp_path: Path, name: str, content: str) -> list[Any]:
    (tmp_path / name).write_text(content, encoding="utf-8", newline="")
    return list(read_path(tmp_path / name))


def ris(*fields: str, end: str = "ER  - \n") -> str:
    return "\n".join(["TY  - NEWS", "TI  - War", f"AB  - {TEXT}", *fields, end])


DATES = {
    "DA  - 2024/11/21/": "2024-11-21 day",
    "DA  - 2024/11//": "2024-11-01 month",
    "PY  - 2024": "2024-01-01 year",
    "Y1  - 2024 Nov 19": "2024-11-19 day",
    "DA  - November 21, 2024": "2024-11-21 day",
    "DA  - 2024/13/45/": "None None",
    "DA  - last week": "None None",
    "Y2  - 2024/11/21/": "None None",
}


@pytest.mark.parametrize(("field", "told"), DATES.items(), ids=DATES)
def test_dates_of_ris(tmp_path: Path, field: str, told: str) -> None:
    (found,) = read(tmp_path, "a.ris", ris(field))
    assert isinstance(found, Article)
    assert f"{found.published.date} {found.published.precision}" == told
    assert found.published.evidence


def test_entries_that_are_never_closed_are_kept(tmp_path: Path) -> None:
    found = read(tmp_path, "a.ris", ris(end="") + ris(end="").replace("War", "Peace"))
    assert [each.title for each in found if isinstance(each, Article)] == ["War", "Peace"]


def test_what_stands_before_the_first_entry_is_no_entry(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.ris", f"Provider: X\n\n{ris()}")
    assert isinstance(found, Article)
    assert (found.title, found.text, found.reader) == ("War", TEXT, "ris")
    assert "abstract" in found.notes[0]


@pytest.mark.parametrize(
    ("name", "content", "where", "problem"),
    [
        ("a.ris", "no list at all", "", "no article in the file"),
        ("a.ris", "TY  - NEWS\nER  - \n", "entry 1, text", "no text"),
        ("a.csv", f"{COLUMNS}A,book,,,,\n", "row 2, text", "no text"),
        ("a.json", '[{"id": 1, "type": 2, "container-title": 3, "issued": 4', "", "no JSON"),
        (
            "a.json",
            '[{"id":1,"type":2,"container-title":3,"issued":4}]',
            "entry 1, text",
            "no text",
        ),
    ],
)
def test_what_holds_nothing_is_set_aside(
    tmp_path: Path, name: str, content: str, where: str, problem: str
) -> None:
    (found,) = read(tmp_path, name, content)
    assert isinstance(found, SetAside)
    assert problem in found.problem
    assert found.where == where


def test_a_cell_without_end_leaves_what_stood_before(tmp_path: Path) -> None:
    rows = f'A,news,2024,War,,"{TEXT}"\nB,news,2024,Peace,,"{"x" * 1_100_000}"\n'
    found, aside = read(tmp_path, "a.csv", COLUMNS + rows)
    assert isinstance(found, Article)
    assert isinstance(aside, SetAside)
    assert "broken" in aside.problem


@pytest.mark.parametrize(
    ("issued", "told"),
    [
        ('{"date-parts": [["2024", 11, 21]]}', "2024-11-21"),
        ('{"date-parts": [[2024]]}', "2024-01-01"),
        ('{"raw": "21 novembre 2024"}', "2024-11-21"),
        ('{"date-parts": []}', "None"),
        ('{"date-parts": [["x", null]]}', "None"),
        ("7", "None"),
    ],
)
def test_days_of_csl(tmp_path: Path, issued: str, told: str) -> None:
    fields = f'"id": 1, "type": "x", "container-title": "The Post", "abstract": "{TEXT}"'
    (found,) = read(tmp_path, "a.json", f'[{{{fields}, "issued": {issued}}}]')
    assert isinstance(found, Article)
    assert str(found.published.date) == told
    assert found.source == "The Post"
