"""What was read of a text is told for its copies, as if they had been read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from events.batches import failed_row
from events.model import Article, Published
from loaders.batch import articles_batch, extract_batch, failures
from loaders.once import Once, Readings
from loaders.pool import Batches
from loaders.readers.fields import make_article

TODAY = dt.date(2024, 12, 1)
TITLE = "Russia strikes Kyiv"
TEXT = "Russia struck Kyiv on Monday. Officials in London condemned the attack on Tuesday."


class Counting:
    """A driver that notes what it is asked, and fails on texts of `failing` the first time."""

    size = 8

    def __init__(self, *failing: int) -> None:
        self.asked: list[list[int]] = []
        self._failing = set(failing)

    def map(self, batches: Iterator[pa.RecordBatch]) -> Batches:
        for batch in batches:
            ids = batch.column("id").to_pylist()
            self.asked.append(ids)
            parts = [self._read(batch.slice(n, 1), each) for n, each in enumerate(ids)]
            yield pa.concat_batches(parts) if parts else extract_batch(batch)

    def _read(self, batch: pa.RecordBatch, number: int) -> pa.RecordBatch:
        if number in self._failing:
            return failed_row(number, "clock", "late", "again")
        return extract_batch(batch)


def article(number: int, **told: Any) -> Article:
    given = make_article(
        TEXT, title=TITLE, lang="en", published=Published.given(dt.date(2024, 11, 27))
    )
    return replace(given, **{"id": number, "source": f"Outlet {number}", **told})


def read(driver: Once, *batches: list[Article], may_skip: bool = False) -> list[pa.RecordBatch]:
    return list(driver.map(articles_batch(each, TODAY, may_skip) for each in batches))


@pytest.mark.usefixtures("no_models")
def test_a_copy_has_the_reading_of_its_text_and_what_is_its_own() -> None:
    driver = Counting()
    other = article(4, text="Paris. Ministers of France and Mali signed a treaty in Bamako.")
    far = article(
        5, url="https://paper.example/1", sha256="ab", reader="feed",
        retrieved=dt.datetime(2024, 11, 28, tzinfo=dt.UTC),
    )  # fmt: skip
    given = [[article(1), article(2)], [article(3), other], [far]]
    told = read(Once(driver), *given)
    assert driver.asked == [[1], [4], []]
    for batch, articles in zip(told, given, strict=True):
        assert batch.equals(extract_batch(articles_batch(articles, TODAY)))
    assert told[0].column("events")[1].as_py()


DIFFERENT = {
    "title": {"title": "Russia strikes Kyiv again"},
    "text": {"text": f"{TEXT} It rained."},
    "day": {"published": Published.given(dt.date(2024, 11, 28))},
    "no day": {"published": Published.unknown()},
    "language": {"lang": "fr"},
    "notes": {"notes": ("cut at a limit",)},
    "country of the address": {"url": "https://news.example.fr/1"},
    "paper of a town": {"source": "Kyiv Post"},
}


@pytest.mark.usefixtures("no_models")
@pytest.mark.parametrize("told", DIFFERENT.values(), ids=DIFFERENT)
def test_what_the_reader_would_see_otherwise_is_read(told: dict[str, Any]) -> None:
    driver = Counting()
    read(Once(driver), [article(1)], [article(2, **told)])
    assert driver.asked == [[1], [2]]


@pytest.mark.usefixtures("no_models")
def test_what_is_not_read_is_told_of_copies_too_and_read_when_asked() -> None:
    driver = Counting()
    text = " ".join(["The team won the football match by two goals on the home pitch."] * 6)
    skipped = [article(1, text=text, title="Cup"), article(2, text=text, title="Cup")]
    (told,) = read(Once(driver), skipped, may_skip=True)
    assert told.equals(extract_batch(articles_batch(skipped, TODAY, may_skip=True)))
    read(Once(driver), skipped)
    assert driver.asked == [[1], [1]]


@pytest.mark.usefixtures("no_models")
def test_a_copy_of_what_could_not_be_read_is_read_itself() -> None:
    driver = Counting(1)
    (told,) = read(Once(driver), [article(1), article(2)])
    assert driver.asked == [[1], [2]]
    assert [bool(each) for each in failures(told)] == [True, False]


@pytest.mark.usefixtures("no_models")
def test_a_repaired_text_is_read_each_time() -> None:
    """Ids of its events count in the repaired words, and only those of the given text are kept."""
    driver = Counting()
    damaged = [
        article(n, text=f"The ministers&rsquo; offices &amp; others met. {TEXT}") for n in (1, 2)
    ]
    (told,) = read(Once(driver), damaged)
    assert driver.asked == [[1, 2]]
    assert told.equals(extract_batch(articles_batch(damaged, TODAY)))


@pytest.mark.usefixtures("no_models")
def test_copies_of_what_could_not_be_read_are_read_together() -> None:
    driver = Counting(1)
    (told,) = read(Once(driver), [article(1), article(2), article(3)])
    assert sorted(driver.asked) == [[1], [2], [3]]
    assert [bool(each) for each in failures(told)] == [True, False, False]


@pytest.mark.usefixtures("no_models")
def test_readings_are_kept_with_their_driver_and_no_longer() -> None:
    driver = Counting()
    read(Once(driver), [article(1)])
    read(Once(driver), [article(2)])
    assert driver.asked == [[1], []]
    other = Counting()
    read(Once(other), [article(3)])
    assert other.asked == [[3]]


@pytest.mark.usefixtures("no_models")
def test_the_oldest_readings_are_forgotten() -> None:
    row = extract_batch(articles_batch([article(1)], TODAY))
    alone = Readings()
    alone.put(b"1", row)
    held = Readings(most=int(alone.bytes * 2.5))
    for key in (b"1", b"2", b"2", b"3"):
        held.put(key, row)
    assert [key in held for key in (b"1", b"2", b"3")] == [False, True, True]
    assert held.get(b"1") is None
    again = held.get(b"3")
    assert again is not None
    assert again.to_batches()[0].equals(row)
