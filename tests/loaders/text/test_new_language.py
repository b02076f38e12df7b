"""A language is added by data alone: a copy of code and data with Portuguese files reads it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from events.languages import languages
from loaders.text.words import languages as written

ROOT = Path(__file__).resolve().parents[3]
NEW = ROOT / "tests" / "cases" / "new_language"
LANGUAGE = """
[pt]
name = "Portuguese"
script = "Latin"
government = "{} (governo)"
"""
READ = """
import datetime as dt, json, sys
from events.geography import country_name
from events.model import Article, Published
from events.registry import name
from loaders.acts.lexicon import lexicon
from loaders.acts.triggers import find_triggers
from loaders.find.dates import find_dates
from loaders.grammar.tokens import words_of
from loaders.text.language import identify
from loaders.text.read import read_document

text = sys.argv[1]
published = Published(dt.date(2024, 11, 23), "given", "day", 1.0, ())
article = Article(id=1, title="", text=text, lang=identify(text), published=published)
document = read_document(article, named=False)
acts = [find_triggers(words_of(s, "pt"), lexicon("pt")) for s in document.sentences]
print(json.dumps({
    "lang": article.lang,
    "dates": [[d.text, d.value] for d in find_dates(document, published)],
    "acts": [[m.head.text, m.trigger.type] for row in acts for m in row],
    "names": [country_name("DEU", "pt"), name("FRA.GOV", "pt")],
}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Code and data with the files of a new language, and nothing else changed."""
    target = tmp_path_factory.mktemp("copy")
    for folder in ("events", "loaders", "data/languages", "data/reference", "data/locale"):
        skip = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, target / folder, ignore=skip)
    for file in NEW.glob("*.toml"):
        shutil.copy(file, target / "data" / "languages")
    with (target / "data" / "reference" / "languages.toml").open("a", encoding="utf-8") as table:
        table.write(LANGUAGE)
    return target


def read(copy: Path, text: str) -> dict[str, Any]:
    command = [sys.executable, "-c", READ, text]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("text", "date", "act"),
    [
        (
            "Os rebeldes atacaram a cidade na quinta-feira, disseram as autoridades do país.",
            ["na quinta-feira", "2024-11-21"],
            ["atacaram", "ASSAULT"],
        ),
        (
            "O ataque contra a capital foi em 3 de setembro de 2023, segundo o governo português.",
            ["3 de setembro de 2023", "2023-09-03"],
            ["ataque", "ASSAULT"],
        ),
    ],
)
def test_a_sentence_is_identified_dated_and_told(
    copy: Path, text: str, date: list[str], act: list[str]
) -> None:
    found = read(copy, text)
    assert found["lang"] == "pt"
    assert found["dates"] == [date]
    assert act in found["acts"]


def test_names_fall_back_where_no_table_has_the_language(copy: Path) -> None:
    assert read(copy, "ontem")["names"] == ["Alemanha", "France (government)"]


def test_every_written_language_has_its_row() -> None:
    assert set(written()) == set(languages())
