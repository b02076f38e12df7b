"""Fields of any length and date: cut or left out, and said; never an overflow."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from events.model import Article
from loaders.output import record_of
from loaders.pipeline import extract
from loaders.readers import SetAside, read_path
from loaders.readers.fields import DOUBTFUL, MOST
from loaders.readers.front_matter import split_front_matter
from loaders.readers.json_lines import article_from_record

TEXT = "Russia struck the Ukrainian city of Kharkiv on Monday, officials said."
TODAY = dt.date(2024, 12, 1)


@pytest.mark.parametrize("name", MOST)
def test_a_field_without_end_is_cut_and_said(name: str) -> None:
    given = {"text": TEXT, "published": "2024-11-26", name: "word " * 200_000}
    article = article_from_record(given)
    assert len(getattr(article, name)) <= MOST[name]
    assert article.lang == "en"
    (note,) = [told for told in extract(article, TODAY).notes if f"the {name} has" in told]
    assert "1000000 characters" in note


def test_fields_within_the_limits_say_nothing() -> None:
    article = article_from_record({"text": TEXT, "title": "War", "url": "https://example.org/a"})
    assert article.notes == ()


@pytest.mark.parametrize("given", ["9999-12-31", "1492-10-12", "1799", "2999-01", "99991231"])
def test_a_date_that_no_news_can_have_is_doubtful(given: str) -> None:
    told = extract(article_from_record({"text": TEXT, "published": given}), TODAY)
    assert told.article.published.basis != "given"
    (note,) = [note for note in told.notes if note.startswith(DOUBTFUL)]
    assert given in note


@pytest.mark.parametrize("given", ["1800-01-01", f"{dt.date.today().year + 10}-12-31"])
@pytest.mark.parametrize(
    "text",
    [
        "In 9999 Russia struck Kyiv, and two years later Ukraine answered.",
        "On 31 December 9999, two days later and 9999999 years ago, Russia struck Kyiv.",
        "Le 1er janvier 1, la veille et il y a 3000 ans, la Russie a frappé Kiev.",
        "Russia struck Kyiv 999999999999 days before 1 January 0001, and next year.",
        "The week after 31/12/9999, 9999-12-31T23:59 and Q4 9999, Russia struck Kyiv.",
    ],
)
def test_dates_at_the_ends_of_the_calendar_never_overflow(given: str, text: str) -> None:
    record_of(extract(article_from_record({"text": text, "published": given}), TODAY), "1")


FRONT = {
    "dots in a title": ("---\ntitle: And then...\npublished: 2024-11-26\n---\nBody", "And then..."),
    "dashes in a title": ("---\ntitle: War --- again\nlang: en\n---\nBody", "War --- again"),
    "dots close": ("---\ntitle: War\n...\nBody", "War"),
    "spaces behind": ("---  \ntitle: War\n--- \t\nBody", "War"),
    "an indented fence": ("---\ntitle: |\n  ---\n---\nBody", "---"),
    "nothing between": ("---\n---\nBody", None),
    "no front matter": ("---\n\nBody", None),
}


@pytest.mark.parametrize(("content", "title"), FRONT.values(), ids=FRONT)
def test_front_matter_stands_between_lines_of_dashes(content: str, title: str | None) -> None:
    fields, body = split_front_matter(content)
    assert fields.get("title") == title
    assert body.strip().removeprefix("---").strip() == "Body"


def test_front_matter_that_is_never_closed_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ntitle: War\npublished: 2024-11-26\n\n{TEXT}\n")
    (aside,) = read_path(path)
    assert isinstance(aside, SetAside)
    assert "never closed" in aside.problem


def test_a_line_of_dashes_opens_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\n\n{TEXT}\n")
    (article,) = read_path(path)
    assert isinstance(article, Article)
