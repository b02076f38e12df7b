"""The receipt in or beside every export: filters, counts of what is in it and what is left out."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd

from events.columns import EXPORTED_COLUMNS
from events.wording import named, translator
from exports.cells import plain_rows
from exports.selection import Selection

_PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"

_GRADES = (
    "reliability of the outlet, A to F (the team's own table), and credibility of the story, 1 to "
    "6, by the Admiralty code (STANAG 2511)"
)


@dataclass(frozen=True)
class Receipt:
    """Facts of an export; exported + sum(left_out) == loaded, in reports, one a row.

    stories: events that the exported reports tell; each report of an event is a row of its own.
    dropped: characters that files forbid, links: addresses that are none of the web (exports.door).
    """

    filters: str
    link: str
    exported: int
    stories: int
    loaded: int
    left_out: tuple[tuple[str, int], ...]
    undated: int
    bounded: int
    unlocated: int
    doubtful: int
    articles: int
    sha256: str
    store_version: str
    software: str
    cut_off: str
    made_at: str
    title: str = ""
    marking: str = ""
    dropped: int = 0
    links: int = 0

    def lines(self, lang: str) -> list[str]:
        """``name: value`` in the reader's language, in a fixed order."""
        return [named(name, value, lang) for name, value in self.rows(lang)]

    def rows(self, lang: str) -> list[tuple[str, str]]:
        """(name, value) lines in the reader's language, in a fixed order."""
        _ = translator(lang)
        rows = [
            (_("Title"), self.title),
            (_("Marking"), self.marking),
            (_("Filters"), self.filters),
            (_("Link"), self.link if self.link.startswith("http") else ""),
            (_("Reports exported"), str(self.exported)),
            (_("Events that they tell"), str(self.stories)),
            *((_left_out(reason, lang), str(number)) for reason, number in self.left_out),
            (_("Reports loaded"), str(self.loaded)),
            (_("Exported without a date"), str(self.undated)),
            (_("Of these, bounded by the text or by publication"), str(self.bounded)),
            (_("Exported without a place"), str(self.unlocated)),
            (_("Exported with a doubtful place"), str(self.doubtful)),
            (_("Articles"), str(self.articles)),
            (_("Characters left out that files forbid"), str(self.dropped or "")),
            (_("Addresses left out that are none of the web"), str(self.links or "")),
            (_("Grades, such as [B2]"), _(_GRADES)),
            (_("SHA-256 of the exported table"), self.sha256),
            (_("Store version"), self.store_version),
            (_("Cut-off"), self.cut_off),
            (_("Software"), self.software),
            (_("Made at (UTC)"), self.made_at),
        ]
        return [(name, value) for name, value in rows if value]

    def to_json(self) -> dict[str, Any]:
        """Plain values for JSON; keys do not change with the language."""
        return {**self.__dict__, "left_out": dict(self.left_out)}


def _left_out(reason: str, lang: str) -> str:
    _ = translator(lang)
    return _("{name}: {value}").format(name=_("Left out"), value=_(reason))


def receipt(selection: Selection) -> Receipt:
    """The receipt of a selection."""
    account = selection.account
    cut_off = selection.cut_off
    return Receipt(
        filters=selection.in_words,
        link=selection.link,
        exported=len(selection.events),
        stories=account.stories,
        loaded=account.loaded,
        left_out=tuple(account.hidden),
        undated=account.undated,
        bounded=account.bounded,
        unlocated=account.unlocated,
        doubtful=account.doubtful,
        articles=len(selection.articles),
        sha256=table_hash(selection.events),
        store_version=selection.store_version,
        software=f"Frise {software_version()}",
        cut_off=cut_off.isoformat() if cut_off else "",
        made_at=selection.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        title=selection.title,
        marking=selection.marking,
        dropped=selection.dropped,
        links=selection.links,
    )


def to_receipt(selection: Selection) -> bytes:
    """The receipt as a JSON file."""
    told = receipt(selection).to_json()
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def table_hash(events: pd.DataFrame) -> str:
    """SHA-256 over the events as JSON lines (EXPORTED_COLUMNS, sorted by event_id, UTF-8)."""
    digest = hashlib.sha256()
    names = [name for name in EXPORTED_COLUMNS if name in events]
    ordered = events.sort_values("event_id")[names]
    for row in plain_rows(ordered):
        line = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest.update(line.encode("utf-8") + b"\n")
    return digest.hexdigest()


def software_version() -> str:
    """The version in pyproject.toml, or of the installed package."""
    if _PROJECT.exists():
        return str(tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]["version"])
    try:
        return version("frise")
    except PackageNotFoundError:
        return "unknown"
