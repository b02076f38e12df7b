"""Stories: reports of one event, across articles and languages, grouped by explicit rules.

A story has at most one report of each article (duplicates within an article are merged before).
Two reports match if they have the same day within their precision, the same type (or the same
quad class between the same parties), and the same place or the same parties, and nothing
contradicts: another town, other parties, a denial of the other's act. Shared words never suffice;
they are required in addition where a side is not named, or where a busy dyad (several strikes in
one day) has no place. A report that is not sure enough may join a story, but the others are grouped
as if it were not there: a story is the same while it is hidden. Grouping is reversible: the store
keeps every report, and a person's split or join overrides these rules.
"""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from loaders.stories.reports import Report, kilometres, ordered_reports

NEAR_KM = 30.0  # two points this close count as one town
DAY_SLACK = 1  # an inferred day may be a day off (published the next morning)
LOOK_BACK = 2  # a report's story may begin up to this many days before the report
LONG_QUOTE = 40  # characters; two equal quotes this long are the same sentence
TELLING = 2  # total weight of shared names and numbers required where other evidence is weak


def group_reports(events: pd.DataFrame) -> dict[int, int]:
    """Story of each event: event_id -> story_id, the event_id of the story's earliest report.

    `events` has EVENT_COLUMNS. Deterministic: the same rows in any order give the same stories.
    """
    grouper = Grouper()
    story_of = {int(event_id): int(event_id) for event_id in events["event_id"]}
    for report in ordered_reports(events):
        story_of[report.event_id] = grouper.place(report)
    return story_of


class Grouper:
    """Builds stories: a report joins the first story all of whose reports match it.

    A match needs the same type or quad class, and a shared party or an unnamed side; stories are
    indexed by these keys, so that a busy day is not compared pair by pair.
    """

    def __init__(self) -> None:
        self._groups: dict[int, list[Report]] = {}
        self._rank: dict[int, int] = {}
        self._by_key: dict[tuple[object, ...], list[int]] = defaultdict(list)

    def place(self, report: Report) -> int:
        """Add the report to a matching or new story; its id. Call in grouping order."""
        found = self._matching_story(report)
        self.keep(report, report.event_id if found is None else found)
        return report.event_id if found is None else found

    def keep_known(self, report: Report, story: int) -> None:
        """Add a report to its known story, if that begins with a report given so far."""
        if story == report.event_id or story in self._groups:
            self.keep(report, story)

    def keep(self, report: Report, story: int) -> None:
        """Add the report to that story."""
        if story not in self._groups:
            self._groups[story] = []
            self._rank[story] = len(self._rank)
            for when in _index_times(report):
                for key in _index_keys(report):
                    self._by_key[(when, *key)].append(story)
        self._groups[story].append(report)

    def _matching_story(self, report: Report) -> int | None:
        near: set[int] = set()
        for when in _query_times(report):
            for key in _query_keys(report):
                near.update(self._by_key.get((when, *key), ()))
        for story in sorted(near, key=self._rank.__getitem__):
            # sure reports do not see the others, nor a story of those alone
            seen = [other for other in self._groups[story] if other.sure or not report.sure]
            if seen and all(same_event(report, other)[0] for other in seen):
                return story
        return None


def _is_short(report: Report) -> bool:
    return report.last - report.first <= DAY_SLACK


def _index_times(report: Report) -> list[object]:
    """Time keys under which a story is indexed: days of a matching later report (`_same_time`)."""
    if not _is_short(report):
        return [(report.first, report.last)]
    days: list[object] = list(range(report.first, report.last + 1))
    slack = range(report.last + 1, report.last + 1 + DAY_SLACK)
    return [*days, *(slack if report.inferred else [(day, "if inferred") for day in slack])]


def _query_times(report: Report) -> list[object]:
    """Time keys with which a report looks up stories."""
    if not _is_short(report):
        return [(report.first, report.last)]
    return [report.first, *([(report.first, "if inferred")] if report.inferred else [])]


def _index_keys(report: Report) -> list[tuple[object, ...]]:
    """Type and party keys under which a story is indexed, from its first report."""
    keys: list[tuple[object, ...]] = [("type", report.type)]
    keys += [("party", report.type, party) for party in report.parties]
    if not report.parties:
        keys.append(("nobody", report.type))
    if report.sources:
        keys.append(("class", report.quad, report.parties))
    return keys


