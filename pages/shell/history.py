"""The browser's Back: one step back for one step made.

Streamlit empties the address when the page changes and puts an entry into the history; when the
page then writes its filters into the address (`link.write_link`) that is a second entry, and Back
had to be pressed twice. Here the second one takes the place of the first. An entry without any
parameter means "no filter": gone back to, it says so to `link.read_link`, for which an empty
address is otherwise only a page that was just turned to.
"""

from __future__ import annotations

import streamlit as st

from pages.shell.link import CLEARED

# constant text; runs once a browser page. `turned`: the address was just emptied by a page change
# and nothing has been pressed since: what is written next belongs to that change.
_SCRIPT = f"""<script>
if (!window.friseHistory) {{
  window.friseHistory = true;
  let turned = false;
  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  const pressed = () => {{ turned = false; }};
  addEventListener("pointerdown", pressed, true);
  addEventListener("keydown", pressed, true);
  addEventListener("popstate", () => {{
    turned = false;
    if (location.search) return;
    replace(history.state, "", location.pathname + "?{CLEARED}=1");
    dispatchEvent(new PopStateEvent("popstate", {{state: history.state}}));
  }});
  history.pushState = (state, title, url) => {{
    const target = new URL(url, location.href), same = target.pathname === location.pathname;
    (same && turned ? replace : push)(state, title, url);
    turned = !same && !target.search;
  }};
}}
</script>"""


def keep() -> None:
    """Put the script on the page."""
    with st.container(key="frise_history"):  # takes no room: look.css
        st.html(_SCRIPT, unsafe_allow_javascript=True)
