"""The events of a scene as marks: bars, dots, labels, numbers of reports, badges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charts.drawing import Line, Mark, Point, Rect, Symbol, Target, Text, corners
from charts.sheet import hover, names
from charts.sheet.shapes import DASHES, bar_pieces, body, fill_of
from charts.sheet.theme import SMALL_SIZE, Theme
from charts.timeline import marks
from charts.timeline.marks import BOUNDED
from charts.timeline.scene_model import TimelineScene
from charts.timeline.spans import iso
from charts.timeline.stacking import Badge
from charts.timeline.ties import ties

_FULL, _HALF = 0.45, 0.6  # opacity of bars: filled, and filled by half


def event_marks(scene: TimelineScene, look: Theme, lang: str) -> Iterator[Mark]:
    """Intervals, over them single days, over these their words and the frame of the event whose
    evidence is open.
    """
    found = scene.marks()
    bars = [mark for mark in found if not mark.dot]
    for bar in bars:
        yield from _paint(scene, bar, look)
    for bar in bars:
        yield _field(scene, bar, look, lang)
    for bar in bars:
        yield from _strokes(scene, bar, look)
    yield from (_dot(scene, mark, look, lang) for mark in found if mark.dot)
    for mark in found:
        yield from _words(scene, mark, look)
    for badge in scene.badges():
        yield from _badge(scene, badge, look, lang)
    yield from _frames(scene, look)


def mark_custom(
    scene: TimelineScene, mark_kind: str, rows: Sequence[int], lane: int, days: tuple[int, int]
) -> tuple[str, ...]:
    """The customdata of a mark; see charts.timeline.figure."""
    ids = [str(scene.records[row]["event_id"]) for row in rows]
    best, listed = (ids[0], ",".join(ids[1:] and ids)) if ids else ("", "")
    return mark_kind, best, listed, str(lane), iso(days[0]), iso(days[1])


def _target(scene: TimelineScene, mark: marks.Mark, lang: str) -> Target:
    told = hover.event_hover(scene.records[mark.rows[0]], mark.reports, lang)
    days = (mark.first, mark.last)
    return Target(mark_custom(scene, "event", mark.rows, mark.lane, days), told)


def _is_plain(mark: marks.Mark) -> bool:
    """Whether a bar has one colour, so that its field is also its fill."""
    return fill_of(mark.status) != "half" and not (mark.open_start or mark.open_end)


def _paint(scene: TimelineScene, mark: marks.Mark, look: Theme) -> Iterator[Mark]:
    """The fill of a bar that fades or is filled by half, below its field."""
    fill = fill_of(mark.status)
    if _is_plain(mark) or fill == "none":
        return
    y, half, day = scene.mark_y(mark), mark.size / 2, scene.scale.day
    top, opacity = (y - half, _FULL) if fill == "full" else (y, _HALF)
    for piece in bar_pieces(mark):
        sides = day(piece.x0), top, day(piece.x1), y + half
        yield Rect(*sides, look.quads[mark.quad], opacity * piece.strength)


def _field(scene: TimelineScene, mark: marks.Mark, look: Theme, lang: str) -> Mark:
    """The field of a bar for hover and clicks, and its fill where that is plain."""
    y, half, day = scene.mark_y(mark), mark.size / 2, scene.scale.day
    fill = look.quads[mark.quad] if _is_plain(mark) and fill_of(mark.status) == "full" else ""
    sides = day(mark.x0), y - half, day(mark.x1), y + half
    return Rect(*sides, fill, _FULL, _target(scene, mark, lang))


def _strokes(scene: TimelineScene, mark: marks.Mark, look: Theme) -> Iterator[Mark]:
    """Strokes at the known ends of a bar, a cross on a denied one."""
    y, colour, day = scene.mark_y(mark), look.quads[mark.quad], scene.scale.day
    dash = DASHES.get(mark.status, ())
    for (x0, y0), (x1, y1) in _outline(mark, y, scene):
        yield Line(((day(x0), y0), (day(x1), y1)), colour, 1.4, dash)
    if mark.status == "denied":
        x, d = sum(body(mark)) / 2, 3.5
        for way in (-d, d):
            yield Line(((day(x - d), y - way), (day(x + d), y + way)), colour, 1.6)


def _outline(mark: marks.Mark, y: float, scene: TimelineScene) -> list[tuple[Point, Point]]:
    """The strokes of a bar: at known ends inside the view, and along a hollow bar's sides; those of
    bounds run on to where nothing bounds them."""
    x0, x1 = (mark.x0, mark.x1) if mark.status == BOUNDED else body(mark)
    low, high = y - mark.size / 2, y + mark.size / 2
    strokes: list[tuple[Point, Point]] = []
    if not mark.open_start and mark.first >= scene.scale.first:
        strokes.append(((x0, low), (x0, high)))
    if not mark.open_end and mark.last <= scene.scale.last:
        strokes.append(((x1, low), (x1, high)))
    if fill_of(mark.status) != "full":
        strokes += [((x0, low), (x1, low)), ((x0, high), (x1, high))]
    return strokes


def _dot(scene: TimelineScene, mark: marks.Mark, look: Theme, lang: str) -> Mark:
    """The mark of a single day, by status; square where others coded it."""
    at = scene.scale.day((mark.x0 + mark.x1) / 2), scene.mark_y(mark)
    target, colour = _target(scene, mark, lang), look.quads[mark.quad]
    return Symbol(*at, mark.size, colour, mark.status, square=mark.coded, target=target)


def _words(scene: TimelineScene, mark: marks.Mark, look: Theme) -> Iterator[Mark]:
    """The label of a mark and the number of its reports."""
    y, day = scene.mark_y(mark), scene.scale.day
    if mark.label:
        yield Text(day(mark.label_x), y, mark.label, scene.label_size)
    if mark.count_text:
        yield Text(day(mark.count_x), y, mark.count_text, SMALL_SIZE, look.muted)


def _badge(scene: TimelineScene, badge: Badge, look: Theme, lang: str) -> Iterator[Mark]:
    """How many marks of a lane have no row."""
    x, y = scene.scale.day(badge.x), scene.badge_y(badge)
    custom = mark_custom(scene, "event", badge.rows, badge.lane, (badge.first, badge.last))
    target = Target(custom, names.events_word(len(badge.rows), lang))
    yield Symbol(x, y, 12, "", square=True, target=target)
    yield Text(x, y, f"+{badge.marks}", SMALL_SIZE + 0.5, look.accent, "center", bold=True)


def _frames(scene: TimelineScene, look: Theme) -> Iterator[Mark]:
    """A frame around the marks of the event whose evidence is open, and its ties: lines to the
    lanes of its other parties, each with a small frame where it arrives.
    """
    day = scene.scale.day
    for x0, x1, y0, y1 in scene.picked_boxes():
        yield Line(corners(day(x0), y0, day(x1), y1), look.text, 1.3)
    for x, y0, y1 in ties(scene):
        yield Line(((day(x), y0), (day(x), y1)), look.text, 1, (1, 3))
        yield Line(corners(day(x - 3), y1 - 3, day(x + 3), y1 + 3), look.text, 1.3)
