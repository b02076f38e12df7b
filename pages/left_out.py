"""What is not on the charts: hidden, undated, without a place, told twice, set aside."""

from __future__ import annotations

from pages.parts import frame, left_out_page

frame.show(left_out_page.draw, filtered=False)
