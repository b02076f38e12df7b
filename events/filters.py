"""The filters: each is declared once, as a field of `Filters`, and everything derives from that.

A new filter needs one more field here (`events.filter_kind.FilterKind` lists what to declare) and
the translations of its label and reasons. Links, the command line, pages, exports and the tests
of events and articles then have it.

`to_params` and `from_params` write and read the parameters of a link. Values from a link are
validated, never evaluated; invalid ones are dropped and reported.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import Field, dataclass, fields, replace
from typing import Any, get_args

from events import filter_tests as tests
from events import filter_values as values
from events.certainty import ANY, ENOUGH, NOT_SURE, Sure
from events.coders import ANYBODY, CODED_BY_OTHERS, KEPT_BACK, PASSABLE
from events.filter_days import DAYS, MAY, Within
from events.filter_kind import (
    FilterKind,
    declared,
    is_one_of,
    one_of,
    read_day,
    read_language,
    read_name,
    read_share,
)
from events.grading import CREDIBILITIES, RELIABILITIES
from events.grading_words import credibility_words, reliability_words
from events.link_version import ARTICLES, Params, upgraded
from events.ontology import EVENT_TYPES, STATUSES
from events.registry import Level
from events.wording import format_day, format_share, label, quoted

LEVELS: tuple[str, ...] = get_args(Level)
MAX_VALUES = 200  # values of one filter that a link may carry


@dataclass(frozen=True)
class FilterProblem:
    """A value of a link that was dropped: parameter, value (shortened) and the reason.

    `reason` is the error of the filter's parser (`events.filter_kind`), "too many values", or that
    it ends before it begins; pages add: not understood, no such actor, no such place.
    """

    param: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"{self.param}={self.value!r} was dropped: {self.reason}"


@dataclass(frozen=True)
class Filters:
    """What to show. Values of one field are alternatives; fields narrow each other.

    date_from, date_to: days, inclusive; an event is in when its interval touches them, or, where it
    has no date, when its bounds do. within: "surely" asks for those whose whole interval, or
    bounds, lie in the days.
    actors: codes, as source or target, at the roll-up `level` ("person": as told). types: PLOVER
    types.
    places: gazetteer ids, canonical names or ISO alpha-3 countries. statuses: event statuses.
    langs: languages of articles. text: words searched in headlines, quotes, actors, places, titles
    and outlets, in every spelling (`events.word_search`).
    reliabilities: of outlets, A to F. credibilities: of stories, 1 to 6.
    as_of: articles published or loaded after this day do not count. min_confidence: 0 to 1.
    coders: "read" from articles, names of those who coded rows, or "any"; () is read alone.
    tags: names of tags (`events.annotations`) of the event or its story.
    rights: "passable" leaves out rows whose terms do not let them be passed on; exports do.
    sure: "enough" is the default: events whose type is less certain than the threshold of
    `events.certainty` are hidden; "any" shows them too.
    Tuples are kept sorted and free of repeats, so that equal filters are equal values.
    """

    date_from: dt.date | None = declared(
        None,
        FilterKind(
            param="from",
            help="first day, YYYY-MM-DD",
            read=read_day,
            label="Period",
            row=values.period,
            chip=values.from_day,
            columns=DAYS,
            tests={"undated": tests.is_dated, "outside the dates": tests.not_over_by},
        ),
    )
    date_to: dt.date | None = declared(
        None,
        FilterKind(
            param="to",
            help="last day, YYYY-MM-DD",
            read=read_day,
            chip=values.to_day,
            columns=DAYS,
            tests={"undated": tests.is_dated, "outside the dates": tests.not_all_after},
        ),
    )
    within: Within = declared(
        MAY,
        FilterKind(
            param="within",
            help="surely: only what surely lies in the days (default: may)",
            read=one_of(get_args(Within), "neither may nor surely"),
            chip=values.surely_within,
        ),
    )
    actors: tuple[str, ...] = declared(
        (),
        FilterKind(
            param="actor",
            help="actor code such as RUS or NATO; may be repeated",
            read=read_name,
            label="Actors",
            say=values.actor,
            columns=("sources", "targets"),
            tests={"actor": tests.has_actor},
        ),
    )
    level: Level = declared(
        "person",
        FilterKind(
            param="level",
            help="count actors as: person, government, state or bloc",
            read=one_of(LEVELS, "not a level"),
            label="Counted as",
            row=values.level_of_actors,
            chip=values.counted_by,
        ),
    )
    types: tuple[str, ...] = declared(
        (),
        FilterKind(
            param="type",
            help="event type such as ASSAULT; may be repeated",
            read=one_of(EVENT_TYPES, "not an event type"),
            label="Types",
            say=label,
            columns=("type",),
            tests={"type": is_one_of("type")},
        ),
    )
    places: tuple[str, ...] = declared(
        (),
        FilterKind(
            param="place",
            help="place name, gazetteer id or ISO country; may be repeated",
            read=read_name,
            label="Places",
            say=values.place,
            columns=("place_id", "place_name", "place_country"),
            tests={"unlocated": tests.is_located, "place": tests.is_at},
        ),
    )
    statuses: tuple[str, ...] = declared(
        (),
        FilterKind(
            param="status",
            help="reported, planned, claimed or denied; may be repeated",
            read=one_of(STATUSES, "not a status"),
            label="Status",
            say=label,
            choices=tuple(STATUSES),
            columns=("status",),
            tests={"status": is_one_of("status")},
        ),
    )
    langs: tuple[str, ...] = declared(
        (),
        FilterKind(
            param=ARTICLES,
            option="article-lang",
            help="language of the articles, such as fr; may be repeated",
            read=read_language,
            label="Language of the article",
            chip=values.in_language,
            columns=("lang",),
            tests={"language": is_one_of("lang")},
            of_articles=True,
            order=1,
        ),
    )
    text: str = declared(
        "",
        FilterKind(
            param="q",
            option="text",
            help="words to look for",
            read=read_name,
            label="Words",
            say=quoted,
            tests={"text": tests.has_words},
            of_articles=True,
            order=3,  # slower: it queries the store, the others test columns in memory
        ),
    )
    as_of: dt.date | None = declared(
        None,
        FilterKind(
            param="asof",
            option="as-of",
            help="leave out articles published or loaded after this day",
            read=read_day,
            label="As of",
            say=lambda day, lang: format_day(day, "day", lang),
            chip=values.as_of_day,
            columns=("published", "retrieved"),
            tests={"after the as-of date": tests.known_by},
            of_articles=True,
            order=0,
        ),
    )
    coders: tuple[str, ...] = declared(
        (),
        FilterKind(
            param="coder",
            help="read (the default), a coder such as ACLED, or any; may be repeated",
            read=read_name,
            label="Read or coded by",
            say=values.coder,
            columns=("coder",),
            tests={CODED_BY_OTHERS: tests.is_coded_by},
            of_articles=True,
            order=-1,  # first: rows of tables are no reports, whatever else hides them
            off=(ANYBODY,),
        ),
    )
    tags: tuple[str, ...] = declared(
        (),
        FilterKind(
            param="tag",
            help="tag that persons gave the event or its story; may be repeated",
            read=read_name,
            label="Tags",
            chip=values.tagged,
            tests={"tag": tests.has_tag},
        ),
    )
    rights: str = declared(
        ANY,
        FilterKind(
            param="rights",
            help="passable: without rows whose terms do not let them be passed on",
            read=one_of((ANY, PASSABLE), "neither any nor passable"),
            label="Rights",
            row=values.rights,
            chip=values.may_be_passed_on,
            columns=("coder",),
            tests={KEPT_BACK: tests.may_be_passed_on},
            order=0,
        ),
    )
    reliabilities: tuple[str, ...] = declared(
        (),
        FilterKind(
            param="reliability",
            help="reliability of the outlet, A to F; may be repeated",
            read=one_of(RELIABILITIES, "not a reliability, A to F"),
            label="Reliability of the outlet",
            say=reliability_words,
            choices=RELIABILITIES,
            columns=("reliability",),
            tests={"reliability": is_one_of("reliability")},
        ),
    )
    credibilities: tuple[str, ...] = declared(
        (),
        FilterKind(
            param="credibility",
            help="credibility of the story, 1 to 6; may be repeated",
            read=one_of(CREDIBILITIES, "not a credibility, 1 to 6"),
            label="Credibility of the story",
            say=credibility_words,
            choices=CREDIBILITIES,
            tests={"credibility": tests.is_as_credible},
            order=3,  # slower: it reads the texts of stories with several origins
        ),
    )
    min_confidence: float = declared(
        0.0,
        FilterKind(
            param="conf",
            option="min-confidence",
            help="least confidence, 0 to 1",
            read=read_share,
            label="Confidence at least",
            say=format_share,
            chip=values.confidence_from,
            columns=("confidence",),
            tests={"confidence": tests.is_as_sure},
        ),
    )
    sure: Sure = declared(
        ENOUGH,
        FilterKind(
            param="sure",
            help="any: less sure events too (default: enough)",
            read=one_of(get_args(Sure), "neither enough nor any"),
            label="Certainty of the type",
            row=values.certainty_of_type,
            chip=values.less_sure_too,
            columns=("certainty_type", "edited"),
            tests={NOT_SURE: tests.is_sure_enough},
            order=4,  # last: so many more events would be shown with "any"
            off=ANY,
        ),
    )

    def __post_init__(self) -> None:
        for one in fields(self):
            if isinstance(one.default, tuple):
                told = tuple(sorted(set(getattr(self, one.name))))
                object.__setattr__(self, one.name, told)
        object.__setattr__(self, "text", " ".join(self.text.split()))

    @classmethod
    def kinds(cls) -> dict[str, FilterKind]:
        """The declaration of each field, in the order in which filters are displayed."""
        return {one.name: one.metadata["kind"] for one in fields(cls)}

    def on(self) -> Iterator[tuple[str, FilterKind, Any]]:
        """(field, declaration, value) of each filter that is on, in the order of the fields."""
        for one in fields(self):
            value = getattr(self, one.name)
            if value != one.default:
                yield one.name, one.metadata["kind"], value

    def tested(self) -> Iterator[tuple[str, FilterKind, Any]]:
        """As `on`, of each filter that may hide rows: that of certainty does at its default."""
        for one in fields(self):
            value = getattr(self, one.name)
            if value != _off(one):
                yield one.name, one.metadata["kind"], value

    def only(self, wanted: Callable[[FilterKind], bool]) -> Filters:
        """The same filters with the unwanted ones switched off."""
        kept: dict[str, Any] = {
            one.name: getattr(self, one.name) if wanted(one.metadata["kind"]) else _off(one)
            for one in fields(self)
        }
        return type(self)(**kept)

    @property
    def in_days(self) -> bool:
        """Whether a period is asked for."""
        return self.date_from is not None or self.date_to is not None

    def to_params(self) -> Params:
        """The link's parameters, each a list of strings; filters that are off are left out."""
        return {kind.param: _written(value) for _, kind, value in self.on()}

    @classmethod
    def from_params(
        cls, params: Mapping[str, str | Sequence[str]]
    ) -> tuple[Filters, list[FilterProblem]]:
        """Filters of a link of any version (`events.link_version`), and what was dropped.

        Unknown parameters are ignored.
        """
        told = upgraded(params)
        problems: list[FilterProblem] = []
        given: dict[str, Any] = {}
        for one in fields(cls):
            kind = one.metadata["kind"]
            found = _read_all(kind, told.get(kind.param, ()), problems)
            if found:
                given[one.name] = tuple(found) if isinstance(one.default, tuple) else found[-1]
        filters = cls(**given)
        if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
            span = f"{filters.date_from}..{filters.date_to}"
            problems.append(FilterProblem("from", span, "ends before it begins"))
            filters = replace(filters, date_from=None, date_to=None)
        return filters, problems

    def parts(self) -> list[tuple[str, tuple[str, ...]]]:
        """(field, values as in a link) of each filter that is on, in the order of the fields."""
        return [(name, tuple(_written(value))) for name, _, value in self.on()]

    def without(self, name: str, value: str | None = None) -> Filters:
        """The same filters with one field, or one value of it, removed."""
        default = type(self).__dataclass_fields__[name].default
        kept: Any = default
        if value is not None and isinstance(default, tuple):
            kept = tuple(v for v in getattr(self, name) if v != value)
        changed: dict[str, Any] = {name: kept}
        return replace(self, **changed)


def _off(one: Field[Any]) -> Any:
    """The value of a field at which its filter hides nothing."""
    off = one.metadata["kind"].off
    return one.default if off is None else off


def _written(value: object) -> list[str]:
    if isinstance(value, tuple):
        return [str(v) for v in value]
    return [value.isoformat() if isinstance(value, dt.date) else str(value)]


def _read_all(kind: FilterKind, texts: Sequence[str], problems: list[FilterProblem]) -> list[Any]:
    """Every valid value of one parameter; invalid ones are added to `problems`."""
    if len(texts) > MAX_VALUES:
        problems.append(FilterProblem(kind.param, f"{len(texts)} values", "too many values"))
    found = []
    for text in texts[:MAX_VALUES]:
        if not text.strip():
            continue
        try:
            found.append(kind.read(text.strip()))
        except ValueError as error:
            problems.append(FilterProblem(kind.param, text[:60], str(error)))
    return found
