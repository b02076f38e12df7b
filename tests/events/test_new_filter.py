"""A filter is one declaration: one field more reaches links, options, words, events, articles."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from events import wording
from events.columns import ARTICLE_COLUMNS, EVENT_COLUMNS
from events.filters import Filters
from events.store import Store

ROOT = Path(__file__).resolve().parents[2]
DECLARED = """
    bases: tuple[str, ...] = declared(
        (),
        FilterKind(
            param="basis",
            help="how the day of publication is known; may be repeated",
            read=one_of(("given", "inferred", "unknown"), "not a basis"),
            label="Publication known",
            say=label,
            choices=("given", "inferred", "unknown"),
            columns=("published_basis",),
            tests={"Publication known": is_one_of("published_basis")},
            of_articles=True,
        ),
    )

    def __post_init__(self)"""
TRANSLATED = '\nmsgid "Publication known"\nmsgstr "Parution connue"\n'
ASKED = """
import argparse
from events.filter_words import chip, in_words
from events.filters import Filters
from events.query import Query
from exports.arguments import add_filters, read_filters

wanted, problems = Filters.from_params({"basis": ["inferred", "guessed"]})
assert [(p.param, p.reason) for p in problems] == [("basis", "not a basis")]
assert wanted.to_params() == {"basis": ["inferred"]}
parser = argparse.ArgumentParser()
add_filters(parser)
assert read_filters(parser.parse_args(["--basis", "inferred"])) == wanted
assert in_words(wanted, "fr").endswith(" · Parution connue\\u00a0: déduite")
assert chip(wanted, "bases", "inferred", "en") == "inferred"
query = Query()
assert query.count(wanted) == 0
assert query.account(wanted).hidden == (("Publication known", 12),)
assert query.articles(wanted).empty
given = Filters(bases=("given",))
assert query.count(given) == 12
assert len(query.articles(given)) == 3
assert query.count(Filters(bases=("given",), langs=("en",))) == 4
"""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the code with one declaration and its translation more."""
    for folder in ("events", "exports", "charts"):
        unwanted = shutil.ignore_patterns("__pycache__", "*.js")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=unwanted)
    (tmp_path / "data").mkdir()
    for known in (ROOT / "data").iterdir():
        (tmp_path / "data" / known.name).symlink_to(known)
    (tmp_path / "data" / "locale").unlink()
    shutil.copytree(ROOT / "data" / "locale", tmp_path / "data" / "locale")
    table = tmp_path / "events" / "filters.py"
    begin, end = table.read_text("utf-8").split("\n    def __post_init__(self)")
    table.write_text(begin + DECLARED + end, "utf-8")
    catalogue = tmp_path / "data" / "locale" / "fr" / "LC_MESSAGES" / "frise.po"
    catalogue.write_text(catalogue.read_text("utf-8") + TRANSLATED, "utf-8")
    return tmp_path


def test_one_declaration_more_is_a_filter_everywhere(copied: Path, store: Store) -> None:
    environment = {**os.environ, "FRISE_STORE": str(store.location), "PYTHONPATH": str(copied)}
    done = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=copied, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("field", list(Filters.kinds()))
def test_what_a_filter_reads_is_there(field: str) -> None:
    kind = Filters.kinds()[field]
    assert set(kind.columns) <= set(EVENT_COLUMNS)
    if kind.of_articles:
        assert set(kind.columns) <= set(ARTICLE_COLUMNS)


def test_no_two_filters_share_a_name_in_links_or_on_the_command_line() -> None:
    kinds = list(Filters.kinds().values())
    assert len({kind.param for kind in kinds}) == len(kinds) == len({k.command for k in kinds})


def test_links_keep_their_names() -> None:
    """Links and saved views of years ago mean the same (`events.link_version`)."""
    assert {name: kind.param for name, kind in Filters.kinds().items()} == {
        "date_from": "from",
        "date_to": "to",
        "within": "within",
        "actors": "actor",
        "level": "level",
        "types": "type",
        "places": "place",
        "statuses": "status",
        "langs": "article_lang",
        "text": "q",
        "as_of": "asof",
        "coders": "coder",
        "tags": "tag",
        "rights": "rights",
        "reliabilities": "reliability",
        "credibilities": "credibility",
        "min_confidence": "conf",
        "sure": "sure",
    }


@pytest.mark.parametrize("lang", [code for code in wording.languages() if code != "en"])
def test_labels_and_reasons_are_translated(lang: str) -> None:
    kinds = Filters.kinds().values()
    texts = {text for kind in kinds for text in (kind.label, *kind.tests) if text}
    catalogue = wording._catalogue(lang)
    # "type" is a word of both languages
    assert {text for text in texts if catalogue.gettext(text) == text} <= {
        "type",
        "Types",
        "Actions",
    }
