"""The documented columns of the tables that `events.query` hands out.

Charts and exports take these DataFrames and nothing else. Days are ``datetime64[s]`` at midnight
without zone (NaT where there is none); moments are ``datetime64[us, UTC]``.
"""

from __future__ import annotations

# name -> (pandas dtype or "list", what it holds)
EVENT_COLUMNS: dict[str, tuple[str, str]] = {
    "event_id": ("int64", "stable id of the report"),
    "story_id": ("int64", "id of the story: event_id of its earliest report, or its own"),
    "article_id": ("int64", "id of the article that tells it"),
    "type": ("str", "PLOVER type, e.g. ASSAULT"),
    "mode": ("str", "PLOVER mode, '' where none"),
    "contexts": ("list", "PLOVER contexts, list of str"),
    "quad": ("int8", "quad class 1 to 4"),
    "score": ("float64", "Goldstein-like score, -10 to 10"),
    "cameo": ("str", "CAMEO root, two digits"),
    "status": ("str", "reported, planned, claimed or denied"),
    "first": ("datetime64[s]", "first day, inclusive; NaT: undated or open start"),
    "last": ("datetime64[s]", "last day, inclusive; NaT: undated or open end"),
    "precision": ("str", "day, week, month, quarter, year, span; '' undated"),
    "open_start": ("bool", "the interval has no first day"),
    "open_end": ("bool", "the interval has no last day"),
    "date_basis": ("str", "explicit, relative, anaphoric, story, inferred, corrected; '' undated"),
    "date_text": ("str", "the words that gave the date"),
    "date_value": ("str", "TIMEX3 value"),
    "time": ("str", "time of day as written, HH:MM or ''"),
    "zone": ("str", "zone as written, or ''"),
    "sources": ("list", "actor codes that act, list of str"),
    "targets": ("list", "actor codes acted upon, list of str"),
    "place_id": ("str", "gazetteer id, '' where unlocated"),
    "place_name": ("str", "canonical name"),
    "place_country": ("str", "ISO 3166 alpha-3"),
    "place_kind": ("str", "city, country, region, site, water, area"),
    "lat": ("float64", "degrees north, NaN where unlocated"),
    "lon": ("float64", "degrees east, NaN where unlocated"),
    "place_confidence": ("float64", "how sure it happened in that country, NaN where unlocated"),
    "place_reasons": ("list", "why so sure of the place, list of str"),
    "attributed_to": ("str", "actor code that tells or claims it, ''"),
    "quote": ("str", "the sentence or clause, verbatim"),
    "part": ("str", "title or text"),
    "start": ("int32", "offset of the quote in the part, code points"),
    "end": ("int32", "end of the quote, exclusive"),
    "spans": ("str", "JSON [[kind, part, start, end]]: date, place, actor, trigger to mark"),
    "also": ("str", "JSON [[quote, part, start, end]]: other tellings in the article"),
    "attributes": ("str", "JSON [[name, value, words]]: casualties, weapons, amounts"),
    "confidence": ("float64", "0 to 1"),
    "reasons": ("list", "why so sure, list of str"),
    # of the learned reader: missing where words alone, or another coder, told the event
    "weight": ("Int8", "2 main event of the article, 1 worth a line, 0 background"),
    "certainty_event": ("float64", "how sure that it is an event, 0 to 1"),
    "certainty_type": ("float64", "how sure of its type"),
    "certainty_sources": ("float64", "how sure of who acts, or that nobody is told"),
    "certainty_targets": ("float64", "how sure of who is acted upon, or that nobody is told"),
    "certainty_date": ("float64", "how sure of the date, or that none is told"),
    "certainty_place": ("float64", "how sure of the place, or that none is told"),
    "headline": ("str", "the event in one line of at most 90 characters; '' not made yet"),
    "headline_lang": ("str", "ISO 639-1 code of the headline's language, ''"),
    "bounds_from": ("datetime64[s]", "undated, but not before this day; NaT: no bound"),
    "bounds_to": ("datetime64[s]", "undated, but not after this day; NaT: no bound"),
    "bounds_text": ("str", "the words that gave the bounds, ''"),
    "bounds_reasons": ("list", "why these bounds, list of str"),
    "coder": ("str", "who coded the event; '' it was read from an article"),
    "source_type": ("str", "the coder's own type of the event, ''"),
    "edited": ("bool", "a person decided something about it"),
    "credibility": (
        "str",
        "of its story (docs/grading.md): 1 confirmed ... 6 cannot be judged",
    ),
    "graded_by": ("str", "who graded the story by hand; '' it was graded by rule"),
    # joined from the article
    "title": ("str", "title of the article"),
    "source": ("str", "outlet"),
    "reliability": (
        "str",
        "of the outlet, by the team's table: A to E; F cannot be judged",
    ),
    "url": ("str", "address as given, or ''"),
    "lang": ("str", "ISO 639-1 code of the article"),
    "published": ("datetime64[s]", "publication day or first day of its precision, NaT unknown"),
    "published_basis": ("str", "given, inferred, unknown"),
    "published_precision": ("str", "day, month, year or ''"),
    "retrieved": ("datetime64[us, UTC]", "when it was loaded or fetched"),
    "copy_of": ("int64", "article_id of the first article with nearly this text; else its own"),
    "origin": ("str", "outlet of that article: reports of one origin are one source"),
}

