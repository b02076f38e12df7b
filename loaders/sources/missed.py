"""Days on which a source should have been looked at with success, and was not."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

from events.source_settings import Source

_DAY = dt.timedelta(days=1)
MINUTES_OF_A_DAY = 1_440


def missed_days(source: Source, looked: Mapping[dt.date, bool], today: dt.date) -> list[dt.date]:
    """The days of no collection between the first look and today (without it: it is not over).

    `looked`: days with a look -> whether one succeeded. A look brings what came since the one
    before: of a source that is looked at every week, a success covers the seven days that end
    with it, and days that the next look will cover are not missed yet.
    """
    covers = 1 if source.at else max(1, math.ceil(source.minutes / MINUTES_OF_A_DAY))
    if not looked:
        return []
    first = min(looked)
    days = [first + n * _DAY for n in range((today - first).days - covers + 1)]
    return [d for d in days if not any(looked.get(d + n * _DAY, False) for n in range(covers))]
