"""The sample files of each format are read as what stands beside them says, and none is dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.formats.__main__ import main, table
from benchmarks.formats.samples import FIELDS, SAMPLES, counted

FOLDERS = sorted({path.parent.name for path in SAMPLES.glob("*/*.toml")})


@pytest.mark.parametrize("name", FOLDERS)
def test_a_format_is_read_right(name: str) -> None:
    found = counted(SAMPLES / name)
    assert not found.wrong
    assert (found.dropped, found.surplus) == (0, 0)
    assert sum(found.right.values()) == found.values > 0 or found.aside


@pytest.mark.parametrize("name", FOLDERS)
def test_every_sample_says_what_is_in_it(name: str) -> None:
    files = {path.name for path in (SAMPLES / name).iterdir()}
    told = {path for path in files if path.endswith(".toml")}
    assert files - told == {path.removesuffix(".toml") for path in told}


def test_what_is_wrong_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("A title\n\nThe army struck Dnipro on Thursday.")
    told = '[[article]]\ntitle = "Another"\nlang = "en"\ntext = "x"\n[[set_aside]]\nproblem = "y"\n'
    (tmp_path / "a.txt.toml").write_text(told)
    found = counted(tmp_path)
    assert (found.articles, found.dropped, found.surplus) == (1, 1, 0)
    right = {name: found.right[name] for name in FIELDS}
    assert right == {**dict.fromkeys(FIELDS, 1), "title": 0, "text": 0}
    assert any("title 'A title', expected 'Another'" in line for line in found.wrong)
    assert "| 0/1 |" in "\n".join(table([found]))
    with pytest.raises(SystemExit):
        main(["no such folder"])
    assert "no such folder" in capsys.readouterr().err
