"""`python -m loaders settings`: what holds and from where; the page of the docs."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.__main__ import main
from loaders.settings_command import page

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_up_to_date() -> None:
    told = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert told == page(), "run: python -m loaders settings --markdown > docs/settings.md"


def test_every_setting_is_printed_with_its_origin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    (tmp_path / "frise.toml").write_text("[store]\nkeep_days = 30\n", encoding="utf-8")
    assert main(["settings"]) == 0
    told = capsys.readouterr().out
    assert f"store.keep_days = 30 days  ({tmp_path / 'frise.toml'})" in told
    assert "loading.batch_articles = 32  (default)" in told


def test_a_bad_setting_ends_every_command_with_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    (tmp_path / "frise.toml").write_text("[store]\nkeep_dayz = 30\n", encoding="utf-8")
    for command in (["settings"], ["load", str(ROOT / "data" / "samples")], ["maintain"]):
        assert main(command) == 1
        told = capsys.readouterr().err
        assert "keep_days" in told
        assert "Traceback" not in told
    assert not (tmp_path / "store").exists()
