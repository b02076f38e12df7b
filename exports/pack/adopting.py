"""Slides in the look of a template: its fonts and colours instead of Frise's, in its size."""

from __future__ import annotations

from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from exports.pack.shapes import FONT, GREY, INK
from exports.pack.slide_frame import WIDTH

# our greys as shades of the text colour of the template: (of 100 000) luminance kept, added
_SHADES = {INK: (100_000, 0), GREY: (65_000, 35_000)}
_SIZES = {
    "a:off": ("x", "y"), "a:ext": ("cx", "cy"), "a:chOff": ("x", "y"), "a:chExt": ("cx", "cy"),
    "a:gridCol": ("w",), "a:tr": ("h",), "a:ln": ("w",),
    "a:rPr": ("sz",), "a:endParaRPr": ("sz",),
}  # fmt: skip


def adopt(deck: Any) -> None:
    """Give all slides the fonts, text colours and size of the deck's own theme. The colours of the
    classes of events stay, since the keys of charts name them."""
    scale = deck.slide_width / WIDTH
    for slide in deck.slides:
        tree = slide.shapes._spTree
        _fonts(tree)
        _plain_cells(tree)
        _colours(tree)
        if abs(scale - 1) > 0.001:
            _resize(tree, scale)
        for shape in slide.shapes:
            if shape.has_chart:
                _fonts(shape.chart._chartSpace)
                _colours(shape.chart._chartSpace)


def _fonts(tree: Any) -> None:
    for face in list(tree.iter(qn("a:latin"))):
        if face.get("typeface") == FONT:
            face.getparent().remove(face)


def _plain_cells(tree: Any) -> None:
    """Cells as the table style of the theme has them."""
    for cell in tree.iter(qn("a:tc")):
        for fill in [*cell.findall(f"{qn('a:tcPr')}/{qn('a:solidFill')}")]:
            fill.getparent().remove(fill)
        for run in cell.iter(qn("a:rPr")):
            for fill in run.findall(qn("a:solidFill")):
                run.remove(fill)


def _colours(tree: Any) -> None:
    for colour in list(tree.iter(qn("a:srgbClr"))):
        shade = _SHADES.get(str(colour.get("val")).upper())
        if shade is not None:
            colour.getparent().replace(colour, _of_text(*shade))


def _of_text(kept: int, added: int) -> Any:
    parts = f'<a:lumMod val="{kept}"/><a:lumOff val="{added}"/>' if added else ""
    return parse_xml(f'<a:schemeClr val="tx1" {nsdecls("a")}>{parts}</a:schemeClr>')


def _resize(tree: Any, scale: float) -> None:
    for tag, names in _SIZES.items():
        for element in tree.iter(qn(tag)):
            for name in names:
                if element.get(name):
                    element.set(name, str(round(int(element.get(name)) * scale)))
