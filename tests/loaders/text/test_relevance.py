"""What is not read: other news, in the languages that the quick look was fitted on."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from events.filters import Filters
from events.model import Article
from events.query import Query
from events.store import Store
from loaders.load import load_found
from loaders.older_articles import older_articles
from loaders.reader_version import SKIPPED
from loaders.reread import reread
from loaders.text.relevance import FOLDER, REASON, is_relevant

ROOT = Path(__file__).resolve().parents[3]
TODAY = dt.date(2025, 1, 1)
STRIKE = (
    "Russian forces fired missiles at the Ukrainian port of Odesa on Monday, killing four people "
    "and wounding a dozen, the regional governor said. President Zelensky condemned the attack "
    "and asked NATO allies for air defence. The Kremlin said the army had struck a weapons depot. "
    "Germany and France promised new aid after talks in Brussels with the European Union."
)
MATCH = (
    "A late goal gave the home side all three points on a wet evening at the stadium. The striker, "
    "on loan until the summer, scored with a header after a corner, and the goalkeeper saved twice "
    "in the last minutes. The coach praised his players and the fans, who sang until midnight. "
    "The club stays fourth in the table before the derby on Saturday."
)
SPORT = "A late winner"


def article(text: str, title: str = "", lang: str = "en", number: int = 1) -> Article:
    return Article(number, title, text, lang, f"Gazette {number}")


def test_what_is_read_and_what_not() -> None:
    assert is_relevant(article(STRIKE))
    assert not is_relevant(article(MATCH, SPORT))
    assert is_relevant(article(MATCH, SPORT, "it"))  # a language it knows nothing of
    assert is_relevant(article(MATCH[:90], SPORT))  # too short to say
    assert is_relevant(article("", "", "fr"))


def test_the_card_holds_the_goals_that_it_is_used_for() -> None:
    told = tomllib.loads((FOLDER / "model.toml").read_text("utf-8"))["measured"]
    assert told["events lost"] <= 0.01
    (unrelated,) = (share for what, share in told.items() if "all unrelated" in what)
    assert unrelated >= 0.6


def test_it_weighs_as_it_was_fitted() -> None:
    kept = []
    for path in sorted((ROOT / "training" / "unrelated").glob("*longer.tsv")):
        rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        kept += [Article(0, title, text, path.stem[:2]) for _, title, text in rows]
    assert sum(map(is_relevant, kept)) < len(kept) / 4


@pytest.mark.usefixtures("no_models")
def test_what_is_not_read_is_listed_and_read_when_asked(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    found = [("a", article(STRIKE)), ("b", article(MATCH, SPORT, number=2))]
    report = load_found(found, store, TODAY, may_skip=True)
    assert (len(report.kept), report.skipped) == (2, [SPORT])
    assert any("1 of those kept were not read" in line for line in report.lines())
    query = Query(store.location)
    left_out = query.left_out(Filters())
    assert list(left_out.loc[left_out["reason"] == REASON, "text"]) == [SPORT]
    assert older_articles(query, None) == []
    (skipped,) = older_articles(query, None, skipped=True)
    assert skipped == 2
    reread(store, [skipped], TODAY)
    assert SKIPPED not in set(query.reader_versions()["reader_version"])
    assert REASON not in set(query.left_out(Filters())["reason"])
    assert load_found([("c", article(MATCH, number=3))], store, TODAY).skipped == []
