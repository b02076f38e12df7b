"""`python -m exports`: the same rows as the page, messages and exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from events.filters import Filters
from events.query import Query
from exports.__main__ import main
from exports.receipt import table_hash


@pytest.fixture
def _at_store(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRISE_STORE", str(store))


@pytest.mark.usefixtures("_at_store")
def test_filters_hold_and_the_receipts_link_shows_the_same_rows(
    store: Path, tmp_path: Path
) -> None:
    out = tmp_path / "events.json"
    assert main(["json", "--out", str(out), "--type", "ASSAULT", "--actor", "RUS"]) == 0
    told = json.loads((tmp_path / "events.json.receipt.json").read_text(encoding="utf-8"))
    filters, problems = Filters.from_params(parse_qs(urlsplit(told["link"]).query))
    rows = Query(store).events(filters)
    assert not problems
    assert 0 < len(rows) == told["exported"] < told["loaded"]
    assert told["sha256"] == table_hash(rows)
    assert told["exported"] + sum(told["left_out"].values()) == told["loaded"]


@pytest.mark.usefixtures("_at_store")
@pytest.mark.parametrize(
    ("option", "value"),
    [("--from", "2024-02-30"), ("--type", "INVASION"), ("--status", "sure"), ("--as-of", "now")],
)
def test_a_bad_filter_is_named(
    option: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["csv", "--out", str(tmp_path / "x.csv"), option, value]) == 2
    told = capsys.readouterr().err
    assert option in told
    assert value in told
    assert not (tmp_path / "x.csv").exists()


def test_no_store_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "nowhere"))
    assert main(["csv", "--out", str(tmp_path / "x.csv")]) == 3
    assert "load articles first" in capsys.readouterr().err
