"""Events over time with the rows of coders beside them."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from charts.drawing import Line
from charts.timeline.tempo import tempo
from charts.timeline.tempo_counts import TempoOptions
from tests.charts.tables import event, table

VIEW = dt.date(2024, 1, 1), dt.date(2024, 1, 10)


def test_coded_rows_are_a_line_beside_the_bars() -> None:
    read = table([event(n, first="2024-01-02", last="2024-01-02") for n in (1, 2)])
    days = ["2024-01-02", "2024-01-05", "2024-01-05", "2024-01-05"]
    rows = table([event(n, first=day, last=day) for n, day in enumerate(days, 10)])
    month = table([event(20, first="2024-01-01", last="2024-01-31", precision="month")])
    coded = pd.concat([rows, month]).assign(coder=["ACLED", "ACLED", "ACLED", "GDELT", "GDELT"])
    made = tempo(read, TempoOptions(view=VIEW, unit="day", coded=coded))
    assert (made.rows, made.drawn) == (2, 2)
    assert made.notes[1:] == (
        "Line of ACLED: rows in a time unit shown: 3; in none: 0.",
        "Line of GDELT: rows in a time unit shown: 1; in none: 1.",
    )
    told = made.twin[made.twin["Class"].str.startswith("Coded by")]
    assert told[["From", "Class", "Events"]].values.tolist() == [
        ["2024-01-02", "Coded by ACLED", 1],
        ["2024-01-05", "Coded by ACLED", 2],
        ["2024-01-05", "Coded by GDELT", 1],
    ]
    (acled, gdelt) = (
        m for m in made.figure.panels[-1].marks if isinstance(m, Line) and m.width > 1.2
    )
    assert acled.dash != gdelt.dash
    assert max(n for _day, n in acled.points) == 2
    plain = tempo(read, TempoOptions(view=VIEW, unit="day"))
    assert made.twin.head(len(plain.twin)).equals(plain.twin)
