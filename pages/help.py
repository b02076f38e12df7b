"""How to read the marks, and which keys work."""

from __future__ import annotations

from pages.parts import frame, help_page

frame.plain_page(help_page.draw)
