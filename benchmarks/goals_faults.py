"""Figures of the goals of faults: files that are none, formats read back, growth of time."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.growth import not_linear
from benchmarks.served import ROOT

__all__ = ["failed_tests", "formats_not_read_back", "not_linear", "special_files_read"]


def formats_not_read_back() -> list[str]:
    """Formats of a store of hostile articles that an independent reader does not open."""
    return failed_tests("tests/exports/test_hostile.py")


def special_files_read() -> list[str]:
    """Kinds of files that are none (FIFO, socket, device, endless link) and were not set aside."""
    return failed_tests("tests/loaders/readers/test_kinds_of_files.py")


def failed_tests(*paths: str) -> list[str]:
    """The tests of these files (or named by `-k`) that fail, or what kept them from running."""
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", "--tb=no", *paths]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed or ([done.stdout[-300:]] if done.returncode else [])
