"""The process that watches is started once, where there are sources; it ends with the dashboard."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from events import settings
from pages.sources_parts import child


def test_it_watches_as_long_as_the_dashboard_runs(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_SETTINGS", str(tmp_path / "frise.toml"))
    settings._read_file.cache_clear()
    child.start()
    assert child._KEPT == []
    settings.settings_file().write_text(
        f'[[sources]]\nname = "d"\nkind = "folder"\npath = "{tmp_path}"\nevery_minutes = 60\n'
    )
    child.start()
    (process,) = child._KEPT
    try:
        end = time.monotonic() + 60
        while not child.watched():
            assert time.monotonic() < end
            assert process.poll() is None
            time.sleep(0.1)
        child.start()
        assert [process] == child._KEPT
    finally:
        child.end()
    assert process.returncode == 0
    assert not child.watched()
