"""Text wrapped at a width (mail, wire copy) -> a line a paragraph, as sentences need it."""

from __future__ import annotations

MOST = 80  # characters of a wrapped line
LEAST = 45  # a text whose longest line is shorter is a list or a poem, not wrapped
LONG_SHARE = 0.1  # of lines longer than `MOST`, at which the text is not wrapped
_ITEM = (">", "-", "*", "•", "–", "—", "|", "+")  # a line that begins so stands alone


def unwrapped(text: str) -> str:
    """The text with its wrapped lines joined; unchanged where it is not wrapped.

    A line goes on in the next where the next one's first word had no room on it.
    """
    lines = text.split("\n")
    width = _width(lines)
    if not width:
        return text
    made: list[str] = []
    for number, line in enumerate(lines):
        if number and _goes_on(lines[number - 1], line, width):
            made[-1] = f"{made[-1].rstrip()} {line.lstrip()}"
        else:
            made.append(line)
    return "\n".join(made)


def _width(lines: list[str]) -> int:
    """The width at which lines are wrapped, 0 for none."""
    told = [len(line.rstrip()) for line in lines if " " in line.strip()]
    fitting = [length for length in told if length <= MOST]
    if len(told) - len(fitting) > LONG_SHARE * len(told):
        return 0
    width = max(fitting, default=0)
    return width if width >= LEAST else 0


def _goes_on(line: str, following: str, width: int) -> bool:
    if not line.strip() or not following.strip() or following.lstrip().startswith(_ITEM):
        return False
    if line.lstrip().startswith(">"):
        return False
    first = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(first) > width
