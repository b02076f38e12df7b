"""Readers: article files -> articles. One file a format, one row each in `READERS`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from loaders.readers import (
    article_table,
    book,
    europresse,
    event_registry,
    factiva,
    feed,
    feed_list,
    front_matter,
    gzip_file,
    json_lines,
    mail,
    mailbox_file,
    news_please,
    nexis,
    open_document,
    outlook_message,
    pdf_document,
    plain_text,
    rich_text,
    ris,
    telegram,
    web_archive,
    web_page,
    web_page_archive,
    word_document,
    workbook,
    zip_archive,
    zotero,
)
from loaders.readers.coded import threats
from loaders.readers.coded.layout import Layout
from loaders.readers.coded.table import TableReader, read_rows
from loaders.readers.dispatch import read_file
from loaders.readers.format import Format, Item
from loaders.readers.source_file import SetAside, UnreadableError

__all__ = [
    "READERS",
    "SUFFIXES",
    "Item",
    "Layout",
    "SetAside",
    "UnreadableError",
    "article_files",
    "read_path",
]

# From the special to the general: the first whose `detect` knows the content reads a file; where
# none does, the last one with the file's suffix.
_ACLED, _UCDP, _GDELT, _POLECAT, _ICEWS, _FRISE = map(
    TableReader, ("acled", "ucdp", "gdelt", "polecat", "icews", "frise")
)
READERS: tuple[Format, ...] = (
    Format("Europresse", (".html", ".htm"), europresse.read, europresse.detect),
    Format("Factiva", (".html", ".htm"), factiva.read, factiva.detect),
    Format("Factiva", (".rtf",), factiva.read_rtf, factiva.detect_rtf),
    Format("Nexis", (".docx",), nexis.read_document, nexis.detect_document),
    Format("Nexis", (".rtf",), nexis.read_rtf, nexis.detect_rtf),
    Format("Nexis", (".txt",), nexis.read, nexis.detect, bare=True),
    Format("workbook", (".xlsx", ".xlsm"), workbook.read, workbook.detect),
    Format("DOCX", (".docx", ".docm", ".dotx", ".doc"), word_document.read, word_document.detect),
    Format("ODT", (".odt", ".ott"), open_document.read, open_document.detect),
    Format("EPUB", (".epub",), book.read, book.detect),
    Format("PDF", (".pdf",), pdf_document.read, pdf_document.detect),
    Format("RTF", (".rtf",), rich_text.read, rich_text.detect),
    Format("ACLED", (".csv",), _ACLED.read, _ACLED.detect),
    Format("UCDP GED", (".csv",), _UCDP.read, _UCDP.detect),
    Format("UCDP GED", (".json",), _UCDP.read_json, _UCDP.detect_json),
    Format("GDELT events", (".csv", ".tsv", ".tab"), _GDELT.read, _GDELT.detect),
    Format("POLECAT", (".txt", ".tsv", ".tab"), _POLECAT.read, _POLECAT.detect),
    Format("ICEWS", (".tab", ".tsv", ".txt"), _ICEWS.read, _ICEWS.detect),
    Format("Frise export", (".csv",), _FRISE.read, _FRISE.detect),
    Format("STIX", (".json",), threats.read_stix, threats.detect_stix),
    Format("MISP events", (".json",), threats.read_misp, threats.detect_misp),
    Format("RIS", (".ris",), ris.read, ris.detect, bare=True),
    Format("Zotero CSV", (".csv",), zotero.read_table, zotero.detect_table, bare=True),
    Format("CSL JSON", (".json",), zotero.read_json, zotero.detect_json),
    Format("table of articles", (".csv", ".tsv"), article_table.read, article_table.detect),
    Format("Outlook message", (".msg",), outlook_message.read, outlook_message.detect),
    Format(
        "saved web page in one file",
        (".mhtml", ".mht"),
        web_page_archive.read,
        web_page_archive.detect,
    ),
    Format("mailbox", (".mbox", ".mbx"), mailbox_file.read, mailbox_file.detect),
    Format("mail message", (".eml",), mail.read, mail.detect),
    Format("feed", (".rss", ".atom", ".xml"), feed.read, feed.detect),
    Format("web archive", (".warc", ".arc", ".gz"), web_archive.read, web_archive.detect),
    Format("file packed by gzip", (".gz",), gzip_file.read, gzip_file.detect),
    Format("ZIP archive", (".zip",), zip_archive.read, zip_archive.detect),
    Format("Telegram export", (".json",), telegram.read, telegram.detect),
    Format("news-please JSON", (".json",), news_please.read, news_please.detect),
    Format("Event Registry JSON", (".json",), event_registry.read, event_registry.detect),
    Format("list of feeds", (".opml",), feed_list.read, feed_list.detect),
    Format("saved web page", (".html", ".htm", ".xhtml"), web_page.read, web_page.detect),
    Format("Markdown", (".md", ".markdown"), front_matter.read, bare=True),
    Format("JSON", (".json",), json_lines.read_document, json_lines.detect_document),
    Format("JSON Lines", (".jsonl", ".ndjson"), json_lines.read),
    Format("plain text", (".txt", ".text"), plain_text.read, bare=True),
)
SUFFIXES = tuple(sorted({suffix for each in READERS for suffix in each.suffixes}))


def read_path(path: Path | str, layout: Layout | None = None) -> Iterator[Item]:
    """Articles, and rows of event tables, of a file, or of every file of a folder, sorted by path;
    what can't be read is set aside in its place. With `layout` each file is a table of it. Never
    raises for what a file holds; OSError for a full disk.
    """
    formats = READERS
    if layout:  # the user says what the file is
        name = f"table of {layout.coder}"
        formats = (Format(name, SUFFIXES, partial(read_rows, layout=layout), lambda _head: True),)
    for file in article_files(path):
        yield from read_file(file, formats)


def article_files(path: Path | str) -> list[Path]:
    """The file itself, or all files beneath a folder in order, without the hidden ones."""
    root = Path(path)
    if not root.is_dir():
        return [root]
    files: list[Path] = []
    for folder, inner, names in os.walk(root):
        inner[:] = [name for name in inner if not name.startswith(".")]
        files += [Path(folder, name) for name in names if not name.startswith(".")]
    return sorted(files)
