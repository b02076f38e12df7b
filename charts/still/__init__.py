"""The charts as still pictures, drawn without a browser: matplotlib, the layout of the page.

Each takes the arguments of its interactive twin and returns the same accounts.
"""

from charts.still.actors import flows_figure, matrix_figure, network_figure
from charts.still.files import to_pdf, to_png, to_svg
from charts.still.map import map_figure
from charts.still.tempo import dyad_figure, tempo_figure
from charts.still.timeline import compare_figure, timeline_figure

__all__ = [
    "compare_figure",
    "dyad_figure",
    "flows_figure",
    "map_figure",
    "matrix_figure",
    "network_figure",
    "tempo_figure",
    "timeline_figure",
    "to_pdf",
    "to_png",
    "to_svg",
]
