"""Sample files with expected values -> what was read right, format by format.

A folder a format; beside `file` stands `file.toml` with the articles and what is set aside, in the
file's order: [[article]] title, date, outlet, lang, text (a field that is missing is expected to be
empty), and where they are given url, author and notes (each a part of one of the article's notes);
[[set_aside]] problem (a part of it) and where. Of a table of events each [[row]] has the values of
`rows.row_values`; `mapping` is the text of the mapping that it is read by.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.formats.rows import ROW_FIELDS, layout_of, row_values
from events.model import Article, Extraction
from loaders.readers import SetAside, read_path
from loaders.readers.format import Item

SAMPLES = Path(__file__).parent
FIELDS = ("title", "date", "outlet", "lang", "text")  # of each article, those that are counted
Expected = dict[str, Any]


@dataclass
class Counted:
    """Of one format: files, articles, rows expected; values right of each field; what is wrong.

    dropped: expected articles and things set aside that nothing was read for; surplus: the reverse.
    """

    name: str
    files: int = 0
    articles: int = 0
    rows: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS + ROW_FIELDS, 0))
    aside: int = 0
    dropped: int = 0
    surplus: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def values(self) -> int:
        """Values expected: each field of each article and each row."""
        return len(FIELDS) * self.articles + len(ROW_FIELDS) * self.rows


def formats(folder: Path = SAMPLES) -> list[Counted]:
    """Every format of a folder of samples, by name."""
    folders = sorted(path for path in folder.iterdir() if any(path.glob("*.toml")))
    return [counted(path) for path in folders]


def counted(folder: Path) -> Counted:
    """What is read right from the samples of one format."""
    found = Counted(folder.name)
    for told in sorted(folder.glob("*.toml")):
        expected = tomllib.loads(told.read_text(encoding="utf-8"))
        sample, layout = told.with_suffix(""), layout_of(expected.get("mapping", ""))
        found.files += 1
        _compare(found, sample.name, list(read_path(sample, layout)), expected)
    return found


def _compare(found: Counted, name: str, items: Sequence[Item], expected: Expected) -> None:
    articles = [item for item in items if isinstance(item, Article)]
    aside = [item for item in items if isinstance(item, SetAside)]
    rows = [item for item in items if isinstance(item, Extraction)]
    wanted, wanted_aside = expected.get("article", []), expected.get("set_aside", [])
    wanted_rows = expected.get("row", [])
    found.articles += len(wanted)
    found.aside += len(wanted_aside)
    found.rows += len(wanted_rows)
    _compare_rows(found, name, rows, wanted_rows)
    for read, told in ((articles, wanted), (aside, wanted_aside), (rows, wanted_rows)):
        found.dropped += max(0, len(told) - len(read))
        found.surplus += max(0, len(read) - len(told))
    if (len(articles), len(aside)) != (len(wanted), len(wanted_aside)):
        found.wrong.append(f"{name}: {len(articles)} articles, {len(aside)} set aside: {aside}")
    for number, (article, told) in enumerate(zip(articles, wanted, strict=False), start=1):
        _compare_article(found, f"{name}, article {number}", article, told)
    for item, told in zip(aside, wanted_aside, strict=False):
        if told["problem"] not in item.problem or told.get("where", item.where) != item.where:
            found.wrong.append(f"{name}: set aside {item}, expected {told}")


def _compare_article(found: Counted, place: str, article: Article, told: Expected) -> None:
    read = values_of(article)
    for each in FIELDS:
        wanted = str(told.get(each, "")).strip("\n")
        found.right[each] += read[each] == wanted
        if read[each] != wanted:
            found.wrong.append(f"{place}: {each} {read[each]!r}, expected {wanted!r}")
    found.wrong += [f"{place}: {missing}" for missing in _missing(article, told)]


def _compare_rows(
    found: Counted, name: str, rows: Sequence[Extraction], wanted: Sequence[Expected]
) -> None:
    if len(rows) != len(wanted):
        found.wrong.append(f"{name}: {len(rows)} rows, expected {len(wanted)}")
    for number, (row, told) in enumerate(zip(rows, wanted, strict=False), start=1):
        for each, read in row_values(row).items():
            found.right[each] += read == told.get(each, "")
            if read != told.get(each, ""):
                place = f"{name}, row {number}"
                found.wrong.append(f"{place}: {each} {read!r}, expected {told.get(each, '')!r}")


def values_of(article: Article) -> dict[str, str]:
    """The counted values of an article as text; the date is the given one."""
    published = article.published
    given = published.date.isoformat() if published.date and published.basis == "given" else ""
    return {
        "title": article.title,
        "date": given,
        "outlet": article.source,
        "lang": article.lang,
        "text": article.text,
    }


def _missing(article: Article, told: Expected) -> Iterator[str]:
    """What is expected of the article beside its counted values and is not there."""
    if told.get("url", article.url) != article.url:
        yield f"url {article.url!r}, expected {told['url']!r}"
    notes = list(told.get("notes", []))
    notes += [f"author: {told['author']}"] if "author" in told else []
    yield from (f"no note {n!r}" for n in notes if not any(n in note for note in article.notes))
