"""Files that may not be read or written: what goes on goes on, for the rest it is said why not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.events.damage import data_file, log, stated

ROOT = Path(__file__).resolve().parents[2]


class Rights(NamedTuple):
    """`mode` of a path within the store; what goes on, and whether `check` finds it."""

    path: str
    mode: int
    goes_on: str
    found: bool


RIGHTS = {
    "a file of rows": Rights("file", 0, "load", True),
    "a log": Rights("log", 0, "", True),
    "a manifest": Rights("manifest", 0, "", True),
    "the marker": Rights("store.json", 0, "", True),
    "a table": Rights("events", 0, "", True),
    "saved views": Rights("views.json", 0, "read load maintain", True),
    "the lock of loads": Rights("loading.lock", 0, "read", False),
    "the lock of edits": Rights("edits.lock", 0, "read load", False),
    "a log that may be read alone": Rights("events/_delta_log", 0o555, "read", False),
    "a folder that may be read alone": Rights(".", 0o555, "read load maintain", False),
    "a store that may not be read": Rights(".", 0, "", True),
}


def harmed(at: Path, name: str) -> Path:
    """The path that a row of RIGHTS means."""
    if name == "file":
        return data_file(at, "events")
    return {"log": log(at, "events"), "manifest": stated(at, "events")}.get(name) or at / name


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    call = [sys.executable, "-m", "tests.events.rights_tried", str(tmp_path_factory.mktemp("r"))]
    settings = {"FRISE_STORE_LOCK_SECONDS": "0.05", "FRISE_STORE_EDIT_LOCK_SECONDS": "0.05"}
    done = subprocess.run(call, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, list[object]] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.parametrize("name", RIGHTS)
def test_missing_rights_are_said(name: str, tried: dict[str, list[object]]) -> None:
    found, goes_on = tried[name]
    assert found == RIGHTS[name].found
    assert goes_on == RIGHTS[name].goes_on
