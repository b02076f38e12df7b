"""Links in the folder static/ that lead out of it: Streamlit refuses their files without a word."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from pages.shell.navigation import ROOT

STATIC = ROOT / "static"


def say_refused(folder: Path = STATIC) -> None:
    """Log each link whose files a browser will not get: fonts and outlines of maps."""
    for path in leading_out(folder):
        logging.warning(
            "%s is a link to %s: the server refuses files outside of %s, so that fonts and maps "
            "lack them. Put a copy of the folder there, or build it (make assets).",
            path, path.resolve(), folder,
        )  # fmt: skip


def leading_out(folder: Path) -> Iterator[Path]:
    """The links in a folder, or in one of its folders, that lead out of it."""
    for path in sorted(folder.rglob("*")):
        is_within = path.resolve().is_relative_to(folder.resolve())
        if path.is_symlink() and not is_within:
            yield path
