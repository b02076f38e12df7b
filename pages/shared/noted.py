"""In the evidence panel: tags, bookmark, citation and notes of an event, and the forms for them."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

import streamlit as st

from events import annotating, geography
from events.annotating import COLOURS, MOST_NAME, MOST_TEXT, NewNote, NoteChanged, NoteDeleted
from events.annotations import Note, On, Subject
from events.store import Store
from pages.shared import citation, facts
from pages.shared.facts import Row
from pages.shell import escaping, look, names, open_case, person, signing
from pages.shell.language import _, count, current, day, error_words, named
from pages.shell.store_access import reports

MOST_NOTES = 20
_KEY, _CHANGED, _DONE = "noted", "frise_note_changed", "frise_note_done"
# when the note was written as it stood in its form or was told since; why it was not saved
_SEEN, _REFUSED = "frise_note_seen", "frise_note_refused"
_UNSAVED = "frise_note_unsaved"  # a note that was deleted while it was written anew


def draw(row: Row) -> None:
    """The section of an event."""
    about = subjects(row)
    unsaved()
    _tags(row)
    with st.container(horizontal=True, gap="xsmall", key="frise_noted"):
        _bookmark(about["event"])
        citation.button(row)
    if st.session_state.pop(_DONE, False):
        st.session_state[f"{_KEY}_open"] = False
    found = reports().notes_about(row, open_case.notes_of())
    if found:
        words = count("{n} note", "{n} notes", len(found))
        st.html(f'<p class="fr-head">{escaping.escaped(words)}</p>')
    if len(found) > MOST_NOTES:
        older = len(found) - MOST_NOTES
        look.note(count("{n} older note under Notes.", "{n} older notes under Notes.", older))
    for note in found[-MOST_NOTES:]:
        line(note)
    if st.toggle(_("Note or tag this"), key=f"{_KEY}_open"):
        _tag_form(row, about)
        _note_form(about)


def subjects(row: Row) -> dict[On, Subject]:
    """What can be noted of an event row: it, its story of several reports, its day, its place."""
    event, article = str(row["event_id"]), int(row["article_id"])
    found: dict[On, Subject] = {"event": Subject("event", event, facts.headline(row), article)}
    if len(reports().story(int(row["story_id"]))) > 1:
        found["story"] = Subject("story", event, facts.headline(row), article)
    first, last = facts.date_of(row["first"]), facts.date_of(row["last"])
    if first and first == last:
        found["day"] = Subject("day", first.isoformat())
    if row["place_id"]:
        found["place"] = Subject("place", str(row["place_id"]), names.place_of(row))
    return found


def subject_words(subject: Subject) -> str:
    """What a note is about, in a few words."""
    words = {"event": _("this report"), "story": _("its story, all reports")}
    return words.get(subject.on) or _day_or_place(subject)


def _day_or_place(subject: Subject) -> str:
    """A day, or the name of a place, in the reader's language."""
    if subject.on == "day":
        return day(facts.date_of(subject.key))
    return geography.place_name(subject.key, subject.about or subject.key, "", current())


def chips(tags: Sequence[str]) -> str:
    """Tags as HTML, each with a bar of its colour."""
    known = reports().annotations().colours
    colours = {name: COLOURS.get(known.get(name, ""), COLOURS["grey"]) for name in tags}
    return " ".join(
        f'<span class="fr-tag" style="--fr-tag: {colour}">{escaping.escaped(name)}</span>'
        for name, colour in colours.items()
    )


def line(note: Note, about: str = "", more: Callable[[Subject, str], None] | None = None) -> None:
    """A note: what it is about, who and when, its text, and buttons to change and delete it;
    `more` draws another first."""
    st.html(note_html(note, about or subject_words(note.subject)))
    with st.container(horizontal=True, gap="xsmall", key=f"frise_acts_note_{note.id}"):
        if more:
            more(note.subject, f"note_{note.id}")
        does = {"change": (_("Rewrite"), _change), "delete": (_("Delete"), _delete)}
        for name, (words, press) in does.items():
            key = f"note_{name}_{note.id}"
            st.button(words, key=key, type="tertiary", on_click=press, args=(note,))
    if st.session_state.get(_CHANGED) == note.id:
        _change_form(note)


