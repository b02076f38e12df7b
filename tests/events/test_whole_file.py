"""Files that are there whole or not at all keep their rights and take no device's place."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from events.whole_file import write_whole


def test_a_file_that_is_replaced_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "notes.json"
    file.write_text("{}", encoding="utf-8")
    file.chmod(0o600)
    write_whole(file, b"[]")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"[]", 0o600)
    assert os.listdir(tmp_path) == ["notes.json"]


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="no regular file stands there: name a file"):
        write_whole(pipe, b"[]")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
