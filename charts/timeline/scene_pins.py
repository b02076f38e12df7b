"""The flags of pinned notes on a timeline, and the words of the notes below it.

A flag's customdata is that of a mark (`charts.timeline.figure`): kind "event" with the events that
the notes are about, "pin" where they are about days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charts.drawing import Axes, Mark, Panel, Symbol, Target, Text, polygon
from charts.sheet import names
from charts.sheet.measure import text_width, wrap
from charts.sheet.scale import Scale
from charts.sheet.theme import SMALL_SIZE, TEXT_SIZE, Theme
from charts.timeline.pins import Flag, Pin
from charts.timeline.scene_model import FLAG_ROOM, NUMBER_ROOM, TimelineScene
from charts.timeline.spans import to_number
from events.geography import place_name
from events.wording import format_day, format_number, named, plural_translator, translator

MOST_TOLD = 12  # notes that are spelled out below
LETTERS = 220  # of each of them
_WIDTH, _SIZE = 260.0, 11  # of the words of a flag's hover, in pixels
_HOVERED = 8  # notes of a flag that its hover tells
_LEAST_LINES, _LINES = 4, 16  # of each of them, of all of them where they are few
_BOX, _APART = 13.0, 15.0  # side of a flag, least distance of two, in pixels


def day_flags(scale: Scale, pins: Sequence[Pin]) -> list[Flag]:
    """A flag for each day in view that has pins; days too close to each other share one."""
    dated = [(to_number(pin.day), pin) for pin in pins if pin.day]
    seen = [(day, pin) for day, pin in dated if scale.first <= day <= scale.last]
    flags: list[Flag] = []
    for day, pin in sorted(seen, key=lambda each: each[0]):
        x = scale.x(day + 0.5)
        if flags and x - flags[-1].x < _APART:
            flags[-1].pins += (pin,)
        else:
            flags.append(Flag(x, (pin,)))
    return flags


def place_flags(scene: TimelineScene, pins: Sequence[Pin]) -> list[Flag]:
    """A flag at the left of the name of each lane of a place that has pins."""
    flags = []
    for number, box in enumerate(scene.lanes if scene.lane_kind == "place" else []):
        mine = tuple(pin for pin in pins if pin.place and pin.place == box.lane.key)
        if mine:
            name_left = scene.scale.left - NUMBER_ROOM - text_width(box.name, TEXT_SIZE)
            flags.append(Flag(name_left - FLAG_ROOM / 2 - 2, mine, number))
    return flags


def number_flags(scenes: Sequence[TimelineScene]) -> None:
    """Number the flags of panels from the first on; those of the same notes have one number."""
    told = dict.fromkeys(flag.pins for scene in scenes for flag in scene.flags)
    numbers = {pins: number for number, pins in enumerate(told, 1)}
    for flag in (flag for scene in scenes for flag in scene.flags):
        flag.number = numbers[flag.pins]


def flag_panels(scene: TimelineScene, top: float, look: Theme, lang: str) -> Iterator[Panel]:
    """The flags of a scene `top` pixels below the upper edge: those of days on axes of their own,
    since a page draws no symbol beyond its axes; those of places in pixels."""
    scale, band = scene.scale, (scene.top - scene.flag_room, scene.top)
    over = [flag for flag in scene.flags if flag.lane is None]
    if over:
        days = (scale.first, scale.last + 1)
        axes = Axes(scale.left, top + band[0], scale.right, top + band[1], days, band)
        yield Panel(axes, tuple(mark for flag in over for mark in _over(scene, flag, look, lang)))
    beside = [flag for flag in scene.flags if flag.lane is not None]
    if beside:
        at = [(flag, flag.x, top + scene.flag_y(flag)) for flag in beside]
        yield Panel(None, tuple(mark for each in at for mark in _box(*each, look)))


def _over(scene: TimelineScene, flag: Flag, look: Theme, lang: str) -> Iterator[Mark]:
    """A box with a tip that points at the day."""
    day, x, y = scene.scale.day, flag.x, scene.flag_y(flag)
    tip = ((x - 3, y + 6), (x + 3, y + 6), (x, y + 10))
    yield polygon([(day(px), py) for px, py in tip], look.text)
    target = Target(_custom(flag), _words(flag, lang))
    yield from _box(flag, day(x), y, look, target)


def _box(
    flag: Flag, x: float, y: float, look: Theme, target: Target | None = None
) -> Iterator[Mark]:
    yield Symbol(x, y, _BOX, look.text, square=True, target=target)
    yield Text(x, y, str(flag.number), SMALL_SIZE, look.background, "center", bold=True)


def _custom(flag: Flag) -> tuple[str, ...]:
    events = list(dict.fromkeys(str(pin.event) for pin in flag.pins if pin.event))
    best, listed = (events[0], ",".join(events[1:] and events)) if events else ("", "")
    days = [pin.day for pin in flag.pins if pin.day]
    first, last = min(days), max(days)
    return "event" if events else "pin", best, listed, "-1", first.isoformat(), last.isoformat()


def flag_told(flag: Flag, lang: str) -> list[str]:
    """What each note of a flag is about and says, and who wrote it."""
    return [_told(pin, lang) for pin in flag.pins]


def _words(flag: Flag, lang: str) -> str:
    lines: list[str] = []
    shown, rest = flag.pins[:_HOVERED], len(flag.pins[_HOVERED:])
    most = max(_LEAST_LINES, _LINES // len(shown))
    for about, pins in _by_subject(shown, lang).items():
        lines.append(f"<b>{names.escape(about)}</b>")
        for pin in pins:
            told = f"{pin.who} · {' '.join(pin.text.split())}"
            lines += map(names.escape, wrap(told, _WIDTH, _SIZE, lines=most))
    if rest:
        plural = plural_translator(lang)
        more = plural("{n} more note", "{n} more notes", rest)
        lines.append(more.format(n=format_number(rest, lang)))
    return "<br>".join(lines)


def _by_subject(pins: Sequence[Pin], lang: str) -> dict[str, list[Pin]]:
    found: dict[str, list[Pin]] = {}
    for pin in pins:
        found.setdefault(_about(pin, lang), []).append(pin)
    return found


def _about(pin: Pin, lang: str) -> str:
    if pin.day:
        return format_day(pin.day, "day", lang)
    return place_name(pin.place, pin.name or pin.place, "", lang)


def pin_notes(
    scenes: Sequence[TimelineScene], lang: str, most: int = MOST_TOLD, letters: int = LETTERS
) -> list[str]:
    """The notes of flags under their numbers, then those of places that have no flag, at most so
    many of so many letters; a sentence that counts the others."""
    _ = translator(lang)
    flags = {flag.number: flag.pins for scene in scenes for flag in scene.flags}
    told = [(f"[{number}] ", pin) for number, pins in flags.items() for pin in pins]
    every = dict.fromkeys(pin for scene in scenes for pin in scene.pins)
    flagged = {pin for _number, pin in told}
    told += [("", pin) for pin in every if pin.place and pin not in flagged]
    lines = [number + _told(pin, lang, letters) for number, pin in told[:most]]
    rest = len({pin.note for pin in every} - {pin.note for _number, pin in told[:most]})
    if rest:
        lines.append(_("Pinned notes not told here: {n}.").format(n=format_number(rest, lang)))
    return lines


def _told(pin: Pin, lang: str, letters: int = LETTERS) -> str:
    text = " ".join(pin.text.split())
    text = text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
    return f"{named(_about(pin, lang), text, lang)} ({pin.who})"
