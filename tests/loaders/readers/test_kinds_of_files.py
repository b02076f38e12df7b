"""Only regular files are read: nothing waits for a FIFO or reads a device."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from events.model import Article
from loaders.readers import SUFFIXES, SetAside, json_lines, read_path


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def _link_to_fifo(path: Path) -> None:
    os.mkfifo(f"{path}.fifo")
    path.symlink_to(f"{path}.fifo")


MAKERS: dict[str, Callable[[Path], object]] = {
    "a FIFO": os.mkfifo,
    "a socket": _socket,
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
    "link to itself": lambda path: path.symlink_to(path),
    "link to nothing": lambda path: path.symlink_to("not there"),
    "link to a FIFO": _link_to_fifo,
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_no_file_is_set_aside(tmp_path: Path, kind: str, suffix: str) -> None:
    place = tmp_path / f"x{suffix}"
    MAKERS[kind](place)
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
