"""Figures of the goals of the store: damage is noticed, a migration and a reread lose no edit."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import zipfile
from pathlib import Path

from events.filters import Filters
from events.integrity import check
from events.migration import migrate
from events.query import Query
from events.store import Store
from loaders.older_articles import older_articles
from loaders.reread import reread

SCHEMA_1 = Path(__file__).resolve().parents[1] / "tests" / "events" / "stores" / "schema1.zip"


def edits_lost_by_migration() -> int:
    """Standing edits that are about no event after migrating and reading all texts again."""
    with tempfile.TemporaryDirectory() as folder:
        store = _migrated(Path(folder))
        before = len(_standing(store))
        reread(store, older_articles(Query(store.location), Filters()), dt.date.today())
        lost = Query(store.location).lost_edits()
        return max(0, before - len(_standing(store))) + len(lost)


def unnoticed_damage() -> list[str]:
    """Files of a small store whose loss `check` does not notice."""
    with tempfile.TemporaryDirectory() as folder:
        store = _migrated(Path(folder))
        names = [p.relative_to(store.location) for p in store.location.rglob("*") if p.is_file()]
        kept = (
            "views.json",
            "backups.json",
            "loading.lock",
            "edits.lock",
            "log.lock",
        )  # their loss is no damage
        return [str(n) for n in names if n.name not in kept and not _noticed(store.location, n)]


def _migrated(folder: Path) -> Store:
    with zipfile.ZipFile(SCHEMA_1) as packed:
        packed.extractall(folder)
    migrate(folder / "store")
    return Store(folder / "store")


def _standing(store: Store) -> list[int]:
    edits = Query(store.location).edits()
    return [int(i) for i in edits.loc[edits["standing"], "edit_id"]]


def _noticed(location: Path, name: Path) -> bool:
    path, aside = location / name, location.parent / "aside"
    shutil.move(path, aside)
    try:
        return bool(check(location))
    except Exception:  # no store at all, said by an error
        return True
    finally:
        shutil.move(aside, path)
