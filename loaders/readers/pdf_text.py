"""What PDFium finds in a PDF, asked of a process of its own (`pdf_process.py`)."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loaders.readers.source_file import UnreadableError

WAIT_SECONDS = 900  # on a busy machine; the process itself stops after a minute of work
_OUT_OF_TIME = getattr(signal, "SIGXCPU", 0)
_SCRIPT = Path(__file__).with_name("pdf_process.py")
_REMEDY = "Print it anew to a PDF, or save its text as .txt and load that."


@dataclass(frozen=True)
class Line:
    """A line of a page, or what a wide gap parts from it. Places in points, from lower left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True)
class PdfText:
    """The lines of the pages that were read, in the order of the file, of `pages` in all.

    heights: of these pages, in points; form, scripts: whether the file holds a form, and how many
    scripts.
    """

    pages: int
    lines: tuple[tuple[Line, ...], ...]
    heights: tuple[float, ...]
    title: str
    author: str
    made: str
    form: bool
    scripts: int


def pdf_text(raw: bytes) -> PdfText:
    """The lines of a PDF. Raises UnreadableError where it has a password, is damaged, or takes too
    long."""
    told = _asked(raw)
    if told.get("error") == "password":
        raise UnreadableError("", "", "the PDF has a password", "Save it without a password.")
    if "error" in told:
        raise UnreadableError("", told["error"].rstrip("."), "the PDF is damaged", _REMEDY)
    pages = tuple(tuple(Line(*line) for line in page) for page in told.pop("lines"))
    return PdfText(lines=pages, heights=tuple(told.pop("heights")), **told)


def _asked(raw: bytes) -> dict[str, Any]:
    # isolated (-I): no module of the folder or of the user's can take the place of one
    command = [sys.executable, "-I", str(_SCRIPT)]
    try:
        done = subprocess.run(
            command, input=raw, capture_output=True, timeout=WAIT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError("", "", "the PDF takes too long", _REMEDY) from None
    if done.returncode == -_OUT_OF_TIME:
        raise UnreadableError("", "", "the PDF takes too long", _REMEDY)
    if done.returncode:
        value = f"exit {done.returncode}"
        raise UnreadableError("", value, "the PDF broke its reader", _REMEDY)
    told: dict[str, Any] = json.loads(done.stdout)
    return told
