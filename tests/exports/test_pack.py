"""The briefing pack: native charts hold the filtered numbers, and every file opens."""

from __future__ import annotations

import html
import io
import json
import re
import socket
import zipfile
from dataclasses import replace
from typing import Any

import docx
import openpyxl
import pandas as pd
import pptx
import pypdf
import pytest

from charts.map.options import MapOptions
from charts.map.picture import map_picture
from charts.sheet.caption import left_out_note
from charts.sheet.measure import text_width
from events.annotations import Subject
from events.columns import EVENT_COLUMNS
from events.ontology import QUAD_COLOURS
from events.since import Since
from events.wording import label
from exports.pack.bundle import FILES, make_pack, zipped
from exports.pack.content import TABLE_ROWS, content
from exports.pack.slides import to_pptx
from exports.pack.table_part import announced_part
from exports.pack.timeline_shapes import fitting
from exports.selection import Selection
from tests.exports.conftest import MADE_AT, NOTE
from tests.exports.reading_back import from_xlsx


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the pack opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def deck(data: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(data))


def texts(presentation: Any) -> str:
    frames = [s for slide in presentation.slides for s in slide.shapes if s.has_text_frame]
    return "\n".join(frame.text_frame.text for frame in frames)


def test_the_pack_holds_every_file(pack: dict[str, bytes]) -> None:
    assert tuple(pack) == FILES
    assert all(pack.values())


def test_notes_stand_in_the_pack_and_tags_in_tables(
    pack: dict[str, bytes], selection: Selection
) -> None:
    told = content(selection).notes
    assert [row[1] for row in told.rows] == [NOTE, "Jour férié."]
    assert told in content(selection).parts
    assert told not in content(replace(selection, notes=())).parts
    tables = [s.table for slide in deck(pack["briefing.pptx"]).slides for s in slide.shapes
              if s.has_table]  # fmt: skip
    assert NOTE in [cell.text for table in tables for cell in table.iter_cells()]
    document = docx.Document(io.BytesIO(pack["briefing.docx"]))
    assert NOTE in [c.text for table in document.tables for row in table.rows for c in row.cells]
    assert html.escape(NOTE, quote=False) in pack["briefing.html"].decode("utf-8")
    first = from_xlsx(pack["events.xlsx"]).iloc[0]
    assert (first["tags"], first["notes"]) == (["vidéo", "à vérifier; vite"], 1)


def test_the_numbers_behind_a_native_chart_are_the_filtered_ones(
    pack: dict[str, bytes], selection: Selection
) -> None:
    told = content(selection)
    charts = [
        s.chart for slide in deck(pack["briefing.pptx"]).slides for s in slide.shapes if s.has_chart
    ]
    assert len(charts) == 2
    for chart, expected in zip(charts, (told.tempo, _dyads(told)), strict=True):
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        wanted = expected[["label", "quad_1", "quad_2", "quad_3", "quad_4"]].values.tolist()
        assert rows == wanted


def _dyads(told: Any) -> pd.DataFrame:
    rows = [
        {"label": f"{d.source} → {d.target}", **{f"quad_{q}": d.quads[q - 1] for q in (1, 2, 3, 4)}}
        for d in reversed(told.dyads)
    ]
    return pd.DataFrame(rows)


def test_tempo_counts_every_event_or_says_how_many_not(selection: Selection) -> None:
    told = content(selection)
    drawn = int(told.tempo[["quad_1", "quad_2", "quad_3", "quad_4"]].to_numpy().sum())
    assert drawn + sum(told.tempo_left_out.values()) == len(selection.stories)


def test_every_statement_has_its_source_with_a_grade(selection: Selection) -> None:
    told = content(selection)
    leading = [(line.credit, line.short) for part in told.lead for line in part.lines]
    sources = [*(text for pair in leading for text in pair), *(line.credit for line in told.table)]
    assert len(sources) > len(told.table) > 0
    assert all(re.search(r"\[[A-F][1-6]\]", source) for source in sources)


def test_marking_and_page_number_stand_on_every_slide(
    pack: dict[str, bytes], selection: Selection
) -> None:
    slides = list(deck(pack["briefing.pptx"]).slides)
    for number, slide in enumerate(slides, start=1):
        told = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
        assert told.count(selection.marking) == 2
        assert f"{number} / {len(slides)}" in told


