"""Helpers for slides: text box, paragraph, filled shape, line, alternative text."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Pt

from exports.cells import xml_text

FONT = "Arial"  # available wherever slides are opened; a substitute font would shift every line
INK, GREY, RULE = "222222", "666666", "CCCCCC"
Area = tuple[int, int, int, int]  # left, top, width, height in EMU


def text_box(
    slide: Any,
    text: str,
    box: tuple[int, int, int, int],
    size: float,
    colour: str = INK,
    *,
    bold: bool = False,
    wrap: bool = True,
    align: Any = None,
) -> Any:
    """A text box without inner margins; `box` is left, top, width, height in EMU."""
    shape = slide.shapes.add_textbox(*(Emu(int(side)) for side in box))
    frame = shape.text_frame
    frame.word_wrap = wrap
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    write(frame, text, size, colour, bold=bold)
    frame.paragraphs[0].alignment = align or PP_ALIGN.LEFT
    return shape


def write(frame: Any, text: str, size: float, colour: str = INK, *, bold: bool = False) -> None:
    """Replace the content of a text frame by one paragraph."""
    frame.clear()
    _run(frame.paragraphs[0], text, size, colour, bold)


def add_paragraph(
    frame: Any,
    text: str,
    size: float,
    colour: str = INK,
    *,
    bold: bool = False,
    space: float = 0,
) -> Any:
    """Add a paragraph at the end of a text frame, with so many points above it."""
    paragraph = frame.add_paragraph()
    paragraph.space_before = Pt(space)
    _run(paragraph, text, size, colour, bold)
    return paragraph


def add_link(paragraph: Any, text: str, url: str, size: float, colour: str = INK) -> None:
    """Add words that lead to an address; plain words where there is none."""
    run = _run(paragraph, text, size, colour, False)
    if url:
        run.hyperlink.address = url


def add_raised(paragraph: Any, text: str, size: float) -> None:
    """Add the raised number of a footnote."""
    run = _run(paragraph, text, size, GREY, False)
    run._r.get_or_add_rPr().set("baseline", "30000")


def shape(slide: Any, shape_type: Any, box: tuple[float, float, float, float], name: str) -> Any:
    """An autoshape without shadow; `box` in EMU, at least one point wide and high."""
    left, top, width, height = box
    least = int(Pt(1))
    made = slide.shapes.add_shape(
        shape_type,
        Emu(int(left)),
        Emu(int(top)),
        Emu(max(least, int(width))),
        Emu(max(least, int(height))),
    )
    for style in made._element.xpath("./p:style"):
        made._element.remove(style)  # the theme's style would cast a shadow
    made.name = xml_text(name)[:200]
    return made


def fill(made: Any, colour: str, outline: str = "", weight: float = 1.0) -> None:
    """Fill a shape with a colour, #RRGGBB; "" leaves it hollow. The same for `outline`."""
    if colour:
        made.fill.solid()
        made.fill.fore_color.rgb = RGBColor.from_string(colour.lstrip("#"))
    else:
        made.fill.background()
    if outline:
        made.line.color.rgb = RGBColor.from_string(outline.lstrip("#"))
        made.line.width = Pt(weight)
    else:
        made.line.fill.background()


def line(
    slide: Any, ends: tuple[float, float, float, float], colour: str, weight: float = 0.75
) -> Any:
    """A straight line; `ends` are x0, y0, x1, y1 in EMU."""
    made = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *(Emu(int(v)) for v in ends))
    for style in made._element.xpath("./p:style"):
        made._element.remove(style)  # the theme's style would cast a shadow
    made.line.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    made.line.width = Pt(weight)
    return made


def describe(made: Any, text: str) -> None:
    """Set the alternative text for screen readers."""
    properties = made._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", xml_text(text))


def _run(paragraph: Any, text: str, size: float, colour: str, bold: bool) -> Any:
    run = paragraph.add_run()
    run.text = xml_text(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    return run
