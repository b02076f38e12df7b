"""What every chart function returns (`Chart`), and the options and captions of all charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

import pandas as pd

Figure = TypeVar("Figure")
ThemeName = Literal["light", "dark"]


@dataclass(frozen=True)
class Caption:
    """The words around a chart. `title` says what it shows, `subtitle` the measure and the
    filters in words, `footer` the sources and the cut-off. "" leaves the line out.
    """

    title: str = ""
    subtitle: str = ""
    footer: str = ""


@dataclass(frozen=True, kw_only=True)
class ChartOptions:
    """Options of every chart; each family of charts adds its own. A figure and its still picture
    take the same table and the same options.

    width: pixels. lang: code of the reader's language. caption: drawn into still pictures and
    plotly figures; the pages write those of the map and of the network themselves.
    """

    width: float = 1180.0
    lang: str = "en"
    theme: ThemeName = "light"
    caption: Caption = Caption()


@dataclass(frozen=True)
class Chart(Generic[Figure]):
    """A figure with its counts: ``rows == drawn + sum(left_out.values())``.

    `left_out` maps an English reason (a msgid) to a number of events of the table. `notes` are
    whole sentences in the reader's language, printed below the chart. `alt` is the alternative
    text; `rows_of` makes the same content as a table (one row per mark, bin, edge or cell).
    """

    figure: Figure
    rows: int
    drawn: int
    left_out: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    alt: str = ""
    rows_of: Callable[[], pd.DataFrame] = pd.DataFrame

    @property
    def twin(self) -> pd.DataFrame:
        """The content of the chart as a table, made on access."""
        return self.rows_of()
