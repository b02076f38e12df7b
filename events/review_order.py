"""The order of a review: main events first, then what is doubtful and where reports disagree."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from events.certainty import FIELDS, SURE

_CERTAINTIES = [f"certainty_{name}" for name in FIELDS[1:]]
COLUMNS = ("event_id", "story_id", "weight", "first", *_CERTAINTIES)
_UNWEIGHED = 1.0  # weight of an event that has none


def review_order(events: pd.DataFrame, disputed: Collection[int]) -> pd.DataFrame:
    """The events (COLUMNS of EVENT_COLUMNS), those that most deserve a look first: `event_id`,
    `main`, `doubtful` (the field that is least sure, "" where all are sure) and `disputed`.

    What counts: the weight (0 to 2), how doubtful the least sure field is (0 to 1), and whether
    the reports of its story (`disputed`, ids of stories) contradict each other (1). Of equals the
    later event.
    """
    weight = events["weight"].astype("float64").fillna(_UNWEIGHED)
    sure = events[_CERTAINTIES].astype("float64")
    known = sure.fillna(1.0)
    lowest = known.min(axis=1)
    contested = events["story_id"].isin(list(disputed))
    field = known.idxmin(axis=1).astype(str).str.removeprefix("certainty_")
    found = pd.DataFrame(
        {
            "event_id": events["event_id"],
            "main": weight == 2,
            "doubtful": field.where(lowest < SURE, ""),
            "disputed": contested,
            "score": weight + (1 - lowest) + contested,
            "first": events["first"],
        }
    )
    order = ["score", "first", "event_id"]
    found = found.sort_values(order, ascending=[False, False, True], na_position="last")
    return found[["event_id", "main", "doubtful", "disputed"]].reset_index(drop=True)