def test_pictures_and_charts_have_alternative_texts(pack: dict[str, bytes]) -> None:
    for slide in deck(pack["briefing.pptx"]).slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == 13:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


def test_nothing_stands_outside_a_slide(pack: dict[str, bytes]) -> None:
    presentation = deck(pack["briefing.pptx"])
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width + 12_700
            assert shape.top + shape.height <= presentation.slide_height + 12_700


def test_the_document_has_a_footnote_for_each_line_and_key_event(
    pack: dict[str, bytes], selection: Selection
) -> None:
    told = content(selection)
    document = docx.Document(io.BytesIO(pack["briefing.docx"]))
    marks = document.element.body.xpath(".//w:footnoteReference")
    assert len(marks) == len(told.key) + sum(len(part.lines) for part in told.lead)
    archive = zipfile.ZipFile(io.BytesIO(pack["briefing.docx"]))
    notes = archive.read("word/footnotes.xml").decode("utf-8")
    assert notes.count("<w:footnoteRef/>") == len(marks)
    links = archive.read("word/_rels/footnotes.xml.rels").decode("utf-8")
    assert "https://northern-wire.example/dnipro" in links
    rows = [len(table.rows) for table in document.tables]
    assert rows[:-1] == [len(part.rows) + 1 for part in told.parts] + [len(told.table) + 1]


def test_the_timeline_slide_has_a_key_and_says_what_is_not_drawn(
    pack: dict[str, bytes], selection: Selection
) -> None:
    slide = next(
        s
        for s in deck(pack["briefing.pptx"]).slides
        if s.shapes.title.text_frame.text == "Chronologie"
    )
    told = _words(slide)
    for quad in set(selection.events.loc[selection.events["first"].notna(), "quad"]):
        assert label(f"quad {quad}", "fr") in told
    scene = fitting(selection, 380.0)
    assert {label(mark.status, "fr") for mark in scene.marks()} <= set(told)
    assert not scene.left_out or any(left_out_note(scene.left_out, "fr") in text for text in told)


