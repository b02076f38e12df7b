"""Loading articles: upload or paste, progress, report of what was read, kept and set aside."""

from __future__ import annotations

import datetime as dt
import importlib.util
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st

from events import settings
from events.aside_words import aside_line
from events.filters import Filters
from events.languages import languages
from events.model import Article, Published
from events.records import records
from events.settings import SettingsError
from events.store import Store, StoreError
from pages.articles_parts import coded_tables, mapping
from pages.articles_parts.upload_names import plain_name
from pages.shared.facts import Row
from pages.shell import certainty, escaping, link, look, names, person
from pages.shell.language import _, count, current, error_words, named, number
from pages.shell.store_access import query

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"

_REPORT = "frise_load_report"
_JOB = "frise_load_asked"
_PROBLEM = "frise_load_problem"
_FIELDS = ("text", "title", "source", "url", "published")
MOST_LISTED = 30


@dataclass(frozen=True)
class PageReport:
    """The result of a load, for display. `kept`: article ids; `events`: that are sure enough,
    `less_sure`: the others; `set_aside`: fields of `events.aside_words.aside_line`; `tables`: a
    `loaders.coded_rows.TableReport` a table of events; `pasted`: id of the article of the form,
    kept now or before."""

    read: int
    kept: tuple[int, ...]
    events: int
    less_sure: int
    known: tuple[str, ...]
    set_aside: tuple[tuple[str, ...], ...]
    tables: tuple[Any, ...] = ()
    pasted: int | None = None


def draw() -> None:
    """Draw upload, paste, samples, and the report of the last load.

    A button only requests the load; it runs once the page is drawn with its buttons disabled.
    So a second click cannot interrupt it, and after any other interruption it starts again:
    articles stored by then are recognised as known.
    """
    look.title(_("Load articles"))
    progress = st.container()
    _models()
    # no expanders: their opening animation moves controls away under a quick click
    files, pasted, table, samples = st.tabs(
        [_("Files"), _("Paste one article"), _("Table"), _("Sample articles")]
    )
    with files:
        _upload()
    with pasted:
        _paste()
    with table:
        mapping.draw(lambda: ask("table"), busy())
    with samples:
        st.caption(_("Short articles in French and English, written for Frise about real events."))
        words = _("Load the sample articles")
        st.button(words, key="samples_read", disabled=busy(), on_click=ask, args=("samples",))
    report = st.session_state.get(_REPORT)
    if report is not None and not busy():
        _show(report)
    with progress:
        run()


def ask(source: str, given: object = None) -> None:
    """Request a load: "files" of the uploader, one "pasted" article, or the "samples"."""
    st.session_state[_JOB] = (source, given)


def busy() -> bool:
    """Whether a load is requested and not finished."""
    return _JOB in st.session_state


def run() -> None:
    """Do the load that was asked for, then draw the page anew; where none was, say what went wrong
    with the last one."""
    if not busy():
        if problem := st.session_state.pop(_PROBLEM, ""):
            look.problem(problem)
        return
    source, given = st.session_state[_JOB]
    try:
        _run(source, given)
    except Exception:  # a retry would fail again
        del st.session_state[_JOB]
        raise
    del st.session_state[_JOB]
    st.rerun()


def _run(source: str, given: Any) -> None:
    if source == "files":
        files = st.session_state.get("upload") or []
        _load(lambda: _uploaded(files), len(files))
    elif source == "table":
        file, text = st.session_state.get(mapping.FILE), st.session_state.get(mapping.TEXT, "")
        _load(lambda: mapping.rows(file, text), 1)
    elif source == "samples":
        load_folder(SAMPLES)
    else:
        article = _pasted(given)
        _load(lambda: [(_("pasted text"), article)], 1)
        report = st.session_state.get(_REPORT)
        if report is not None and isinstance(article, Article):
            st.session_state[_REPORT] = replace(report, pasted=article.id)
            link.set_view("article", article.id if report.kept else None)