# columns of the event table that come from its article
JOINED_COLUMNS: tuple[str, ...] = (
    "title",
    "source",
    "reliability",
    "url",
    "lang",
    "published",
    "published_basis",
    "published_precision",
    "retrieved",
    "copy_of",
    "origin",
)

# what persons wrote beside an event; exports of tables have it
ANNOTATION_COLUMNS: dict[str, tuple[str, str]] = {
    "tags": ("list", "tags of the event and its story, list of str, sorted"),
    "notes": ("int32", "number of notes on the event, its story, its day and its place"),
}

EXPORTED_COLUMNS: dict[str, tuple[str, str]] = {**EVENT_COLUMNS, **ANNOTATION_COLUMNS}
# columns that are worked out of all reports of a story when they are asked for
GRADED_COLUMNS: tuple[str, ...] = ("credibility", "graded_by")

# a story: EVENT_COLUMNS of its main report, and these of the reports of it that the filters show
STORY_ROW_COLUMNS: dict[str, tuple[str, str]] = {
    "reports": ("int64", "number of its reports"),
    "outlets": ("int64", "independent sources: outlets, a near-duplicate counted as its original"),
    "langs": ("list", "languages of its articles, ISO 639-1, sorted"),
    "story_articles": ("list", "ids of the articles of its reports, sorted"),
    "story_sources": ("list", "outlets of its reports as the articles name them, sorted"),
    "story_first": ("datetime64[s]", "first day by the best-dated report, of those that happened"),
    "story_last": ("datetime64[s]", "last day by that report"),
    "story_status": ("str", "as told by all its reports: events.story_rows.STORY_STATUSES"),
}

MENTION_COLUMNS: dict[str, tuple[str, str]] = {
    "article_id": ("int64", "id of the article"),
    "kind": ("str", "date, place or actor"),
    "part": ("str", "title or text"),
    "start": ("int32", "offset, code points"),
    "end": ("int32", "end, exclusive"),
    "text": ("str", "the words"),
    "code": ("str", "actor code, gazetteer id, or TIMEX3 value"),
    "name": ("str", "canonical name; '' unresolved place"),
    "subkind": ("str", "actor kind, place kind, or date precision"),
    "role": ("str", "place role; an actor's office; why a date dates no event"),
    "country": ("str", "places: ISO 3166 alpha-3"),
    "lat": ("float64", "places: degrees north"),
    "lon": ("float64", "places: degrees east"),
    "first": ("datetime64[s]", "dates: first day"),
    "last": ("datetime64[s]", "dates: last day"),
    "basis": ("str", "dates: basis"),
    "confidence": ("float64", "0 to 1"),
}

ARTICLE_COLUMNS: dict[str, tuple[str, str]] = {
    "article_id": ("int64", "stable id"),
    "title": ("str", "title"),
    "text": ("str", "text as stored; offsets count in it"),
    "lang": ("str", "ISO 639-1"),
    "source": ("str", "outlet"),
    "url": ("str", "address or ''"),
    "published": ("datetime64[s]", "publication day or first day of its precision, NaT unknown"),
    "published_basis": ("str", "given, inferred, unknown"),
    "published_precision": ("str", "day, month, year or ''"),
    "published_confidence": ("float64", "0 to 1"),
    "published_evidence": ("list", "list of str"),
    "published_alternatives": ("str", "JSON [[date, confidence]]"),
    "retrieved": ("datetime64[us, UTC]", "when it was loaded or fetched"),
    "sha256": ("str", "of the original file"),
    "reader": ("str", "which reader read it"),
    "coder": ("str", "who coded the row of a table that it is; '' an article"),
    "notes": ("list", "how it was read, list of str"),
    "events": ("int32", "number of events it yielded, those that are not sure enough too"),
    "revision": ("int64", "counts up when the article is resolved again"),
}

# the next likeliest answers of the learned reader, at most three a field of an event
ALTERNATIVE_COLUMNS: dict[str, tuple[str, str]] = {
    "article_id": ("int64", "id of the article"),
    "event_id": ("int64", "id of the event"),
    "field": ("str", "type, sources, targets, date or place"),
    "rank": ("int8", "1 the likeliest of them"),
    "value": ("str", "code, gazetteer name, first/last ISO day or story; '' nobody or none"),
    "certainty": ("float64", "how sure that this is the answer, 0 to 1"),
}

