"""A prepared folder is put in the place of a store: what repair, restore and migrate end with.

That takes two renames of folders, and a kill may come between them: then nothing stands at the
store's place. So a note beside it, ``<store>.swap``, says before the first rename which folder is
meant to stand there. Whoever looks for the store and finds none asks `finish`, which makes up for
the second rename. Nobody takes such a place for one where nothing was ever loaded.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from pathlib import Path

from events.regular_files import read_json
from events.store_errors import StoreNotWritten, free_path, write_beside

_TRIES = 20


def prepare(location: Path, word: str) -> Path:
    """Where the new store is to be made, ``<store>.<word>``: free of what an earlier try left."""
    finish(location)
    _note(location).unlink(missing_ok=True)
    fresh = _beside(location, word)
    if os.path.isdir(fresh) and not os.path.islink(fresh):
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        fresh.unlink(missing_ok=True)
    return fresh


def put(fresh: Path, location: Path, word: str) -> Path | None:
    """Put the prepared store in its place; the one that stood there is kept as ``<store>.<word>``.

    Call it under the locks of the store that is replaced. Returns where that one is kept, None
    where none stood there. Raises StoreNotWritten where a folder cannot be renamed.
    """
    place = _real(location)
    try:
        if _is_free(place):
            _move(fresh, place)
            return None
        kept = free_path(_beside(location, word))
        write_beside(_note(location), json.dumps({"new": fresh.name, "kept": kept.name}))
        place.rename(kept)
    except OSError as error:
        raise _not_renamed(fresh, place, error) from error
    finish(location)
    return kept


def finish(location: Path) -> bool:
    """Put the new store in its place if a kill came before that; whether there was one to put.

    Nothing is done where a store stands. Raises StoreNotWritten where the rename is refused.
    """
    place, note = _real(location), _note(location)
    told = _read(note)
    if not told or not _is_free(place):
        return False
    fresh, kept = place.with_name(told["new"]), place.with_name(told["kept"])
    if not (os.path.isdir(fresh) and os.path.lexists(kept)):
        return False  # an old note: none or both of the renames were done
    try:
        _move(fresh, place)
    except OSError as error:
        if _is_free(place):  # else another process was faster
            raise _not_renamed(fresh, place, error) from error
    note.unlink(missing_ok=True)
    return True


def _real(location: Path) -> Path:
    """Where the store lies, links followed; `Path.resolve` would raise for a link to itself."""
    return Path(os.path.realpath(location))


def _beside(location: Path, word: str) -> Path:
    """A link to a store elsewhere is followed: folders are renamed where they lie."""
    place = _real(location)
    return place.with_name(f"{place.name}.{word}")


def _note(location: Path) -> Path:
    return _beside(location, "swap")


def _read(note: Path) -> dict[str, str]:
    """What the note says; {} where there is none."""
    try:
        told = read_json(note)
        return {key: Path(told[key]).name for key in ("new", "kept")}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _is_free(place: Path) -> bool:
    """Whether nothing stands there but locks of those who wait for a store."""
    if not os.path.isdir(place):
        return not os.path.lexists(place)
    return all(path.suffix == ".lock" for path in place.iterdir())


def _move(fresh: Path, place: Path) -> None:
    """Rename; locks of those who wait, and the folder made for them, make way. Raises OSError."""
    for _try in range(_TRIES):  # one who waits may ask for its lock again at any moment
        with contextlib.suppress(OSError):
            for path in place.glob("*.lock"):
                path.unlink()
            place.rmdir()
        try:
            fresh.rename(place)
            return
        except OSError:
            if not (fresh.exists() and place.is_dir() and _is_free(place)):
                raise
    fresh.rename(place)


def _not_renamed(fresh: Path, place: Path, error: OSError) -> StoreNotWritten:
    return StoreNotWritten(
        "the new store is whole at {fresh}, but cannot be put at {place}: {problem}. Rename it by "
        "hand, or change the rights of the folder around it and try again",
        fresh=fresh,
        place=place,
        problem=error,
    )
