"""The sample files, damaged at random places: each gives articles or says what is wrong."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.formats.samples import SAMPLES
from loaders.readers import SetAside, read_path

FILES = [path for path in sorted(SAMPLES.glob("*/*")) if Path(f"{path}.toml").exists()]
DRAWN = int(os.environ.get("FRISE_TEST_DRAWS", "1"))  # damages of a kind to each file
Damage = Callable[[bytes, int, random.Random], bytes]
DAMAGES: dict[str, Damage] = {
    "a byte changed": lambda raw, at, _: raw[:at] + bytes([raw[at] ^ 0x55]) + raw[at + 1 :],
    "cut": lambda raw, at, _: raw[: at + 1],
    "a piece lost": lambda raw, at, chance: raw[:at] + raw[at + chance.randrange(1, 200) :],
    "zeros": lambda raw, at, chance: raw[:at] + bytes(n := chance.randrange(1, 50)) + raw[at + n :],
    "a piece twice": lambda raw, at, chance: raw[: at + chance.randrange(500)] + raw[at:],
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("sample", FILES, ids=lambda path: path.name)
def test_nothing_vanishes_and_nothing_is_raised(tmp_path: Path, sample: Path, damage: str) -> None:
    chance = random.Random(f"{sample.name} {damage}")
    raw = sample.read_bytes()
    for _ in range(DRAWN):
        damaged = DAMAGES[damage](raw, chance.randrange(len(raw)), chance)
        (tmp_path / sample.name).write_bytes(damaged)
        items = list(read_path(tmp_path / sample.name))
        assert items
        told = [item.problem for item in items if isinstance(item, SetAside)]
        assert not [problem for problem in told if "the reader failed" in problem]
