"""A skip is told with a listed reason and counted; any other reason fails the run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.skips import REASONS

ROOT = Path(__file__).resolve().parents[1]
LISTED = """
import pytest
from tests.skips import skip, skip_without
@pytest.mark.parametrize("n", [1, 2])
def test_a(n): skip("font")
@skip_without(False, "chromium")
def test_b(): pass
@skip_without(True, "axe")
def test_c(): pass
"""
NOT_LISTED = (
    "def test_a(): pytest.skip('no time')",
    "@pytest.mark.skip\ndef test_a(): pass",
    "@pytest.mark.xfail(reason='no time')\ndef test_a(): assert False",
    "pytest.skip('no time', allow_module_level=True)",
    "none = pytest.importorskip('no_such_package')\ndef test_a(): pass",
)


def _run(folder: Path, *texts: str) -> subprocess.CompletedProcess[str]:
    """A run of pytest over these files, with the plugin and nothing else of this project."""
    for number, text in enumerate(texts):
        (folder / f"test_{number}.py").write_text(f"import pytest\n{text}", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.skips", "-c", "/dev/null"]
    command += ["--continue-on-collection-errors", str(folder)]
    # On a build server (CI set) pytest tells each message once more in its summary.
    given = {
        name: value for name, value in os.environ.items() if name not in ("CI", "BUILD_NUMBER")
    }
    given["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # they take seconds to import
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True)


def test_this_run_holds_the_list(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.has_plugin("tests.skips")


def test_listed_reasons_are_counted(tmp_path: Path) -> None:
    done = _run(tmp_path, LISTED)
    assert done.returncode == 0, done.stdout
    assert f"skipped: 3\n  2: {REASONS['font']}\n  1: {REASONS['chromium']}\n" in done.stdout


def test_any_other_reason_fails_the_run(tmp_path: Path) -> None:
    done = _run(tmp_path, *NOT_LISTED)
    assert done.returncode == 1
    assert done.stdout.count("No such reason stands in tests/skips.py") == len(NOT_LISTED)
    assert "2 failed, 3 errors" in done.stdout


def test_an_expected_failure_alone_fails_the_run(tmp_path: Path) -> None:
    assert _run(tmp_path, NOT_LISTED[2]).returncode == 1


def test_reasons_tell_how_to_get_what_is_missing() -> None:
    assert len(set(REASONS.values())) == len(REASONS)
    for reason in REASONS.values():
        missing, _, remedy = reason.partition(": ")
        assert missing
        assert remedy.startswith(("run `make ", "install ", "set "))
