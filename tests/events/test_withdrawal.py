"""Articles are taken out of everything with a reason, put back, or erased for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from events.filters import Filters
from events.integrity import check
from events.model import Extraction
from events.query import Query
from events.store import Store
from events.withdrawal import articles_of, erase, restore_articles, withdraw, withdrawn
from loaders import __main__ as command

ALL = Filters()
SECRET = "Madame Untel"


@pytest.fixture
def store(tmp_path: Path, extraction: Callable[..., Extraction]) -> Store:
    store = Store(tmp_path / "store")
    text = f"{SECRET} was named. Jeudi, la Russie a tiré un missile sur Dnipro."
    store.append([extraction(1), extraction(2, text=text)], run="first")
    store.append([extraction(3)], run="second")
    store.append_edit(21, "status", "denied", f"{SECRET} says so", "Ana")
    store.append_edit(11, "status", "claimed", "one side", "Ana")
    return store


def test_a_withdrawn_article_is_nowhere(store: Store) -> None:
    query = Query(store.location)
    before, events = query.articles(ALL), query.count(ALL)
    withdraw(store, articles_of(store, ["2"]), "a retraction", "Ben")
    assert query.articles(ALL)["article_id"].tolist() == [i for i in before["article_id"] if i != 2]
    assert query.count(ALL) == events - 4
    assert query.article(2).empty
    assert query.article_events(2).empty
    assert query.mentions(ALL, 2).empty
    assert query.left_out(ALL, 2).empty
    assert query.account(ALL).loaded == events - 4
    assert query.event(21).empty
    assert query.count(Filters(text="untel")) == 0
    told = query.withdrawals().iloc[0]
    assert (told["article_id"], told["action"], told["why"], told["who"]) == (
        2, "withdrawn", "a retraction", "Ben",
    )  # fmt: skip
    assert check(store.location) == []


def test_a_withdrawn_article_is_put_back_as_it_was(store: Store) -> None:
    query = Query(store.location)
    before = query.events(ALL)
    withdraw(store, articles_of(store, ["2"]), "a slip", "Ben")
    restore_articles(store, [2], "it was right", "Ana")
    assert query.events(ALL).equals(before)
    assert query.withdrawals().empty
    with pytest.raises(ValueError, match="is not withdrawn"):
        restore_articles(store, [2], "again")


def test_all_that_a_load_brought_is_withdrawn_by_its_name(store: Store) -> None:
    withdraw(store, articles_of(store, [], "first"), "the wrong folder")
    assert Query(store.location).articles(ALL)["article_id"].tolist() == [3]
    with pytest.raises(ValueError, match="no article came with"):
        articles_of(store, [], "third")
    with pytest.raises(ValueError, match="'9'"):
        articles_of(store, ["9"])
    with pytest.raises(ValueError, match="by its id"):
        articles_of(store, [])
    with pytest.raises(ValueError, match="a reason"):
        withdraw(store, {1: ""}, " ")


def test_an_erased_article_leaves_no_word_in_any_file(store: Store) -> None:
    secret = SECRET.encode()
    assert any(secret in path.read_bytes() for path in store.location.rglob("*.parquet"))
    erase(store, articles_of(store, ["2"]), "personal data", "Ben")
    for path in store.location.rglob("*"):
        if path.is_file():
            told = path.read_bytes()
            assert secret not in told, path
            assert b"untel" not in told.lower(), path
    query = Query(store.location)
    assert query.count(ALL) == 8
    assert query.edits()["event_id"].tolist() == [11]
    assert withdrawn(store)[2].action == "erased"
    assert check(store.location) == []
    with pytest.raises(ValueError, match="nothing left to put back"):
        restore_articles(store, [2], "back")
    with pytest.raises(ValueError, match=r"no address is kept .*: 2 was erased on .* by Ben: pers"):
        articles_of(store, ["https://example.org/2"])


def test_a_withdrawn_or_erased_article_is_refused_by_later_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    article = tmp_path / "news.txt"
    words = "Tanks on their way\n\nGermany sent tanks to Ukraine on Monday."
    article.write_text(words, encoding="utf-8")
    assert command.main(["load", str(article)]) == 0
    told = capsys.readouterr().out
    assert "; run " in told
    run = told.split("; run ")[1].split()[0]
    why = ["--why", "sent in error", "--who", "Ana"]
    assert command.main(["withdraw", "--run", run, *why]) == 0
    assert "1 article withdrawn" in capsys.readouterr().out
    assert command.main(["load", str(article)]) == 1
    assert "it was withdrawn on" in capsys.readouterr().out
    ids = [str(i) for i in withdrawn(Store(tmp_path / "store"))]
    assert command.main(["restore-article", "--run", run, "--why", "it was right"]) == 0
    assert command.main(["restore-article", "abc", "--why", "x"]) == 1
    assert command.main(["restore-article", *ids, "--why", "x"]) == 1
    assert "not withdrawn" in capsys.readouterr().err
    assert len(Query(tmp_path / "store").articles(ALL)) == 1
    saved = tmp_path / "frise.zip"
    assert command.main(["backup", str(saved)]) == 0
    assert command.main(["withdraw", *ids, "--erase", *why]) == 0
    assert f"{saved} still holds their words" in capsys.readouterr().out
    assert command.main(["load", str(article)]) == 1
    assert "by Ana: sent in error" in capsys.readouterr().out
    aside = Query(tmp_path / "store").rejected()["value"].tolist()
    assert aside == [f"article {ids[0]}"] * 2
    assert command.main(["withdraw", "12345", *why]) == 1
    assert "no article has the id" in capsys.readouterr().err
