"""Tables of articles, and Frise's own tables read back."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from events.model import Article, Extraction
from loaders.readers import SetAside, read_path

ROWS = [
    ["Titre", "Texte", "Date", "Média", "URL"],
    ["Frappe", "Jeudi, la Russie a frappé Dnipro.\nDeux blessés.", "2024-11-22", "Essai", ""],
    ["", "", "2024-11-23", "Essai", ""],
    ["Visite", "Le ministre est arrivé à Kyiv.", "2024-02-31", "Essai", ""],
]


def written(path: Path, rows: list[list[str]]) -> Path:
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        cells = (";".join(f'"{cell}"' for cell in row) for row in rows)
        path.write_bytes("\r\n".join(cells).encode("cp1252"))
    return path


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_table_of_articles_is_read_by_the_names_of_its_columns(tmp_path: Path, name: str) -> None:
    article, empty, undated = read_path(written(tmp_path / name, ROWS))
    assert isinstance(article, Article)
    assert (article.title, article.source, article.lang) == ("Frappe", "Essai", "fr")
    assert str(article.published.date) == "2024-11-22"
    assert article.text.splitlines()[1] == "Deux blessés."
    assert isinstance(empty, SetAside)
    assert empty.problem == "the article has no text"
    assert isinstance(undated, SetAside)
    assert undated.problem == "the publication date is impossible"


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_table_of_neither_articles_nor_events_says_what_to_do(tmp_path: Path, name: str) -> None:
    (aside,) = read_path(written(tmp_path / name, [["a", "b"], ["1", "2"]]))
    assert isinstance(aside, SetAside)
    assert "--mapping" in aside.remedy


def test_a_workbook_of_events_is_known_by_its_columns(tmp_path: Path) -> None:
    cases = Path(__file__).parents[2] / "cases" / "coded"
    lines = (cases / "ucdp.csv").read_text("utf-8").splitlines()
    rows = [line.split(",") for line in lines[:2]]
    (row,) = read_path(written(tmp_path / "ged.xlsx", rows))
    assert isinstance(row, Extraction)
    assert row.events[0].coder == "UCDP GED"


def test_bombs_and_damage_in_workbooks_are_said(tmp_path: Path) -> None:
    good = written(tmp_path / "a.xlsx", ROWS)
    for name, part in (
        ("entity.xlsx", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("large.xlsx", b" " * 60_000_000),
        ("broken.xlsx", b"<worksheet"),
    ):
        with (
            zipfile.ZipFile(good) as old,
            zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for info in old.infolist():
                is_sheet = info.filename == "xl/worksheets/sheet1.xml"
                new.writestr(info.filename, part if is_sheet else old.read(info))
        (aside,) = read_path(tmp_path / name)
        assert isinstance(aside, SetAside)
        assert aside.remedy
