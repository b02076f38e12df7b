"""Mail: messages, mailboxes, attachments, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from pathlib import Path

import pytest

from events.model import Article
from loaders.readers import SetAside, read_path
from loaders.readers.dispatch import MAX_DEPTH

BODY = (
    "La Russie a frappé jeudi la ville de Dnipro avec un missile d'un type nouveau,\n"
    "selon l'armée ukrainienne, qui n'a pas donné de bilan.\n\n"
    "Le président ukrainien a dénoncé une escalade.\n"
)
JOINED = (
    "La Russie a frappé jeudi la ville de Dnipro avec un missile d'un type nouveau, "
    "selon l'armée ukrainienne, qui n'a pas donné de bilan.\n\n"
    "Le président ukrainien a dénoncé une escalade."
)
MARKUP = "<html><body><p>The army struck <b>Dnipro</b> on Thursday.</p><p>Kyiv answered.</p></body>"


def message(text: str = BODY, **headers: str) -> EmailMessage:
    made = EmailMessage()
    given = {
        "From": "Agence Exemple <alertes@example.org>",
        "To": "desk@example.com",
        "Subject": "Frappe sur Dnipro : ce que l'on sait",
        "Date": "Thu, 21 Nov 2024 23:30:00 -0500",
        "Message-ID": "<abc.1@example.org>",
        **headers,
    }
    for name, value in given.items():
        made[name] = value
    if text:
        made.set_content(text)
    return made


def found(tmp_path: Path, raw: bytes | EmailMessage, name: str = "a.eml") -> list[object]:
    path = tmp_path / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.as_bytes())
    return list(read_path(path))


def one(tmp_path: Path, raw: bytes | EmailMessage, name: str = "a.eml") -> Article:
    (article,) = found(tmp_path, raw, name)
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("name", ["a.eml", "a.txt", "a", "a.html"])
def test_a_message(tmp_path: Path, name: str) -> None:
    read = one(tmp_path, message(), name)
    assert (read.title, read.text) == ("Frappe sur Dnipro : ce que l'on sait", JOINED)
    assert (read.source, read.lang, read.reader) == ("Agence Exemple", "fr", "mail")
    assert read.published.date == dt.date(2024, 11, 21)  # the sender's day, not that of UTC
    assert read.published.evidence == ("mail header Date",)
    assert "author: Agence Exemple <alertes@example.org>" in read.notes
    assert "in its file: message abc.1@example.org" in read.notes


def test_html_alone_and_html_that_says_more(tmp_path: Path) -> None:
    alone = message("")
    alone.set_content(MARKUP, subtype="html")
    assert one(tmp_path, alone).text == "The army struck Dnipro on Thursday.\n\nKyiv answered."
    both = message("Open this in a browser.")
    both.add_alternative(MARKUP, subtype="html")
    assert one(tmp_path, both).text.startswith("The army struck")
    same = message("The army struck Dnipro on Thursday.\n\nKyiv answered in plain words.")
    same.add_alternative(MARKUP, subtype="html")
    assert one(tmp_path, same).text.endswith("plain words.")


def test_attachments_are_articles_of_their_own(tmp_path: Path) -> None:
    made = message()
    made.add_attachment(b"# A title\n\nKyiv answered.", "text", "markdown", filename="b.md")
    made.add_attachment(b"GIF89a", "image", "gif", filename="logo.gif")
    made.add_attachment(b"\x00\x01", "application", "octet-stream", filename="c.bin")
    made.add_attachment(b"x", "application", "ms-tnef", filename="winmail.dat")
    made.add_attachment(message("Inner text of the message."))
    text, markdown, binary, tnef, inner = found(tmp_path, made)
    assert isinstance(text, Article)
    assert any("1 attachments that hold no text: image/gif" in note for note in text.notes)
    assert isinstance(markdown, Article)
    assert (markdown.title, markdown.text) == ("A title", "Kyiv answered.")
    assert markdown.published.basis == "unknown"  # the day of the mail is not that of the file
    assert any(note.startswith("attached to the message 'Frappe") for note in markdown.notes)
    assert isinstance(binary, SetAside)
    assert binary.where == "c.bin"
    assert isinstance(tnef, SetAside)
    assert "Outlook" in tnef.problem
    assert isinstance(inner, Article)
    assert inner.text == "Inner text of the message."


def test_text_in_several_parts_is_one_text(tmp_path: Path) -> None:
    made = message("Before the picture, the army said.")
    made.add_attachment(b"GIF89a", "image", "gif", filename="a.gif")
    made.add_attachment("After the picture, Kyiv answered.", disposition="inline")
    made.add_attachment("<p>A page on Dnipro and its army.</p>" * 9, subtype="html")
    text, page = found(tmp_path, made)
    assert isinstance(text, Article)
    assert text.text == "Before the picture, the army said.\n\nAfter the picture, Kyiv answered."
    assert isinstance(page, Article)
    assert page.reader == "web_page"


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\r\n", b"\xef\xbb\xbf\n"])
def test_what_stands_before_the_headers(tmp_path: Path, before: bytes) -> None:
    assert one(tmp_path, before + message().as_bytes()).text == JOINED


def test_a_message_that_only_carries_a_file(tmp_path: Path) -> None:
    made = message("")
    made.make_mixed()
    made.add_attachment(b"Kyiv answered the attack.", "text", "plain", filename="b.txt")
    assert one(tmp_path, made).text == "Kyiv answered the attack."


def nested(depth: int) -> bytes:
    made = message("The innermost text.").as_bytes()
    for level in range(depth):
        head = f"From: a@example.org\nSubject: level {level}\nMIME-Version: 1.0\n"
        kind = f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"
        inner = b"Content-Type: message/rfc822\n\n" + made + f"\n--b{level}--\n".encode()
        made = (head + kind).encode() + inner
    return made


@pytest.mark.parametrize(("depth", "reached"), [(3, True), (50, False), (2_000, False)])
def test_nested_messages_are_bounded(tmp_path: Path, depth: int, reached: bool) -> None:
    items = found(tmp_path, nested(depth))
    texts = [item.text for item in items if isinstance(item, Article)]
    assert (texts == ["The innermost text."]) == reached
    assert reached or any("deep" in item.problem for item in items if isinstance(item, SetAside))
    assert len(items) < MAX_DEPTH


@pytest.mark.parametrize("date", ["yesterday", "Thu, 45 Nov 2024 10:00:00 +0000", "1 Jan 1601"])
def test_a_wrong_date_is_said(tmp_path: Path, date: str) -> None:
    raw = message().as_bytes().replace(b"Thu, 21 Nov 2024 23:30:00 -0500", date.encode())
    read = one(tmp_path, raw)
    assert read.published.basis == "unknown"
    assert any("doubtful" in note and date[:5] in note for note in read.notes)


@pytest.mark.parametrize("declared", ["us-ascii", "utf-8", "no-such-charset", "iso-2022-jp"])
def test_a_wrong_charset_is_read_and_said(tmp_path: Path, declared: str) -> None:
    raw = (
        b"From: a@example.org\nSubject: =?utf-8?q?Fr=C3=A9gate?=\nMIME-Version: 1.0\n"
        b"Date: Thu, 21 Nov 2024 10:00:00 +0100\nContent-Transfer-Encoding: 8bit\n"
        b"Content-Type: text/plain; charset=" + declared.encode() + b"\n\n"
    )
    read = one(tmp_path, raw + BODY.encode("cp1252"))
    assert (read.title, read.text) == ("Frégate", JOINED)
    assert any("encoding" in note and declared in note for note in read.notes)


def test_headers_of_raw_bytes(tmp_path: Path) -> None:
    raw = message().as_bytes().replace(b"Subject: ", "Subject: Frégate ".encode("cp1252"))
    assert one(tmp_path, raw).title.startswith("Frégate Frappe")


def test_broken_parts_are_said(tmp_path: Path) -> None:
    raw = (
        b"From: a@example.org\nSubject: x\nMIME-Version: 1.0\nDate: Thu, 21 Nov 2024 10:00 +0100\n"
    )
    raw += b'Content-Type: multipart/mixed; boundary="zz"\n\nThe army struck Dnipro on Thursday.\n'
    items = found(tmp_path, raw)
    assert items
    told = " ".join(map(str, items))
    assert "damaged" in told or "no text" in told


def test_an_encrypted_message_is_set_aside(tmp_path: Path) -> None:
    raw = message().as_bytes().replace(b"text/plain", b"application/pkcs7-mime")
    (aside,) = found(tmp_path, raw)
    assert isinstance(aside, SetAside)
    assert "encrypted" in aside.problem


def mailbox(*messages: bytes) -> bytes:
    begin = b"From alertes@example.org Thu Nov 21 10:00:00 2024\n"
    return b"".join(begin + each.rstrip() + b"\n\n" for each in messages)


def test_a_mailbox_goes_on_after_a_bad_message(tmp_path: Path) -> None:
    quoted = message("Text.\n\n>From Kyiv, the army answered.\n\nFrom 2022 to 2024.\n").as_bytes()
    bad = message().as_bytes().replace(b"text/plain", b"application/pkcs7-mime")
    items = found(tmp_path, mailbox(message().as_bytes(), bad, quoted), "Inbox")
    first, aside, last = items
    assert isinstance(first, Article)
    assert "in its file: message 1 message abc.1@example.org" in first.notes
    assert isinstance(aside, SetAside)
    assert aside.where == "message 2"
    assert isinstance(last, Article)
    assert last.text == "Text.\n\nFrom Kyiv, the army answered.\n\nFrom 2022 to 2024."


@pytest.mark.parametrize(
    ("line", "between"),
    [
        (b"From mary@example.org Thu Nov 21 10:00:00\n", b"\n"),  # no year
        (b"From mary@example.org Thu, 21 Nov 10:00\n", b"\n"),
        (b"From mary@example.org Thu Nov 21 10:00:00 2024\n", b""),  # no empty line before
    ],
)
def test_messages_of_a_mailbox_of_other_programs(
    line: bytes, between: bytes, tmp_path: Path
) -> None:
    text = b"Subject: S\n\nText.\n\nFrom Kyiv Thu Nov 21 10:00:00 we heard nothing.\n"
    items = found(tmp_path, between.join([line + text] * 3), "Inbox")
    assert [item.text for item in items if isinstance(item, Article)] == [
        "Text.\n\nFrom Kyiv Thu Nov 21 10:00:00 we heard nothing."
    ] * 3


def test_a_message_of_a_mailbox_that_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_LOADING_MAX_FILE_MB", "0.01")
    large = message("word " * 10_000).as_bytes()
    aside, article = found(tmp_path, mailbox(large, message().as_bytes()), "a.mbox")
    assert isinstance(aside, SetAside)
    assert "larger than" in aside.problem
    assert isinstance(article, Article)


def test_a_mailbox_past_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRISE_LOADING_MAX_CONTAINER_MB", "0.0001")
    (aside,) = found(tmp_path, mailbox(message().as_bytes()), "a.mbox")
    assert isinstance(aside, SetAside)
    assert "max_container_mb" in aside.remedy


FORWARDS = {
    "gmail": "---------- Forwarded message ---------\nFrom: Wire <w@example.org>\n"
    "Date: Wed, Nov 20, 2024 at 10:12\u202fAM\nSubject: Strike\nTo: <a@example.org>\n\n",
    "outlook": "FYI\n\n-----Message d’origine-----\nDe\xa0: Wire [mailto:w@example.org]\n"
    "Envoyé\xa0: mercredi 20 novembre 2024 10:12\nÀ : Desk\nObjet : Strike\n\n",
    "apple": "Début du message réexpédié :\n\nDe: Wire <w@example.org>\nObjet: Strike\n"
    "Date: 20 novembre 2024 à 10:12:00 UTC+1\n\n",
}


FORWARDS["quoted"] = "> " + FORWARDS["gmail"].strip().replace("\n", "\n> ") + "\n>\n> "
OPENINGS = ("Original Message", "Message d'origine", "Ursprüngliche Nachricht", "Mensaje original")
WITHIN = "\nFrom: Bob <bob@example.org>\nSent: Wed, 20 Nov 2024 10:12:00 +0000\n\nAny news?\n"


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize(
    ("subject", "above", "begins"),
    [
        ("RE: ask", "Israel struck Beirut.\n\n", "Israel struck Beirut."),
        ("Ask", "Israel struck Beirut.\n\n", "Israel struck Beirut."),
        ("RE: ask", "", "Any news?"),
        ("FW: ask", "Have a look.\n\n", "Any news?"),
        ("TR : ask", "À lire.\n\n", "Any news?"),
    ],
)
def test_words_above_an_answered_message_are_the_article(
    opening: str, subject: str, above: str, begins: str, tmp_path: Path
) -> None:
    told = message()
    told.replace_header("Subject", subject)
    told.set_content(f"{above}-----{opening}-----{WITHIN}")
    (article,) = found(tmp_path, told.as_bytes())
    assert isinstance(article, Article)
    assert article.text.startswith(begins)
    if begins == "Any news?":
        assert "author: Bob <bob@example.org>" in article.notes


@pytest.mark.parametrize("program", FORWARDS)
def test_a_forwarded_message_has_its_own_sender_day_and_title(program: str, tmp_path: Path) -> None:
    told = message()
    told.replace_header("Subject", "Fwd: Strike")
    told.set_content(f"{FORWARDS[program]}The army struck the port.\n")
    (article,) = found(tmp_path, told.as_bytes())
    assert isinstance(article, Article)
    assert article.text == "The army struck the port."
    assert (article.title, article.source) == ("Strike", "Wire")
    assert str(article.published.date) == "2024-11-20"
    assert article.published.evidence[0].startswith("date of the forwarded message: ")
    assert any(note.startswith("forwarded by") for note in article.notes)


def test_an_answer_above_a_forwarded_message_is_the_article(tmp_path: Path) -> None:
    told = message()
    told.set_content("What I think of it. " * 30 + "\n\n" + FORWARDS["gmail"] + "The army.\n")
    (article,) = found(tmp_path, told.as_bytes())
    assert isinstance(article, Article)
    assert article.text.startswith("What I think of it.")
    assert article.published.evidence == ("mail header Date",)
