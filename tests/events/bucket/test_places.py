"""What is no copy does not lie in the user's cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from events import originals
from events.bucket import places
from events.bucket.working_copy import of_address
from events.store import Store
from loaders.sources.state import state_path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders."""
    monkeypatch.delenv("FRISE_STORE_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def test_what_is_no_copy_outlives_the_cache(home: Path) -> None:
    copy = of_address("s3://agency-news/desk").location
    assert copy.is_relative_to(home / "cache" / "frise")
    for place in (originals.folder(copy), state_path(Store(copy))):
        assert place.is_relative_to(home / "data" / "frise" / copy.parent.name)
    assert ((home / "data" / "frise" / copy.parent.name).stat().st_mode & 0o077) == 0


def test_a_folder_that_a_setting_names_holds_both(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_STORE_CACHE", str(home / "mine"))
    copy = of_address("s3://agency-news/desk").location
    assert places.lasting(copy) == copy
    assert originals.folder(copy).is_relative_to(home / "mine")


def test_of_a_folder_all_lies_beside_it(home: Path) -> None:
    assert originals.folder(home / "store") == home / "store.originals"
