"""The page of sources: a source is added, tried, paused; the ledger says what came and what not."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from events import settings
from events.error_words import Words
from events.store import Store
from loaders.sources.state import Run, State
from pages.sources_parts import child, collection
from tests.pages.page_text import html_of


@pytest.fixture
def folder(empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article and an empty file; settings of their own, nobody watches."""
    monkeypatch.setenv("FRISE_SETTINGS", str(tmp_path / "frise.toml"))
    monkeypatch.setattr(child, "start", lambda: None)
    monkeypatch.setattr("loaders.sources.folder.SETTLED", 0.0)
    settings._read_file.cache_clear()
    made = tmp_path / "in"
    made.mkdir()
    (made / "a.txt").write_text("La Russie a frappé Dnipro jeudi, selon le gouvernement ukrainien.")
    (made / "b.pdf").touch()
    return made


def fill(app: AppTest, folder: Path, name: str) -> None:
    app.selectbox(key="source_kind").select("folder").run()
    app.text_input(key="source_name").input(name)
    app.text_input(key="source_path").input(str(folder))
    app.text_input(key="source_tags").input("Est, Ukraine ")


def test_without_a_source_the_page_says_what_one_is(folder: Path, open_page: Any) -> None:
    assert "Aucune source n’est encore nommée" in html_of(open_page("sources", "fr"))


def test_a_source_is_tried_then_added(folder: Path, open_page: Any) -> None:
    name = 'Dépêches "du jour" \\ ]]'
    settings.settings_file().write_text("# mine\n[store]\nkeep_days = 3\n")
    app = open_page("sources")
    fill(app, folder, name)
    app.button(key="source_try").click().run()
    assert not app.exception
    assert "It would bring 1 article; nothing was stored." in html_of(app)
    assert "the file is empty" in html_of(app)
    assert settings.sources() == ()
    app.button(key="source_add").click().run()
    assert not app.exception
    assert "It is looked at now" in html_of(app)
    (source,) = settings.sources()
    assert (source.name, source.kind, source.tags) == (name, "folder", ("Est", "Ukraine"))
    assert settings.settings_file().read_text().startswith("# mine\n[store]\nkeep_days = 3\n")
    fill(app, folder, name)
    app.button(key="source_add").click().run()
    assert "two sources are named" in html_of(app)
    assert len(settings.sources()) == 1


def test_a_source_is_changed_and_removed_after_a_question(folder: Path, open_page: Any) -> None:
    settings.settings_file().write_text(
        f'# mine\n[[sources]]\nname = "d"\nkind = "folder"\npath = "{folder}"\nat = ["07:30"]\n'
        '\n# the other\n[[sources]]\nname = "f"\nkind = "feed"\nurl = "https://example.org/rss"\n'
    )
    state = State(Store())
    state.attach()
    state.record("d", Run(time.time(), kept=3), time.time() + 60)
    app = open_page("sources", "fr")
    app.session_state["sources_chosen"] = "d"
    app.run()
    app.button(key="sources_change").click().run()
    assert app.text_input(key="source_path").value == str(folder)
    app.text_input(key="source_name").input("Dépêches")
    app.text_input(key="source_tags").input("Est")
    app.button(key="source_add").click().run()
    assert not app.exception
    assert "Modifiée\u00a0: «\u00a0Dépêches\u00a0»." in html_of(app)
    first, second = settings.sources()
    assert (first.name, first.at, first.tags) == ("Dépêches", ("07:30",), ("Est",))
    assert second.name == "f"
    assert (state.entry("Dépêches").articles, state.entry("d").articles) == (3, 0)
    assert "# the other\n[[sources]]" in settings.settings_file().read_text()
    app.session_state["sources_chosen"] = "Dépêches"
    app.run()
    app.button(key="sources_remove").click().run()
    assert len(settings.sources()) == 2
    app.button(key="sources_keep").click().run()
    assert not [b for b in app.button if b.key == "sources_remove_now"]
    app.button(key="sources_remove").click().run()
    app.button(key="sources_remove_now").click().run()
    assert not app.exception
    assert [each.name for each in settings.sources()] == ["f"]
    assert list(app.dataframe[0].value["Source"]) == ["f"]
    assert state.days("Dépêches") == {}