def _upload() -> None:
    files = st.file_uploader(
        _("Files: text, documents, web pages, mail, feeds, archives"),
        accept_multiple_files=True,
        key="upload",
        type=None,  # the content tells the format; what is of none is set aside and said
    )
    st.button(
        _("Read these files"),
        key="upload_read",
        type="primary",
        disabled=not files or busy(),
        on_click=ask,
        args=("files",),
    )


def _models() -> None:
    """Name the languages that are read by rules only, since their model is not installed."""
    parsers = {lang: row.parser for lang, row in languages().items() if row.parser}
    without = [
        lang for lang, found in parsers.items() if not any(map(importlib.util.find_spec, found))
    ]
    if not settings.value("loading.models"):
        without = list(parsers)
    if without:
        listed = ", ".join(names.language_in_text(lang) for lang in without)
        told = _("No language model is installed for {languages}: read by rules, less surely.")
        look.note(told.format(languages=listed))


def load_folder(folder: Path) -> None:
    """Load every file of a folder, with progress."""
    from loaders.readers import article_files, read_path

    files = article_files(folder)
    _load(lambda: ((file.name, item) for file in files for item in read_path(file)), len(files))


def resolve_again(row: Row, when: dt.date) -> None:
    """Read a stored article again with a publication date chosen by a person."""
    from loaders.load import load_again
    from loaders.reread import article_of
    from loaders.stage_error import StageError

    article = article_of(row)
    given = Published.given(when, "chosen by the reader")
    try:
        with st.spinner(_("Reading the article again …")):
            events = load_again(article, given, _store(), dt.date.today(), person.name())
    except (StageError, StoreError, SettingsError) as error:
        st.toast(error_words(error))
        return
    link.set_view("event", None)
    told = count("{n} event", "{n} events", events)
    st.toast(_("Read again: {events}.").format(events=told))


def _store() -> Store:
    return Store()


def _uploaded(files: Iterable[object]) -> Iterator[tuple[str, object]]:
    """Read each uploaded file under its own name."""
    from loaders.readers import SetAside, read_path

    with tempfile.TemporaryDirectory() as folder:
        for position, file in enumerate(files):
            name = Path(str(getattr(file, "name", "file"))).name
            # one folder per file: two uploads may have the same name
            path = Path(folder) / str(position) / plain_name(name)
            path.parent.mkdir()
            path.write_bytes(file.getvalue())  # type: ignore[attr-defined]
            for item in read_path(path):
                yield name, replace(item, file=name) if isinstance(item, SetAside) else item
            path.unlink()


def _paste() -> None:
    with st.form("paste", border=False):
        st.text_area(_("Text of the article"), key="paste_text", height=160)
        left, right = st.columns(2, gap="small")
        left.text_input(_("Title"), key="paste_title")
        right.text_input(_("Outlet"), key="paste_source")
        left.text_input(_("Address"), key="paste_url")
        right.date_input(
            _("Publication date, if you know it"),
            value=None,
            key="paste_published",
            min_value=dt.date(1500, 1, 1),
            format="DD/MM/YYYY",
        )
        words = _("Read this article")
        sent = st.form_submit_button(words, type="primary", disabled=busy(), on_click=_sent)
    if sent and not busy():
        look.problem(_("There is no text to read: paste the article first."))


def _sent() -> None:
    """Request the article of the form, if it has a text."""
    given = {name: st.session_state.get(f"paste_{name}") for name in _FIELDS}
    published = given.pop("published")
    day = published.isoformat() if isinstance(published, dt.date) else None
    if str(given["text"] or "").strip():
        ask("pasted", {k: v for k, v in {**given, "published": day}.items() if v})


def _pasted(given: dict[str, object]) -> object:
    """The article of the form, or why it is set aside. Without a title, the first line is it where
    it reads as one, as in a file of plain text."""
    from loaders.readers import SetAside, UnreadableError
    from loaders.readers.json_lines import article_from_record
    from loaders.readers.plain_text import split_title

    if not given.get("title"):
        title, text = split_title(str(given["text"]))
        given = {**given, "title": title, "text": text}
    try:
        now = dt.datetime.now(dt.UTC)
        return replace(article_from_record(given), retrieved=now, reader="pasted")
    except UnreadableError as error:
        name = _("pasted text")
        return SetAside(name, error.where, error.value, str(error), error.remedy)


