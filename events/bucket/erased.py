"""Files that articles came in, and what is counted of a large store, lie on each machine beside its
copy: they go there too once another machine erased their articles."""

from __future__ import annotations

import logging
from pathlib import Path

from events import kept_file, manifest
from events.bucket.contents import Contents
from events.originals import forget
from events.store_errors import StoreError, told_if_damaged

_TABLE = "withdrawals"


def forget_erased(location: Path, before: Contents, now: Contents) -> None:
    """Remove the originals of erased articles, and what is counted, where the table of withdrawals
    changed; a table or file that cannot be read or removed is a warning."""
    if _of_table(before) == _of_table(now):
        return
    try:
        kept_file.forget(location)
    except OSError as error:
        logging.warning("what is counted of erased articles may be left here: %s", error)
    try:
        with told_if_damaged(location / _TABLE):
            table = manifest.open_delta(location / _TABLE)
            rows = table.to_pyarrow_table(columns=["action", "sha256"]).to_pylist()
            forget(location, {row["sha256"] for row in rows if row["action"] == "erased"})
    except StoreError as error:
        logging.warning("originals of erased articles may be left here: %s", error)


def _of_table(contents: Contents) -> dict[str, str]:
    files = contents.files.items()
    return {path: kept.sum for path, kept in files if path.startswith(f"{_TABLE}/")}
