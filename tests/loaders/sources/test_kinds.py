"""What each kind of source brings, once; what changed comes again, what failed is said."""

from __future__ import annotations

import os
import threading
from email.message import EmailMessage
from pathlib import Path

import pytest

from events.filters import Filters
from events.query import Query
from events.source_settings import Source
from loaders.load import load_found
from loaders.sources.collect import Look, collect, try_out
from loaders.sources.state import State
from loaders.sources.web import Web
from tests.loaders.sources.conftest import Server, Shelf, reply

TEXT = "Le 3 mars 2024, la Russie a frappé Dnipro. Le gouvernement ukrainien a condamné l'attaque. "
FEED = """<rss version="2.0"><channel><title>Le Journal</title>{items}</channel></rss>"""
ENTRY = """<item><title>{title}</title><link>{link}</link><description>{text}</description>
<pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate></item>"""


def looked(source: Source, state: State, web: Web) -> tuple[int, int, int]:
    """(kept, known, set aside) of a look without an error."""
    look = look_at(source, state, web)
    assert look.error is None, look.error
    return look.kept, look.known, look.aside


def look_at(source: Source, state: State, web: Web) -> Look:
    return collect(source, state, web, threading.Event())


def page(text: str) -> bytes:
    return reply(
        f"<html lang='fr'><head><title>Frappe sur Dnipro</title></head><body><article><p>"
        f"{text * 4}</p></article></body></html>".encode()
    )


