"""Language identification, and the plain answer where it can't tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.text.language import identify, language_note
from tests.case_rows import case_rows

CASES = Path(__file__).parents[2] / "cases" / "languages.tsv"


@pytest.mark.parametrize(("lang", "text"), case_rows(CASES))
def test_identify(lang: str, text: str) -> None:
    assert identify(text) == lang


def test_note_only_where_unknown() -> None:
    assert language_note("fr") == ""
    assert "lang" in language_note("und")


def test_empty_text_is_undetermined() -> None:
    assert identify("") == "und"
