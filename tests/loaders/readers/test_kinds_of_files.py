"""Only regular files are read: nothing waits for a FIFO or reads a device."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.model import Article
from loaders.readers import SUFFIXES, SetAside, json_lines, read_path
from tests.special_files import SPECIAL


@pytest.mark.timeout(20)
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kind", SPECIAL)
def test_what_is_no_file_is_set_aside(tmp_path: Path, kind: str, suffix: str) -> None:
    place = tmp_path / f"x{suffix}"
    SPECIAL[kind](place)
    (aside,) = read_path(place)
    assert isinstance(aside, SetAside)
    assert "regular file" in aside.problem or "opened" in aside.problem
    assert aside.remedy


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Russia struck Kyiv on Monday.")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert [type(found) for found in read_path(tmp_path)] == [Article, Article]


def test_a_file_that_grows_while_it_is_read_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_LOADING_MAX_FILE_MB", "0.001")
    (tmp_path / "a.txt").write_text("word " * 1_000)
    (aside,) = read_path(tmp_path / "a.txt")
    assert isinstance(aside, SetAside)
    assert "larger than" in aside.problem


def test_a_line_without_end_ends_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRISE_LOADING_MAX_FILE_MB", "0.001")
    place = tmp_path / "a.jsonl"
    with place.open("wb") as file:
        file.truncate(10**12)  # sparse: a terabyte that takes no room
    (aside,) = json_lines.read(place)
    assert isinstance(aside, SetAside)
    assert "larger than" in aside.problem
