"""Which stories a report is compared with: those near in time that share a party, place or name.

A story is listed under the days of its first report, so that it never drifts, and under the parties
and places of all its reports. Intervals of up to LONGEST days look up each of their days; longer
ones meet their like alone. So the number of comparisons grows with the number of events.
"""

from __future__ import annotations

from collections.abc import Iterator

from loaders.stories.reports import Report

DAY_SLACK = 1  # days by which two reports of one act may miss each other
LONGEST = 31  # days of an interval that is compared with the days in it

Key = tuple[object, ...]


def story_times(report: Report) -> list[object]:
    """The times under which a story that begins with this report is listed."""
    if report.short:
        return list(range(report.first, report.last + 1))
    return [(report.first, report.last)]


def query_times(report: Report) -> list[object]:
    """The times at which a report looks for its story."""
    days: list[object] = []
    if report.last - report.first < LONGEST:
        slack = DAY_SLACK if report.short else 0
        days += range(report.first - slack, report.last + slack + 1)
    return days if report.short else [*days, (report.first, report.last)]


def shared_keys(report: Report) -> Iterator[Key]:
    """What a report must share with one of a story: a party and the class of the act, the place,
    or the type where nobody is named on one side."""
    senses = (True, False) if report.denies else (report.cooperative,)
    for party in report.states:
        yield from (("party", cooperative, party) for cooperative in senses)
    if report.place_id and report.place_kind != "country":
        yield "place", report.place_id
    if not report.parties:
        yield "nobody", report.type
    else:
        yield "somebody", report.type


def query_keys(report: Report) -> Iterator[Key]:
    """The keys that a report looks up."""
    for key in shared_keys(report):
        if key[0] not in ("nobody", "somebody"):
            yield key
    yield "nobody", report.type
    if not report.parties:
        yield "somebody", report.type
