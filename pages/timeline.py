"""When what happened: events on a time axis, in lanes."""

from __future__ import annotations

from pages.parts import frame, timeline_page

frame.show(timeline_page.draw)
