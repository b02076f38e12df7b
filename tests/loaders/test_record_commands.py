"""The commands `log` and `outlets`."""

from __future__ import annotations

from pathlib import Path

import pytest

from events import audit_log, outlet_grades
from events.store import Store
from loaders.__main__ import main


def test_outlets_go_in_and_out_and_the_log_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store, table, log = Store(tmp_path / "store"), tmp_path / "o.csv", tmp_path / "log.jsonl"
    store.create()
    monkeypatch.setenv("FRISE_STORE", str(store.location))
    table.write_text("outlet,reliability\nLe Monde,B\nAFP,A\n", encoding="utf-8")
    assert main(["outlets", "apply", str(table), "--who", "Ana"]) == 0
    assert outlet_grades.read(store.location).reliability("afp") == "A"
    table.write_text("outlet,reliability\nLe Monde,Z\n", encoding="utf-8")
    assert main(["outlets", "apply", str(table)]) == 1
    assert "line 2: 'Z' is no reliability of Le Monde" in capsys.readouterr().err
    assert main(["outlets", "export", str(table)]) == 0
    assert [row.who for row in outlet_grades.parsed(table.read_text())] == ["Ana", "Ana"]
    assert main(["log", str(log)]) == 0
    assert log.read_bytes() == (store.location / audit_log.FILE).read_bytes()
    (store.location / audit_log.FILE).write_bytes(log.read_bytes().replace(b"Ana", b"Eve"))
    assert main(["log", str(log)]) == 1
    assert "line 1: it was changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["edits", "export"], ["edits", "gold"], ["cases", "export"], ["outlets", "export"]]
)
def test_what_leaves_by_a_command_is_a_line_of_the_log(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, file = Store(tmp_path / "store"), tmp_path / "out"
    store.create()
    monkeypatch.setenv("FRISE_STORE", str(store.location))
    assert main([*words, str(file)]) == 0
    (entry,) = audit_log.entries(store.location)
    assert (entry.act, entry.who) == ("export", audit_log.login())
    assert entry.of.startswith(f"file {file}")
