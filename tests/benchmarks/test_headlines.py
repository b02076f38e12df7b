"""The judged headlines: their judgements hold for the lines that are made now."""

from __future__ import annotations

from benchmarks.headlines import VERDICTS, judged
from events.headline import MOST
from loaders.text.models import model
from tests.skips import skip


def test_the_judged_headlines_are_those_that_are_made() -> None:
    if any(model(lang) is None for lang in ("en", "fr")):
        skip("language models")
    rows = judged()
    assert all(isinstance(one.row[name], bool) for one in rows for name in VERDICTS)
    assert all(0 < len(one.now) <= MOST or one.row["fields"] for one in rows)
    # a pronoun that takes up a name of an earlier sentence is known in the whole article alone
    assert sum(one.same for one in rows) >= 0.95 * len(rows) > 200
    by_rules = [one for one in rows if one.row["set"] == "rules"]
    assert sum(one.good for one in by_rules) >= 0.89 * len(by_rules)