def _load(found: Callable[[], Iterable[tuple[str, object]]], total: int) -> None:
    """Load with a progress bar and keep the report for the page."""
    from loaders.load import load_found
    from loaders.load_report import LoadReport

    bar = st.progress(0.0, _("Getting the language models ready …"))
    seen: set[str] = set()

    def progress(name: str, report: LoadReport) -> None:
        seen.add(name)
        share = min(1.0, len(seen) / max(1, total))
        read = count("{n} article read", "{n} articles read", report.read + report.rows)
        bar.progress(share, named(escaping.plain(name), read))

    try:
        report = load_found(found(), _store(), dt.date.today(), progress, person.name())  # type: ignore[arg-type]
    except (StoreError, SettingsError) as error:
        st.session_state[_PROBLEM] = error_words(error)
        st.session_state.pop(_REPORT, None)
        return
    bar.empty()
    st.session_state[_REPORT] = PageReport(
        report.read,
        tuple(report.kept),
        report.events - report.less_sure,
        report.less_sure,
        (*report.known, *report.repeated),
        tuple(astuple(item) for item in report.set_aside),
        tuple(report.tables),
    )


def _show(report: PageReport) -> None:
    """Read, kept, known, set aside; articles whose publication date needs a look."""
    if report.read or not report.tables:
        st.html(f'<p class="fr-line" role="status">{escaping.escaped(_words(report))}</p>')
    for table in report.tables:
        coded_tables.show(table, list_under)
    if report.pasted is not None:
        st.button(
            _("Open the article"),
            key="pasted_open",
            type="tertiary",
            on_click=link.set_view,
            args=("article", report.pasted),
        )
    list_under(_("Set aside"), [aside_line(item, current()) for item in report.set_aside])
    list_under(_("In the store before"), report.known)
    _to_check(report)


def _words(report: PageReport) -> str:
    if report.known and len(report.known) == report.read:
        one = "{n} article read: it was loaded before."
        return count(one, "{n} articles read: all were loaded before.", report.read)
    words = _("{articles}, {kept} with {events}.").format(
        articles=count("{n} article read", "{n} articles read", report.read),
        kept=count("{n} kept", "{n} kept", len(report.kept)),
        events=count("{n} event", "{n} events", report.events),
    )
    more = f" {certainty.more_events(report.less_sure)}" if report.less_sure else ""
    return words + more


def list_under(head: str, lines: Sequence[str]) -> None:
    """A headed list, cut after MOST_LISTED lines; nothing where there are none."""
    if not lines:
        return
    items = "".join(f"<li>{escaping.escaped(line)}</li>" for line in lines[:MOST_LISTED])
    more = len(lines) - MOST_LISTED
    rest = "<li>" + _("and {n} more").format(n=number(more)) + "</li>" if more > 0 else ""
    title = f"{escaping.escaped(head)} ({number(len(lines))})"
    st.html(f'<p class="fr-head">{title}</p><ul class="fr-list">{items}{rest}</ul>')


def _to_check(report: PageReport) -> None:
    """Loaded articles without a given publication date, each with a link to its page."""
    if not report.kept:
        return
    table = query().articles(Filters())
    doubtful = table[table["article_id"].isin(report.kept) & (table["published_basis"] != "given")]
    if doubtful.empty:
        return
    st.html(f'<p class="fr-head">{_("Please check the publication date of")}</p>')
    with st.container(key="frise_events_check"):
        for row in records(doubtful.head(MOST_LISTED)):
            st.button(
                escaping.plain(escaping.shortened(str(row["title"]) or _("untitled"), 70)),
                key=f"check_{row['article_id']}",
                type="tertiary",
                on_click=link.set_view,
                args=("article", int(row["article_id"])),
            )
