"""A new event type is rows of data: a copy of the program reads it once the rows are there."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TYPE = """
[JAM]
label = "Jam"
quad = 4
score = -6.5
cameo = "17"
en = "Disturbs radio, satellites or navigation."
fr = "Brouille la radio, les satellites ou la navigation."
[JAM.modes]
navigation = { en = "of ships and aircraft", fr = "de navires et d'avions" }
"""
WORDS = '\n[JAM.navigation]\nverbs = "spoof"\n'
LINE = {
    "id": "1",
    "text": "Russia spoofed receivers over Tallinn on 21 November 2024.",
    "published": "2024-11-22",
    "lang": "en",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The folders that reading needs, with what was built from npm and PyPI where it lies."""
    for folder in ("events", "loaders"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    built = shutil.ignore_patterns("built", "store")
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=built)
    (tmp_path / "data" / "built").symlink_to((ROOT / "data" / "built").resolve())
    return tmp_path


def _read(checkout: Path) -> list[tuple[str, str, list[str], list[str], str]]:
    run = subprocess.run(
        [sys.executable, "-m", "loaders", "extract"],
        cwd=checkout,
        input=json.dumps(LINE).encode(),
        capture_output=True,
        timeout=60,
        check=True,
    )
    events = json.loads(run.stdout)["events"]
    return [(e["type"], e["mode"], e["sources"], e["targets"], e["from"]) for e in events]


@pytest.mark.usefixtures("no_models")
def test_a_type_is_added_as_data(copy: Path) -> None:
    assert not _read(copy)
    with (copy / "data/reference/event_types.toml").open("a", encoding="utf-8") as types:
        types.write(TYPE)
    with (copy / "data/languages/en.events.toml").open("a", encoding="utf-8") as triggers:
        triggers.write(WORDS)
    assert _read(copy) == [("JAM", "navigation", ["RUS"], ["EST"], "2024-11-21")]