def note_html(note: Note, about: str) -> str:
    """A note as HTML: a line on what, who and when, then its text."""
    who = note.brought or note.who
    marks = [about, who, facts.moment(note.at)]
    if note.brought:
        marks.append(_("brought by {who}").format(who=note.who))
    if note.changed_by and note.changed_at:
        told = _("changed by {who}, {when}")
        marks.append(told.format(who=note.changed_by, when=facts.moment(note.changed_at)))
    if note.pinned:
        marks.append(_("pinned"))
    text = html.escape(note.text).replace("\n", "<br>")
    small = escaping.escaped(" · ".join(marks))
    return f'<div class="fr-noted"><p class="fr-small">{small}</p><p>{text}</p></div>'


def _tags(row: Row) -> None:
    """The tags of the event and its story."""
    tags = tags_of(row)
    if tags:
        st.html(f"<p>{chips(tags)}</p>")


def tags_of(row: Row) -> list[str]:
    """The tags of an event row and of its story, sorted."""
    return sorted({name for on in ("event", "story") for name in _held(row, on)})


def _held(row: Row, on: str) -> list[str]:
    stories = reports().annotated_stories()
    event, story = int(row["event_id"]), int(row["story_id"])
    told = reports().annotations().tagged
    if on == "event":
        return [each.name for each in told if each.subject.on == on and each.subject.event == event]
    return [
        each.name
        for each in told
        if each.subject.on == on and stories.get(each.subject.event) == story
    ]


def _same_story(row: Row) -> list[str]:
    """The keys that name the story of a row: any of its reports."""
    stories = reports().annotated_stories()
    return [str(event) for event, story in stories.items() if story == int(row["story_id"])]


def _bookmark(subject: Subject) -> None:
    mine = [b for b in reports().annotations().bookmarks if b.who == person.name()]
    kept = any(b.subject == subject for b in mine)
    st.button(
        _("Take out of bookmarks") if kept else _("Bookmark"),
        key=f"{_KEY}_bookmark",
        on_click=signing.press,
        args=(lambda store, who: annotating.bookmark(store, subject, who, not kept),),
    )


def _tag_form(row: Row, about: dict[On, Subject]) -> None:
    """The tags of the story, or of the report alone: what is chosen is stored at once."""
    on: On = "event"
    words: dict[On, str] = {"story": _("Of its story"), "event": _("Of this report alone")}
    if "story" in about:
        on = st.segmented_control(
            _("Tags"), list(words), key=f"{_KEY}_tags_of", format_func=lambda o: words[o],
            default="story", required=True, label_visibility="collapsed",
        )  # fmt: skip
    held = sorted(set(_held(row, on)))
    known = sorted({*reports().annotations().colours, *held})
    signing.ask(_KEY)
    key = f"{_KEY}_tags_{on}_{about['event'].key}"
    st.session_state[key] = held
    st.multiselect(
        _("Tags"),
        known,
        key=key,
        accept_new_options=True,
        placeholder=_("Choose or write a tag"),
        help=_("At most {n} characters each").format(n=MOST_NAME),
        on_change=_tag,
        args=(key, about[on], _same_story(row) if on == "story" else []),
    )


def _tag(key: str, subject: Subject, same: list[str]) -> None:
    tags = [str(name) for name in st.session_state[key]]
    signing.signed(lambda store, who: annotating.tag(store, subject, tags, who, same))


def _note_form(about: dict[On, Subject]) -> None:
    on = list(about)
    case = open_case.opened()
    with st.form(f"{_KEY}_form", border=False, clear_on_submit=False):
        st.text_area(_("Text of the note"), key=f"{_KEY}_text", max_chars=MOST_TEXT, height=100)
        st.selectbox(
            _("About"), on, key=f"{_KEY}_about", format_func=lambda o: subject_words(about[o])
        )
        st.checkbox(_("Pin it on the timeline"), key=f"{_KEY}_pin")
        if case:
            st.checkbox(_("Only in this case"), key=f"{_KEY}_case", value=True)
        st.form_submit_button(
            _("Save the note"), key=f"{_KEY}_save", on_click=_write,
            args=(about, case.id if case else ""),
        )  # fmt: skip


