"""Readers: articles as stored, and bad input set aside with what, where, value and remedy."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.model import Article
from loaders.readers import SUFFIXES, SetAside, read_path

FRENCH = "Le président français a déclaré mardi à l'Élysée qu'il était décidé à agir."
PAGE = """<html lang="fr-FR"><head><title>Frappe - Le Site</title>{meta}
<meta property="og:site_name" content="Le Site"><meta property="og:title" content="Frappe">
<link rel="canonical" href="https://example.org/a/frappe"></head><body><nav>Accueil</nav>
<article><h1>Frappe</h1><p>{body}</p></article><script>evil()</script></body></html>"""
BODY = "La marine a annoncé jeudi une attaque contre le port, selon un communiqué. " * 6


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def one(path: Path) -> Any:
    [result] = read_path(path)
    return result


def article(path: Path) -> Article:
    result = one(path)
    assert isinstance(result, Article), result
    return result


def refused(path: Path) -> SetAside:
    result = one(path)
    assert isinstance(result, SetAside)
    assert result.file == str(path)
    assert result.problem
    assert result.remedy.endswith(".")
    return result


def test_plain_text_takes_a_title_line(tmp_path: Path) -> None:
    raw = f"Un titre\r\n\r\n{FRENCH}\r\nFin.\r\n".encode()
    read = article(write(tmp_path, "2020-01-01.txt", raw))
    assert (read.title, read.text, read.lang) == ("Un titre", f"{FRENCH}\nFin.", "fr")
    assert read.sha256 == hashlib.sha256(raw).hexdigest()
    assert read.published.basis == "unknown"  # the name of a file is no evidence
    assert read.retrieved is not None
    assert read.retrieved.tzinfo is dt.UTC


@pytest.mark.parametrize("text", ["Une phrase.\n\nUne autre.", "Un mot", "ligne\nautre ligne"])
def test_plain_text_without_title(tmp_path: Path, text: str) -> None:
    read = article(write(tmp_path, "a.txt", text))
    assert (read.title, read.text) == ("", text)


def test_script_and_tags_in_text_stay_text(tmp_path: Path) -> None:
    text = "Il écrit <script>alert(1)</script> et <b>part</b>."
    assert article(write(tmp_path, "a.txt", text)).text == text


def test_right_to_left_text(tmp_path: Path) -> None:
    text = "قال الرئيس المصري إن المحادثات ستبدأ يوم الثلاثاء في القاهرة."
    assert article(write(tmp_path, "a.txt", text)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert article(write(tmp_path, "a.txt", FRENCH.encode(encoding))).text == FRENCH


def test_cyrillic_in_an_old_encoding(tmp_path: Path) -> None:
    text = "Президент России заявил во вторник, что армия продолжит наступление."
    assert article(write(tmp_path, "a.txt", text.encode("cp1251"))).text == text


def test_broken_utf8_says_where(tmp_path: Path) -> None:
    raw = "L’été à l’Élysée ".encode() + b"\xe9\xe9 fin"
    result = refused(write(tmp_path, "a.txt", raw))
    assert result.where == f"byte {len(raw) - 6}"
    assert result.value.startswith("bytes e9 e9")


def test_binary_renamed_txt(tmp_path: Path) -> None:
    result = refused(write(tmp_path, "a.txt", b"GO\x03\x04" + bytes(200)))
    assert result.where == "byte 2"


@pytest.mark.parametrize("name", [f"a{suffix}" for suffix in SUFFIXES])
def test_empty_file(tmp_path: Path, name: str) -> None:
    assert "empty" in refused(write(tmp_path, name, b" \n")).problem


def test_file_of_50_mb(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    result = refused(path)
    assert (result.problem, result.value) == ("larger than 20 MB", "50.0 MB")


def test_size_limit_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRISE_MAX_FILE_MB", "0.00001")
    assert "larger" in refused(write(tmp_path, "a.txt", FRENCH)).problem
    assert "larger" in refused(write(tmp_path, "a.jsonl", json.dumps({"text": FRENCH}))).problem


def test_unknown_extension_and_missing_file(tmp_path: Path) -> None:
    assert ".txt" in refused(write(tmp_path, "a.unknown", b"\x00\x01")).remedy
    assert "No such file" in refused(tmp_path / "none.unknown").problem


def test_folder_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    names = ("b.txt", "a.txt", "sub/c.md", ".hidden.txt", ".git/d.txt", "x.unknown")
    for name in names:
        write(tmp_path, name, f"{name} : {FRENCH}")
    results = list(read_path(tmp_path))
    assert [getattr(r, "text", "set aside")[:5] for r in results] == [
        "a.txt",
        "b.txt",
        "sub/c",
        "set a",
    ]


def test_front_matter(tmp_path: Path) -> None:
    front = 'title: "Paix : le pas"\npublished: 2024-11-26\nlang: fr\nsource: Le Site\nurl: https://e.org'
    read = article(write(tmp_path, "a.md", f"---\n{front}\n---\n\n{FRENCH}\n"))
    assert (read.title, read.text, read.source) == ("Paix : le pas", FRENCH, "Le Site")
    assert read.url == "https://e.org"
    assert read.published.date == dt.date(2024, 11, 26)
    assert read.published.evidence == ("front matter",)


@pytest.mark.parametrize(
    ("written", "date", "precision"),
    [("2024-11", dt.date(2024, 11, 1), "month"), ("2024", dt.date(2024, 1, 1), "year")],
)
def test_front_matter_of_a_month_or_year(
    tmp_path: Path, written: str, date: dt.date, precision: str
) -> None:
    read = article(write(tmp_path, "a.md", f"---\npublished: {written}\n---\n{FRENCH}"))
    assert (read.published.date, read.published.precision) == (date, precision)


@pytest.mark.parametrize(
    ("front", "value"),
    [
        ("published: 2024-02-30", "2024-02-30"),
        ("published: 26/11/2024", "26/11/2024"),
        ("published: hier", "hier"),
        ("title: [a", "line 2"),
        ("title: {a: b}", "{'a': 'b'}"),
        ("- a", "['a']"),
        ("[" * 3000, ""),
    ],
)
def test_bad_front_matter(tmp_path: Path, front: str, value: str) -> None:
    assert refused(write(tmp_path, "a.md", f"---\n{front}\n---\n{FRENCH}")).value == value


def test_markdown_without_front_matter(tmp_path: Path) -> None:
    read = article(write(tmp_path, "a.md", f"# Un titre\n\n{FRENCH}"))
    assert (read.title, read.text) == ("Un titre", FRENCH)


def test_json_lines_go_on_after_bad_lines(tmp_path: Path) -> None:
    good = {"id": 7, "text": f" {FRENCH} ", "title": "T", "published": "2024-11-26T23:30:00-05:00"}
    bad = ["{", '{"title": "x"}', "[1]", '{"text": 5}', '{"text": "a", "published": "2024-13-01"}']
    bad += ['{"text": "\\ud800"}', '{"text": ""}', "[" * 50_000]
    lines = [json.dumps(good), *bad, "", json.dumps({"text": FRENCH, "lang": "FR"})]
    results = list(read_path(write(tmp_path, "a.jsonl", "\n".join(lines))))
    first, last = results[0], results[-1]
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert first.text == good["text"]  # exactly as given
    assert first.published.date == dt.date(2024, 11, 26)  # a zone never shifts the day
    assert last.lang == "fr"
    aside = [r for r in results if isinstance(r, SetAside)]
    assert [r.where.split(",")[0] for r in aside] == [f"line {n}" for n in range(2, 10)]


def test_json_line_of_bad_bytes(tmp_path: Path) -> None:
    content = b'{"text": "\x00\xff"}\n' + json.dumps({"text": FRENCH}).encode()
    assert [type(r) for r in read_path(write(tmp_path, "a.jsonl", content))] == [SetAside, Article]


@pytest.mark.parametrize(
    ("meta", "evidence"),
    [
        (
            '<meta property="article:published_time" content="2024-11-21T23:59:00-05:00">',
            "page metadata: article:published_time",
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", '
            '"datePublished": "2024-11-21"}]}</script>',
            "page metadata: JSON-LD datePublished",
        ),
        (
            '<meta name="date" content="nonsense"><meta name="pubdate" '
            'content="Thu, 21 Nov 2024 10:00:00 GMT">',
            "page metadata: pubdate",
        ),
    ],
)
def test_web_page(tmp_path: Path, meta: str, evidence: str) -> None:
    read = article(write(tmp_path, "a.html", PAGE.format(meta=meta, body=BODY)))
    assert (read.title, read.source, read.lang) == ("Frappe", "Le Site", "fr")
    assert read.url == "https://example.org/a/frappe"
    assert read.published.date == dt.date(2024, 11, 21)
    assert read.published.evidence == (evidence,)
    assert BODY.strip() in read.text
    assert "evil" not in read.text
    assert "Accueil" not in read.text


def test_web_page_without_date(tmp_path: Path) -> None:
    read = article(write(tmp_path, "2021-05-05.html", PAGE.format(meta="", body=BODY)))
    assert read.published.basis == "unknown"


def test_web_page_keeps_escaped_tags_as_text(tmp_path: Path) -> None:
    body = BODY + "Le code &lt;script&gt;alert(1)&lt;/script&gt; a été publié."
    read = article(write(tmp_path, "a.html", PAGE.format(meta="", body=body)))
    assert "<script>alert(1)</script>" in read.text


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ("<html><body>" + "<div>" * 5000, "nested"),
        ("<html><body>" + "<p>a</p>" * 60_000, "elements"),
        ("<html><body></body></html>", "no article text"),
    ],
)
def test_bad_web_pages(tmp_path: Path, page: str, problem: str) -> None:
    assert problem in refused(write(tmp_path, "a.html", page)).problem


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=300), suffix=st.sampled_from(SUFFIXES))
def test_no_bytes_make_a_reader_raise(tmp_path: Path, content: bytes, suffix: str) -> None:
    for result in read_path(write(tmp_path, f"a{suffix}", content)):
        assert isinstance(result, Article | SetAside)
        assert "the reader failed" not in getattr(result, "problem", "")
