"""The pack: every file of a briefing from one selection, with progress."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import plotly.graph_objects as go

from charts.actors.matrix import MatrixOptions
from charts.backends.files import to_png
from charts.chart import Caption, ChartOptions
from charts.map.options import MapOptions
from charts.registry import CHARTS, figure_of, still_of
from charts.timeline.lanes import NARROW_LANES
from charts.timeline.scene_model import TimelineOptions
from charts.timeline.tempo_counts import TempoOptions
from events.whole_file import write_together
from exports.changes import to_changes
from exports.pack.content import Content, content
from exports.pack.frieze import to_frieze
from exports.pack.narrative import to_docx
from exports.pack.slides import to_pptx
from exports.pack.template import Templates
from exports.pack.typeset import to_pdf
from exports.pack.web import to_html
from exports.receipt import to_receipt
from exports.selection import Selection
from exports.workbook import to_xlsx

_PAGE = 760.0  # width of a page of A4 in pixels
OWN_LOOK = Templates()
Progress = Callable[[str, int, int], None]
FILES = (
    "briefing.pptx",
    "briefing.docx",
    "briefing.pdf",
    "briefing.html",
    "frieze-a3.pdf",
    "events.xlsx",
    "changes.json",
    "receipt.json",
)


def make_pack(
    selection: Selection,
    progress: Progress = lambda *_: None,
    templates: Templates = OWN_LOOK,
) -> Iterator[tuple[str, bytes]]:
    """(file name, bytes) of each file of the pack, in the order of `FILES`.

    `progress` is called with (file being made, number done, total number) before each file.
    Raises TemplateError for a template that cannot be used.
    """
    told = content(selection)
    stills = _Stills(selection, told)
    writers: dict[str, Callable[[], bytes]] = {
        "briefing.pptx": lambda: to_pptx(told, selection, stills.wide_map(), templates.pptx),
        "briefing.docx": lambda: to_docx(told, selection, stills.all(), templates.docx),
        "briefing.pdf": lambda: to_pdf(told, stills.all()),
        "briefing.html": lambda: to_html(
            told, interactive(selection, told), stills.only("map", "matrix")
        ),
        "frieze-a3.pdf": lambda: to_frieze(told, selection),
        "events.xlsx": lambda: to_xlsx(selection),
        "changes.json": lambda: to_changes(selection),
        "receipt.json": lambda: to_receipt(selection),
    }
    for number, name in enumerate(FILES):
        progress(name, number, len(FILES))
        yield name, writers[name]()
    progress("", len(FILES), len(FILES))


def write_pack(
    selection: Selection,
    folder: Path,
    progress: Progress = lambda *_: None,
    templates: Templates = OWN_LOOK,
) -> None:
    """Write the pack's files into a folder, made where it is missing: all of them or none.

    Raises OSError, and TemplateError as `make_pack`.
    """
    files = {folder / name: data for name, data in make_pack(selection, progress, templates)}
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        write_together(files)
    except OSError:
        if is_new:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files of a pack as one ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def interactive(selection: Selection, told: Content) -> dict[str, go.Figure]:
    """The interactive charts of the web page, by heading."""
    around = Caption("", told.subtitle, told.footer)
    days, lang = selection.view, selection.lang
    asked = {
        "timeline": TimelineOptions(
            view=days, cutoff=selection.cut_off, lang=lang, caption=around, pins=selection.pins
        ),
        "tempo": TempoOptions(view=days, lang=lang, caption=around),
    }
    return {
        CHARTS[name].heading: figure_of(name)(selection.stories, options).figure
        for name, options in asked.items()
    }


class _Stills:
    """Pictures of the slides, the document and the PDF, each drawn once, on first use."""

    def __init__(self, selection: Selection, told: Content) -> None:
        self._selection = selection
        self._made: dict[str, bytes] = {}
        self._caption = Caption("", "", told.footer)

    def wide_map(self) -> bytes:
        """The map of a slide, drawn for its width there, so that labels stay readable."""
        lang = self._selection.lang
        options = MapOptions(width=660.0, height=262.0, lang=lang, caption=self._caption)
        return self._png("map", options)

    def only(self, *charts: str) -> dict[str, bytes]:
        """The pictures of the charts named, by heading."""
        return {title: self.all()[title] for title in (CHARTS[name].heading for name in charts)}

    def all(self) -> dict[str, bytes]:
        """All pictures for a page of A4, by heading: narrow, so that labels stay readable."""
        if not self._made:
            asked = self._options()
            self._made = {CHARTS[name].heading: self._png(name, asked[name]) for name in asked}
        return self._made

    def _options(self) -> dict[str, ChartOptions]:
        days, lang, around = self._selection.view, self._selection.lang, self._caption
        return {
            "timeline": TimelineOptions(
                view=days,
                cutoff=self._selection.cut_off,
                max_lanes=NARROW_LANES,
                max_height=560.0,
                width=_PAGE,
                lang=lang,
                caption=around,
                pins=self._selection.pins,
            ),
            "tempo": TempoOptions(view=days, width=_PAGE, lang=lang, caption=around),
            "map": MapOptions(width=_PAGE, height=420.0, lang=lang, caption=around),
            "matrix": MatrixOptions(max_actors=12, width=_PAGE, lang=lang, caption=around),
        }

    def _png(self, chart: str, options: ChartOptions) -> bytes:
        return to_png(still_of(chart)(self._selection.stories, options).figure, 250)
