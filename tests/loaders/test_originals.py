"""The files as they came: kept by their hash, found from their article, gone when it is erased."""

from __future__ import annotations

import datetime as dt
import hashlib
import zipfile
from pathlib import Path

import pytest

from events.filters import Filters
from events.model import Article
from events.originals import folder, keep, original, page_of
from events.query import Query
from events.store import Store
from events.withdrawal import articles_of, erase, withdraw
from loaders.load import load_paths

pytestmark = pytest.mark.usefixtures("no_models")
TEXT = "Une visite\n\nLe ministre est arrivé à Kyiv lundi.\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with an article of its own file, and one of a file in an archive."""
    (tmp_path / "a.txt").write_text(TEXT)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("inner.md", "# Une frappe\n\nLa Russie a frappé Dnipro.\n")
    store = Store(tmp_path / "store")
    load_paths([tmp_path / "a.txt", tmp_path / "b.zip"], store, dt.date(2025, 1, 1))
    return store


def files(store: Store) -> set[str]:
    return {path.name for path in folder(store.location).rglob("*") if path.is_file()}


def test_an_article_leads_to_its_file(store: Store) -> None:
    articles = Query(store.location).articles(Filters())
    found = {row.title: original(store.location, str(row.sha256)) for row in articles.itertuples()}
    assert {path.suffix for path in found.values() if path} == {".txt", ".md"}
    visit = found["Une visite"]
    assert visit is not None
    assert visit.read_text() == TEXT
    assert visit.stem == hashlib.sha256(TEXT.encode()).hexdigest()


def test_erasing_removes_the_file_and_withdrawing_does_not(store: Store) -> None:
    articles = Query(store.location).articles(Filters())
    mine = articles_of(store, [str(articles["article_id"].iloc[0])])
    withdraw(store, mine, "doubtful")
    assert len(files(store)) == 2
    erase(store, mine, "a court ordered it")
    assert len(files(store)) == 1


def test_nothing_is_kept_where_the_setting_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_LOADING_KEEP_ORIGINALS", "false")
    (tmp_path / "a.txt").write_text(TEXT)
    location = tmp_path / "store"
    assert load_paths([tmp_path / "a.txt"], Store(location), dt.date(2025, 1, 1)).kept
    assert not folder(location).exists()


def test_a_file_that_cannot_be_kept_is_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "store.originals").write_text("in the way")
    article = Article(1, "", TEXT, "fr", original=str(tmp_path / "a.txt"))
    (note,) = keep(tmp_path / "store", article).notes
    assert note.startswith("the original could not be kept")


def test_what_is_no_hash_is_no_path(tmp_path: Path) -> None:
    assert original(tmp_path / "store", "../../etc/passwd") is None
    assert original(tmp_path / "store", "") is None


@pytest.mark.parametrize(("start", "page"), [(0, 1), (99, 1), (100, 3), (5_000, 4)])
def test_a_quote_stands_on_a_page(start: int, page: int) -> None:
    notes = ["section: Monde", "pages begin at characters: 1: 0, 3: 100, 4: 2000"]
    assert page_of(notes, start) == page
    assert page_of(["section: Monde"], start) is None
