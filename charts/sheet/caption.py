"""The texts around a chart: counts of what was left out, sources, cut-off, key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pandas as pd

from charts.chart import Caption
from charts.sheet.measure import text_width, wrap
from charts.sheet.theme import LABEL_SIZE, SUBTITLE_SIZE, TITLE_SIZE
from events.ontology import STATUSES
from events.wording import format_day, format_number, label, listed, translator

# reasons of Chart.left_out -> sentence; {n} is the number
_REASONS: dict[str, str] = {
    "undated": "undated: {n}",
    "before the days shown": "before the days shown: {n}",
    "after the days shown": "after the days shown: {n}",
    "dated less precisely than a bar": "whose date covers more than one bar: {n}",
    "less weighty than the key events": "less weighty in these days: {n}",
    "no place": "without a place: {n}",
    "doubtful place": "whose place is doubtful: {n}",
    "unresolved place": "with a place that stayed unresolved: {n}",
    "no pair of actors": "that name no pair of actors: {n}",
    "no actor": "that name no actor: {n}",
    "one side only": "that name who acts or whom, not both: {n}",
    "an actor on itself": "of an actor on itself: {n}",
    "below the threshold": "on links below the threshold: {n}",
    "away from the actor in the middle": "on links away from the actor in the middle: {n}",
    "beyond the strongest links": "on weaker links than those drawn: {n}",
    "beyond the actors shown": "of actors beyond those shown: {n}",
    "another pair of actors": "between other actors: {n}",
}


def footer(table: pd.DataFrame, cutoff: dt.date | None, lang: str) -> str:
    """``Sources: Le Monde, Reuters and 10 more; 34 articles. Cut-off 22 November 2025.``

    Of rows that are stories (`events.columns.STORY_ROW_COLUMNS`), those of all their reports.
    """
    _ = translator(lang)
    outlets = _all_of(table, "source", "story_sources").replace("", pd.NA).dropna().value_counts()
    names = sorted(outlets.index, key=lambda name: (-int(outlets[name]), name))
    parts = []
    if names:
        more = len(names) - 3
        first = ", ".join(" ".join(str(name)[:60].split()) for name in names[:3])
        text = _("Sources: {names} and {n} more") if more > 0 else _("Sources: {names}")
        articles = format_number(_all_of(table, "article_id", "story_articles").nunique(), lang)
        sources = text.format(names=first, n=more)
        parts.append(listed([sources, _("articles: {n}").format(n=articles)], lang) + ".")
    if cutoff is not None:
        parts.append(_("Cut-off: {day}.").format(day=format_day(cutoff, "day", lang)))
    return " ".join(parts)


def _all_of(table: pd.DataFrame, one: str, several: str) -> pd.Series:
    """A column of the rows, or the lists of what their reports have where the rows have them."""
    return table[several].explode().dropna() if several in table else table[one]


def left_out_note(left_out: dict[str, int], lang: str) -> str:
    """One sentence that counts what is not drawn; "" if everything is."""
    _ = translator(lang)
    parts = [
        _(_REASONS.get(reason, reason + ": {n}")).format(n=format_number(number, lang))
        for reason, number in left_out.items()
        if number
    ]
    return _("Events not drawn: {list}.").format(list=listed(parts, lang)) if parts else ""


@dataclass(frozen=True)
class KeyItem:
    """One entry of the key: a symbol at `x` and words at `text_x`, on line `line`.

    `symbol` is a status (reported, planned, ...), "quad 1" to "quad 4", "bounded", "bar", "gap",
    "missed", "pin" or "line N NAME", the Nth line of a coder.
    """

    symbol: str
    text: str
    x: float
    text_x: float
    line: int = 0


@dataclass(frozen=True)
class CaptionFrame:
    """Header and footer of a chart of a given width, wrapped, with their heights in pixels."""

    width: float
    title: list[str]
    subtitle: list[str]
    key: list[KeyItem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    margin: float = 12.0

    @property
    def title_y(self) -> list[float]:
        """Centres of the title's lines, in pixels from the top."""
        return [self.margin + TITLE_SIZE * (0.6 + 1.3 * n) for n in range(len(self.title))]

    @property
    def subtitle_y(self) -> list[float]:
        top = self.margin + TITLE_SIZE * 1.3 * len(self.title) + 2
        return [top + SUBTITLE_SIZE * (0.7 + 1.4 * n) for n in range(len(self.subtitle))]

    @property
    def key_lines(self) -> int:
        return max((item.line + 1 for item in self.key), default=0)

    def key_y(self, line: int) -> float:
        text = TITLE_SIZE * 1.3 * len(self.title) + SUBTITLE_SIZE * 1.4 * len(self.subtitle)
        return self.margin + text + 14 + 18.0 * line

    @property
    def header(self) -> float:
        """Height above the chart."""
        return self.key_y(self.key_lines) if self.key_lines else self.key_y(0) - 4

    @property
    def footer(self) -> float:
        """Height below the chart."""
        return LABEL_SIZE * 1.5 * len(self.notes) + self.margin

    def note_y(self, number: int) -> float:
        """Centre of a footer line, in pixels from the chart's bottom."""
        return LABEL_SIZE * (0.9 + 1.5 * number)


def frame(
    caption: Caption, notes: tuple[str, ...], symbols: list[str], width: float, lang: str
) -> CaptionFrame:
    """Wrap the texts around a chart to its width; `symbols`: the entries of the key."""
    room = width - 24.0
    below = [line for text in (*notes, caption.footer) for line in wrap(text, room, LABEL_SIZE)]
    return CaptionFrame(
        width,
        wrap(caption.title, room, TITLE_SIZE, 600, lines=2),
        wrap(caption.subtitle, room, SUBTITLE_SIZE, lines=3),
        _key(symbols, room, lang),
        below,
    )


def key_symbols(statuses: set[str], quads: set[int]) -> list[str]:
    """Key symbols of a chart: its quad classes and, unless all is reported, its statuses."""
    shown = [status for status in STATUSES if status in statuses]
    return [f"quad {quad}" for quad in sorted(quads) if quad] + (
        shown if shown != ["reported"] else []
    )


def _key(symbols: list[str], room: float, lang: str) -> list[KeyItem]:
    items: list[KeyItem] = []
    x, line = 12.0, 0
    for symbol in symbols:
        text = key_text(symbol, lang)
        width = 16 + text_width(text, LABEL_SIZE) + 18
        if x + width > room + 30 and x > 12:
            x, line = 12.0, line + 1
        items.append(KeyItem(symbol, text, x + 5, x + 15, line))
        x += width
    return items


def key_text(symbol: str, lang: str) -> str:
    """The words of a key entry."""
    _ = translator(lang)
    own = {
        "bar": _("Length: the days in question"),
        "gap": _("No article loaded"),
        "missed": _("A source was not looked at"),
        "pin": _("Pinned note"),
        "bounded": _("No date, only bounds"),
        "coded": _("Coded by others"),
        "count": _("Number of reports"),
        "more": _("More marks than room"),
    }
    if symbol.startswith("line "):
        return _("Coded by {coder}").format(coder=symbol.split(" ", 2)[2])
    return own.get(symbol) or label(symbol, lang)
