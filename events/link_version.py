"""The version of a link, and what links of before it mean.

A link of today carries ``v=2``: `lang` is the language of the interface, `article_lang` the filter
by the language of articles. A link of before carries no `v`: there `lang` is that filter and `hl`
the interface. All links, saved views and receipts are written and read by the names below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from events import wording

Params = dict[str, list[str]]
VERSION = "v"
TODAY = "2"
INTERFACE = "lang"
ARTICLES = "article_lang"
INTERFACE_BEFORE = "hl"  # read in links of today too, where `lang` is not given


def versioned(params: Params) -> Params:
    """The parameters of a link of today with its version; an empty link stays empty."""
    return {VERSION: [TODAY], **params} if params else {}


def upgraded(params: Mapping[str, str | Sequence[str]], typed: bool = True) -> Params:
    """The same link with the names of today, without blank values. `params`: those of Frise only,
    since any other parameter tells that `lang` does not stand alone.

    `typed`: a person may have written it, who means the interface by `lang` alone. False for what
    only Frise writes (saved views): there `lang` without a version is always the filter.
    """
    given = _without_blanks(params)
    interface = given.pop(INTERFACE_BEFORE, [])
    if _filters_articles(given, alone=typed and not interface):
        given[ARTICLES] = given.pop(INTERFACE)
    elif not interface:
        return given
    if interface:
        given.setdefault(INTERFACE, interface)
    return {VERSION: [TODAY], **given}


def _without_blanks(params: Mapping[str, str | Sequence[str]]) -> Params:
    lists = {name: [told] if isinstance(told, str) else told for name, told in params.items()}
    kept = {name: [str(v) for v in values if str(v).strip()] for name, values in lists.items()}
    return {name: values for name, values in kept.items() if values}


def _filters_articles(given: Params, alone: bool) -> bool:
    """Whether `lang` is the filter: in a link of before, unless it stands alone and names one
    language that the interface has."""
    if INTERFACE not in given or VERSION in given or ARTICLES in given:
        return False
    told = given[INTERFACE]
    return not (alone and len(given) == len(told) == 1 and told[0].strip() in wording.languages())
