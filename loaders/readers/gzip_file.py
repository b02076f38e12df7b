"""A file packed by gzip: the file in it is read by its own format."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from loaders.readers.format import Enclosed, Found, Head
from loaders.readers.source_file import open_container


def detect(head: Head) -> bool:
    """Whether it is packed by gzip."""
    return head.raw.startswith(b"\x1f\x8b")


def read(path: Path) -> Iterator[Found]:
    """The file, named as the packed one without its ".gz"."""
    with open_container(path) as file:
        name = path.name.removesuffix(path.suffix) if path.suffix.lower() == ".gz" else path.name
        yield Enclosed(name, cast(IO[bytes], gzip.GzipFile(fileobj=file)))
