"""The files as they came, kept by their hash beside the store, so that evidence leads to them.

``<store>.originals/ab/ab12….pdf``: a file once, however many articles it holds. Erasing an article
removes the file, since its words stand in it. The setting loading.keep_originals switches it off.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from events import settings
from events.bucket.places import lasting
from events.model import Article

_PLAIN_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_PAGE = re.compile(r"(\d+): (\d+)")
PAGES_NOTE = "pages begin at characters: "


def folder(location: Path) -> Path:
    """Where the files of a store lie, those of a copy where nobody empties it."""
    around = lasting(location)
    return around.with_name(f"{around.name}.originals")


def keep(location: Path, article: Article) -> Article:
    """Keep the file that an article was read from; the article with the hash of it.

    Left out: files larger than loading.max_file_mb, and those of which the article is a line (its
    hash is another). A file that cannot be kept is a note of the article, never an error.
    """
    if not article.original or not settings.value("loading.keep_originals"):
        return article
    path = Path(article.original)
    try:
        found = path.stat()
        if found.st_size > settings.number("loading.max_file_mb") * 1_000_000:
            return article
        digest = _digest(path, found.st_size, found.st_mtime_ns)
        if article.sha256 not in ("", digest):
            return article
        _copy(path, _place(location, digest, path.suffix))
    except OSError as error:
        told = f"the original could not be kept: {error.strerror}"
        return replace(article, notes=(*article.notes, told))
    return replace(article, sha256=digest)


def original(location: Path, digest: str) -> Path | None:
    """The file of a hash, if it is kept."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        return None
    return next(iter(sorted((folder(location) / digest[:2]).glob(f"{digest}*"))), None)


def forget(location: Path, digests: Iterable[str]) -> int:
    """Remove the files of these hashes for good; how many there were."""
    found = [path for digest in set(digests) if (path := original(location, digest))]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def page_of(notes: Iterable[str], start: int) -> int | None:
    """The page of a PDF on which the character of its text stands; None where no note tells."""
    told = next((note for note in notes if note.startswith(PAGES_NOTE)), "")
    pages = [(int(page), int(at)) for page, at in _PAGE.findall(told)]
    return next((page for page, at in reversed(pages) if at <= start), None)


def _place(location: Path, digest: str, suffix: str) -> Path:
    plain = suffix.lower() if _PLAIN_SUFFIX.fullmatch(suffix.lower()) else ""
    return folder(location) / digest[:2] / f"{digest}{plain}"


def _copy(path: Path, place: Path) -> None:
    """Whole or not at all: written beside its place, then put there."""
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        shutil.copyfile(path, beside)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


@functools.lru_cache(maxsize=64)
def _digest(path: Path, size: int, changed: int) -> str:
    """The hash of a file; of one that did not change it is known."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
