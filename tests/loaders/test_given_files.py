"""Files that a person names to a command: what is no regular file is neither waited for nor read
without end, and nothing is ever put in its place."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from events.source_settings import Source
from events.store import Store
from exports.__main__ import main as exports_main
from loaders.__main__ import main
from loaders.sources import pages
from loaders.sources.errors import SourceError
from loaders.sources.items import Surroundings
from tests.hand_made import extractions
from tests.special_files import SPECIAL

NOWHERE = cast(Surroundings, None)  # nothing is asked before the list was read
TABLE = "event_id,event_date\n1,2024-01-01\n"
NESTED = "[" * 100_000


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    Store(tmp_path / "store").append(extractions()[:2])
    (tmp_path / "table.csv").write_text(TABLE)


ODD: dict[str, Callable[[Path], object]] = {
    **{kind: SPECIAL[kind] for kind in ("FIFO", "socket", "link to a FIFO", "link to itself")},
    "folder": Path.mkdir,
}
DEVICE = {"link to a device": SPECIAL["link to a device"]}
READ: dict[str, Callable[[str, str], int]] = {
    "edits": lambda odd, _: main(["edits", "apply", odd, "--who", "me"]),
    "outlets": lambda odd, _: main(["outlets", "apply", odd, "--who", "me"]),
    "cases": lambda odd, _: main(["cases", "import", odd, "--who", "me"]),
    "restore": lambda odd, _: main(["restore", odd]),
    "commit": lambda odd, _: main(["commit", _in_a_run(odd)]),
    "mapping": lambda odd, table: main(["load", table, "--mapping", odd]),
    "template": lambda odd, _: exports_main(["pack", "--template", odd, "--out", f"{odd}.pack"]),
}


def _in_a_run(odd: str) -> str:
    run = Path(f"{odd}.run")
    run.mkdir()
    os.rename(odd, run / "odd.parquet")
    return str(run)


WRITTEN: dict[str, Callable[[str], int]] = {
    "edits": lambda odd: main(["edits", "export", odd]),
    "gold": lambda odd: main(["edits", "gold", odd]),
    "outlets": lambda odd: main(["outlets", "export", odd]),
    "cases": lambda odd: main(["cases", "export", odd]),
    "log": lambda odd: main(["log", odd]),
    "backup": lambda odd: main(["backup", odd]),
    "csv": lambda odd: exports_main(["csv", "--out", odd]),
    "changes": lambda odd: exports_main(["changes", "--since", "2020-01-01", "--out", odd]),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", [*ODD, *DEVICE])
@pytest.mark.parametrize("command", READ)
def test_none_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, kind: str
) -> None:
    odd = tmp_path / "odd"
    (ODD | DEVICE)[kind](odd)
    assert READ[command](str(odd), str(tmp_path / "table.csv")) != 0
    assert "odd" in capsys.readouterr().err


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", [*ODD, *DEVICE])
def test_none_is_read_as_a_list_of_addresses(tmp_path: Path, kind: str) -> None:
    (ODD | DEVICE)[kind](tmp_path / "odd")
    with pytest.raises(SourceError, match="list of addresses"):
        list(pages.bring(Source("a", "pages", path=str(tmp_path / "odd")), NOWHERE))


@pytest.mark.parametrize("command", [name for name in READ if name not in ("template", "commit")])
def test_what_is_nested_without_end_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    deep = tmp_path / "deep"
    deep.write_text(f"a = {NESTED}" if command == "mapping" else NESTED)
    assert READ[command](str(deep), str(tmp_path / "table.csv")) == 1
    told = capsys.readouterr()
    assert told.err or "line 1" in told.out


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("command", WRITTEN)
def test_none_is_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, kind: str
) -> None:
    odd = tmp_path / "odd"
    ODD[kind](odd)
    before = os.lstat(odd)
    assert WRITTEN[command](str(odd)) != 0
    told = capsys.readouterr()
    assert "odd" in told.err + told.out
    after = os.lstat(odd)
    assert (after.st_mode, after.st_ino) == (before.st_mode, before.st_ino)
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".new")]


@pytest.mark.parametrize("command", WRITTEN)
def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("before")
    (tmp_path / "link").symlink_to("file")
    assert WRITTEN[command](str(tmp_path / "link")) == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() != b"before"


@pytest.mark.parametrize(
    ("name", "advice"), [("folder", "Name a file"), ("none", "Check the path")]
)
@pytest.mark.parametrize("read", ["edits", "outlets", "cases"])
def test_the_advice_fits_what_was_named(
    read: str, name: str, advice: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    assert READ[read](str(tmp_path / name), "") == 1
    told = capsys.readouterr().err
    assert advice in told
    assert "Make room" not in told
