"""The announced future checked: what became of each planned act, as of the cut-off.

open: its days are not over, or it has no day and was announced lately. unknown: it has no day, and
none of its articles has a date. happened: a report of the same story tells that it happened, or, of
a plan without a day, a report of the same act by the same parties within `UNDATED`, which no day
could bring into its story. overdue: its last day is over since at most `GRACE`, and no report tells
it. not seen: it is over for longer, or was announced long ago without a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from events.contradiction import denies
from events.ontology import EVENT_TYPES
from events.records import records

STATES = ("open", "happened", "overdue", "not seen", "unknown")
GRACE = dt.timedelta(days=7)  # news of what happened may still come
UNDATED = dt.timedelta(days=90)  # so long a plan without a day stays open after it was announced
AHEAD = dt.timedelta(days=30)  # how far "what is coming" looks

# what is read of the reports that may tell that a plan without a day came true
LATER_COLUMNS = (
    "event_id", "type", "mode", "status", "first", "published", "sources", "targets", "place_id",
)  # fmt: skip
REFUSAL_COLUMNS = ("article_id", "type", "status", "headline")
# beside EVENT_COLUMNS of the plan
PLAN_COLUMNS: dict[str, tuple[str, str]] = {
    "plan_state": ("str", "one of STATES"),
    "told_by": ("int64", "event_id of the report that tells that it happened, 0: none"),
    "due": ("datetime64[s]", "last day of the plan, else its first; NaT: undated"),
}


def announced(
    reports: pd.DataFrame,
    cut_off: dt.date | None,
    lang: str = "",
    later: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row a story that a report plans, by day (undated last): EVENT_COLUMNS of its best dated
    plan, of several in the language `lang`, and PLAN_COLUMNS. `reports`: all of these stories that
    are shown; `later` (LATER_COLUMNS): others, which may tell that an undated plan came true;
    without a cut-off no plan is over."""
    plans = reports[reports["status"] == "planned"]
    due = plans["last"].fillna(plans["first"])
    # ranked without the other eighty columns, which would be sorted and copied, too
    ranks = plans[["story_id", "published", "event_id"]].assign(
        length=(due - plans["first"]).dt.days,
        ageless=due.isna() & plans["published"].isna(),  # another report may tell its age
        foreign=plans["headline_lang"] != lang,
    )
    order = ["length", "ageless", "foreign", "published", "event_id"]
    best = ranks.sort_values(order, na_position="last")
    found = plans.assign(due=due).loc[best.drop_duplicates("story_id").index]
    found["told_by"] = found["story_id"].map(_telling(reports)).fillna(0).astype("int64")
    if later is not None:
        _note_came_true(found, later)
    found["plan_state"] = pd.Series(_states(found, cut_off), index=found.index, dtype="str")
    in_time = found.sort_values(["first", "due", "event_id"], na_position="last")
    return in_time.reset_index(drop=True)


def coming(plans: pd.DataFrame, cut_off: dt.date | None) -> pd.DataFrame:
    """The open ones of `announced` that touch the `AHEAD` days after the cut-off, and then those
    that have no day."""
    still = plans[plans["plan_state"] == "open"]
    if cut_off is None:
        return still.reset_index(drop=True)
    begins = still["first"].fillna(still["due"])
    soon = begins.isna() | (begins <= pd.Timestamp(cut_off + AHEAD))
    return still[soon].reset_index(drop=True)


def without_refused(plans: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """The plans without the open ones that their own sentence refuses ("Moscow denied that it had
    agreed to a meeting"): a refusal of their article has their headline. `told`: REFUSAL_COLUMNS of
    the events of these articles."""
    refused_there = [denies(row) for row in records(told[["type", "status"]])]
    refusals = told[pd.Series(refused_there, index=told.index, dtype="bool")]
    lines = set(zip(refusals["article_id"], refusals["headline"], strict=True))
    own = zip(plans["article_id"], plans["headline"], strict=True)
    refused = [line in lines and bool(line[1]) for line in own]
    kept = ~(pd.Series(refused, index=plans.index, dtype="bool") & (plans["plan_state"] == "open"))
    return plans[kept].reset_index(drop=True)


def _telling(reports: pd.DataFrame) -> pd.Series[int]:
    """story_id -> the first report that tells that it happened."""
    read = ["type", "status", "story_id", "published", "event_id"]
    happened = reports.loc[reports["status"] == "reported", read]
    refused = [denies(row) for row in records(happened)]
    told = happened[~pd.Series(refused, index=happened.index, dtype="bool")]
    first = told.sort_values(["published", "event_id"], na_position="last")
    return first.drop_duplicates("story_id").set_index("story_id")["event_id"]


def open_undated(plans: pd.DataFrame) -> pd.DataFrame:
    """Those of `announced` that have no day and of which their story tells no happening."""
    return plans[plans["due"].isna() & (plans["told_by"] == 0)]


def _note_came_true(plans: pd.DataFrame, later: pd.DataFrame) -> None:
    """Write into `told_by` of undated plans the first later report of the same act."""
    done: dict[tuple[Any, ...], list[dict[Any, Any]]] = {}
    for row in records(later.sort_values(["first", "event_id"])):
        if row["status"] == "reported" and not pd.isna(row["first"]) and not denies(row):
            done.setdefault(_act(row), []).append(row)
    for index, plan in open_undated(plans).iterrows():
        told = (row for row in done.get(_act(plan), ()) if _is_of_plan(row, plan))
        if first := next(told, None):
            plans.loc[index, "told_by"] = first["event_id"]


def _act(row: Any) -> tuple[Any, ...]:
    """What two reports of one act share: the type and the parties of both sides."""
    sides = frozenset(row["sources"]), frozenset(row["targets"])
    kind = EVENT_TYPES.get(str(row["type"]))
    return (row["type"], sides[0] | sides[1]) if kind and kind.symmetric else (row["type"], *sides)


def _is_of_plan(row: Mapping[Any, Any], plan: pd.Series) -> bool:
    """Whether a report of the act of a plan is later and does not lie elsewhere; an act without two
    parties is too common to be told again. After UNDATED it is not that of the plan."""
    if len({*plan["sources"], *plan["targets"]}) < 2:
        return False
    if not plan["published"] < row["first"] <= plan["published"] + UNDATED:
        return False
    return all(
        row[name] == plan[name] or not (row[name] and plan[name]) for name in ("mode", "place_id")
    )


def _states(plans: pd.DataFrame, cut_off: dt.date | None) -> list[str]:
    end = pd.Timestamp(cut_off) if cut_off else pd.Timestamp.min
    since = plans["due"].fillna(plans["published"] + UNDATED)
    chosen = np.select(
        [
            plans["told_by"] != 0,
            # of unknown age: where others are known it may be years old, and none is "coming"
            since.isna() & ~plans["open_end"] & (cut_off is not None),
            since.isna() | plans["open_end"] | (since >= end),
            plans["due"].notna() & (since + GRACE >= end),
        ],
        ["happened", "unknown", "open", "overdue"],
        "not seen",
    )
    return [str(state) for state in chosen]
