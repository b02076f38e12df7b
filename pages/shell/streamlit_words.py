"""Streamlit's own texts on the page, in the reader's language.

Streamlit 1.67 has no translations: placeholders of dates, menus and hints are English in any
language of the page; the month names of its calendar follow the browser. A style sheet replaces
these texts and hides what it cannot translate: the calendar in a browser of another language
(dates can still be typed), the toolbar of tables (files with a receipt are under "Download") and
the rarer menu entries. Labels for screen readers stay Streamlit's.
"""

from __future__ import annotations

import streamlit as st

from pages.shell.language import _, current, number

MOST_MEGABYTES = 60  # server.maxUploadSize of .streamlit/config.toml

_HIDDEN = (
    '[data-testid="stFullScreenFrame"]:has([data-testid="stDataFrame"]) '
    '[data-testid="stElementToolbar"]',
    '[data-testid="stDataFrameColumnMenu"] [role="menu"] > :nth-child(n+4)',
    '[data-testid="stMainMenuItem-recordScreencast"]',
    '[data-testid="stMainMenuList"] + div',  # the version of Streamlit
)
# running indicator and "Stop": a load would continue anyway
_RUNNING = '[data-testid="stStatusWidget"]:has([data-testid^="stStatusWidget"])'
_CALENDAR = '[data-testid="stDateInputCalendarButton"]'
_PART_OF_DAY = '[data-testid="stDateInputField"] span[data-placeholder][data-type="{part}"]'
_THEME = '[data-testid="stMainMenuItem-theme-{name}"]'


def style() -> str:
    """The style sheet for this reader."""
    return sheet(current(), st.context.locale)


def sheet(lang: str, browser: str | None) -> str:
    """The rules for pages in `lang`, in a browser of the locale `browser` (None: not known)."""
    hidden = [*_HIDDEN, f"{_RUNNING} > *"]
    if browser and not browser.lower().startswith(lang):
        hidden.append(_CALENDAR)
    rules = [f"{', '.join(hidden)} {{ display: none; }}"]
    rules += [_said(selector, words, size) for selector, (words, size) in _words().items()]
    return "\n".join(rules)


def _words() -> dict[str, tuple[str, str]]:
    """Selector of an element with a text of Streamlit -> our text and its size."""
    parts = {"day": _("dd"), "month": _("mm"), "year": _("yyyy")}
    themes = {"System": _("As the system"), "Light": _("Light"), "Dark": _("Dark")}
    column = '[data-testid="stDataFrameColumnMenu"] [role="menu"] > :nth-child({n})'
    limits = _("or drop them here; {n} MB a file at most").format(n=number(MOST_MEGABYTES))
    return {
        **{_PART_OF_DAY.format(part=part): (words, "1rem") for part, words in parts.items()},
        **{_THEME.format(name=name): (words, "0.86rem") for name, words in themes.items()},
        '[data-testid="stMainMenuItem-print"] [data-testid="stMainMenuItemLabel"]': (
            _("Print"),
            "1rem",
        ),
        column.format(n=2): (_("Sort: smallest first"), "1rem"),
        column.format(n=3): (_("Sort: largest first"), "1rem"),
        _RUNNING: (_("Working …"), "0.86rem"),
        '[data-testid="InputInstructions"]': (_("Enter to apply"), "0.75rem"),
        '[data-testid="stSelectboxVirtualDropdown"] [data-empty] [role="option"]': (
            _("Nothing of that name"),
            "0.93rem",
        ),
        '[data-testid="stFileUploaderDropzone"] button p': (_("Choose files"), "0.93rem"),
        '[data-testid="stFileUploaderDropzoneInstructions"]': (limits, "0.86rem"),
    }


def _said(selector: str, words: str, size: str) -> str:
    """CSS rules that show `words` instead of an element's own text; its icons stay."""
    quoted = words.replace("\\", "").replace('"', r"\22 ").replace("<", r"\3c ")
    icons = f'{selector} [data-testid="stIconMaterial"]'
    return (
        f"{selector}, {selector} :not([data-testid]):not(:has([data-testid])) "
        f"{{ font-size: 0 !important; }}\n"
        f"{icons} {{ font-size: 1.1rem !important; }}\n"
        f'{selector}::after {{ content: "{quoted}"; font-size: {size}; }}'
    )
