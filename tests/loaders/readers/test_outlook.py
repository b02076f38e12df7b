"""Outlook messages: fields, attachments, and damaged files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from events.model import Article
from loaders.readers import SetAside, read_path
from tests.loaders.readers import compound_file as cfb

TEXT = "La Russie a frappé jeudi la ville de Dnipro, selon l'armée ukrainienne."
SENT = dt.datetime(2024, 11, 21, 23, 30, tzinfo=dt.UTC)
FIELDS: dict[int, cfb.Value] = {
    cfb.SUBJECT: "Frappe sur Dnipro",
    cfb.BODY: TEXT + "\r\n",
    cfb.SENDER: "Agence Exemple",
    cfb.ADDRESS: "alertes@example.org",
    cfb.SENT: SENT,
}


def found(tmp_path: Path, raw: bytes, name: str = "a.msg") -> list[Any]:
    (tmp_path / name).write_bytes(raw)
    return list(read_path(tmp_path / name))


@pytest.mark.parametrize("name", ["a.msg", "a.txt", "a"])
def test_a_message(tmp_path: Path, name: str) -> None:
    (read,) = found(tmp_path, cfb.outlook_message(FIELDS), name)
    assert isinstance(read, Article)
    assert (read.title, read.text, read.lang) == ("Frappe sur Dnipro", TEXT, "fr")
    assert (read.source, read.reader) == ("Agence Exemple", "outlook_message")
    assert (read.published.date, read.published.evidence) == (SENT.date(), ("sent, UTC",))


def test_the_headers_of_the_mail_go_first(tmp_path: Path) -> None:
    headers = "From: Le Fil <fil@example.org>\r\nDate: Fri, 22 Nov 2024 00:30:00 +0100\r\n"
    headers += "Message-ID: <a.1@example.org>\r\n\r\n"
    (read,) = found(tmp_path, cfb.outlook_message({**FIELDS, cfb.HEADERS: headers}))
    assert (read.source, read.published.date) == ("Le Fil", dt.date(2024, 11, 22))
    assert "in its file: message a.1@example.org" in read.notes


def test_a_body_of_html(tmp_path: Path) -> None:
    markup = f"<html><body><p>{TEXT}</p></body></html>".encode()
    without = {number: value for number, value in FIELDS.items() if number != cfb.BODY}
    (read,) = found(tmp_path, cfb.outlook_message({**without, cfb.HTML: markup}))
    assert read.text == TEXT


def test_attachments(tmp_path: Path) -> None:
    note: dict[int, cfb.Value] = {cfb.FILE_NAME: "note.txt", cfb.FILE: (TEXT * 100).encode()}
    linked: dict[int, cfb.Value] = {cfb.FILE_NAME: "lien.url", cfb.METHOD: 7}
    message, attached, aside = found(tmp_path, cfb.outlook_message(FIELDS, note, linked))
    assert isinstance(message, Article)
    assert attached.text == TEXT * 100
    assert "in its file: note.txt" in attached.notes
    assert isinstance(aside, SetAside)
    assert aside.where == "lien.url"


WITHOUT_TEXT = cfb.outlook_message({cfb.SUBJECT: "Rendez-vous"})
WHOLE = cfb.outlook_message(FIELDS)
BAD = {
    "no text": (WITHOUT_TEXT, "no text"),
    "cut": (WHOLE[:1500], "damaged"),
    "no directory": (WHOLE[:48] + b"\xff\xff\xff\x7f" + WHOLE[52:], "damaged"),
    "not one": (b"Not a message at all, only text.", "damaged"),
}


@pytest.mark.parametrize(("raw", "problem"), BAD.values(), ids=BAD)
def test_bad_messages(tmp_path: Path, raw: bytes, problem: str) -> None:
    (aside,) = found(tmp_path, raw)
    assert isinstance(aside, SetAside)
    assert problem in aside.problem
