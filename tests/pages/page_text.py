"""What a page under test says."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def html_of(app: AppTest) -> str:
    """All that a page has drawn as HTML, an element a line."""
    return "\n".join(str(getattr(each.proto, "body", "")) for each in app.get("html"))
