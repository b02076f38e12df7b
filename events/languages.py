"""The languages that articles are read in, from data/reference/languages.toml."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "data" / "reference" / "languages.toml"


@dataclass(frozen=True)
class Language:
    """One language: ISO 639-1 `code`, its name in English, its script.

    `government` is the name pattern of a state's government ("{} (gouvernement)"); `parser` lists
    spaCy model packages, the best first, () where there is no parser.
    """

    code: str
    name: str
    script: str
    government: str = "{}"
    parser: tuple[str, ...] = ()


@functools.cache
def languages() -> dict[str, Language]:
    """Every language by its code, in the order of the file.

    Raises ValueError for a language with a key missing or unknown.
    """
    with FILE.open("rb") as file:
        rows = tomllib.load(file)
    return {code: _language(code, row) for code, row in rows.items()}


def language_codes() -> tuple[str, ...]:
    """ISO 639-1 codes of all languages, in the order of the file."""
    return tuple(languages())


def _language(code: str, row: dict[str, object]) -> Language:
    try:
        return Language(code, **{k: _frozen(v) for k, v in row.items()})  # type: ignore[arg-type]
    except TypeError as error:
        known = ", ".join(field.name for field in fields(Language)[1:])
        raise ValueError(
            f"data/reference/languages.toml: [{code}] does not fit ({error}); its keys are {known}"
        ) from None


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