def _query_keys(report: Report) -> list[tuple[object, ...]]:
    """Type and party keys with which a report looks up stories."""
    if not report.parties:
        return [("type", report.type)]
    keys: list[tuple[object, ...]] = [("nobody", report.type)]
    keys += [("party", report.type, party) for party in report.parties]
    return [*keys, ("class", report.quad, report.parties)]


def same_event(a: Report, b: Report) -> tuple[bool, str]:
    """Whether two reports tell of one event, and the reason."""
    if a.article_id == b.article_id:
        return False, "told in one article as two events"
    if not _same_time(a, b):
        return False, "another day"
    if not _same_act(a, b):
        return False, "another act"
    if _places_differ(a, b):
        return False, "another place"
    if _parties_differ(a, b):
        return False, "other parties"
    return _evidence(a, b)


def _same_time(a: Report, b: Report) -> bool:
    short = a.last - a.first <= DAY_SLACK and b.last - b.first <= DAY_SLACK
    if short:
        slack = DAY_SLACK if a.inferred or b.inferred else 0
        return a.first <= b.last + slack and b.first <= a.last + slack
    return (a.first, a.last) == (b.first, b.last)


def _same_act(a: Report, b: Report) -> bool:
    if "denied" in (a.status, b.status) and a.status != b.status:
        return False
    if a.type == b.type:
        return True
    return a.quad == b.quad and bool(a.sources) and a.parties == b.parties


def _places_differ(a: Report, b: Report) -> bool:
    if a.point and b.point:
        return a.place_id != b.place_id and kilometres(a.point, b.point) > NEAR_KM
    return bool(a.country and b.country and a.country != b.country)


def _parties_differ(a: Report, b: Report) -> bool:
    if a.symmetric and b.symmetric:
        return bool(a.parties and b.parties) and not _parties_compatible(a, b)
    apart_source = bool(a.sources and b.sources) and not a.sources & b.sources
    apart_target = bool(a.targets and b.targets) and not a.targets & b.targets
    return apart_source or apart_target


def _parties_compatible(a: Report, b: Report) -> bool:
    """Whether the parties of two meetings or agreements are compatible with one event."""
    shared = a.parties & b.parties
    smaller = min(len(a.parties), len(b.parties))
    return len(shared) >= 2 or (len(shared) == 1 and smaller == 1 and _same_town(a, b))


def _same_town(a: Report, b: Report) -> bool:
    if not (a.point and b.point):
        return False
    return a.place_id == b.place_id or kilometres(a.point, b.point) <= NEAR_KM


def _same_place(a: Report, b: Report) -> bool:
    """One town, or one named place smaller than a country (a strait, a region, a site)."""
    named = bool(a.place_id) and a.place_id == b.place_id and a.place_kind != "country"
    return named or _same_town(a, b)


def _evidence(a: Report, b: Report) -> tuple[bool, str]:
    """Whether there is positive evidence for a match, and which."""
    if a.quote == b.quote and len(a.quote) >= LONG_QUOTE:
        return True, "the same sentence"
    if _same_place(a, b) and _parties_meet(a, b):
        return True, "same day, act and place"
    if a.symmetric and len(a.parties & b.parties) >= 2:
        return True, "same day, act and parties"
    telling = sum(_weight(word) for word in a.words & b.words)
    if a.sources & b.sources and a.targets & b.targets:
        if not a.busy and not b.busy and a.type == b.type:
            return True, "same day, act and parties"
        return telling >= TELLING, "same day, act and parties, and the same names or numbers"
    if len(a.sources & b.sources) >= 2 and a.type == b.type:
        return True, "same day, act and parties"
    one_side = bool(a.parties & b.parties) and a.type == b.type
    return one_side and telling >= TELLING, "same day and act, one party, the same names or numbers"


def _parties_meet(a: Report, b: Report) -> bool:
    """Whether they share a party or one names none; if the places differ, both sides must match."""
    if a.place_id == b.place_id or a.symmetric:
        return bool(a.parties & b.parties) or not (a.parties and b.parties)
    return bool(a.sources & b.sources) and bool(a.targets & b.targets)


def _weight(word: str) -> int:
    """Evidence weight of a word: a number of two or more digits counts like two names."""
    return 2 if word.isdigit() and len(word) > 1 else 1
