"""A briefing from what the filters show: slides, document, PDF, web page, wall frieze, data."""

from __future__ import annotations

from pages.parts import briefing_page, frame

frame.show(briefing_page.draw)