def feed(*entries: tuple[str, str, str], tag: str = "v1") -> bytes:
    items = "".join(ENTRY.format(title=t, link=link, text=text) for t, link, text in entries)
    return reply(FEED.format(items=items).encode(), "200 OK", f"ETag: {tag}", kind="text/xml")


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is whole at once."""
    monkeypatch.setattr("loaders.sources.folder.SETTLED", 0.0)


@pytest.fixture
def folder(tmp_path: Path) -> Source:
    (tmp_path / "in").mkdir()
    return Source("dépêches", "folder", path=str(tmp_path / "in"), outlet="AFP", tags=("Est", "x"))


def test_a_folder_brings_what_is_new_or_changed(
    folder: Source, state: State, shelf: Shelf, web: Web, settled: None
) -> None:
    file = Path(folder.path) / "sub" / "a.txt"
    file.parent.mkdir()
    file.write_text(TEXT * 2)
    (Path(folder.path) / "b.txt.part").write_text(TEXT)
    (Path(folder.path) / ".c.txt").write_text(TEXT)
    (Path(folder.path) / "empty.txt").touch()
    assert looked(folder, state, web) == (1, 0, 1)
    assert looked(folder, State(state.store), web) == (0, 0, 0)  # as after a restart
    file.write_text(TEXT * 3)
    assert looked(folder, state, web) == (1, 0, 0)
    file.rename(file.with_name("moved.txt"))
    assert looked(folder, state, web) == (0, 1, 0)
    first = next(iter(shelf.articles.values()))
    assert (first.source, first.lang) == ("AFP", "fr")
    assert {"brought by the source: dépêches", "tags: Est, x"} <= set(first.notes)


def test_a_table_of_events_is_loaded_whole(
    folder: Source, state: State, web: Web, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.sources.collect.load_found", load_found)
    place = Path(folder.path) / "acled.csv"
    table = (Path(__file__).parents[2] / "cases" / "coded" / "acled.csv").read_text("utf-8")
    place.write_text(table, "utf-8")
    assert looked(folder, state, web) == (3, 0, 0)
    place.write_text(table.rsplit("\n", 2)[0], "utf-8")
    assert looked(folder, state, web) == (0, 2, 0)
    events = Query(state.store.location).events(Filters(coders=("ACLED",)))
    assert len(events) == 2


def test_a_file_that_is_being_written_waits(folder: Source, state: State, web: Web) -> None:
    (Path(folder.path) / "a.txt").write_text(TEXT)
    look = look_at(folder, state, web)
    assert (look.kept, look.aside, look.waiting) == (0, 0, 1)


def test_a_folder_that_is_not_there_is_said(state: State, web: Web) -> None:
    look = look_at(Source("x", "folder", path="/no/such"), state, web)
    assert "/no/such is no folder that can be read" in str(look.error)
    assert not look.is_ours


def test_what_is_wrong_here_is_no_fault_of_the_source(
    folder: Source, state: State, web: Web, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (Path(folder.path) / "a.txt").write_text(TEXT)

    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("loaders.sources.collect.load_found", no_room)
        assert look_at(folder, state, web).is_ours
    assert looked(folder, state, web) == (1, 0, 0)


def test_a_feed_is_asked_for_only_where_it_changed(
    server: Server, state: State, shelf: Shelf, web: Web
) -> None:
    source = Source("f", "feed", url=server.url("/feed"))
    one, two = ("Un", server.url("/1"), TEXT), ("Deux", server.url("/2"), TEXT * 2)
    server.pages["/feed"] = feed(one)
    assert looked(source, state, web) == (1, 0, 0)
    assert [each.url for each in shelf.articles.values()] == [server.url("/1")]
    server.pages["/feed"] = reply(b"", "304 Not Modified")
    assert looked(source, state, web) == (0, 0, 0)
    assert "If-None-Match: v1" in server.asked[-1][1]
    server.pages["/feed"] = feed(one, two, tag="v2")
    assert looked(source, state, web) == (1, 1, 0)
    assert set(server.paths) == {"/robots.txt", "/feed"}  # its links are not followed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (reply(b"<html>Sorry"), "gives no feed"),
        (reply(b""), "empty"),
        (reply(b"", "500 Broken"), "answers 500"),
    ],
)
def test_a_feed_that_is_none_is_said(
    answer: bytes, words: str, server: Server, state: State, web: Web
) -> None:
    server.pages["/feed"] = answer
    look = look_at(Source("f", "feed", url=server.url("/feed")), state, web)
    assert words in str(look.error)


def test_a_broken_feed_is_read_as_far_as_it_goes(server: Server, state: State, web: Web) -> None:
    sound = feed(("Un", server.url("/1"), TEXT)).partition(b"\r\n\r\n")[2]
    server.pages["/feed"] = reply(sound.removesuffix(b"</channel></rss>"), kind="text/xml")
    assert looked(Source("f", "feed", url=server.url("/feed")), state, web) == (1, 0, 0)


def test_a_feed_may_be_followed_to_its_pages(
    server: Server, state: State, shelf: Shelf, web: Web
) -> None:
    source = Source("f", "feed", url=server.url("/feed"), follow=True)
    away = ("Ailleurs", "http://example.org/3", TEXT)
    entries = [("Un", server.url("/1"), "…"), ("Deux", server.url("/2"), "…"), away]
    server.pages |= {"/feed": feed(*entries), "/1": page(TEXT)}
    assert looked(source, state, web) == (1, 0, 2)  # /2 is not there, the other host is not asked
    (first,) = shelf.articles.values()
    assert first.title == "Frappe sur Dnipro"
    assert str(first.published.date) == "2024-03-04"  # as the feed tells
    server.pages["/2"] = page(TEXT + "Une autre page. ")
    assert "name example.org in its hosts" in str(shelf.aside)
    server.asked.clear()
    assert looked(source, state, web)[0] == 0  # gone is gone; nothing is asked a second time
    assert server.paths == ["/feed"]


def test_a_page_that_changed_comes_again(
    server: Server, state: State, shelf: Shelf, web: Web
) -> None:
    source = Source("p", "pages", urls=(server.url("/a"), server.url("/b")))
    server.pages |= {"/a": page(TEXT), "/b": reply(b"", "500 Broken")}
    assert looked(source, state, web) == (1, 0, 1)
    assert looked(source, state, web) == (0, 1, 0)
    server.pages["/a"] = page(TEXT + "Trois personnes sont mortes. ")
    server.pages["/b"] = page("Un autre texte sur un accord signé à Paris entre deux États. ")
    assert looked(source, state, web) == (2, 0, 0)
    assert [each.url for each in shelf.articles.values()].count(server.url("/a")) == 2
    server.pages["/b"] = reply(b"", "429 Busy", "Retry-After: 900")
    look = look_at(source, state, web)
    assert (look.kept, look.aside) == (0, 0)
    assert look.retry_after == pytest.approx(900, abs=1)


def test_pages_that_give_nothing(server: Server, state: State, web: Web) -> None:
    """Where no page answers it is the network: none is given up. One that is broken among others is
    tried ten times, one that is refused once; each is set aside once."""
    source = Source("p", "pages", urls=tuple(server.url(path) for path in ("/a", "/b", "/c")))
    server.pages |= dict.fromkeys(("/a", "/b", "/c"), reply(b"", "500 Broken"))
    look = look_at(source, state, web)
    assert "answers 500" in str(look.error)
    assert state.seen("p") == {}
    wrong = reply(b"caf\xc3\xa9 \xff\xfe\x81" * 9, kind="text/html; charset=utf-8")
    server.pages |= {"/a": page(TEXT), "/b": wrong, "/c": reply(b"", "403 Forbidden")}
    assert looked(source, state, web) == (1, 0, 2)
    assert looked(source, state, web) == (0, 1, 0)
    assert server.paths.count("/c") == 2
    server.pages["/a"] = reply(b"", "500 Broken")
    for number in range(12):
        server.pages["/b"] = page(f"{TEXT} {number}")
        assert looked(source, state, web)[0] == 1
    assert server.paths.count("/a") == 3 + 10


def test_what_a_feed_cannot_give_is_counted_once(server: Server, state: State, web: Web) -> None:
    source = Source("f", "feed", url=server.url("/feed"))
    server.pages["/feed"] = feed(("Un", server.url("/1"), TEXT), ("", "", ""))
    assert looked(source, state, web) == (1, 0, 1)
    server.pages["/feed"] = feed(("Un", server.url("/1"), TEXT), ("", "", ""), tag="v2")
    assert looked(source, state, web)[2] == 0


def test_addresses_may_stand_in_a_file(
    tmp_path: Path, server: Server, state: State, web: Web
) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(f"# mine\n{server.url('/a')}\n\n")
    server.pages["/a"] = page(TEXT)
    source = Source("p", "pages", path=str(listed))
    assert looked(source, state, web) == (1, 0, 0)
    listed.write_text("file:///etc/passwd\n")
    assert "line 1" in str(look_at(source, state, web).error)


def test_a_trial_stores_nothing(server: Server, state: State, shelf: Shelf, web: Web) -> None:
    server.pages["/feed"] = feed(
        *((f"T{n}", server.url(f"/{n}"), f"{TEXT}{n}") for n in range(1, 30))
    )
    source = Source("f", "feed", url=server.url("/feed"), language="de", outlet="Post")
    trial = try_out(source, web)
    assert len(trial.articles) == 20
    assert {(each.lang, each.source) for each in trial.articles} == {("de", "Post")}
    assert not shelf.articles
    assert looked(source, state, web)[0] == 29


def message(number: int) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Agence <a@example.org>", f"Dépêche {number}"
    mail["Date"], mail["Message-ID"] = "Mon, 04 Mar 2024 08:00:00 +0000", f"<{number}@example.org>"
    mail.set_content(TEXT * number)
    return mail.as_bytes()


def test_a_maildir_brings_each_message_once(
    tmp_path: Path, state: State, shelf: Shelf, web: Web
) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / "mail" / name).mkdir(parents=True)
    new, cur = tmp_path / "mail" / "new", tmp_path / "mail" / "cur"
    (new / "1.host").write_bytes(message(1))
    (cur / "2.host:2,S").write_bytes(message(2))
    (tmp_path / "mail" / "tmp" / "3.host").write_bytes(message(3))
    source = Source("m", "maildir", path=str(tmp_path / "mail"))
    assert looked(source, state, web) == (2, 0, 0)
    os.rename(new / "1.host", cur / "1.host:2,RS")
    assert looked(source, state, web) == (0, 0, 0)
    assert sorted(each.title for each in shelf.articles.values()) == ["Dépêche 1", "Dépêche 2"]


def test_beside_another_store_what_was_seen_is_forgotten(
    folder: Source, state: State, shelf: Shelf, web: Web, settled: None
) -> None:
    (Path(folder.path) / "a.txt").write_text(TEXT)
    assert looked(folder, state, web) == (1, 0, 0)
    state.store.location.rename(state.store.location.with_name("away"))
    state.attach()
    shelf.articles.clear()
    assert looked(folder, state, web) == (1, 0, 0)