def _write(about: dict[On, Subject], case: str) -> None:
    told = st.session_state
    mine = case if told.get(f"{_KEY}_case") else ""
    chosen: On = told[f"{_KEY}_about"] or "event"
    pinned, text = bool(told[f"{_KEY}_pin"]), str(told[f"{_KEY}_text"] or "")
    note = NewNote(about[chosen], text, pinned, mine)
    if signing.signed(lambda store, who: annotating.write(store, note, who)):
        told[f"{_KEY}_text"] = ""
        told[_DONE] = True


def unsaved() -> None:
    """The text that was written for a note that somebody deleted meanwhile, to be saved anew."""
    note: NewNote | None = st.session_state.get(_UNSAVED)
    if note is None:
        return
    look.problem(error_words(NoteDeleted()))
    st.code(note.text, language=None, wrap_lines=True)
    with st.container(horizontal=True, gap="xsmall", key="frise_note_lost"):
        st.button(_("Save as a new note"), key="note_lost_save", on_click=_save_unsaved)
        st.button(_("Discard it"), key="note_lost_drop", type="tertiary", on_click=_forget_unsaved)


def _save_unsaved() -> None:
    note: NewNote = st.session_state[_UNSAVED]
    if signing.signed(lambda store, who: annotating.write(store, note, who)):
        _forget_unsaved()


def _forget_unsaved() -> None:
    st.session_state.pop(_UNSAVED, None)


def _change(note: Note) -> None:
    st.session_state[_CHANGED] = note.id
    _fill(note)


def _fill(note: Note) -> None:
    """Put a note into its form as it stands."""
    told, key = st.session_state, f"{_KEY}_changed_{note.id}"
    told[_SEEN], told[_REFUSED] = note.written_at, ""
    told[key], told[f"{key}_pin"] = note.text, note.pinned


def _change_form(note: Note) -> None:
    """The form under a note; what somebody else wrote since it was opened stands above it."""
    signing.ask(f"{_KEY}_change")
    key = f"{_KEY}_changed_{note.id}"
    if key not in st.session_state:  # Streamlit forgets the values of a form that is not drawn
        _fill(note)
    if st.session_state[_REFUSED]:
        look.problem(st.session_state[_REFUSED])
    with st.form(f"{_KEY}_change_{note.id}", border=False):
        st.text_area(_("Text of the note"), key=key, max_chars=MOST_TEXT, height=100)
        st.checkbox(_("Pin it on the timeline"), key=f"{key}_pin")
        st.form_submit_button(_("Save"), key=f"{key}_save", on_click=_store, args=(note, key))


def _store(note: Note, key: str) -> None:
    """Save it; where somebody else changed it meanwhile that is told, and the next save holds.
    Where it was deleted the text is kept for a new one."""
    told = st.session_state
    text, pinned, seen = str(told[key] or ""), bool(told[f"{key}_pin"]), told[_SEEN]

    def write(store: Store, who: str) -> None:
        try:
            annotating.change(store, note.id, who, seen, text=text, pinned=pinned)
        except NoteChanged as error:
            told[_SEEN], told[_REFUSED] = error.note.written_at, error_words(error)
            raise
        except NoteDeleted:
            told[_UNSAVED] = NewNote(note.subject, text, pinned, note.case)
            told.pop(_CHANGED, None)
            raise

    if signing.signed(write):
        told.pop(_CHANGED, None)


def _delete(note: Note) -> None:
    if signing.signed(lambda store, who: annotating.delete(store, note.id, who)):
        st.toast(_("Deleted. For 30 days it can be put back under Notes."))


def note_title(note: Note) -> str:
    """What a note is about, for lists away from the event."""
    kinds = {"event": _("Report"), "story": _("Story"), "place": _("Place"), "day": _("Day")}
    subject = note.subject
    about = subject.about or subject.key if subject.event else _day_or_place(subject)
    return named(kinds[subject.on], about)