def test_the_feeds_of_a_list_become_sources(folder: Path, open_page: Any) -> None:
    settings.settings_file().write_text(
        '[[sources]]\nname = "Le Monde"\nkind = "feed"\nurl = "https://example.org/a"\n'
    )
    outlines = "".join(
        f'<outline text="{name}" xmlUrl="{url}"/>'
        for name, url in (
            ("Le Monde", "https://example.org/a"),
            ("Le Monde", "feed://example.org/b"),
            ("", "https://example.net/c"),
            ("Local", "file:///etc/passwd"),
        )
    )
    body = f'<opml><body><outline text="Afrique">{outlines}</outline></body></opml>'
    app = open_page("sources", "fr")
    app.file_uploader(key="feed_list_file").upload("feeds.opml", body.encode(), "text/x-opml").run()
    assert not app.exception
    assert "Déjà des sources" in html_of(app)
    assert "file:///etc/passwd" in html_of(app)
    app.button(key="feed_list_add").click().run()
    assert not app.exception
    assert [(s.name, s.url, s.tags) for s in settings.sources()[1:]] == [
        ("Le Monde (2)", "https://example.org/b", ("Afrique",)),
        ("example.net", "https://example.net/c", ("Afrique",)),
    ]
    app.file_uploader(key="feed_list_file").upload("x.opml", b"<opml><body>", "text/x-opml").run()
    assert "n’est pas un XML valable" in html_of(app)


def test_a_form_that_cannot_hold_changes_nothing(folder: Path, open_page: Any) -> None:
    app = open_page("sources", "fr")
    app.text_input(key="source_name").input("x")
    app.text_input(key="source_url").input("file:///etc/passwd")
    app.button(key="source_add").click().run()
    assert "écrivez une adresse avec http://, https://" in html_of(app)
    assert not settings.settings_file().exists()


def test_the_ledger_says_what_came_and_what_is_wrong(folder: Path, open_page: Any) -> None:
    settings.settings_file().write_text(
        f'[[sources]]\nname = "d"\nkind = "folder"\npath = "{folder}"\n'
        '[[sources]]\nname = "f"\nkind = "feed"\nurl = "https://example.org/rss"\n'
    )
    state = State(Store())
    state.attach()
    now = time.time()
    state.record("d", Run(now - 60, 1.5, kept=3, known=2, aside=1), now + 60)
    problem = Words("{url} is larger than {n} MB", url="https://example.org/rss", n=10)
    state.record("f", Run(now, problem=problem), now + 60)
    app = open_page("sources", "fr")
    table = app.dataframe[0].value
    assert list(table["État"]) == ["en ordre", "1 échec"]
    assert list(table["Articles"]) == ["3", "0"]
    assert table["Dernier succès"][1] == "jamais"
    assert "Personne ne surveille" in html_of(app)
    app.session_state["sources_chosen"] = "f"
    app.run()
    assert "https://example.org/rss dépasse 10 Mo" in html_of(app)
    app.button(key="sources_pause").click().run()
    assert list(app.dataframe[0].value["État"]) == ["en ordre", "en pause"]
    assert state.entry("f").paused


def test_where_the_settings_say_so_pages_add_nothing(
    folder: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_WATCHING_FROM_PAGE", "false")
    app = open_page("sources")
    assert "do not let pages add sources" in html_of(app)
    assert not [b for b in app.button if b.key in ("source_add", "source_try")]


@pytest.mark.parametrize(
    ("run", "days_ago", "told"),
    [
        (Run(time.time()), 0, False),  # all is well
        (Run(time.time() - 3 * 86_400), 0, True),  # overdue
        (Run(time.time() - 3 * 86_400), 3, True),
        (Run(time.time() - 3 * 86_400), 4, False),  # a view of the days before
        (Run(time.time(), problem=Words("broken")), 0, True),  # never brought anything
        (Run(time.time(), problem=Words("broken")), 30, False),
    ],
)
def test_no_report_and_no_collection_stay_apart(
    folder: Path, run: Run, days_ago: int, told: bool
) -> None:
    settings.settings_file().write_text(
        f'[[sources]]\nname = "d"\nkind = "folder"\npath = "{folder}"\n'
    )
    state = State(Store())
    state.attach()
    state.record("d", run, time.time() + 60)
    last = dt.date.today() - dt.timedelta(days=days_ago)
    assert bool(collection.missing(state, last)) is told
    state.pause("d", True)
    assert collection.missing(state, None)


@pytest.mark.parametrize(
    ("more", "looked", "missed"),
    [
        ("", {}, []),  # never looked at: nothing is told of the past
        ("", {5: True, 3: True, 2: False}, [4, 2, 1]),
        ("every_minutes = 4320\n", {6: True, 3: True, 2: False}, []),  # the next look covers 2
        ("every_minutes = 2880\n", {6: True, 2: True}, [5, 4]),
        ('at = ["07:30"]\n', {2: True, 0: False}, [1]),  # today is not over
    ],
)
def test_days_of_no_collection(
    folder: Path, more: str, looked: dict[int, bool], missed: list[int]
) -> None:
    settings.settings_file().write_text(
        f'[[sources]]\nname = "d"\nkind = "folder"\npath = "{folder}"\n{more}'
    )
    state = State(Store())
    state.attach()
    for days_ago, good in looked.items():
        problem = None if good else Words("broken")
        state.record("d", Run(time.time() - days_ago * 86_400, problem=problem), 0)
    found = collection.days_missed(None).get("d", [])
    assert [(dt.date.today() - day).days for day in found] == missed