def _words(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_a_pinned_note_has_a_flag_on_the_slide_and_its_words_at_the_foot(
    selection: Selection,
) -> None:
    day = fitting(selection, 380.0).view[0]
    note = replace(selection.notes[0], subject=Subject("day", day.isoformat()))
    pinned = replace(selection, notes=(note,))
    slides = deck(to_pptx(content(pinned), pinned, None)).slides
    slide = next(s for s in slides if s.shapes.title.text_frame.text == "Chronologie")
    (flag,) = (shape for shape in slide.shapes if shape.name == "1")
    assert NOTE in flag._element.xpath(".//p:cNvPr")[0].get("descr")
    assert f"{NOTE} (Ana)" in next(text for text in _words(slide) if "[1] " in text)


@pytest.mark.parametrize(("letters", "shown"), [(20, 3), (200, 2), (4_000, 2)])
def test_pinned_notes_at_the_foot_are_told_as_far_as_they_fit_and_the_others_counted(
    selection: Selection, letters: int, shown: int
) -> None:
    day = fitting(selection, 380.0).view[0]
    note = replace(selection.notes[0], subject=Subject("day", day.isoformat()))
    told = [f"{n}{'x' * letters}" for n in range(5)]
    notes = tuple(replace(note, id=text, text=text) for text in told)
    pinned = replace(selection, notes=notes)
    slides = deck(to_pptx(content(pinned), pinned, None)).slides
    slide = next(s for s in slides if s.shapes.title.text_frame.text == "Chronologie")
    (foot,) = (text for text in _words(slide) if "Notes épinglées" in text)
    assert foot.count("[1] ") == foot.count(" (Ana)") == shown
    assert f"Notes épinglées qui ne figurent pas ici\u00a0: {5 - shown}." in foot
    assert len(foot) <= 280


def test_texts_of_the_timeline_fit_their_boxes(pack: dict[str, bytes]) -> None:
    """Measured with the bundled font, a little wider than Arial; boxes are one line high."""
    slide = next(
        s
        for s in deck(pack["briefing.pptx"]).slides
        if s.shapes.title.text_frame.text == "Chronologie"
    )
    checked = 0
    for box in (s for s in slide.shapes if s.has_text_frame and s.height < 260_000):
        for paragraph in box.text_frame.paragraphs:
            for run in paragraph.runs:
                checked += 1
                assert text_width(run.text, run.font.size.pt) <= box.width / 12_700, run.text
    assert checked > 10


def test_the_map_says_whose_data_it_is_and_takes_no_position(selection: Selection) -> None:
    said = " ".join(map_picture(selection.events, MapOptions(lang="fr")).notes)
    assert "GeoNames, CC BY 4.0" in said
    assert "Natural Earth" in said
    assert "Les frontières contestées sont en tirets" in said


def test_classes_and_statuses_can_be_told_apart_in_grey() -> None:
    """Verbal is lighter than material (2.5:1 and more); shape, not colour, tells the status."""

    def light(colour: str) -> float:
        parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        red, green, blue = (
            v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05

    for verbal, material in ((1, 2), (3, 4), (1, 4), (3, 2)):
        assert light(QUAD_COLOURS[verbal]) / light(QUAD_COLOURS[material]) >= 2.5


def test_nothing_is_said_in_the_other_language(pack: dict[str, bytes]) -> None:
    for word in (
        "Cut-off",
        "Days of",
        "Key events",
        "Sources and",
        "Events a",
        "Announced",
        "Annex: ",
        "Claimed",
        "Left out",
    ):
        assert word not in texts(deck(pack["briefing.pptx"]))
        pages = pypdf.PdfReader(io.BytesIO(pack["briefing.pdf"])).pages
        assert word not in pages[0].extract_text() + pages[-1].extract_text()


def test_what_is_announced_is_not_told_as_done(selection: Selection) -> None:
    """Under their headings plans have no mark, but a verb that tells a plan."""
    told = content(selection)
    assert [line.text for line in told.lead[2].lines] == [
        "déc. 2024\u00a0: Le Liban doit recevoir une aide"
    ]
    assert [row[1] for row in told.plans.rows] == [
        "Le Liban doit recevoir une aide",
        "L'OTAN prévoit de rencontrer l'Ukraine à Bruxelles",
    ]


def test_what_is_open_stands_before_what_is_over(selection: Selection) -> None:
    plan = selection.plans.iloc[:1]
    states = ("happened", "unknown", "open", "not seen", "open", "overdue")
    due = pd.to_datetime(
        pd.Series(["2024-11-01", None, "2025-06-01", "2024-10-01", "2024-12-02", "2024-11-30"])
    )
    plans = pd.concat([plan] * len(states), ignore_index=True).assign(
        plan_state=states,
        first=due,
        last=due,
        due=due,
        precision="day",
        event_id=range(len(states)),
    )
    told = announced_part(plans, plans.iloc[[4]], "en")
    assert told.title == "Announced acts"
    assert [row[2] for row in told.rows] == [
        "open", "open", "overdue", "not seen since", "happened", "announced on an unknown day",
    ]  # fmt: skip
    assert [row[0] for row in told.rows[:2]] == ["2 Dec 2024", "1 Jun 2025"]


def test_a_report_of_no_outlet_says_so(selection: Selection) -> None:
    nameless: dict[str, Any] = {
        "source": "",
        "story_sources": [[""]] * len(selection.plans),
        "title": "",
    }
    told = content(replace(selection, plans=selection.plans.assign(**nameless)))
    assert told.lead[2].lines[0].credit.startswith("média inconnu")
    assert told.plans.rows[0][3].startswith("média inconnu")


def test_the_pdfs_open_and_say_the_title(pack: dict[str, bytes], selection: Selection) -> None:
    for name, wide in (("briefing.pdf", False), ("frieze-a3.pdf", True)):
        reader = pypdf.PdfReader(io.BytesIO(pack[name]))
        first = reader.pages[0]
        assert selection.title in first.extract_text()
        assert (first.mediabox.width > first.mediabox.height) is wide
    frieze = pypdf.PdfReader(io.BytesIO(pack["frieze-a3.pdf"]))
    assert len(frieze.pages) == 1
    assert round(frieze.pages[0].mediabox.width / 72 * 25.4) == 420


def test_the_first_slide_says_what_happened_in_the_packs_language(
    pack: dict[str, bytes], selection: Selection
) -> None:
    """Headlines in French; English sentences are marked; every text is large enough to be read."""
    told = content(selection)
    presentation = deck(pack["briefing.pptx"])
    first = presentation.slides[0]
    said = "\n".join(s.text_frame.text for s in first.shapes if s.has_text_frame)
    for part in told.lead:
        assert part.heading in said
        assert part.nothing in said or all(line.text in said for line in part.lines)
    assert told.lead[0].lines
    foreign = [line for line in told.key if line.mark]
    assert {line.mark for line in foreign} == {" (en anglais)"}
    assert len(foreign) < len(told.key)
    assert all(line.quoted(500) in texts(presentation) for line in foreign)
    runs = [
        run
        for slide in list(presentation.slides)[:3]
        for s in slide.shapes
        if s.has_text_frame
        for paragraph in s.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert min(run.font.size.pt for run in runs) >= 12
    links = {run.hyperlink.address for run in runs} - {None}
    assert links
    assert all(link.endswith(".example/dnipro") for link in links)


def test_no_file_names_an_address_that_is_only_here(pack: dict[str, bytes]) -> None:
    for name, data in pack.items():
        archived = zipfile.is_zipfile(io.BytesIO(data))
        parts = zipfile.ZipFile(io.BytesIO(data)) if archived else None
        bodies = [parts.read(part) for part in parts.namelist()] if parts else [data]
        assert not any(b"localhost" in body for body in bodies), name


def test_the_web_page_asks_nothing_of_the_net(pack: dict[str, bytes]) -> None:
    page = pack["briefing.html"].decode("utf-8")
    outside = re.sub(r"<script>.*?</script>", "", page, flags=re.S)
    assert not re.search(r"""(src|href)=["'](?!https?://[^"']*example)https?:""", outside)
    assert "default-src 'none'" in page
    assert '"showSendToCloud": false' in page or "showSendToCloud" in page


def test_hard_texts_do_not_break_a_file_or_act_in_it(hard: Selection) -> None:
    made = dict(make_pack(hard))
    page = made["briefing.html"].decode("utf-8")
    assert "<script>alert(1)" not in page
    assert "=cmd" in texts(deck(made["briefing.pptx"]))
    kinds = [change["kind"] for change in json.loads(made["changes.json"])["changes"]]
    assert kinds == ["added", "changed"]
    tables = [
        s.table for slide in deck(made["briefing.pptx"]).slides for s in slide.shapes if s.has_table
    ]
    assert {"nouveau", "modifié"} <= {table.cell(row, 0).text for table in tables for row in (1, 2)}
    docx.Document(io.BytesIO(made["briefing.docx"]))
    pypdf.PdfReader(io.BytesIO(made["briefing.pdf"]))


def test_what_the_table_cuts_is_said(selection: Selection) -> None:
    many = pd.concat([selection.stories] * 40, ignore_index=True)
    many["event_id"] = many["story_id"] = range(1, len(many) + 1)
    chosen = replace(selection, events=many[list(EVENT_COLUMNS)], stories=many)
    told = content(chosen)
    assert len(told.table) == TABLE_ROWS < len(many)
    assert str(TABLE_ROWS) in told.cut
    assert str(len(many)) in told.cut
    assert told.key_rule in texts(deck(to_pptx(told, chosen)))


def test_an_empty_selection_makes_a_pack(selection: Selection) -> None:
    nothing = replace(
        selection,
        events=selection.events.iloc[:0],
        stories=selection.stories.iloc[:0],
        plans=selection.plans.iloc[:0],
        since=Since(MADE_AT, []),
    )
    assert [part.nothing for part in content(nothing).lead if not part.lines][0] in texts(
        deck(to_pptx(content(nothing), nothing))
    )
    unchanged = "Rien de ce que ces filtres montrent"  # no slide, a line of the document
    assert unchanged not in texts(deck(to_pptx(content(nothing), nothing)))
    archive = zipfile.ZipFile(io.BytesIO(zipped(dict(make_pack(nothing)))))
    assert tuple(archive.namelist()) == FILES
