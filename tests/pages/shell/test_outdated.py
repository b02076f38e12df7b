"""A store of an older schema, and settings that cannot hold: said on every page, never a trace."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from events.filters import Filters
from events.query import Query
from events.store import StoreNotWritten
from pages.shell import outdated
from pages.shell.navigation import PAGES
from tests.pages.conftest import ROOT
from tests.pages.page_text import html_of


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that the first version wrote."""
    with zipfile.ZipFile(ROOT / "tests" / "events" / "stores" / "schema1.zip") as packed:
        packed.extractall(tmp_path)
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    st.cache_resource.clear()
    return tmp_path / "store"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_offers_to_bring_an_old_store_up_to_date(
    page: str, old: Path, open_page: Any
) -> None:
    app = open_page(page)
    assert not app.exception
    assert "of an older version" in html_of(app)
    assert app.button(key="migrate").label == "Bring the store up to date"


def test_it_is_done_after_a_second_press_and_the_page_opens(old: Path, open_page: Any) -> None:
    app = open_page("timeline", "fr")
    assert "version plus ancienne" in html_of(app)
    app.button(key="migrate").click().run()
    assert "reste à côté" in html_of(app)
    assert "python -m loaders backup" in html_of(app)
    app.button(key="migrate_not").click().run()
    assert not old.with_name("store.schema1").exists()
    app.button(key="migrate").click().run()
    app.button(key="migrate_now").click().run()
    assert not app.exception
    assert old.with_name("store.schema1").is_dir()
    assert str(old.with_name("store.schema1")) in app.toast[0].value
    events = Query(old).count(Filters())
    assert events > 0
    assert f"dans {events} récits sur {events}" in html_of(app)


def test_a_disk_that_is_full_is_said(
    old: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise StoreNotWritten("no space left")

    monkeypatch.setattr(outdated, "migrate", full)
    app = open_page("map")
    app.button(key="migrate").click().run()
    app.button(key="migrate_now").click().run()
    assert not app.exception
    assert "no space left" in html_of(app)
    assert app.button(key="migrate")


@pytest.mark.parametrize("page", PAGES)
def test_a_setting_that_cannot_hold_is_said(page: str, old: Path, open_page: Any) -> None:
    (old.parent / "frise.toml").write_text("[store]\nkeep_days = 'long'\n", "utf-8")
    app = open_page(page)
    assert not app.exception
    assert "A setting cannot hold" in html_of(app)
    assert "keep_days" in html_of(app)
    (old.parent / "frise.toml").unlink()
    app.button(key="try_again").click().run()
    assert "A setting cannot hold" not in html_of(app)
