"""Where it happened: event places by number, with what has no place counted."""

from __future__ import annotations

from pages.parts import frame, map_page

frame.show(map_page.draw)
