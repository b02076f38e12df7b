"""Datelines: "KIEV, 9 juillet (AFP) —", "SPRINGFIELD, Ill. -", "BEYROUTH/DAMAS"."""

from __future__ import annotations

import functools
import re

from loaders.find.places.candidates import PlaceSpan
from loaders.find.places.words_near import any_cue_set
from loaders.text.document import Document

# what may come between the place of a dateline and its dash: region, date, agency
_REGION = r"(?:\s*,\s*[^\W\d_][\w .’'-]{0,30})?"
_DAY = (
    r"(?:\s*,?\s*(?:(?:{articles})\s+)?\d{{1,2}}\.?(?:{ordinals})?\s+[^\W\d_]+\.?(?:\s+\d{{4}})?"
    r"|\s*,?\s*[^\W\d_]+\.?\s+\d{{1,2}}(?:,?\s+\d{{4}})?)?"
)
_AGENCY = r"(?:\s*\([^)\n]{2,40}\))?(?:\s*,\s*[A-ZÀ-Ý]{2,8})?"
_REACH = 90  # characters after the place
LAST_PARAGRAPH = 3


def is_dateline(document: Document, span: PlaceSpan) -> bool:
    """Whether a place opens one of the first paragraphs, with a dash soon after."""
    sentence = span.scene.sentence
    if sentence.part != "text" or sentence.paragraph > LAST_PARAGRAPH:
        return False
    source = document.source_text("text")
    start, end = sentence.start + span.start, sentence.start + span.end
    head = source[source.rfind("\n", 0, start) + 1 : start]
    found = _dateline().match(source[end : end + _REACH])
    if found is None:
        return False
    if head.strip(" (\u00a0*"):
        return _is_second(head)
    capitals = source[start:end].isupper()
    if found.group().rstrip().endswith(":"):
        return capitals  # "HYDERABAD: A court", but "London: a guide"
    return capitals or _has_more_than_a_hyphen(found.group())


@functools.cache
def _dateline() -> re.Pattern[str]:
    articles, ordinals = any_cue_set("day_articles"), any_cue_set("ordinal_endings")
    day = _DAY.format(articles="|".join(sorted(articles)), ordinals="|".join(sorted(ordinals)))
    return re.compile(r"\.?" + _REGION + day + _AGENCY + r"\s*(?:—|–|--|-|:)\s")


def _has_more_than_a_hyphen(between: str) -> bool:
    """A date, an agency or a long dash after the name."""
    return len(between.strip()) > 1 or "—" in between or "–" in between


def _is_second(head: str) -> bool:
    """The second place of a dateline: "BEYROUTH/DAMAS", "SPRINGFIELD, Ill."."""
    short = len(head) < 40 and head.split(",")[0].split("/")[0].strip().isupper()
    return short and head.rstrip()[-1:] in ",/"
