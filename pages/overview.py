"""The first page: main stories, what is new, what is loaded, how sure, what was left out."""

from __future__ import annotations

from pages.parts import frame, overview_page

frame.show(overview_page.draw)
