"""Evidence that two reports tell of one act: a number a name, weighed by story_weights.toml.

Nothing is compared with a threshold or chosen here: `loaders.stories.stories` asks
`loaders.linking.choose`. docs/stories.md explains the names.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from loaders.stories.nearness import nearness
from loaders.stories.reports import Report, covers, state

Evidence = dict[str, float]
MOST_WORDS = 2.0  # weight of shared names from which more add nothing
CLOSE = ("same place", "place close by", "place in the other")
DAYS_OF_A_NIGHT = 2
LONG_QUOTE = 40  # characters; two equal quotes this long are the same sentence


def pair_evidence(a: Report, b: Report) -> Evidence:
    """Evidence that two reports tell of one act; names that do not hold are left out."""
    near = nearness(a.spot, b.spot)
    told = {**_of_days(a, b), **_of_acts(a, b), **_of_parties(a, b), **_of_words(a, b)}
    told["place on one side"] = float(bool(a.place_id) != bool(b.place_id))
    if near:
        told[near] = 1.0
    alike = near in CLOSE or told["names"] > 0
    told["busy day, neither place nor names"] = float((a.busy or b.busy) and not alike)
    return {name: value for name, value in told.items() if value}


def story_evidence(report: Report, story: Sequence[Report]) -> Evidence:
    """The evidence that a report tells the act of a story: the mean over its reports, without those
    whose day is told elsewhere in their article, where another has a day of its own."""
    told = [other for other in story if not other.lent] or story
    found: Evidence = defaultdict(float)
    for other in told:
        for name, value in pair_evidence(report, other).items():
            found[name] += value / len(told)
    return dict(found)


def _of_days(a: Report, b: Report) -> Evidence:
    apart = max(a.first, b.first) > min(a.last, b.last)
    titled = a.article_id == b.article_id and a.part != b.part
    common = _days_in_common(a, b)
    if titled and (a.lent or b.lent):  # a title has no day of its own: the other's is its day
        apart, common = False, 1.0
    loose = a.loose or b.loose or a.lent or b.lent or not (a.dated and b.dated)
    longest = max(a.last - a.first, b.last - b.first) + 1
    return {
        "days in common": common,
        "days apart": float(apart and not loose),
        "days apart, one of them loose": float(apart and loose),
        "a longer time": math.log2(longest) if longest > DAYS_OF_A_NIGHT else 0.0,
        "no day told": float(not a.dated) + float(not b.dated),
        "the story's own day": float(a.loose or b.loose),
    }


def _days_in_common(a: Report, b: Report) -> float:
    """Share of the days of both that the two have in common: 1 for the same days, a half for a
    night and the day it ends on."""
    shared = min(a.last, b.last) - max(a.first, b.first) + 1
    return max(0, shared) / (max(a.last, b.last) - min(a.first, b.first) + 1)


def _of_acts(a: Report, b: Report) -> Evidence:
    same, denied = a.type == b.type, a.denies != b.denies
    return {
        "same type": float(same),
        "same class": float(a.quad == b.quad and not same and not denied),
        "opposite class": float(a.cooperative != b.cooperative and not denied),
        "talks or agreements": float(a.mutual and b.mutual),
        "one denies": float(denied),
        "one planned": float((a.status == "planned") != (b.status == "planned")),
        "one article": float(a.article_id == b.article_id),
        "title and body of one article": float(a.article_id == b.article_id and a.part != b.part),
    }


def _of_parties(a: Report, b: Report) -> Evidence:
    if a.mutual and b.mutual:
        return _of_partners(a, b)
    found: Evidence = defaultdict(float)
    for name, mine, others in (("doer", a.sources, b.sources), ("target", a.targets, b.targets)):
        apart = bool(mine and others) and not mine & others
        part = apart and any(covers(one, other) for one in mine for other in others)
        kin = apart and bool(set(map(state, mine)) & set(map(state, others)))
        found[f"same {name}"] = float(bool(mine & others))
        found[f"a part of the {name}"] = float(part)
        found["another part of the state"] += float(kin and not part)
        found[f"other {name}"] = float(apart and not kin)
    return found


def _of_partners(a: Report, b: Report) -> Evidence:
    """Of talks and agreements, in which the sides have no order."""
    shared = len(a.parties & b.parties)
    others = min(len(a.parties), len(b.parties)) - shared
    return {
        "two partners in common": float(shared >= 2),
        "one partner in common": float(shared == 1),
        "other partners": float(others > 0),
    }


def _of_words(a: Report, b: Report) -> Evidence:
    if a.quote == b.quote:
        copied = a.article_id != b.article_id and len(a.quote) >= LONG_QUOTE
        return {"names": 0.0, "same sentence": float(copied)}
    shared, least = a.names & b.names, min(len(a.stems), len(b.stems))
    return {
        "names": min(MOST_WORDS, float(sum(map(_weight, shared)))),
        "likeness of words": len(a.stems & b.stems) / least if least else 0.0,
    }


def _weight(word: str) -> int:
    """A number of two or more digits counts like two names."""
    return 2 if word.isdigit() and len(word) > 1 else 1
