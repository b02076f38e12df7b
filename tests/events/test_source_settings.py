"""Sources of the settings file: what is wrong with one is said with key, value and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from events import settings
from events.settings import SettingsError
from events.settings_writing import remove_source
from events.source_settings import KINDS, Source

FEED = '[[sources]]\nname = "f"\nkind = "feed"\nurl = "https://example.org/rss"\n'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FRISE_SETTINGS", str(tmp_path / "frise.toml"))
    settings._read_file.cache_clear()
    return tmp_path / "frise.toml"


def test_sources_are_read_in_their_order(file: Path) -> None:
    file.write_text(
        FEED + '[[sources]]\nname = " m "\nkind = "imap"\nurl = "imaps://mail.example.org/INBOX"\n'
        'user = "desk"\nsecret = "desk"\nevery_minutes = 5\nat = ["07:30"]\nzone = "Europe/Paris"\n'
        'tags = ["Est"]\nlanguage = "fr"\n[store]\nkeep_days = 3\n'
    )
    first, second = settings.sources()
    assert first == Source("f", "feed", url="https://example.org/rss")
    assert (first.minutes, second.minutes) == (KINDS["feed"].minutes, 5)
    assert (second.name, second.tags, second.zone) == ("m", ("Est",), "Europe/Paris")
    assert settings.value("store.keep_days") == 3


def test_without_a_file_there_is_none(file: Path) -> None:
    assert settings.sources() == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FEED + "# end\n", "# end\n"),
        ("# a\n" + FEED + "\n# b\n[store]\nkeep_days = 3", "# a\n\n# b\n[store]\nkeep_days = 3"),
        (FEED + FEED.replace('"f"', '"g"'), FEED.replace('"f"', '"g"')),
        (FEED + 'tags = [\n  "x",\n  "[[sources]]",\n]\n', ""),
        (FEED + 'outlet = """\n[[sources]]\n"""\n', None),  # its lines cannot be told
        ('sources = [{name = "f", kind = "feed", url = "https://example.org/rss"}]', None),
    ],
)  # fmt: skip
def test_a_source_is_removed_and_nothing_else(file: Path, before: str, after: str | None) -> None:
    file.write_text(before)
    if after is None:
        with pytest.raises(SettingsError, match="by hand"):
            remove_source("F")
    else:
        remove_source("F")
    assert file.read_text() == (before if after is None else after)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sources = 3", "written as tables"),
        (FEED + FEED, "two sources are named 'f'"),
        (FEED + FEED.replace('"f"', '"F"'), "two sources are named 'F'"),
        (FEED + "ulr = 3", "a key 'ulr', which is none. Did you mean 'url'?"),
        (FEED + 'path = "/x"', "path in"),
        (FEED + 'hosts = ["https://a.example/"]', "a host as www.example.org"),
        (FEED + 'tags = ["a", "b\\u0000"]', "cannot be printed"),
        (FEED.replace('"feed"', '"folder"') + 'path = "/a\\u0000"', "cannot be printed"),
        (FEED.replace('"f"', '"f\\u001b[31m"'), "cannot be printed"),
        (FEED + "follow = 1", "it must be true or false"),
        (FEED + "every_minutes = 0.5", "at least 1"),
        (FEED + "every_minutes = -3", "between 0 and"),
        (FEED + 'at = "07:30"', "a list of texts"),
        (FEED + 'at = ["25:00"]', "times of day as 07:30"),
        (FEED + 'zone = "Paris/Here"', "a zone as Europe/Paris"),
        (FEED + 'zone = "../../etc/passwd"', "a zone as Europe/Paris"),
        (FEED + 'language = "French"', "a code such as fr"),
        (FEED.replace("https", "file"), "an address with http://, https://"),
        (FEED.replace("example.org", ""), "an address with"),
        (FEED.replace("example.org", "me:pw@example.org"), "never stand in an address"),
        (FEED.replace("example.org", "example.org:x"), "an address with"),
        (FEED.replace('"feed"', '"fed"'), "one of folder, feed"),
        (FEED.replace('"f"', '""'), "1 to 100 characters"),
        (FEED.replace("url", "path"), "needs one of: url"),
        ('[[sources]]\nname="p"\nkind="pages"\nurls=["x"]', "an address with"),
        ('[[sources]]\nname="m"\nkind="imap"\nurl="imaps://a.example"', "it needs user"),
        (FEED.replace('"feed"', '"imap"') + 'user = "u"\nsecret = "s"', "address with imaps://"),
    ],
)  # fmt: skip
def test_what_cannot_hold_is_said(file: Path, text: str, told: str) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError) as error:
        settings.held()  # as every command asks first
    assert told in str(error.value)
    assert "pw" not in str(error.value)
    assert str(file) in str(error.value)
