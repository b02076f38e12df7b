"""Which stories a report is compared with: those near in time that share a party, place or name.

A story is listed under the days of its first report, so that it never drifts, and under the
parties, places and names of all its reports. Intervals of up to LONGEST days look up each of their
days; longer ones meet their like alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from loaders.stories.reports import Report

DAY_SLACK = 1  # days by which two reports of one act may miss each other
COMMON = 10  # stories of one day that share a name with a party
LONGEST = 31  # days of an interval that is compared with the days in it

Key = tuple[object, ...]


def story_times(report: Report) -> list[object]:
    """The times under which a story that begins with this report is listed."""
    return _days(report) if report.short else [_interval(report)]


def story_keys(report: Report) -> Iterator[Key]:
    """What a story is listed under for each of its reports."""
    yield from _shared(report)
    yield from _named(report)
    yield ("somebody" if report.parties else "nobody"), report.type
    for party in report.states:
        yield ("denial" if report.denies else "deed"), party


def queries(report: Report) -> Iterator[Key]:
    """The times and keys under which a report looks for its story.

    A longer time holds many acts of the same parties: there a place, or the type, a party and a
    name must meet.
    """
    if not report.short:
        yield from ((_interval(report), *key) for key in _asked(report))
        if report.last - report.first < LONGEST:
            named = [*_named(report), *_at(report)]
            yield from ((day, *key) for day in _days(report) for key in named)
        return
    for day in range(report.first - DAY_SLACK, report.last + DAY_SLACK + 1):
        yield from ((day, *key) for key in _asked(report))


def is_common(key: Key, stories: int) -> bool:
    """Whether a name is told by so many stories of a day that it tells none of them apart."""
    return key[1] == "name" and stories > COMMON


def _asked(report: Report) -> Iterator[Key]:
    yield from _shared(report)
    yield "nobody", report.type
    if not report.parties:
        yield "somebody", report.type
    for party in report.states:
        yield ("deed" if report.denies else "denial"), party


def _shared(report: Report) -> Iterator[Key]:
    """A party and the type, the place, a party and a name: two reports that share one are
    compared."""
    yield from (("party", report.type, party) for party in report.states)
    yield from _at(report)
    yield from (("name", name, party) for name in report.names for party in report.states)


def _at(report: Report) -> Iterator[Key]:
    if report.place_id and report.place_kind != "country":
        yield "place", report.place_id


def _named(report: Report) -> Iterator[Key]:
    for name in report.names:
        yield from (("named", report.type, name, party) for party in report.states)


def _days(report: Report) -> list[object]:
    return list(range(report.first, report.last + 1))


def _interval(report: Report) -> object:
    return report.first, report.last
