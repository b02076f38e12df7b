"""The words of each language, from data/languages/: a language is data, never code.

`data/languages/<lang>.toml` holds dates, page noise and sentence abbreviations;
`data/languages/<lang>.events.toml` holds event triggers and voice (denial, speech, hypothesis);
`data/languages/<lang>.actors.toml` holds agent nouns, offices, pronouns and how they are joined.
"""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any

LANGUAGES_DIR = Path(__file__).resolve().parents[2] / "data" / "languages"


@functools.cache
def words(lang: str, kind: str = "") -> dict[str, Any]:
    """The word tables of a language, {} where none; `kind` is "", "events" or "actors"."""
    name = f"{lang}.{kind}.toml" if kind else f"{lang}.toml"
    path = LANGUAGES_DIR / name
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return tomllib.load(file)


@functools.cache
def languages() -> tuple[str, ...]:
    """Codes of all languages that have a word table, sorted."""
    return tuple(sorted(p.stem for p in LANGUAGES_DIR.glob("*.toml") if "." not in p.stem))
