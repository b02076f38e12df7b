"""The browser's Back button: one history entry per step of the reader.

Streamlit clears the query parameters when the page changes and adds a history entry; when the page
then writes its filters into the address (`link.write_link`) that adds a second entry, and Back had
to be pressed twice. This script replaces the first entry by the second. An entry without
parameters means "no filter": on going back to it, the script marks it as such for
`link.read_link`, which otherwise takes an empty address for a change of page.
"""

from __future__ import annotations

import streamlit as st

from pages.shell.link import CLEARED

# constant script, run once per browser page. `turned`: a page change has just cleared the address
# and nothing was clicked since, so the next write belongs to that change; so does the first one,
# which gives a link that was opened the names of today. `rewritten`: that was before this script
# ran, so the link as it was opened is an entry of its own, which Back passes over.
_SCRIPT = f"""<script>
if (!window.friseHistory) {{
  window.friseHistory = true;
  let turned = true;
  const opened = performance.getEntriesByType("navigation")[0].name;
  const rewritten = location.href !== opened;
  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  const pressed = () => {{ turned = false; }};
  for (const kind of ["pointerdown", "keydown", "wheel"]) addEventListener(kind, pressed, true);
  addEventListener("popstate", () => {{
    turned = false;
    if (rewritten && location.href === opened) history.back();
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
    with st.container(key="frise_history"):  # hidden by look.css
        st.html(_SCRIPT, unsafe_allow_javascript=True)
