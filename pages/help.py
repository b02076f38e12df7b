"""Help: how to read the marks, which keys work, what is kept in the link."""

from __future__ import annotations

import streamlit as st

from events.ontology import EVENT_TYPES, MODES, QUAD_COLOURS, definition
from pages.shell import frame, look
from pages.shell.escaping import escaped
from pages.shell.language import _, current, label, named, number


def draw() -> None:
    """The page."""
    look.title(_("How to read and use these pages"))
    left, right = st.columns(2, gap="large")
    with left:
        _pages()
        _marks()
        _keys()
    with right:
        _types()
        _promises()


def _pages() -> None:
    """The purpose of each page, in the order of the navigation."""
    told = {
        _("Overview"): _("the main events of the last days, what is coming, how sure it is"),
        _("Timeline"): _("when what happened, in lanes by actor, type, place, pair or subject"),
        _("Map"): _("where it happened"),
        _("Actors"): _("who acts on whom: links, matrix, flows, two actors over time"),
        _("Articles"): _("load articles, read one with its marks"),
        _("Sources"): _("where articles come from by themselves, and what each source has brought"),
        _("Notes"): _("notes, tags, bookmarks, cases and saved views, what was deleted"),
        _("Briefing"): _("slides, document, PDF, web page and tables of what the filters show"),
        _("Left out"): _("what is hidden, undated, without a place, told twice or set aside"),
    }
    _list(_("Pages"), [named(name, words) for name, words in told.items()])


def _marks() -> None:
    lines = [
        _("A dot is an event dated to one day; its length is the days in question."),
        _("A pale bar is a month, a year or any longer span: the article says no more."),
        _("Filled: reported. Hollow: planned. Half filled: claimed by a party. Crossed: denied."),
        _("A flag over the lanes of the timeline is a note that a person pinned."),
        _("A number on a mark counts the reports of the same event, or the marks beneath it."),
        _(
            "Days without any loaded article are marked on the base line: no news there is no news "
            "about the day."
        ),
    ]
    _list(_("Marks"), lines)


def _keys() -> None:
    lines = [
        _("Tab moves between controls, Enter or Space presses them, Escape closes a list."),
        _("In a table: arrow keys move, Shift and Space select the row and open its evidence."),
        _("Every chart has the same content as a table beneath it: the way without a mouse."),
        _("Ctrl and the wheel, or two fingers, over the timeline: closer or wider at that day."),
        _(
            "Drag across days of the timeline, or of the strip above it, to zoom to them; the "
            "buttons beside it move and zoom out."
        ),
        _("Click a mark, a place, a line or a cell to see the sentences behind it."),
    ]
    _list(_("Keys and mouse"), lines)


def _modes(code: str) -> str:
    """The modes of a type with their meaning, for the hover."""
    return " ".join(named(mode, definition(code, current(), mode)) for mode in MODES.get(code, ()))


def _types() -> None:
    rows = "".join(
        f'<tr title="{escaped(_modes(code))}">'
        f'<td class="fr-nowrap"><span style="color:{QUAD_COLOURS[event_type.quad]}">■</span> '
        f"{escaped(label(code))}</td><td>{escaped(definition(code, current()))}</td>"
        f"<td>{escaped(label(f'quad {event_type.quad}'))}</td>"
        f'<td style="text-align:right">{number(event_type.score, 1).replace("-", "−")}</td></tr>'
        for code, event_type in EVENT_TYPES.items()
    )
    names = (_("Type"), _("Meaning"), _("Class"), _("Score"))
    head = "<tr>" + "".join(f"<th>{escaped(name)}</th>" for name in names) + "</tr>"
    st.html(
        f'<p class="fr-head">{escaped(_("Types of events (PLOVER)"))}</p>'
        f'<table class="fr-table">{head}{rows}</table>'
    )


def _promises() -> None:
    lines = [
        _("The date of an event is never the publication date in disguise."),
        _("Shown and left out together are what was loaded; see “Left out”."),
        _("The address of the page holds filters and view: send it, save it, reload it."),
        _("No request leaves this machine, unless you name a source: its host alone is asked."),
    ]
    _list(_("What holds on every page"), lines)


def _list(head: str, lines: list[str]) -> None:
    items = "".join(f"<li>{escaped(line)}</li>" for line in lines)
    st.html(f'<p class="fr-head">{escaped(head)}</p><ul class="fr-list">{items}</ul>')


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.plain_page(draw)
