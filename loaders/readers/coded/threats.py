"""Threat intelligence: STIX 2.1 bundles and MISP events; what happened in them is a row each.

Of STIX, incidents, campaigns and sightings happen; actors and targets come from its relationships.
Indicators, malware and other things by which an intrusion is known are no events.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from events.model import Extraction
from loaders.readers.coded.event import Row
from loaders.readers.coded.layout import known_layout
from loaders.readers.coded.table import Rows, extractions
from loaders.readers.format import Head
from loaders.readers.source_file import SetAside, UnreadableError, decode, read_bytes

Thing = Mapping[str, Any]
_HAPPEN = ("incident", "campaign", "sighting")
_ACTING = ("attributed-to",)
_ACTED_UPON = ("targets", "impacts", "located-at")
_ACTOR_GALAXIES = ("threat-actor", "mitre-intrusion-set", "microsoft-activity-group")
_TARGET_GALAXIES = ("target-information", "country", "region")
_REMEDY = "Export it again as STIX 2.1 or MISP JSON."


def detect_stix(head: Head) -> bool:
    """Whether the file begins as a STIX bundle."""
    told = head.text.replace(" ", "").replace("\n", "")[:4_000]
    return told.startswith("{") and '"type":"bundle"' in told


def detect_misp(head: Head) -> bool:
    """Whether the file begins as a MISP event, or as the answer of a search for some."""
    told = head.text.replace(" ", "").replace("\n", "")[:200]
    return told.startswith(('{"Event":{', '{"response":[{"Event":{', '[{"Event":{'))


def read_stix(path: Path) -> Iterator[Extraction | SetAside]:
    """What happens in a bundle; a bundle in which nothing does is set aside."""
    return extractions(path, known_layout("stix"), _stix_rows(path))


def read_misp(path: Path) -> Iterator[Extraction | SetAside]:
    """The events of a file, in its order."""
    return extractions(path, known_layout("misp"), _misp_rows(path))


def _stix_rows(path: Path) -> Rows:
    things = [t for t in _parsed(path).get("objects", ()) if isinstance(t, dict)]
    by_id = {str(thing.get("id")): thing for thing in things}
    links = _links(things)
    happening = [thing for thing in things if thing.get("type") in _HAPPEN]
    if not happening:
        problem = "nothing in the bundle happens: it holds no incident, campaign or sighting"
        raise UnreadableError("", f"{len(things)} objects", problem, "Leave it out.")
    for thing in happening:
        yield str(thing.get("id", "")), partial(_stix_row, thing, by_id, links)


def _links(things: Iterable[Thing]) -> Mapping[str, list[tuple[str, str]]]:
    """Id of an object -> (kind of relationship, id of the other) where it is the source."""
    links: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for thing in things:
        if thing.get("type") == "relationship":
            told = (str(thing.get("relationship_type")), str(thing.get("target_ref")))
            links[str(thing.get("source_ref"))].append(told)
    return links


def _stix_row(thing: Thing, by_id: Mapping[str, Thing], links: Any) -> Row:
    def names(kinds: Sequence[str], key: str) -> list[str]:
        found = (by_id.get(ref, {}).get("name") for kind, ref in links[key] if kind in kinds)
        return [str(name) for name in found if name]

    key = str(thing.get("id", ""))
    actors = [ref for kind, ref in links[key] if kind in _ACTING]
    seen = by_id.get(str(thing.get("sighting_of_ref", "")), {})
    against = names(_ACTED_UPON, key) + [n for a in actors for n in names(("targets",), a)]
    told = {
        **{name: value for name, value in thing.items() if isinstance(value, (str, int))},
        "name": thing.get("name") or seen.get("name") or "",
        "first_seen": thing.get("first_seen") or thing.get("created") or "",
        "by": "; ".join(dict.fromkeys(names(_ACTING, key))),
        "against": "; ".join(dict.fromkeys(against)),
        "url": _address(thing),
    }
    return {name: str(value) for name, value in told.items()}


def _address(thing: Thing) -> str:
    references = thing.get("external_references")
    told = references if isinstance(references, list) else []
    return next((str(r["url"]) for r in told if isinstance(r, dict) and r.get("url")), "")


def _misp_rows(path: Path) -> Rows:
    parsed = _parsed(path)
    listed = parsed.get("response", [parsed]) if isinstance(parsed, dict) else parsed
    for number, each in enumerate(listed, start=1):
        yield f"event {number}", partial(_misp_row, each)


def _misp_row(each: Any) -> Row:
    event = each.get("Event") if isinstance(each, dict) else None
    if not isinstance(event, dict):
        raise UnreadableError("Event", repr(each), "the entry is no MISP event", _REMEDY)
    tags = [str(tag.get("name")) for tag in _dicts(event.get("Tag"))]
    told = {
        **{name: value for name, value in event.items() if isinstance(value, (str, int))},
        "type": "event",
        "by": _clusters(event, _ACTOR_GALAXIES),
        "against": _clusters(event, _TARGET_GALAXIES),
        "organisation": next((o.get("name") for o in _dicts([event.get("Orgc")])), "") or "",
        "tags": "; ".join(tags),
        "attributes": len(_dicts(event.get("Attribute"))),
    }
    return {name: str(value) for name, value in told.items()}


def _clusters(event: Thing, kinds: Sequence[str]) -> str:
    galaxies = [g for g in _dicts(event.get("Galaxy")) if g.get("type") in kinds]
    names = (c.get("value") for g in galaxies for c in _dicts(g.get("GalaxyCluster")))
    # "APT28 - G0007": the number of a catalogue is no part of the name
    return "; ".join(dict.fromkeys(str(n).partition(" - G")[0] for n in names if n))


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _parsed(path: Path) -> Any:
    try:
        return json.loads(decode(read_bytes(path)))
    except (ValueError, RecursionError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError("", error, "the file is no JSON", _REMEDY) from None
