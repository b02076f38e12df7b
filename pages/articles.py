"""Articles: load more of them, read one with its marks."""

from __future__ import annotations

from pages.parts import article_page, frame, loading

frame.show(article_page.draw, filtered=False, empty=loading.draw)
