"""A still picture as bytes: PNG, SVG, PDF. The same figure gives the same bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # matplotlib is imported with the first picture, not with the page that offers it
    from matplotlib.figure import Figure


def to_png(figure: Figure, dpi: float = 150) -> bytes:
    """PNG; a picture of 1180 layout pixels is 12.3 inches wide, 3688 pixels at 300 dpi."""
    return _saved(figure, "png", dpi)


def to_svg(figure: Figure) -> bytes:
    """SVG with text as outlines, so that no font is needed to open it."""
    return _saved(figure, "svg", 96)


def to_pdf(figure: Figure) -> bytes:
    """PDF with the font embedded."""
    return _saved(figure, "pdf", 96)


def _saved(figure: Figure, file_format: str, dpi: float) -> bytes:
    dates = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}
    target = io.BytesIO()
    colour = figure.get_facecolor()
    figure.savefig(
        target, format=file_format, dpi=dpi, metadata=dates[file_format], facecolor=colour
    )
    return target.getvalue()
