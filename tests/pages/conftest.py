"""A store with known contents for the pages, and a way to run one page."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from pages.shell import frame

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[..., AppTest]
# Streamlit reads the metadata of every installed package anew for each AppTest: a third of its time
manifest_scanner.scan_component_manifests = functools.cache(
    manifest_scanner.scan_component_manifests
)


@pytest.fixture(autouse=True)
def freezes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What pages that were drawn asked to freeze: the page, and the load of the store.

    Nearly every test draws a page anew, so each would look through all objects of
    the run for garbage; tests/conftest.py froze what stays.
    """
    asked: list[tuple[str, int]] = []
    noted = SimpleNamespace(freeze=lambda page, loads: asked.append((page, loads)))
    monkeypatch.setattr(frame, "garbage_collection", noted)
    return asked


@pytest.fixture
def store(made_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The store in use."""
    monkeypatch.setenv("FRISE_STORE", str(made_store))
    return made_store


@pytest.fixture
def own_store(untouched_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that a test may write to."""
    folder = tmp_path / "store"
    shutil.copytree(untouched_store.parent, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("FRISE_STORE", str(folder))
    st.cache_resource.clear()
    return folder


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No store at all."""
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "none"))
    st.cache_resource.clear()
    return tmp_path / "none"


@pytest.fixture
def open_page() -> Open:
    """Run one page with parameters of its link, in a language."""

    def run(page: str, lang: str = "en", **params: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60)
        app.session_state["interface_language"] = lang
        for name, value in params.items():
            app.query_params[name] = value
        return app.run()

    return run
