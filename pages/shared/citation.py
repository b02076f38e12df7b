"""In the evidence panel: the citation of a report, copied by one press."""

from __future__ import annotations

import streamlit as st

from events.citation import citation
from pages.shared import grades
from pages.shared.facts import Row
from pages.shell.language import _, current

_HTML = '<button type="button"></button><span role="status"></span>'
# as the buttons of Streamlit beside it
_CSS = """
:host { display: block; }
button { font: inherit; font-size: 0.88rem; color: inherit; background: none; cursor: pointer;
         border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, 2px);
         padding: 0.2rem 0.6rem; min-height: 1.9rem; white-space: nowrap; }
button:hover { border-color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
span { font-size: 0.86rem; margin-left: 0.4rem; }
"""
# over plain http, which has no clipboard, by the command of before
_SCRIPT = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const told = parentElement.querySelector("span");
  const byCommand = () => {
    const area = document.createElement("textarea");
    area.value = data.text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  };
  button.textContent = data.label;
  button.title = data.text;
  button.onclick = async () => {
    try { await navigator.clipboard.writeText(data.text); } catch { byCommand(); }
    told.textContent = data.done;
    setTimeout(() => { told.textContent = ""; }, 2500);
  };
}
"""
_copy = st.components.v2.component("frise_citation", html=_HTML, css=_CSS, js=_SCRIPT)


def button(row: Row) -> None:
    """The button that copies it; its tooltip shows what is copied."""
    line = citation(row, current(), "" if row["coder"] else grades.mark(row))
    told = {"label": _("Copy citation"), "done": _("Copied"), "text": line}
    _copy(key="evidence_citation", data=told, height=32)
