"""A search finds every spelling of what it names, says where, and finds no more than that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from events.filters import Filters
from events.integrity import check, repair
from events.maintenance import maintain
from events.model import Extraction
from events.query import Query
from events.store import Store
from events.tokens import folded, sounds, words
from events.withdrawal import erase, restore_articles, withdraw
from events.word_search import Vocabulary, plan
from tests.events.conftest import make_extraction

CASES = [
    ("Orechnik", "Russia fired an Oreshnik missile", True),
    ("Oreshnik", "Росія запустила «Орєшнік», заявили в Києві", True),
    ("oreshnik", "запуск ракеты «Орешник»", True),
    ("Орешник", "un missile Orechnik a été tiré", True),
    ("Zelensky", "Volodymyr Zelenskyy said", True),
    ("Zelenskyy", "заявив Зеленський", True),
    ("Зеленський", "a déclaré M. Zelensky", True),
    ("Kiev", "Strikes on Kyiv overnight", True),
    ("Київ", "Frappes sur Kiev dans la nuit", True),
    ("Prigojine", "the late Yevgeny Prigozhin", True),
    ("Loukachenko", "Lukashenko met Putin", True),
    ("Chahed", "a swarm of Shaheds", True),
    ("cessez-le-feu", "the ceasefire holds", True),
    ("elysee", "L’Élysée a démenti", True),
    ("OTAN", "NATO ministers met", True),
    ("Corée du Nord", "troops of North Korea", True),
    ("Corée du Nord", "north of Korea’s capital", False),
    ("kiev otan", "NATO ministers met in Kyiv", True),
    ("kiev otan", "NATO ministers met in Brussels", False),
    ("sanction", "des sanctions", True),
    ("rapproch", "un rapprochement", True),
    ("Oreshnlk", "an Oreshnik missile", True),
    ("Zelnesky", "M. Zelenskyy a dit", True),
    ("Rome", "a romance in Milan", False),
    ("mali", "en Somalie", False),
    ("16", "en 2016", False),
    ("route", "Mark Rutte spoke", False),
    ("Hillary Clinton", "Bill Clinton spoke", False),
    ("Nations unies", "un homme est mort", False),
    ("rapprochement", "aucun rapport", False),
]


def vocabulary(text: str) -> Vocabulary:
    """The words of one text."""
    told = ((token, word) for word, _start, _end in words(text) for token in folded(word))
    return Vocabulary({token: sounds(word) for token, word in told})


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Query:
    """A store with an article of one event for each case, its number the article's."""
    store = Store(tmp_path_factory.mktemp("telling"))
    store.append([_telling(number, told) for number, (_text, told, _found) in enumerate(CASES, 1)])
    return Query(store.location)


def _telling(number: int, quote: str) -> Extraction:
    whole = make_extraction(number)
    nobody = replace(whole.events[0], quote=quote, headline="", sources=(), targets=(), place=None)
    return replace(whole, events=(nobody,))


@pytest.mark.parametrize(
    "number", range(1, len(CASES) + 1), ids=lambda n: " | ".join(CASES[n - 1][:2])
)
def test_what_a_search_finds(number: int, telling: Query) -> None:
    text, _told, found = CASES[number - 1]
    events = telling.events(Filters(text=text, sure="any"))
    assert (number in set(events["article_id"])) == found


def test_one_wrong_letter_counts_only_where_nothing_else_is_found() -> None:
    told = vocabulary("Iran and Irak, trade and trace, a plane")
    for text in ("trade", "irak", "zebra"):
        (group,) = plan(text, told).groups
        assert group[0].words[0] <= {text}
    assert plan("plene", told).groups[0][0].words == (frozenset({"plane"}),)


def test_marks_are_the_words_that_are_meant() -> None:
    text = "L’Orechnik, tiré sur la Corée du Sud ; le sud de la Corée."
    asked = plan("oreshnik south-korea", vocabulary(text))
    assert [text[a:b] for a, b in asked.marks(text)] == ["Orechnik", "Corée", "du", "Sud"]


def found(store: Store, text: str) -> int:
    """Number of events that a new reader of the store finds."""
    return Query(store.location).count(Filters(text=text, sure="any"))


def test_the_table_of_tokens_can_be_lost_and_is_made_anew(
    store: Store, extraction: Callable[..., Extraction]
) -> None:
    counts = {text: found(store, text) for text in ("missile", "Dnjepr", "article 2", "zebra")}
    assert counts["zebra"] == 0 < min(counts["missile"], counts["Dnjepr"], counts["article 2"])
    DeltaTable(str(store.location / "tokens")).delete()
    assert {text: found(store, text) for text in counts} == counts
    for file in (store.location / "tokens" / "_delta_log").iterdir():
        file.write_bytes(b"{")
    assert {text: found(store, text) for text in counts} == counts
    assert any("tokens" in str(damage.where) for damage in check(store.location))
    assert any(line.startswith("tokens") for line in repair(store.location).lines)
    assert check(store.location) == []
    for _again in range(2):
        assert {text: found(store, text) for text in counts} == counts
        maintain(store)
    store.append([extraction(9, text="Une zébrure.")])
    assert len(Query(store.location).articles(Filters(text="zebrure"))) == 1


def test_only_the_newest_revision_is_found(
    store: Store, extraction: Callable[..., Extraction]
) -> None:
    before = found(store, "missile")
    again = extraction(2)
    events = tuple(replace(event, quote="Rien de tel.", headline="") for event in again.events)
    store.append([replace(again, events=events)], revise=True)
    assert found(store, "missile") < before
    maintain(store)
    assert found(store, "missile") < before
    assert found(store, "rien de tel") == len(events)


def test_a_withdrawn_article_is_not_found_and_an_erased_one_has_no_tokens(store: Store) -> None:
    withdraw(store, {2: ""}, "sent in error")
    assert found(store, "article 2") == 0
    maintain(store)
    restore_articles(store, [2], "it was right")
    assert found(store, "article 2") == 4
    numbers = _numbers(store)
    erase(store, {2: ""}, "personal data")
    assert found(store, "article 2") == 0
    left = _numbers(store)
    assert left < numbers
    assert "2" not in {token for token, _number in left}


def _numbers(store: Store) -> set[tuple[str, int]]:
    """Token and row of every file in the folder of the table, whatever its log says."""
    files = (store.location / "tokens").glob("*.parquet")
    rows = [row for file in files for row in pq.read_table(file).to_pylist()]
    return {(row["token"], number) for row in rows for number in row["rows"]}


def test_what_a_person_edited_is_found_as_it_is_now(store: Store) -> None:
    headline = '{"text": "Zelenskyy visits Lisbon", "lang": "en"}'
    values = {"headline": headline, "sources": '["JPN"]', "targets": "[]", "attributed_to": ""}
    for field, value in values.items():
        store.append_edit(11, field, value, "misread", "Ana")
    query = Query(store.location)
    for text in ("lisbon", "Зеленський Japon"):
        assert query.events(Filters(text=text, sure="any"))["event_id"].tolist() == [11]
    store.append_edit(11, "headline", "", "as it was", "Ana")
    assert query.count(Filters(text="lisbon", sure="any")) == 0
    assert query.count(Filters(text="japan", sure="any")) == 1