LEFT_OUT_COLUMNS: dict[str, tuple[str, str]] = {
    "article_id": ("int64", "id of the article; 0 for a file that was set aside"),
    "reason": ("str", "why"),
    "text": ("str", "the words, or the file"),
    "part": ("str", "title or text"),
    "start": ("int32", "offset or -1"),
    "end": ("int32", "end or -1"),
}

BIN_COLUMNS: dict[str, tuple[str, str]] = {
    "first": (
        "datetime64[s]",
        "first day of the bin, larger unit or interval (NaT open)",
    ),
    "last": ("datetime64[s]", "last day, inclusive (NaT open)"),
    "key": ("str", "value of the column binned by, '' where none"),
    "quad": ("int8", "quad class 1 to 4"),
    "coarse": ("bool", "fits in no bin, counted in a larger unit or as its own interval: a bar"),
    "events": ("int64", "number of events"),
}

DYAD_COLUMNS: dict[str, tuple[str, str]] = {
    "source": ("str", "actor code that acts, at the filters' roll-up level"),
    "target": ("str", "actor code acted upon; '' where nobody is named"),
    "events": ("int64", "number of events"),
    "score": ("float64", "mean Goldstein-like score, -10 to 10"),
    "quad_1": ("int64", "events of verbal cooperation"),
    "quad_2": ("int64", "events of material cooperation"),
    "quad_3": ("int64", "events of verbal conflict"),
    "quad_4": ("int64", "events of material conflict"),
}

PLACE_COLUMNS: dict[str, tuple[str, str]] = {
    "place_id": ("str", "gazetteer id"),
    "place_name": ("str", "canonical name"),
    "place_country": ("str", "ISO 3166 alpha-3"),
    "place_kind": ("str", "city, country, region, site, water, area"),
    "lat": ("float64", "degrees north"),
    "lon": ("float64", "degrees east"),
    "events": ("int64", "number of events there"),
    "quad_1": ("int64", "events of verbal cooperation"),
    "quad_2": ("int64", "events of material cooperation"),
    "quad_3": ("int64", "events of verbal conflict"),
    "quad_4": ("int64", "events of material conflict"),
}

REJECTED_COLUMNS: dict[str, tuple[str, str]] = {
    "file": ("str", "the file, with the line where one line was set aside"),
    "what": ("str", "what is wrong"),
    "where": ("str", "line, field or byte"),
    "value": ("str", "the value, shortened"),
    "advice": ("str", "what to do"),
    "at": ("datetime64[us, UTC]", "when it was set aside"),
}

# Story ids assigned by rule, append-only. Of the rows since the last full grouping, the newest row
# of each event counts; a later partial grouping (some days only) adds just the changed rows.
STORY_COLUMNS: dict[str, tuple[str, str]] = {
    "grouping": ("int64", "counts up with each grouping"),
    "event_id": ("int64", "a report; 0 opens a whole grouping, -1 one of some days"),
    "story_id": (
        "int64",
        "event_id of its earliest report; of 0, -1: article rows grouped",
    ),
}

# near-duplicate texts, append-only; only the newest row of each article is used
COPY_COLUMNS: dict[str, tuple[str, str]] = {
    "number": ("int64", "counts up with each comparison"),
    "article_id": ("int64", "the article"),
    "copy_of": ("int64", "the first article with nearly the same text; its own id: none"),
}

# what takes articles out of every page, count and export; the latest one of an article counts
WITHDRAWAL_COLUMNS: dict[str, tuple[str, str]] = {
    "number": ("int64", "counts up"),
    "article_id": ("int64", "the article"),
    "action": ("str", "withdrawn, erased (its text is gone too) or restored"),
    "why": ("str", "the person's reason"),
    "at": ("datetime64[us, UTC]", "when"),
    "who": ("str", "the name that the person gave"),
    "sha256": ("str", "of the original file"),
}

# append-only decisions of a person; the latest one for an event and a field counts
EDIT_COLUMNS: dict[str, tuple[str, str]] = {
    "edit_id": ("int64", "counts up"),
    "event_id": ("int64", "the event it is about"),
    "field": (
        "str",
        "see events.store.Store.append_edits",
    ),
    "value": ("str", "the new value; of joined a report of the other story; '' takes it back"),
    "why": ("str", "the person's reason"),
    "at": ("datetime64[us, UTC]", "when"),
    "who": ("str", "the name that the person gave"),
}

# what an edit changed: EDIT_COLUMNS and these
HISTORY_COLUMNS: dict[str, tuple[str, str]] = {
    **EDIT_COLUMNS,
    "old": ("str", "the value before; '' where nothing was told"),
    "new": ("str", "the value after it; of an edit that was taken back what was read"),
    "standing": ("bool", "it counts now"),
}
