"""Forget the widgets of a session that went.

Streamlit (1.67, `WStates.remove_stale_widgets`) gives up the values of widgets that a run did not
draw, but keeps what it knows of each widget that the session ever drew, with its callbacks and all
that these hold: the tables of a page. A widget of other options is another one, so a session that
filters for an hour held hundreds of tables.
"""

from __future__ import annotations

from streamlit.runtime.scriptrunner import get_script_run_ctx


def forget() -> None:
    """At the beginning of a run, when the callbacks of the run before were called: drop what is
    known of widgets that have no value any more. Nothing where there is no session."""
    ctx = get_script_run_ctx(suppress_warning=True)
    if ctx is None:
        return
    safe = ctx.session_state
    with safe._lock:
        state = safe._state
        known = state._new_widget_state.widget_metadata
        living = state._new_widget_state.states.keys() | state._old_state.keys()
        for widget in known.keys() - living:
            del known[widget]
