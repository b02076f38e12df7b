"""Text with its marks: dates, places, actors, triggers and events as HTML spans.

Spans may overlap or nest; the text is cut at every span border and each piece has the classes of
all spans that cover it. Everything from the article is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pages.shell.escaping import escaped

KINDS = ("event", "date", "place", "actor", "trigger", "asked", "noise", "unreal")


@dataclass(frozen=True)
class MarkedSpan:
    """Words to mark: code points `start` to `end` (exclusive) of the text, kind, hover title."""

    kind: str
    start: int
    end: int
    title: str = ""
    anchor: str = ""


def marked(text: str, spans: Iterable[MarkedSpan], start: int = 0, end: int | None = None) -> str:
    """HTML of ``text[start:end]`` with its marks; spans out of range are cut or left out."""
    stop = len(text) if end is None else min(end, len(text))
    found = pieces(text, spans, start, stop)
    return "".join(_piece(text, *piece) for piece in found)


def pieces(
    text: str, spans: Iterable[MarkedSpan], start: int, stop: int
) -> Iterator[tuple[int, int, list[MarkedSpan]]]:
    """The pieces of ``text[start:stop]`` between borders of spans: first and last offset, and the
    spans that cover it."""
    inside = [s for s in spans if s.start < stop and s.end > start and s.end > s.start]
    borders = {start, stop}
    for span in inside:
        borders |= {max(span.start, start), min(span.end, stop)}
    cuts = sorted(borders)
    for a, b in zip(cuts, cuts[1:], strict=False):
        yield a, b, [span for span in inside if span.start <= a and span.end >= b]


def classes(spans: Iterable[MarkedSpan]) -> str:
    """The names of the style sheet for words that these spans cover."""
    return " ".join(sorted({f"fr-{span.kind}" for span in spans}))


def _piece(text: str, start: int, end: int, covering: Sequence[MarkedSpan]) -> str:
    words = escaped(text[start:end]).replace("\n", "<br>")
    if not covering:
        return words
    title = " · ".join(dict.fromkeys(span.title for span in covering if span.title))
    anchors = [span.anchor for span in covering if span.anchor and span.start == start]
    parts = [f'class="{classes(covering)}"']
    parts += [f'title="{escaped(title)}"'] if title else []
    parts += [f'id="{escaped(anchors[0])}"'] if anchors else []
    return f"<span {' '.join(parts)}>{words}</span>"


def legend(
    spans: Iterable[MarkedSpan], words: Mapping[str, str], always: Iterable[str] = ()
) -> str:
    """The legend: `words` of each kind of mark among the spans, in the order of `words`."""
    kinds = {*always, *(span.kind for span in spans)}
    shown = [f'<span class="fr-{k}">{escaped(w)}</span>' for k, w in words.items() if k in kinds]
    return f'<p class="fr-legend">{" ".join(shown)}</p>'


def paragraphs(text: str, spans: Sequence[MarkedSpan]) -> str:
    """The whole text as marked paragraphs, split at empty lines."""
    out, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append(f"<p>{marked(text, spans, start, start + len(line))}</p>")
        start += len(line) + 1
    return "\n".join(out)
