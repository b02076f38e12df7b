"""What readers of files note of an article, in the reader's language.

Notes are stored in English (loaders/readers/); the patterns below match them for translation, names
and quoted words stay as they are. A note that matches none is shown as it was written.
"""

from __future__ import annotations

import re

from events.wording import translator

# pattern of the stored note -> msgid with the same fields
SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), message)
    for pattern, message in (
        (r"author: (?P<name>.+)", "author: {name}"),
        (
            r"forwarded by (?P<name>.+) on (?P<day>\S+), which is no date of publication",
            "forwarded by {name} on {day}, which is no date of publication",
        ),
        (r"forwarded by (?P<name>.+)", "forwarded by {name}"),
        (r"in its file: (?P<place>.+)", "in its file: {place}"),
        (r"section: (?P<name>.+)", "section: {name}"),
        (r"brought by the source: (?P<name>.+)", "brought by the source: {name}"),
        (r"tags: (?P<names>.+)", "tags: {names}"),
        (r"the feed gives a summary as the text", "the feed gives a summary as the text"),
        (
            r"the feed gives a title alone, which is read as the text",
            "the feed gives a title alone, which is read as the text",
        ),
        (
            r"the feed is no sound XML and was read as far as it goes: (?P<problem>.+)",
            "the feed is no sound XML and was read as far as it goes: {problem}",
        ),
        (r"page: (?P<page>.+)", "page: {page}"),
        (r"part (?P<n>\d+) of (?P<all>\d+)(?P<rest>.*)", "part {n} of {all}{rest}"),
        (
            r"the file was made on (?P<day>\S+), which is no date of publication",
            "the file was made on {day}, which is no date of publication",
        ),
        (
            r"the database took it in on (?P<day>.+), which is no date of publication",
            "the database took it in on {day}, which is no date of publication",
        ),
        (
            r"the days of the head and of the document's number are (?P<n>\d+) days apart",
            "the days of the head and of the document's number are {n} days apart",
        ),
        (
            r"the file is named (?P<suffix>\S+) and was read as what it holds: (?P<format>.+)",
            "the file is named {suffix} and was read as what it holds: {format}",
        ),
        (
            r"the file does not tell its encoding and was read as (?P<encoding>\S+), "
            r"by its letters",
            "the file does not tell its encoding and was read as {encoding}, by its letters",
        ),
        (r"(?P<n>\d+) of (?P<all>\d+) pages hold no text", "{n} of {all} pages hold no text"),
        (
            r"pages (?P<first>\d+) to (?P<last>\d+) are not read: split the file",
            "pages {first} to {last} are not read: split the file",
        ),
        (r"pages begin at characters: (?P<places>.+)", "pages begin at characters: {places}"),
        (r"running heads are left out: (?P<heads>.+)", "running heads are left out: {heads}"),
        (
            r"the file holds (?P<n>\d+) scripts, which were not run",
            "scripts in the file, which were not run: {n}",
        ),
        (
            r"(?P<n>\d+) links lead out of the file and were not followed",
            "links that lead out of the file, which were not followed: {n}",
        ),
        (
            r"(?P<n>\d+) parts of the book hold too little text",
            "parts of the book that hold too little text: {n}",
        ),
        (
            r"the file holds a form; what is filled in is not read",
            "the file holds a form; what is filled in is not read",
        ),
        (
            r"the file holds macros, which were not run",
            "the file holds macros, which were not run",
        ),
        (
            r"the file is cut, or a length in it is wrong: some of its text may be missing",
            "the file is cut, or a length in it is wrong: some of its text may be missing",
        ),
        (
            r"files in the text in an old code \(uuencode\), not read: (?P<n>\d+)",
            "files in the text in an old code (uuencode), not read: {n}",
        ),
        (r"tracked changes are read as accepted", "tracked changes are read as accepted"),
        (r"footnotes are not read", "footnotes are not read"),
        (
            r"the text is the abstract of the list of references",
            "the text is the abstract of the list of references",
        ),
        (
            r"the list of references holds no text; the title stands for it",
            "the list of references holds no text; the title stands for it",
        ),
    )
)


def note_in_words(note: str, lang: str) -> str:
    """One stored note as a reader of `lang` sees it."""
    _ = translator(lang)
    for shape, message in SHAPES:
        if found := shape.fullmatch(note):
            return _(message).format(**found.groupdict())
    return _(note)
