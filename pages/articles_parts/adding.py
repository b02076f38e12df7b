"""Add an event that the reader missed: its words are marked in the article, or typed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from events.edited_events import AddedEvent
from events.editing import add
from events.ontology import EVENT_TYPES
from loaders.text.marked_words import sentence_around, spot
from pages.shared import correction, decided, decision
from pages.shared.facts import Row
from pages.shared.marked import MarkedSpan, marked
from pages.shell import link, look
from pages.shell.language import _, label
from pages.shell.store_access import query

_KEY = "add"
_WORDS, _PLACE, _TYPE = f"{_KEY}_words", f"{_KEY}_place", f"{_KEY}_type"
_MARKER = "frise_marker"
MOST = 200  # characters of the words of an act
# what is selected in the text of the article, and how often it stands before that
_SCRIPT = """
export default function ({ data, setTriggerValue }) {
  let timer = 0;
  const tell = () => {
    const range = document.getSelection().rangeCount && document.getSelection().getRangeAt(0);
    const article = document.querySelector(".st-key-frise_article article");
    const words = range ? range.toString().trim() : "";
    if (!article || !words || words.length > data.most) return;
    if (!article.contains(range.commonAncestorContainer)) return;
    const title = article.querySelector("h2");
    const inTitle = title.contains(range.startContainer);
    const before = document.createRange();
    before.setStartAfter(title);
    if (!inTitle) before.setEnd(range.startContainer, range.startOffset);
    const place = inTitle ? 0 : before.toString().split(words).length - 1;
    setTriggerValue("marked", [words, place, inTitle]);
  };
  const later = (event) => {
    if (event.target.closest && event.target.closest("button, input, [role=combobox]")) return;
    clearTimeout(timer);
    timer = setTimeout(tell, 250);
  };
  document.addEventListener("mouseup", later);
  document.addEventListener("keyup", later);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("mouseup", later);
    document.removeEventListener("keyup", later);
  };
}
"""
_listen = st.components.v2.component("frise_marker", js=_SCRIPT)


def draw(row: Row) -> None:
    """The switch that opens the form; while it is open, words that are marked go into it."""
    if st.toggle(_("Add an event"), key=_KEY):
        _form(row)


def _form(row: Row) -> None:
    look.note(_("Mark the words of the act in the article, or type them as they stand there."))
    _listen(key=_MARKER, data={"most": MOST}, on_marked_change=_marked)
    words = st.text_input(_("Words of the act"), key=_WORDS, max_chars=MOST, on_change=_typed)
    found = _found(row, " ".join(str(words or "").split()))
    if found is None:
        if words:
            look.problem(_("These words do not stand in the article."))
        return
    st.html(_shown(found))
    if len(query().event_or_rejected(found.id)):
        look.note(_("There is an event at these words already."))
        st.button(_("Open it"), key=f"{_KEY}_open", on_click=_open, args=(found.id,))
        return
    st.selectbox(_("Type"), list(EVENT_TYPES), key=_TYPE, format_func=label)
    decision.fields(_KEY)
    st.button(_("Add this event"), key=f"{_KEY}_now", on_click=_add, args=(found,))
    look.note(_("Who, when and where are filled in after that."))


def _marked() -> None:
    told: Any = st.session_state[_MARKER]["marked"]
    try:
        words, place, in_title = str(told[0])[:MOST], int(told[1]), bool(told[2])
    except (TypeError, ValueError, IndexError):  # unexpected data from the browser
        return
    st.session_state[_WORDS], st.session_state[_PLACE] = words, (place, in_title)


def _typed() -> None:
    st.session_state.pop(_PLACE, None)


def _found(row: Row, words: str) -> AddedEvent | None:
    """The event of these words, with the sentence around them."""
    place, in_title = st.session_state.get(_PLACE, (0, False))
    at = spot(str(row["title"]), str(row["text"]), words, place, in_title)
    if at is None:
        return None
    part, first, last = at
    told = str(row[part])
    start, end = (0, len(told))
    if part == "text":
        start, end = sentence_around(told, first, last, str(row["lang"]))
    kind = str(st.session_state.get(_TYPE) or next(iter(EVENT_TYPES)))
    return AddedEvent(int(row["article_id"]), part, start, end, told[start:end], first, last, kind)


def _shown(event: AddedEvent) -> str:
    span = MarkedSpan("trigger", event.trigger_start - event.start, event.trigger_end - event.start)
    return f'<blockquote class="fr-quote">{marked(event.quote, [span])}</blockquote>'


def _add(event: AddedEvent) -> None:
    why, who = decision.given(_KEY)
    if decided.write(event.id, who, lambda q: add(q, event, {}, why, who)):
        _open(event.id)


def _open(event_id: int) -> None:
    """Show an event with its form of corrections, in the place of this one."""
    st.session_state.update({_WORDS: "", _KEY: False})
    _typed()
    link.set_view("event", event_id)
    correction.open_form()
