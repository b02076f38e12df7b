"""The sectors: those that coders of events use, each named and explained in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.sectors import SECTORS, SECTORS_FILE, read_sectors

CODES = "REB OPP PTY CVL POL MIL JUD LEG UAF CRM REF MED BUS LAB NGO REL ELI"


def test_the_sectors_are_those_that_coders_use() -> None:
    assert list(SECTORS) == CODES.split()
    assert all(set(s.names) == set(s.definitions) == {"en", "fr"} for s in SECTORS.values())
    for texts in ([s.names[lang] for s in SECTORS.values()] for lang in ("en", "fr")):
        assert len(set(texts)) == len(SECTORS)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = { en = "rebels", ', "name = { ", "REB: name: en is missing; write a text"),
        ('name = { en = "rebels", fr = "rebelles" }\n', "", "REB: name is missing; write a table"),
        ("[OPP]", "noun = 1\n[OPP]", "REB: nothing reads the key noun; the keys are name"),
    ],
)
def test_a_broken_row_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "sectors.toml"
    text = SECTORS_FILE.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ValueError, match=told) as error:
        read_sectors(path)
    assert str(path) in str(error.value)
