"""The pack: every file of a briefing from one selection, with progress."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from charts import still
from charts.chart import Caption
from charts.timeline.figure import timeline
from charts.timeline.tempo import tempo
from exports.pack.content import Content, content
from exports.pack.frieze import to_frieze
from exports.pack.narrative import to_docx
from exports.pack.slides import to_pptx
from exports.pack.typeset import to_pdf
from exports.pack.web import to_html
from exports.receipt import to_receipt
from exports.selection import Selection
from exports.workbook import to_xlsx

_PAGE = 760.0  # pixels across a page of A4
Progress = Callable[[str, int, int], None]
FILES = (
    "briefing.pptx",
    "briefing.docx",
    "briefing.pdf",
    "briefing.html",
    "frieze-a3.pdf",
    "events.xlsx",
    "receipt.json",
)


def make_pack(
    selection: Selection, progress: Progress = lambda *_: None
) -> Iterator[tuple[str, bytes]]:
    """(file name, bytes) of each file of the pack, in the order of `FILES`.

    `progress` is told (what is being made, number done, number of all) before each file.
    """
    told = content(selection)
    stills = _Stills(selection, told)
    writers: dict[str, Callable[[], bytes]] = {
        "briefing.pptx": lambda: to_pptx(told, selection, stills.wide_map()),
        "briefing.docx": lambda: to_docx(told, selection, stills.all()),
        "briefing.pdf": lambda: to_pdf(told, stills.all()),
        "briefing.html": lambda: to_html(
            told, interactive(selection, told), stills.only("Where", "Who acts on whom")
        ),
        "frieze-a3.pdf": lambda: to_frieze(told, selection),
        "events.xlsx": lambda: to_xlsx(selection),
        "receipt.json": lambda: to_receipt(selection),
    }
    for number, name in enumerate(FILES):
        progress(name, number, len(FILES))
        yield name, writers[name]()
    progress("", len(FILES), len(FILES))


def write_pack(selection: Selection, folder: Path, progress: Progress = lambda *_: None) -> None:
    """Write the pack's files into a folder, made where it is missing. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in make_pack(selection, progress):
        (folder / name).write_bytes(data)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files of a pack as one ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def interactive(selection: Selection, told: Content) -> dict[str, go.Figure]:
    """The charts of the web page."""
    caption = Caption("", told.subtitle, told.footer)
    common: dict[str, Any] = {"lang": selection.lang, "caption": caption}
    return {
        "Timeline": timeline(
            selection.events, cutoff=selection.cut_off, view=selection.view, **common
        ).figure,
        "Tempo": tempo(selection.events, view=selection.view, **common).figure,
    }


class _Stills:
    """Pictures of the slides, the document and the PDF, each drawn once, when asked for."""

    def __init__(self, selection: Selection, told: Content) -> None:
        self._selection = selection
        self._made: dict[str, bytes] = {}
        self._common: dict[str, Any] = {
            "lang": selection.lang,
            "caption": Caption("", "", told.footer),
        }

    def wide_map(self) -> bytes:
        """The map of a slide: as wide as it stands there, so that its labels can be read."""
        made = still.map_figure(self._selection.events, width=920.0, height=360.0, **self._common)
        return still.to_png(made.figure, 250)

    def only(self, *titles: str) -> dict[str, bytes]:
        """Some of the pictures of a page."""
        return {title: self.all()[title] for title in titles}

    def all(self) -> dict[str, bytes]:
        """Pictures by title for a page of A4: narrow, so that labels keep a readable size."""
        if not self._made:
            events, days = self._selection.events, self._selection.view
            common = {**self._common, "width": _PAGE}
            cutoff = self._selection.cut_off
            asked: dict[str, Any] = {"cutoff": cutoff, "view": days, "max_lanes": 9}
            figures = {
                "Timeline": still.timeline_figure(events, **asked, max_height=560.0, **common),
                "Tempo": still.tempo_figure(events, view=days, **common),
                "Where": still.map_figure(events, height=420.0, **common),
                "Who acts on whom": still.matrix_figure(events, max_actors=12, **common),
            }
            self._made = {name: still.to_png(made.figure, 250) for name, made in figures.items()}
        return self._made
