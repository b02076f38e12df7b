"""ZIP, WARC and MHTML: what is in them, and archives that lie or grow without end."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from events.model import Article
from loaders.readers import SetAside, read_path
from loaders.readers.format import suffix_of

TEXT = "La Russie a frappé jeudi la ville de Dnipro, selon l'armée ukrainienne. " * 4
PAGE = (
    '<html lang="fr"><head><title>Frappe</title></head><body><article><h1>Frappe</h1>'
    f"<p>{TEXT}</p></article></body></html>"
)


def found(tmp_path: Path, raw: bytes, name: str) -> list[Any]:
    (tmp_path / name).write_bytes(raw)
    items = list(read_path(tmp_path / name))
    assert [each.name for each in tmp_path.iterdir()] == [name]
    return items


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("name", ["a.zip", "a.txt", "a"])
def test_files_of_an_archive(tmp_path: Path, name: str) -> None:
    inner = zipped({"deep.txt": TEXT})
    members: dict[str, bytes | str] = {"d/": "", "d/a.txt": TEXT, "b.html": PAGE, "in.zip": inner}
    members["__MACOSX/._a"] = "x"
    text, page, deep = found(tmp_path, zipped(members), name)
    assert [each.reader for each in (text, page, deep)] == ["plain_text", "web_page", "plain_text"]
    assert "in its file: d/a.txt" in text.notes
    assert [note for note in deep.notes if "in its file" in note] == [
        "in its file: deep.txt",
        "in its file: in.zip",
    ]


def test_names_of_an_archive_are_never_paths(tmp_path: Path) -> None:
    members = {"../../up.txt": TEXT, "/etc/root.txt": TEXT + "1", "c:\\x.txt": TEXT + "2"}
    items = found(tmp_path, zipped(members), "a.zip")
    assert [type(each) for each in items] == [Article] * 3
    assert "in its file: ../../up.txt" in items[0].notes


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.HTML", ".html"),
        ("a.html\x1b[2J", ""),
        ("1. Rapport ONU", ""),
        ("b.txt\n", ""),
        ("a.b/c", ""),
        ("long." + 11 * "x", ""),
    ],
)
def test_the_suffix_of_a_name_from_outside(name: str, suffix: str, tmp_path: Path) -> None:
    assert suffix_of(name) == suffix
    (item,) = found(tmp_path, zipped({name: PAGE}), "a.zip")
    assert item.reader == "web_page"
    assert not any("[2J" in note or "rapport onu" in note for note in item.notes if "named" in note)


def test_names_in_old_code_pages(tmp_path: Path) -> None:
    raw = zipped({"0123456789.txt": TEXT, "été_1.txt": TEXT + "1"})
    raw = raw.replace(b"0123456789", "été_1234".encode())  # UTF-8 without the flag that says so
    items = found(tmp_path, raw, "a.zip")
    assert ["in its file: " + n for n in ("été_1234.txt", "été_1.txt")] == [
        i.notes[-1] for i in items
    ]


def test_links_and_passwords_are_set_aside(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("locked.txt", TEXT)
        archive.writestr("a.txt", TEXT)
    raw = bytearray(made.getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.rfind(
            mark, 0, raw.rfind(b"locked.txt") if mark[2] == 1 else raw.find(b"locked.txt")
        )
        raw[at + offset] |= 1  # the flag of a password
    links, locked, text = found(tmp_path, bytes(raw), "a.zip")
    assert (links.where, links.problem) == (
        "link.txt",
        "a link in the archive, which is not followed",
    )
    assert (locked.where, locked.problem) == ("locked.txt", "it has a password")
    assert isinstance(text, Article)


def test_a_bomb_is_left_out_and_said(tmp_path: Path) -> None:
    raw = zipped({"a.txt": TEXT, "bomb.txt": b"word " * 10_000_000, "b.txt": TEXT + "1"})
    text, aside = found(tmp_path, raw, "a.zip")
    assert isinstance(text, Article)
    assert (aside.where, aside.problem) == (
        "bomb.txt",
        "it unpacks to more than is read; this and what follows is left out",
    )


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda raw: raw[: len(raw) // 2], "damaged"),
        (lambda raw: raw[:-30] + bytes(30), "damaged"),
        (lambda raw: raw.replace(b"Frappe", b"Frapp\x00"), "can't be unpacked"),
        (lambda _: zipped({}), "empty"),
        (lambda _: zipped({".hidden": "x"}), "empty"),
    ],
)
def test_bad_archives(tmp_path: Path, change: Any, problem: str) -> None:
    (aside,) = found(tmp_path, change(zipped({"a.html": PAGE}, zipfile.ZIP_STORED)), "a.zip")
    assert isinstance(aside, SetAside)
    assert problem in aside.problem


def test_a_document_of_microsoft_is_no_archive_of_files(tmp_path: Path) -> None:
    raw = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"})
    (aside,) = found(tmp_path, raw, "a.unknown")
    assert "workbook cannot be opened" in aside.problem


def response(status: str = "200 OK", kind: str = "text/html", **headers: str) -> StatusAndHeaders:
    told = [("Content-Type", kind), *((k.replace("_", "-"), v) for k, v in headers.items())]
    return StatusAndHeaders(status, told, protocol="HTTP/1.1")


def warc(*records: tuple[str, bytes, StatusAndHeaders], packed: bool = True) -> bytes:
    made = io.BytesIO()
    writer = WARCWriter(made, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "by hand"}))
    for address, body, headers in records:
        writer.write_record(
            writer.create_warc_record(
                address, "response", payload=io.BytesIO(body), http_headers=headers
            )
        )
    return made.getvalue()


ADDRESS = "https://www.example.org/a/frappe"
RECORD = (ADDRESS, PAGE.encode(), response())


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "a", "a.txt"])
@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_a_web_archive(tmp_path: Path, packed: bool, name: str) -> None:
    (page,) = found(tmp_path, warc(RECORD, packed=packed), name)
    assert (page.title, page.url, page.source) == ("Frappe", ADDRESS, "example.org")
    assert page.published.basis == "unknown"  # when it was captured is not when it was published
    assert any(note.startswith("captured on 20") for note in page.notes)


@pytest.mark.parametrize("name", ["a.html.gz", "a.gz", "a.html"])
def test_a_file_packed_by_gzip(tmp_path: Path, name: str) -> None:
    (page,) = found(tmp_path, gzip.compress(PAGE.encode()), name)
    assert page.title == "Frappe"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (gzip.compress(PAGE.encode())[:-30], "can't be unpacked"),
        (gzip.compress(b"word " * 10_000_000), "unpacks to more than is read"),
        (b"no gzip at all", "can't be unpacked"),
    ],
)
def test_bad_files_packed_by_gzip(tmp_path: Path, raw: bytes, problem: str) -> None:
    (aside,) = found(tmp_path, raw, "a.txt.gz")
    assert isinstance(aside, SetAside)
    assert problem in aside.problem


def test_a_gzip_file_of_one_member(tmp_path: Path) -> None:
    (page,) = found(tmp_path, gzip.compress(warc(RECORD, packed=False)), "a.warc.gz")
    assert page.title == "Frappe"


def test_what_holds_no_article_is_counted(tmp_path: Path) -> None:
    records = [
        RECORD,
        ("https://example.org/logo", b"GIF89a", response(kind="image/gif")),
        ("https://example.org/old", b"gone", response("404 Not Found")),
        ("https://example.org/robots.txt", b"Disallow: /", response(kind="text/plain")),
    ]
    page, aside = found(tmp_path, warc(*records), "a.warc.gz")
    assert isinstance(page, Article)
    assert aside.problem == "3 records that hold no article were passed over"
    assert aside.value == "image/gif 1, status 404 1, text/plain 1"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE.encode()), response(Content_Encoding="gzip")),
        (PAGE.encode("cp1252"), response(kind='text/html; charset="ISO-8859-1"')),
        (
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE.encode()), PAGE.encode()),
            response(Transfer_Encoding="chunked"),
        ),
    ],
    ids=["gzip", "encoding of the server", "chunked"],
)
def test_packed_bodies(tmp_path: Path, body: bytes, headers: StatusAndHeaders) -> None:
    (page,) = found(tmp_path, warc((ADDRESS, body, headers)), "a.warc.gz")
    assert "frappé jeudi" in page.text


def lying(change: int) -> bytes:
    """Two pages, the first with a length that is off."""
    second = ("https://example.org/b", PAGE.replace("jeudi", "lundi").encode(), response())
    raw = warc(RECORD, second, packed=False)
    at = raw.index(b"Content-Length: ", raw.index(b"WARC-Type: response")) + len("Content-Length: ")
    length = raw[at : raw.index(b"\r\n", at)]
    return raw.replace(
        b"Content-Length: " + length, b"Content-Length: %d" % (int(length) + change), 1
    )


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (900, "it holds other records"),
        (1_000_000, "it holds other records"),
        (-100, "what goes past it is not read"),
        (-10_000, "damaged after record"),
    ],
)
def test_lying_lengths_are_said(tmp_path: Path, change: int, problem: str) -> None:
    items = found(tmp_path, lying(change), "a.warc")
    assert any(problem in item.problem for item in items if isinstance(item, SetAside)), items


@pytest.mark.parametrize("packed", [True, False])
def test_a_cut_archive_is_said(tmp_path: Path, packed: bool) -> None:
    items = found(tmp_path, warc(RECORD, RECORD, packed=packed)[:-200], "a.warc")
    assert isinstance(items[0], Article)
    aside = [item for item in items if isinstance(item, SetAside)]
    assert any("damaged" in item.problem or "cut" in item.problem for item in aside), items


def test_an_archive_that_unpacks_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_LOADING_MAX_CONTAINER_MB", "0.1")
    raw = warc(RECORD, ("https://example.org/z", bytes(10_000_000), response(kind="image/png")))
    page, aside = found(tmp_path, raw, "a.warc.gz")
    assert isinstance(page, Article)
    assert "unpacks to more" in aside.problem


def saved_page(encoding: str = "utf-8", **headers: str) -> bytes:
    made = EmailMessage()
    made["From"] = "<Saved by Blink>"
    made["Snapshot-Content-Location"] = ADDRESS
    made["Subject"] = "Frappe - Le Fil"
    made["Date"] = "Fri, 22 Nov 2024 09:00:00 +0100"
    for name, value in headers.items():
        made[name] = value
    made.make_related()
    made.add_related(PAGE, "html", charset=encoding, cte="quoted-printable")
    made.add_related(b"GIF89a", "image", "gif")
    return made.as_bytes()


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.eml", "a"])
@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_a_page_saved_in_one_file(tmp_path: Path, encoding: str, name: str) -> None:
    (page,) = found(tmp_path, saved_page(encoding), name)
    assert (page.title, page.url, page.source) == ("Frappe", ADDRESS, "example.org")
    assert "frappé jeudi" in page.text
    assert page.published.basis == "unknown"
    assert "saved on Fri, 22 Nov 2024 09:00:00 +0100" in page.notes


def test_a_saved_page_without_a_page(tmp_path: Path) -> None:
    raw = saved_page().replace(b"text/html", b"text/css")
    (aside,) = found(tmp_path, raw, "a.mhtml")
    assert "no page" in aside.problem
