"""Language identification, and the plain answer where it can't tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.text.language import identify, language_note

CASES = Path(__file__).parents[2] / "cases" / "languages.tsv"


def cases() -> list[list[str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("lang", "text"), cases())
def test_identify(lang: str, text: str) -> None:
    assert identify(text) == lang


def test_note_only_where_unknown() -> None:
    assert language_note("fr") == ""
    assert "lang" in language_note("und")


def test_empty_text_is_undetermined() -> None:
    assert identify("") == "und"
