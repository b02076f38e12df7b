"""JSON of news-please, Event Registry and Telegram, and our own layout as one document."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from events.model import Article
from loaders.readers import SetAside, read_path
from loaders.readers.json_stream import MAX_DEPTH, items

TEXT = "La Russie a frappé jeudi la ville de Dnipro, selon l'armée ukrainienne."
DAY = dt.date(2024, 11, 21)
NEWS_PLEASE = {
    "authors": ["A. Exemple", "B. Modèle"],
    "date_download": "2024-11-22 07:00:00",
    "date_modify": "2024-11-22 06:00:00",
    "date_publish": "2024-11-21 23:30:00",
    "description": "Court.",
    "filename": "a.json",
    "image_url": None,
    "language": "fr",
    "maintext": TEXT,
    "source_domain": "example.org",
    "text": None,
    "title": "Frappe",
    "title_page": None,
    "url": "https://example.org/a/1",
}
REGISTERED = {
    "uri": "8423",
    "lang": "fra",
    "isDuplicate": False,
    "date": "2024-11-22",
    "time": "00:10:00",
    "dateTime": "2024-11-22T00:10:00Z",
    "dateTimePub": "2024-11-21T23:30:00Z",
    "url": "https://example.org/a/1",
    "title": "Frappe",
    "body": TEXT,
    "source": {"uri": "example.org", "dataType": "news", "title": "Le Fil"},
    "authors": [{"uri": "a@example.org", "name": "A. Exemple"}],
    "eventUri": None,
}
ANSWER = {"articles": {"page": 1, "pages": 1, "totalResults": 1, "results": [REGISTERED]}}
MESSAGE = {
    "id": 12,
    "type": "message",
    "date": "2024-11-21T23:30:00",
    "date_unixtime": "1732228200",
    "from": "Le Fil",
    "from_id": "channel1",
    "text": ["La Russie a frappé ", {"type": "bold", "text": "jeudi"}, " la ville de Dnipro."],
    "text_entities": [],
}
JOINED = {
    "id": 1,
    "type": "service",
    "date": "2024-11-20T10:00:00",
    "actor_id": "x",
    "text": "",
    "action": "join_group",
}
PHOTO = {**MESSAGE, "id": 13, "text": "", "photo": "photos/1.jpg"}
CHAT = {"name": "Le Fil", "type": "public_channel", "id": 1, "messages": [JOINED, MESSAGE, PHOTO]}
ACCOUNT = {"about": "x", "chats": {"about": "y", "list": [CHAT, {**CHAT, "name": "Autre"}]}}


def found(tmp_path: Path, content: Any, name: str = "a.json") -> list[Any]:
    raw = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    (tmp_path / name).write_text(raw, "utf-8")
    return list(read_path(tmp_path / name))


@pytest.mark.parametrize(
    "content",
    [
        NEWS_PLEASE,
        [NEWS_PLEASE],
        f"{json.dumps(NEWS_PLEASE)}\n",
        {**NEWS_PLEASE, "maintext": None, "text": TEXT},
        {**NEWS_PLEASE, "title": None, "title_page": "Frappe"},
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a"])
def test_news_please(tmp_path: Path, content: Any, name: str) -> None:
    (read,) = found(tmp_path, content, name)
    assert (read.title, read.text, read.lang) == ("Frappe", TEXT, "fr")
    assert (read.source, read.url) == ("example.org", "https://example.org/a/1")
    assert read.published.date == DAY
    assert "author: A. Exemple, B. Modèle" in read.notes


@pytest.mark.parametrize("content", [ANSWER, [REGISTERED], json.dumps([REGISTERED], indent=2)])
def test_event_registry(tmp_path: Path, content: Any) -> None:
    (read,) = found(tmp_path, content)
    assert (read.title, read.text, read.lang) == ("Frappe", TEXT, "fr")
    assert (read.source, read.url) == ("Le Fil", "https://example.org/a/1")
    assert read.published.date == DAY
    assert read.published.evidence == ("Event Registry dateTimePub, UTC",)
    assert "in its file: article 1 8423" in read.notes
    assert "author: A. Exemple" in read.notes


def test_a_copy_is_read_and_said(tmp_path: Path) -> None:
    (read,) = found(
        tmp_path, [{**REGISTERED, "isDuplicate": True, "authors": None, "source": None}]
    )
    assert "Event Registry marks it as a duplicate" in read.notes
    assert read.source == ""


def test_telegram(tmp_path: Path) -> None:
    read, aside = found(tmp_path, CHAT, "result.json")
    assert isinstance(read, Article)
    assert (read.text, read.source) == ("La Russie a frappé jeudi la ville de Dnipro.", "Le Fil")
    assert read.published.date == DAY
    assert read.notes == ("in its file: message 12",)
    assert aside.problem == "2 messages without text were passed over"
    assert aside.value == "join_group 1, photo 1"


def test_telegram_of_an_account(tmp_path: Path) -> None:
    first, second, aside = found(tmp_path, ACCOUNT)
    assert (first.source, second.source) == ("Le Fil", "Autre")
    assert "author: Le Fil" in second.notes
    assert aside.problem.startswith("4 messages")


def test_telegram_tells_what_was_forwarded_and_edited(tmp_path: Path) -> None:
    changed = {**MESSAGE, "forwarded_from": "Agence", "edited": "2024-11-22T08:00:00"}
    (read,) = found(tmp_path, {**CHAT, "messages": [changed]})
    assert read.notes[1:] == ("forwarded from Agence", "edited after it was sent")


@pytest.mark.parametrize(
    "content",
    [[{"text": TEXT, "title": "Frappe"}], json.dumps({"text": TEXT, "title": "Frappe"}, indent=1)],
)
def test_our_own_layout_as_one_document(tmp_path: Path, content: Any) -> None:
    (read,) = found(tmp_path, content)
    assert (read.title, read.text) == ("Frappe", TEXT)


BAD = {
    "a wrong date": ([{**NEWS_PLEASE, "date_publish": "hier"}], "publication date is impossible"),
    "no text": ([{**NEWS_PLEASE, "maintext": None}], "has no text"),
    "text that is none": ([{**NEWS_PLEASE, "maintext": 5}], "is no text"),
    "no body": ([{**REGISTERED, "body": ""}], "has no text"),
    "events alone": ({"body": 1, "isDuplicate": 2, "events": {"results": []}}, "no articles stand"),
    "a date of Telegram": ({**CHAT, "messages": [{**MESSAGE, "date": "x"}]}, "date is impossible"),
    "another layout": ({"a": 1}, 'no "text"'),
    "a number": ("5", "no JSON object"),
    "an empty list": ("[]", "holds no articles"),
}


@pytest.mark.parametrize(("content", "problem"), BAD.values(), ids=BAD)
def test_bad_json(tmp_path: Path, content: Any, problem: str) -> None:
    (aside,) = found(tmp_path, content)
    assert isinstance(aside, SetAside)
    assert problem in aside.problem


@pytest.mark.parametrize("content", [ANSWER, CHAT, [NEWS_PLEASE]])
def test_json_that_breaks_off_is_read_so_far(tmp_path: Path, content: Any) -> None:
    raw = json.dumps(content)
    items = found(tmp_path, raw[:-1])
    assert isinstance(items[0], Article)
    assert "broken" in items[-1].problem


@pytest.mark.timeout(60)
@pytest.mark.parametrize("opened", ["[", '{"a":'])
def test_nested_without_end(tmp_path: Path, opened: str) -> None:
    (aside,) = found(tmp_path, opened * 300_000)
    assert str(MAX_DEPTH) in aside.problem


def test_a_large_item_ends_the_file_and_many_small_ones_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_LOADING_MAX_FILE_MB", "0.3")
    many = [{"text": f"{TEXT} {n}"} for n in range(10_000)]
    (tmp_path / "a.json").write_text(json.dumps(many), "utf-8")
    assert sum(1 for _ in items(tmp_path / "a.json", frozenset(("item",)))) == 10_000
    (aside,) = found(tmp_path, [{"text": "word " * 100_000}])
    assert "larger than" in aside.problem


def test_places_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text('{"a": {"b": 1, "c": [{"d": 2}, 3]}, "n": "x"}\n{"n": "y"}')
    asked = frozenset(("a.c.item", "n"))
    assert list(items(tmp_path / "a", asked)) == [
        ("a.c.item", {"d": 2}),
        ("a.c.item", 3),
        ("n", "x"),
        ("n", "y"),
    ]
