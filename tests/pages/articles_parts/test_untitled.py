"""An article without a title can be told from an empty row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from events.identity import article_id
from events.model import Article, Extraction
from events.store import Store


def test_the_list_says_that_it_has_no_title(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Any
) -> None:
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    text = "Paris, le 24 juillet 2025"
    Store(tmp_path / "store").append([Extraction(Article(article_id(text, ""), "", text, "fr"))])
    app = open_page("articles", "fr")
    assert app.dataframe[0].value["Titre"].tolist() == ["sans titre"]
