"""A linked folder of static files is said in the log, since the server refuses it in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.shell.linked_files import leading_out, say_refused


def test_a_link_out_of_the_folder_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    static, elsewhere = tmp_path / "static", tmp_path / "elsewhere"
    (static / "kept").mkdir(parents=True)
    elsewhere.mkdir()
    (static / "inside").symlink_to(static / "kept")
    say_refused(static)
    assert not caplog.records
    (static / "built").symlink_to(elsewhere)
    (static / "kept" / "font").symlink_to(elsewhere / "font")
    assert [path.name for path in leading_out(static)] == ["built", "font"]
    say_refused(static)
    assert f"{static / 'built'} is a link to {elsewhere}" in caplog.text
