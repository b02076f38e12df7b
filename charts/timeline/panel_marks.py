"""Draw the marks of a scene with plotly: bars, dots, labels, numbers of reports, badges."""

from __future__ import annotations

from typing import Any

from charts.sheet import names
from charts.sheet.shapes import DASHES, Piece, bar_pieces, body, fill_of
from charts.sheet.theme import SMALL_SIZE, rgba
from charts.timeline.marks import BOUNDED, Mark
from charts.timeline.panel_axes import Panel, text_trace
from charts.timeline.scene_model import TimelineScene
from charts.timeline.ties import ties


def bars(panel: Panel) -> None:
    """Draw intervals: pale fill, strokes at known ends, fading open ends, filled by status."""
    bars = [mark for mark in panel.scene.marks() if not mark.dot]
    if not bars:
        return
    _bar_fills(panel, bars)
    _bar_outlines(panel, [m for m in bars if m.status not in DASHES], "solid")
    for status, (stroke, gap) in DASHES.items():
        _bar_outlines(panel, [m for m in bars if m.status == status], f"{stroke}px,{gap}px")
    crossed = [mark for mark in bars if mark.status == "denied"]
    if not crossed:
        return
    theme = panel.sheet.theme
    panel.sheet.figure.add_scatter(
        x=panel.days([sum(body(mark)) / 2 for mark in crossed]),
        y=panel.heights([panel.scene.mark_y(mark) for mark in crossed]),
        mode="markers",
        marker={
            "symbol": "x-thin",
            "size": 8,
            "line": {"color": [theme.quads[mark.quad] for mark in crossed], "width": 1.6},
        },
        hoverinfo="skip",
        **panel.on(),
    )


def _bar_fills(panel: Panel, bars: list[Mark]) -> None:
    """One field per bar for hover and clicks, over the paint of fading or half-filled bars."""
    fields = [(Piece(m.x0, m.x1, 1.0), m) if _is_plain(m) else (_clear(m), m) for m in bars]
    painted = [(piece, mark) for mark in bars if not _is_plain(mark) for piece in bar_pieces(mark)]
    halves = [(piece, mark) for piece, mark in painted if fill_of(mark.status) == "half"]
    for pieces, share in ((painted, 1.0), (halves, 0.5)):
        if pieces:
            panel.sheet.figure.add_bar(**_painted(panel, pieces, share), hoverinfo="skip")
    panel.sheet.figure.add_bar(
        **_painted(panel, fields),
        hoverinfo="text",
        hovertext=[panel.event_hover(mark) for mark in bars],
        customdata=[panel.custom("event", m.rows, m.lane, m.first, m.last) for m in bars],
    )


def _is_plain(mark: Mark) -> bool:
    """Whether a bar has one colour, so that its field is also its fill."""
    return fill_of(mark.status) != "half" and not (mark.open_start or mark.open_end)


def _clear(mark: Mark) -> Piece:
    return Piece(mark.x0, mark.x1, 0.0)


_FILLS = {("full", 1.0): 0.45, ("half", 0.5): 0.6}  # opacity, by fill and share of the height


def _painted(panel: Panel, pieces: list[tuple[Piece, Mark]], share: float = 1.0) -> dict[str, Any]:
    """Draw bar segments with a `share` of a mark's height, from its lower edge."""
    scene, theme = panel.scene, panel.sheet.theme
    return {
        "orientation": "h",
        "base": panel.days([piece.x0 for piece, _ in pieces]),
        "x": [round((p.x1 - p.x0) / scene.scale.day_width, 4) for p, _ in pieces],
        "y": panel.heights([scene.mark_y(m) + (1 - share) * m.size / 2 for _, m in pieces]),
        "width": panel.heights([share * mark.size for _, mark in pieces]),
        "marker": {
            "color": [
                rgba(
                    theme.quads[mark.quad],
                    _FILLS.get((fill_of(mark.status), share), 0.0) * piece.strength,
                )
                for piece, mark in pieces
            ],
            "line": {"width": 0},
        },
        "xaxis": panel.axis("x"),
        "yaxis": panel.axis("y"),
    }


def _bar_outlines(panel: Panel, bars: list[Mark], dash: str) -> None:
    """Strokes at the known ends; a whole outline where the bar is not filled.

    One shape per class: as lines of a trace each stroke would be an element in the browser.
    """
    for quad in sorted({mark.quad for mark in bars}):
        mine = [mark for mark in bars if mark.quad == quad]
        drawn = "".join(stroke for mark in mine for stroke in _strokes(panel, mark))
        line = {"color": panel.sheet.theme.quads[quad], "width": 1.4, "dash": dash}
        panel.path(drawn, "above", line=line)


def _strokes(panel: Panel, mark: Mark) -> list[str]:
    """The strokes of a bar as pieces of a path."""
    scene = panel.scene
    day = scene.scale.day
    return [
        f"M{day(ax)},{ay:.2f}" + (f"V{by:.2f}" if ax == bx else f"H{day(bx)}")
        for (ax, ay), (bx, by) in outline(mark, scene.mark_y(mark), scene)
    ]


Segment = tuple[tuple[float, float], tuple[float, float]]


