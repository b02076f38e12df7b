"""Dates in figures that may be read month first or day first ("03/04/2024")."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from loaders.find.dates.expression import DateExpression, Resolved

UNSURE = "XX-XX"  # how the value of such a date ends: month and day are not known


def in_one_order(found: Sequence[DateExpression]) -> list[DateExpression]:
    """The expressions of an article, those in figures read in one order.

    A day over 12 shows the order, for the others of the article too unless another one shows the
    other order; what stays in doubt keeps its `order`.
    """
    shown = {e.order for e in found if e.order and (e.day or 0) > 12}
    return [_settled(e, shown) if e.order else e for e in found]


def _settled(e: DateExpression, shown: Collection[str]) -> DateExpression:
    if (e.day or 0) > 12 or e.day == e.month:
        return replace(e, order="")
    if len(shown) != 1:
        return e
    return replace(e if e.order in shown else swapped(e), order="")


def swapped(e: DateExpression) -> DateExpression:
    """The expression with day and month exchanged."""
    return replace(e, day=e.month, month=e.day)


def either(one: Resolved | None, other: Resolved | None) -> Resolved | None:
    """The span of both readings, its value without month and day."""
    if one is None or other is None or not (one.first and other.first):
        return one or other
    first, last = sorted((one.first, other.first))
    value = f"{first.year:04d}-{UNSURE}"
    return Resolved(first, last, "span", value, one.basis, one.implied, 0.5)
