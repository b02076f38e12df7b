"""`python -m exports`: the same rows as the page, messages and exit codes."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from events.filters import Filters
from events.query import Query
from exports.__main__ import main
from exports.pack.bundle import write_pack
from exports.receipt import table_hash
from exports.selection import Selection
from tests.exports.conftest import MADE_AT


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
    assert told["sha256"] == table_hash(Query(store).with_annotations(rows))
    assert told["stories"] == rows["story_id"].nunique() <= told["exported"]
    assert told["exported"] + sum(told["left_out"].values()) == told["loaded"]


@pytest.mark.usefixtures("_at_store")
@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--from", "2024-02-30"),
        ("--to", "21/11/2024"),
        ("--type", "INVASION"),
        ("--status", "sure"),
        ("--as-of", "now"),
        ("--level", "planet"),
        ("--article-lang", "french"),
        ("--min-confidence", "2"),
        ("--actor", "x" * 201),
        ("--lang", "de"),
    ],
)
def test_a_bad_filter_is_named(
    option: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["csv", "--out", str(tmp_path / "x.csv"), option, value]) == 2
    told = capsys.readouterr().err
    assert option in told
    assert value[:60] in told
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.usefixtures("_at_store")
@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (["--from", "2024-11-20", "--to", "2024-11-25"], {"date_from", "date_to"}),
        (["--actor", "RUS", "--actor", "NATO", "--level", "state"], {"actors", "level"}),
        (["--type", "ASSAULT", "--type", "THREATEN"], {"types"}),
        (["--place", "UKR"], {"places"}),
        (["--status", "reported"], {"statuses"}),
        (["--tag", "vidéo"], {"tags"}),
        (["--as-of", "2030-01-01"], {"as_of"}),
        (["--article-lang", "fr"], {"langs"}),
        (["--text", "Dnipro"], {"text"}),
        (["--min-confidence", "0.5"], {"min_confidence"}),
    ],
)
def test_every_option_filters_as_the_page_does(
    options: list[str], wanted: set[str], store: Path, tmp_path: Path
) -> None:
    out = tmp_path / "events.json"
    assert main(["json", "--out", str(out), *options]) == 0
    told = json.loads(out.read_text(encoding="utf-8"))["receipt"]
    filters, problems = Filters.from_params(parse_qs(urlsplit(told["link"]).query))
    query = Query(store)
    assert not problems
    assert {name for name, _ in filters.parts()} == wanted
    assert told["sha256"] == table_hash(query.with_annotations(query.events(filters)))
    assert 0 < told["exported"] <= told["loaded"]


@pytest.mark.usefixtures("_at_store")
def test_language_title_and_marking_reach_the_file(tmp_path: Path) -> None:
    out = tmp_path / "events.json"
    options = ["--lang", "fr", "--title", "Point du jour", "--marking", "TLP:RED"]
    assert main(["json", "--out", str(out), *options]) == 0
    told = json.loads(out.read_text(encoding="utf-8"))["receipt"]
    assert (told["title"], told["marking"]) == ("Point du jour", "TLP:RED")
    assert told["filters"] == "Certitude du type\u00a0: au moins 6 sur 10"
    assert told["link"] == "?v=2&lang=fr"


@pytest.mark.usefixtures("_at_store")
def test_a_pack_is_the_one_of_the_page(
    pack: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(MADE_AT.timestamp())))
    options = ["--lang", "fr", "--title", "Essai", "--marking", "TLP:GREEN", "--notes"]
    assert main(["pack", "--out", str(tmp_path), *options]) == 0
    assert sorted(pack) == sorted(path.name for path in tmp_path.iterdir())
    for name, data in pack.items():
        assert (tmp_path / name).read_bytes() == data, name


@pytest.mark.usefixtures("_at_store")
def test_a_folder_that_cannot_be_written_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert main(["csv", "--out", str(tmp_path / "file" / "x.csv")]) == 4
    assert str(tmp_path / "file") in capsys.readouterr().err


class FullDisk:
    """Writing stops in the middle: the second half of the bytes finds no room."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("events.whole_file.os.fsync", self)

    def __call__(self, number: int) -> None:
        os.ftruncate(number, os.fstat(number).st_size // 2)
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.usefixtures("_at_store")
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_a_full_disk_leaves_no_cut_file(
    kind: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / f"events.{kind}"
    FullDisk(monkeypatch)
    assert main([kind, "--out", str(out)]) == 4
    assert "No space left" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    out.write_bytes(b"what was there before")
    assert main([kind, "--out", str(out)]) == 4
    assert out.read_bytes() == b"what was there before"


def test_a_pack_has_no_cut_file(
    pack: dict[str, bytes],
    selection: Selection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("exports.pack.bundle.make_pack", lambda *_: iter(pack.items()))
    FullDisk(monkeypatch)
    with pytest.raises(OSError, match="No space left"):
        write_pack(selection, tmp_path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    monkeypatch.setattr("exports.pack.bundle.make_pack", lambda *_: iter(pack.items()))
    write_pack(selection, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == pack


def test_no_store_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "nowhere"))
    assert main(["csv", "--out", str(tmp_path / "x.csv")]) == 3
    assert "load articles first" in capsys.readouterr().err
