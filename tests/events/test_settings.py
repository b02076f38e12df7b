"""Settings: one file beside the store, variables over it, nothing unknown, nothing out of range."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import settings
from events.settings import SETTINGS, SettingsError, checked


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("FRISE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    return tmp_path / "frise.toml"


def write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    settings._read_file.cache_clear()  # two writings within one step of the file system's clock


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    assert {told.setting.name: told.value for told in settings.held()} == {
        name: setting.default for name, setting in SETTINGS.items()
    }
    assert {told.origin for told in settings.held()} == {"default"}


def test_a_variable_wins_over_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(file, "[store]\nkeep_days = 3\n[loading]\nmax_file_mb = 5\n")
    assert settings.value("store.keep_days") == 3
    assert settings.value("loading.max_file_mb") == 5.0
    monkeypatch.setenv("FRISE_STORE_KEEP_DAYS", "9")
    told = {row.setting.name: row for row in settings.held()}
    assert (told["store.keep_days"].value, told["store.keep_days"].origin) == (
        9, "FRISE_STORE_KEEP_DAYS",
    )  # fmt: skip
    assert told["loading.max_file_mb"].origin == str(file)


def test_older_names_of_variables_hold(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRISE_MAX_FILE_MB", "1")
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    assert settings.value("loading.max_file_mb") == 1.0
    assert settings.value("loading.models") is False


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[store]\nkeep_day = 3", "'store.keep_day'. Did you mean 'store.keep_days'?"),
        ("store = 3", "gives store a value, but it is a table: write [store] and, below it"),
        ("stor = 3", "'stor'. Did you mean 'store'?"),
        ("[stor]\nkeep_days = 3", "'stor.keep_days'. Did you mean 'store.keep_days'?"),
        ("keep_days = 3", "no setting 'keep_days'"),
        ("[store]\nlocation = '/x'", "FRISE_STORE alone"),
        ("[store]\nkeep_days = 'three'", "'three': it must be a whole number"),
        ("[store]\nkeep_days = true", "True: it must be a whole number"),
        ("[store]\nkeep_days = -1", "-1: it must lie between 0 and 3650 days"),
        ("[loading]\nmax_file_mb = nan", "must lie between"),
        ("[loading]\nmodels = 1", "1: it must be true or false"),
        ("[store\n", "cannot be read as settings"),
        (f"a = {'[' * 50_000}", "cannot be read as settings"),
    ],
)
def test_what_cannot_hold_is_said(file: Path, text: str, told: str) -> None:
    write(file, text)
    with pytest.raises(SettingsError) as error:
        settings.held()
    assert told in str(error.value)
    assert str(file) in str(error.value)


def test_a_mark_of_utf_8_before_the_first_line_is_passed_over(file: Path) -> None:
    write(file, "\ufeff[store]\nkeep_days = 3")
    assert settings.value("store.keep_days") == 3


@pytest.mark.parametrize("given", ["ten", "1e999", "", "-4"])
def test_a_variable_is_checked_too(file: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("FRISE_STORE_KEEP_DAYS", given)
    if given == "":  # an empty variable is no setting
        assert settings.value("store.keep_days") == 7
        return
    with pytest.raises(SettingsError, match="FRISE_STORE_KEEP_DAYS"):
        settings.value("store.keep_days")


def test_a_folder_in_the_place_of_the_file_is_said(file: Path) -> None:
    file.mkdir()
    with pytest.raises(SettingsError, match="^[^:]+ is no file: settings are one TOML file$"):
        settings.held()


@given(
    st.one_of(
        st.integers(), st.floats(), st.text(), st.booleans(), st.none(), st.lists(st.integers())
    )
)
def test_a_value_is_taken_whole_or_refused(value: object) -> None:
    for setting in SETTINGS.values():
        try:
            held = checked(setting, value, "test")
        except SettingsError:
            continue
        assert type(held) is type(setting.default)
        assert held == value


def test_a_secret_comes_from_the_environment_or_a_closed_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.secret("imap_password") is None
    kept = file.with_name("secrets.toml")
    kept.write_text('imap_password = "of the file"\n', encoding="utf-8")
    kept.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600") as error:
        settings.secret("imap_password")
    assert "of the file" not in str(error.value)
    kept.chmod(0o600)
    assert settings.secret("imap_password") == "of the file"
    monkeypatch.setenv("FRISE_SECRET_IMAP_PASSWORD", "of the environment")
    assert settings.secret("imap_password") == "of the environment"
    assert "of the environment" not in repr(settings.held())
