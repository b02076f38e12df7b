"""What is read from the samples changes only together with the version of the reader."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from pathlib import Path

import pytest

from events.certainty import WEIGHTS_FILE
from events.model import Article
from loaders.acts.network import MODEL
from loaders.linking.weights import BY_HAND_FILE
from loaders.output import record_of
from loaders.pipeline import extract
from loaders.reader_version import READER_VERSION
from loaders.readers import read_path

ROOT = Path(__file__).resolve().parents[2]
KNOWN = ROOT / "tests" / "cases" / "reader_version.toml"
TODAY = dt.date(2024, 12, 31)


@pytest.mark.usefixtures("no_models")
def test_the_version_tells_readers_apart() -> None:
    """Rules alone: what a language model finds may differ in a last digit between machines."""
    told = hashlib.sha256(json.dumps(_events_of_samples()).encode()).hexdigest()[:16]
    known = tomllib.loads(KNOWN.read_text(encoding="utf-8"))
    assert (known["version"], known["digest"]) == (READER_VERSION, told), (
        "the samples are read differently: raise READER_VERSION in loaders/reader_version.py and "
        f'write version = "{READER_VERSION}", digest = "{told}" into {KNOWN.relative_to(ROOT)}'
    )


def test_the_version_goes_with_the_learned_reader() -> None:
    known = tomllib.loads(KNOWN.read_text(encoding="utf-8"))
    files = (MODEL, WEIGHTS_FILE, BY_HAND_FILE)
    found = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    assert (known["version"], known["reader"]) == (READER_VERSION, found), (
        "the learned reader or its weights changed: raise READER_VERSION and write "
        f'version = "{READER_VERSION}", reader = "{found}" into {KNOWN.relative_to(ROOT)}'
    )


def _events_of_samples() -> list[object]:
    articles = [a for a in read_path(ROOT / "data" / "samples") if isinstance(a, Article)]
    assert len(articles) > 20
    return [record_of(extract(article, TODAY), "")["events"] for article in articles]
