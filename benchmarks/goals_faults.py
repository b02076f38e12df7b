"""Figures of the goals of faults: growth of time, files that are none, files that are written, the
web, and the soak as it is recorded."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.growth import not_linear
from benchmarks.performance_page import recorded
from benchmarks.served import ROOT
from benchmarks.soak import PAGE

__all__ = ["failed_tests", "not_linear"]


def special_files_read() -> list[str]:
    """Kinds of files that are none (FIFO, socket, device, endless link) and were not set aside."""
    return failed_tests("tests/loaders/readers/test_kinds_of_files.py")


def given_files() -> list[str]:
    """The same of files that are named to a command, to be read or written."""
    return failed_tests("tests/loaders/test_given_files.py")


def vanished() -> list[str]:
    """Texts of which a sentence with an event word or an actor is in no list."""
    return failed_tests("tests/loaders/tellings/test_nothing_vanishes.py")


def formats_not_read_back() -> list[str]:
    """Formats of a store of hostile articles that an independent reader does not open."""
    return failed_tests("tests/exports/test_hostile.py")


def other_files() -> list[str]:
    """Other files that leave with what no file may hold, or that do not come back."""
    return failed_tests("tests/exports/test_hostile_files.py")


def web() -> list[str]:
    """What the server answers and must not, or without the headers."""
    return failed_tests("tests/pages/shell/test_headers.py", "tests/browser/test_headers.py")


def soak_failed() -> float:
    """Answers that failed or came too late, as recorded in docs/reliability.md."""
    return recorded("<!-- soak: begin -->", "answers that failed", PAGE)


def soak_lost() -> float:
    """Articles or edits lost or double, and damage, as recorded there."""
    return recorded("<!-- soak: begin -->", "articles or edits lost", PAGE)


def soak_growth() -> float:
    """Memory of the server that grew most, over that after warm-up, as recorded there."""
    return recorded("<!-- soak: begin -->", "its growth", PAGE)


def failed_tests(*paths: str) -> list[str]:
    """The tests of these files (or named by `-k`) that fail, or what kept them from running."""
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", "--tb=no", *paths]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed or ([done.stdout[-300:]] if done.returncode else [])
