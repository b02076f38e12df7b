"""A store that a test may change."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from tests.hand_made import make_store


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The store in use, made for one test."""
    make_store(tmp_path / "store")
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    st.cache_resource.clear()
    return tmp_path / "store"
