"""Sources: where articles come from by themselves, what each has brought, and what is wrong."""

from __future__ import annotations

import streamlit as st

from events import settings
from events.settings import SettingsError
from pages.shell import frame, look
from pages.shell.language import _, count
from pages.sources_parts import adding, feed_lists, ledger, trial


def draw() -> None:
    """The ledger of all sources beside the form that adds one."""
    try:
        sources = settings.sources()
    except SettingsError:  # said above
        return
    left, right = look.split(1.9)
    with left:
        look.title(_("Sources"), count("{n} source", "{n} sources", len(sources)))
        if sources:
            ledger.draw(sources)
        else:
            _none()
    with right:
        adding.draw()
        if trial.may():
            feed_lists.draw()


def _none() -> None:
    st.html(f'<p class="fr-line">{_("No source is named yet: nothing comes by itself.")}</p>')
    look.note(
        _(
            "A source is a folder, a feed, a list of addresses or a mailbox that Frise looks at by "
            "itself. Until there is one, no request leaves this machine; then only its own host is "
            "asked."
        )
    )
    look.note(
        _(
            "Fill in the form of this page: “What would it bring?” shows what comes before "
            "anything is kept. Sources stand in frise.toml, where the form writes them."
        )
    )


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.plain_page(draw)
