"""A small store with known contents, its selection, and a selection of everything that hurts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from events import annotating
from events.annotating import NewNote
from events.annotations import Subject
from events.changes import POINTS, Change
from events.filters import Filters
from events.query import Query
from events.since import Since
from events.store import Store
from exports.pack.bundle import make_pack
from exports.selection import Selection, select
from tests.hand_made import make_store

MADE_AT = dt.datetime(2024, 12, 3, 9, 0, tzinfo=dt.UTC)
HARD = [
    '=cmd|"/c calc"!A1',
    "+1+1",
    "@SUM(A1)",
    "-2+3",
    "שלום עולם، مرحبا",
    "🛰️ tir 🚀",
    "x" * 10_000,
    "<script>alert(1)</script> & ]]>",
    "line one\nline two\r\ttab",
    "null \x00 byte \x0b",
]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    make_store(folder)
    _annotated(folder)
    return folder


NOTE = "Vu sur une vidéo <b>datée</b>; à recouper."


def _annotated(folder: Path) -> None:
    """A tag and a note on the first dated story, a note on its day, one on another day."""
    row = Query(folder).events(Filters(), limit=1).iloc[0]
    about = Subject("story", str(row["event_id"]), "Premier", int(row["article_id"]))
    annotating.tag(Store(folder), about, ["à vérifier; vite", "vidéo"], "Ana")
    for subject, text in {
        about: NOTE,
        Subject("day", row["first"].isoformat()[:10]): "Jour férié.",
        Subject("day", "1999-01-01"): "Hors sujet.",
    }.items():
        annotating.write(Store(folder), NewNote(subject, text, pinned=True), "Ana")


@pytest.fixture(scope="session")
def selection(store: Path) -> Selection:
    found = select(
        Query(store), Filters(), lang="fr", title="Essai", marking="TLP:GREEN", notes=True
    )
    return replace(found, made_at=MADE_AT)


@pytest.fixture(scope="session")
def pack(selection: Selection) -> dict[str, bytes]:
    """The pack of all events; its pictures are drawn once for all tests."""
    return dict(make_pack(selection))


@pytest.fixture(scope="session")
def hard(selection: Selection) -> Selection:
    """The same events with every text that breaks careless writers, and 300-character names."""
    tables = {}
    for name in ("events", "stories", "plans"):
        table = getattr(selection, name).copy()
        table["quote"] = [HARD[i % len(HARD)] for i in range(len(table))]
        table["title"] = ["=1+1 " + "n" * 300] * len(table)
        table["sources"] = [["X:" + "A" * 300, "RUS"]] * len(table)
        tables[name] = table
    one, other, *_ = tables["events"].to_dict("records")
    told = [Change("added", one), Change("changed", one, other, tuple(POINTS))]
    return replace(
        selection,
        **tables,
        since=Since(MADE_AT, told),
        title="=cmd & <b>",
        marking="TLP:RED",
    )
