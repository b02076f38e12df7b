"""Evidence for a publication date, in the reader's language.

The inference (loaders/text/publication.py) and the readers of files store plain English sentences
with the article. The patterns below match those sentences for translation; quoted words, names and
sources stay as they are. A sentence that matches no pattern is shown as it was written.
"""

from __future__ import annotations

import re

from events.wording import translator

# pattern of the stored sentence -> msgid with the same fields
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), message)
    for pattern, message in (
        (r"the text is dated (?P<words>.+)", "the text is dated {words}"),
        (r"the newest date told is (?P<words>.+)", "the newest date told is {words}"),
        (
            r"(?P<words>\".+\") is near the day of publication",
            "{words} is near the day of publication",
        ),
        (r"(?P<words>\".+\") is (?P<other>\".+\")", "{words} is {other}"),
        (r"(?P<words>\".+\") is told as future", "{words} is told as future"),
        (r"told as past: (?P<words>.+)", "told as past: {words}"),
        (
            r"(?P<words>\".+\"): a day close by, in a year when the weekday fits",
            "{words}: a day close by, in a year when the weekday fits",
        ),
        (
            r"told without a year, so close by: (?P<words>.+)",
            "told without a year, so close by: {words}",
        ),
        (r"(?P<words>\".+\") is told without a year", "{words} is told without a year"),
        (r"(?P<words>\".+\") lies in (?P<week>\".+\")", "{words} lies in {week}"),
        (
            r"(?P<words>\".+\") and (?P<other>\".+\") mean one day(?P<why>.*)",
            "{words} and {other} mean one day{why}",
        ),
        (
            r"(?P<person>.+) is named as president: (?P<term>.+)",
            "{person} is named as president: {term}",
        ),
        (
            r"(?P<person>.+) is named as (?P<office>[^:]+): (?P<term>.+)",
            "{person} is named as {office}: {term}",
        ),
        (
            r"(?P<person>.+) is in the news, in office (?P<term>.+)",
            "{person} is in the news, in office {term}",
        ),
        (r"(?P<name>.+) has (?P<n>\d+) members: (?P<term>.+)", "{name} has {n} members: {term}"),
        (r"the text does not settle its date", "the text does not settle its date"),
        (r"head of the document: (?P<words>.+)", "head of the document: {words}"),
        (r"number of the document: (?P<words>.+)", "number of the document: {words}"),
        (r"running head of the pages: (?P<words>.+)", "running head of the pages: {words}"),
        (r"date of the EPUB", "date of the EPUB"),
        (r"no publication date given", "no publication date given"),
    )
)


def evidence_in_words(sentence: str, lang: str) -> str:
    """One stored evidence sentence as a reader of `lang` sees it."""
    _ = translator(lang)
    side, parted, rest = sentence.partition(": ")
    if parted and side in ("for", "against"):
        shown = _("for: {clue}") if side == "for" else _("against: {clue}")
        return shown.format(clue=_clue(rest, lang))
    return _clue(sentence, lang)


def _clue(text: str, lang: str) -> str:
    _ = translator(lang)
    for shape, message in _SHAPES:
        found = shape.fullmatch(text)
        if found:
            fields = {name: _terms(value, lang) for name, value in found.groupdict().items()}
            return _(message).format(**fields)
    return _terms(text, lang)


def _terms(text: str, lang: str) -> str:
    """The words around the days of a term of office: ``since 2024-03-07``, ``until``, ``to``."""
    _ = translator(lang)
    text = re.sub(r"\bsince (?=\d{4}-)", _("since") + " ", text)
    text = re.sub(r"\buntil (?=\d{4}-)", _("until") + " ", text)
    text = re.sub(r"(?<=\d) to (?=\d{4}-)", f" {_('to')} ", text)
    text = text.replace("(past)", f"({_('past')})").replace("(future)", f"({_('future')})")
    return re.sub(r"\(both with ", f"({_('both with')} ", text)
