"""Files as other programs write them, wrong or ugly: each gives its text, or says what it lost."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from events.model import Article, Extraction
from loaders.readers import read_path

TEXT = (
    "Le Mali a rompu lundi 5 août 2024 ses relations diplomatiques avec l'Ukraine, a annoncé le "
    "gouvernement. Le Niger a suivi mardi, dénonçant un soutien au terrorisme."
)
RUSSIAN = (
    "Мали разорвало дипломатические отношения с Украиной в понедельник, сообщило правительство."
)
POLISH = "Źródła podały, że prezydent odwołał wizytę w Kijowie."
DAY = dt.date(2024, 8, 6)
MAIL = b"From: Desk <d@x.example>\nSubject: Mali\nDate: Tue, 6 Aug 2024 10:00:00 +0000\n"


def page(head: str, text: str) -> str:
    body = f"<body><p>{text}</p><p>{text}</p></body>"
    return f"<html><head>{head}<title>Mali</title></head>{body}</html>"


def opendocument() -> bytes:
    """An ODT that was unpacked and packed again, without the file that says what it is."""
    file = io.BytesIO()
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    names += ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = f"<office:body><office:text><text:p>{TEXT}</text:p></office:text></office:body>"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("META-INF/manifest.xml", "<manifest/>")
        content = f"<office:document-content {names}>{body}</office:document-content>"
        made.writestr("content.xml", content)
    return file.getvalue()


def workbook() -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Lisez-moi"])
    sheet = book.create_sheet("Articles")
    sheet.append(["Revue du 6 août"])
    sheet.append(["Titre", "Date", "Texte"])
    sheet.append(["Mali", dt.datetime(2024, 8, 6), TEXT])
    book.save(file)
    return file.getvalue()


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("..\\..\\out.txt", TEXT)
        made.writestr("..\\.hidden", "no")
    return file.getvalue()


def uuencoded(text: bytes) -> bytes:
    lines = [binascii.b2a_uu(text[at : at + 45]) for at in range(0, len(text), 45)]
    return b"begin 644 a.txt\n" + b"".join(lines) + b"`\nend\n"


# name -> (bytes, how the text begins, day or None, words of its notes)
FILES: dict[str, tuple[bytes, str, dt.date | None, str]] = {
    "toml.md": (f'+++\ntitle = "M"\ndate = 2024-08-06\n+++\n{TEXT}'.encode(), TEXT, DAY, ""),
    "hugo.md": (
        f"---\ndate: 2024-08-06T10:00:00Z\nauthors: [A, B]\n---\n{TEXT}".encode(), TEXT, DAY,
        "author: A, B",
    ),
    "worded.md": (f"---\npublished: 6 août 2024\n---\n{TEXT}".encode(), TEXT, DAY, ""),
    "excel.csv": (
        f"sep=;\r\ndate;texte\r\n2024-08-06;{TEXT}\r\n".encode("utf-8-sig"), TEXT, DAY, "line 3",
    ),
    "second.xlsx": (workbook(), TEXT, DAY, "row 3"),
    "dos.txt": (TEXT.encode("cp850"), TEXT, None, ""),
    "macintosh.txt": (TEXT.encode("mac_roman"), TEXT, None, ""),
    "russian.txt": (RUSSIAN.encode("cp1251"), RUSSIAN, None, ""),
    "polish.txt": (POLISH.encode("cp1250"), POLISH, None, ""),
    "lies.html": (
        page('<meta charset="iso-8859-1">', RUSSIAN).encode("cp1251"), RUSSIAN, None, "",
    ),
    "office.html": (
        page(
            '<meta name="generator" content="LibreOffice 7.4 (Linux)">'
            '<meta name="created" content="2026-11-30T02:24:41">', TEXT,
        ).encode(), TEXT, None, "the file was made on 2026-11-30",
    ),
    "press.html": (
        page(
            '<meta name="generator" content="WordPress 6.4">'
            '<meta name="created" content="2024-08-06T02:24:41">', TEXT,
        ).encode(), TEXT, DAY, "",
    ),
    "old.rtf": (
        rb"{\rtf1\mac Le Mali a rompu lundi 5 ao\'9et 2024 ses relations.}", TEXT[:47], None, "",
    ),
    "bin.rtf": (
        rb"{\rtf1\ansi Le Mali a {\*\shppict\bin999999999 abc}rompu.}", "Le Mali a rompu.", None,
        "a length in it is wrong",
    ),
    "cut.rtf": (rb"{\rtf1\ansi Le Mali a rompu. {\b Le Ni", "Le Mali a rompu.", None, "is cut"),
    "cut.eml": (
        MAIL + b"Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-8\n\n"
        + base64.b64encode(TEXT.encode())[:-3], TEXT[:-4], DAY, "is damaged",
    ),
    "uuencoded.eml": (
        MAIL + b"\n" + TEXT.encode() + b"\n" + uuencoded(TEXT.encode()), TEXT, DAY,
        "(uuencode), not read: 1",
    ),
    "again.odt": (opendocument(), TEXT, None, ""),
    "french.rss": (
        f"<rss><channel><title>É</title><item><pubDate>mar., 06 août 2024 10:00</pubDate>"
        f"<description>{TEXT}</description></item></channel></rss>".encode(), TEXT, DAY, "",
    ),
    "names.zip": (archive(), TEXT, None, "out.txt"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_program_is_read(name: str, tmp_path: Path) -> None:
    raw, begins, day, note = FILES[name]
    (tmp_path / name).write_bytes(raw)
    (found,) = read_path(tmp_path / name)
    assert isinstance(found, Article), found
    assert found.text.startswith(begins)
    assert found.published.date == day
    assert note in " | ".join(found.notes)
    assert not {"begin 644", "sep="} & set(found.text.split("\n"))


def part(kind: str, text: str, more: str = "") -> str:
    return f"Content-Type: {kind}; charset=utf-8\n{more}\n{text}\n"


def wrapped(kind: str, *parts: str) -> str:
    mark = f"b{abs(hash(parts))}"
    told = "".join(f"--{mark}\n{each}\n" for each in parts)
    return f'Content-Type: multipart/{kind}; boundary="{mark}"\n\n{told}--{mark}--\n'


PLAIN, MARKUP = part("text/plain", TEXT), part("text/html", f"<p>{TEXT}</p>")
NOTE = part("text/plain", f"{TEXT} Note.", 'Content-Disposition: attachment; filename="n.txt"\n')
SIGNATURE = part("application/pgp-signature", "xx")


@pytest.mark.parametrize(
    "body",
    [
        wrapped("signed", wrapped("mixed", PLAIN, NOTE), SIGNATURE),
        wrapped("mixed", wrapped("mixed", PLAIN, NOTE)),
        wrapped("alternative", PLAIN, wrapped("mixed", MARKUP, NOTE)),
        wrapped("mixed", wrapped("alternative", PLAIN, wrapped("related", MARKUP)), NOTE),
    ],
)
def test_attachments_are_found_however_they_are_wrapped(body: str, tmp_path: Path) -> None:
    (tmp_path / "m.eml").write_bytes(MAIL + b"MIME-Version: 1.0\n" + body.encode())
    found = [item for item in read_path(tmp_path / "m.eml") if isinstance(item, Article)]
    assert [(each.source, each.text) for each in found] == [("Desk", TEXT), ("", f"{TEXT} Note.")]


def test_a_decimal_comma_of_a_spreadsheet_is_one(tmp_path: Path) -> None:
    columns = (
        "event_id_cnty;event_date;sub_event_type;event_type;actor1;country;location;latitude;"
        "longitude;geo_precision"
    )
    row = "MLI1;05 August 2024;Armed clash;Battles;JNIM;Mali;Tinzaouaten;19,9487;2,9711;1"
    (tmp_path / "acled.csv").write_text(f"{columns}\n{row}\n", "cp1252")
    (found,) = read_path(tmp_path / "acled.csv")
    assert isinstance(found, Extraction), found
    mention = found.events[0].place
    place = mention.place if mention else None
    assert place is not None
    assert (place.name, round(place.lat or 0, 2)) == ("Tinzaouaten", 19.95)
