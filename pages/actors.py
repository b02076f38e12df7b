"""Who acts on whom: links, matrix, flows, and a pair of actors over time."""

from __future__ import annotations

from pages.parts import actors_page, frame

frame.show(actors_page.draw)