def outline(mark: Mark, y: float, scene: TimelineScene) -> list[Segment]:
    """The strokes of a bar: at known ends inside the view, and along a hollow bar's sides; those of
    bounds run on to where nothing bounds them."""
    x0, x1 = (mark.x0, mark.x1) if mark.status == BOUNDED else body(mark)
    low, high = y - mark.size / 2, y + mark.size / 2
    strokes: list[Segment] = []
    if not mark.open_start and mark.first >= scene.scale.first:
        strokes.append(((x0, low), (x0, high)))
    if not mark.open_end and mark.last <= scene.scale.last:
        strokes.append(((x1, low), (x1, high)))
    if fill_of(mark.status) != "full":
        strokes += [((x0, low), (x1, low)), ((x0, high), (x1, high))]
    return strokes


def dots(panel: Panel) -> None:
    """Draw single days: one marker each, symbol by status; half discs are shapes."""
    scene, theme = panel.scene, panel.sheet.theme
    dots = [mark for mark in scene.marks() if mark.dot]
    if not dots:
        return
    symbols = {"planned": "circle-open", "claimed": "circle-open", "denied": "circle-x-open"}
    shapes = [symbols.get(mark.status, "circle") for mark in dots]
    panel.sheet.figure.add_scatter(
        x=panel.days([(mark.x0 + mark.x1) / 2 for mark in dots]),
        y=panel.heights([scene.mark_y(mark) for mark in dots]),
        mode="markers",
        marker={
            "symbol": [
                shape.replace("circle", "square") if mark.coded else shape
                for shape, mark in zip(shapes, dots, strict=True)
            ],
            "size": panel.heights([m.size - (m.status != "reported") for m in dots]),
            "color": [theme.quads[mark.quad] for mark in dots],
            "opacity": 1,
            "line": {"width": [1.5 if mark.status != "reported" else 0 for mark in dots]},
        },
        hoverinfo="text",
        hovertext=[panel.event_hover(mark) for mark in dots],
        customdata=[panel.custom("event", m.rows, m.lane, m.first, m.last) for m in dots],
        **panel.on(),
    )
    _half_discs(panel, [mark for mark in dots if mark.status == "claimed"])


def _half_discs(panel: Panel, dots: list[Mark]) -> None:
    """The left halves of claimed dots, one shape a class.

    In axis coordinates, not pixels: with a shape of fixed size plotly.js reports a selection box
    on these axes in pixels too (plotly.js 3.8, readPaths).
    """
    for quad in sorted({mark.quad for mark in dots}):
        drawn = "".join(_half_disc(panel.scene, mark) for mark in dots if mark.quad == quad)
        panel.path(drawn, "above", fillcolor=panel.sheet.theme.quads[quad], line={"width": 0})


def _half_disc(scene: TimelineScene, mark: Mark) -> str:
    radius, y = mark.size / 2 - 0.4, scene.mark_y(mark)
    bend, x = 0.5523 * radius, (mark.x0 + mark.x1) / 2  # a quarter of a circle as a cubic curve
    a, b, c = (scene.scale.day(x - step) for step in (0.0, bend, radius))
    upper = f"C{b},{y - radius:.2f} {c},{y - bend:.2f} {c},{y:.2f}"
    lower = f"C{c},{y + bend:.2f} {b},{y + radius:.2f} {a},{y + radius:.2f}"
    return f"M{a},{y - radius:.2f}{upper}{lower}Z"


def framed(panel: Panel) -> None:
    """Draw a frame around the marks of the event whose evidence is open, and its ties."""
    day = panel.scene.scale.day
    boxes = [(day(x0), day(x1), y0, y1) for x0, x1, y0, y1 in panel.scene.picked_boxes()]
    panel.frames(boxes, panel.sheet.theme.text)
    tied = "".join(f"M{day(x)},{y0:.2f}V{y1:.2f}" for x, y0, y1 in ties(panel.scene))
    panel.path(tied, "above", line={"color": panel.sheet.theme.text, "width": 1, "dash": "1px,3px"})
    for x, _, y in ties(panel.scene):  # where the other party's lane is reached
        half = 3 / panel.scene.scale.day_width
        panel.frames([(day(x) - half, day(x) + half, y - 3, y + 3)], panel.sheet.theme.text)


def texts(panel: Panel) -> None:
    """Labels, numbers of reports and badges."""
    scene, theme = panel.scene, panel.sheet.theme
    marks = scene.marks()
    labelled = [mark for mark in marks if mark.label]
    counted = [mark for mark in marks if mark.count_text]
    text_trace(
        panel,
        [(mark.label_x, scene.mark_y(mark), mark.label) for mark in labelled],
        scene.label_size,
        theme.text,
    )
    text_trace(
        panel,
        [(mark.count_x, scene.mark_y(mark), mark.count_text) for mark in counted],
        SMALL_SIZE,
        theme.muted,
    )
    badges = scene.badges()
    if not badges:
        return
    panel.sheet.figure.add_scatter(
        x=panel.days([badge.x for badge in badges]),
        y=panel.heights([scene.badge_y(badge) for badge in badges]),
        mode="markers+text",
        marker={"symbol": "square", "size": 12, "color": theme.background, "opacity": 0.01},
        text=[f"+{badge.marks}" for badge in badges],
        textposition="middle center",
        textfont={"size": SMALL_SIZE + 0.5, "color": theme.accent, "weight": 600},
        hoverinfo="text",
        hovertext=[names.events_word(len(badge.rows), panel.lang) for badge in badges],
        customdata=[panel.custom("event", b.rows, b.lane, b.first, b.last) for b in badges],
        **panel.on(),
    )
