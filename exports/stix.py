"""STIX 2.1: events as incidents with their actors, for threat-intelligence platforms."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import stix2

from events import registry
from events.headline import headline_of
from exports.cells import plain_rows
from exports.receipt import receipt, software_version, table_hash
from exports.selection import Selection

# STIX requires UUIDv5 for deterministic ids; this namespace is Frise's own
_NAMESPACE = uuid.UUID("6f1d2c1e-5f0b-5a39-9a56-0c6f4e1b7a11")
_EXTENSION = f"extension-definition--{uuid.uuid5(_NAMESPACE, 'extension event')}"
_FACTS = ("type", "status", "first", "last", "precision", "place_name", "place_country")
_TLP = {
    "TLP:CLEAR": stix2.TLP_WHITE,
    "TLP:WHITE": stix2.TLP_WHITE,
    "TLP:GREEN": stix2.TLP_GREEN,
    "TLP:AMBER": stix2.TLP_AMBER,
    "TLP:RED": stix2.TLP_RED,
}
# credibility -> confidence: STIX 2.1, appendix A, Admiralty Credibility; 6 has none
_CONFIDENCE = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}
_CLASSES = {"person": "individual", "state": "organization", "organisation": "organization"}


def to_stix(selection: Selection) -> bytes:
    """A bundle: one incident per event, one identity per actor, sources related to incidents.

    Facts without a STIX property (the day with its precision, type, status, codes) are in a
    property extension defined in the bundle, so that readers need not allow custom properties.
    """
    rows = list(plain_rows(selection.events))
    codes = sorted({code for row in rows for code in (*row["sources"], *row["targets"])})
    author = _author(selection)
    things = [author, _extension(author, selection), _note(author, selection)]
    things += [_identity(code, selection) for code in codes]
    things += [thing for row in rows for thing in _incident(row, selection)]
    key = table_hash(selection.events)
    # not pretty-printed: that searches the whole bundle for the order of each property
    text: str = stix2.Bundle(*things, id=_id("bundle", key)).serialize(ensure_ascii=False)
    return text.encode("utf-8", "replace")


def _times_and_marking(selection: Selection) -> dict[str, Any]:
    """Times, and the TLP marking where the export has one that STIX defines."""
    told: dict[str, Any] = {"created": selection.made_at, "modified": selection.made_at}
    marking = _TLP.get(selection.marking.upper())
    return {**told, "object_marking_refs": [marking]} if marking else told


def _author(selection: Selection) -> stix2.Identity:
    key = _id("identity", "frise")
    return stix2.Identity(
        id=key, name="Frise", identity_class="system", **_times_and_marking(selection)
    )


def _extension(author: stix2.Identity, selection: Selection) -> stix2.ExtensionDefinition:
    return stix2.ExtensionDefinition(
        id=_EXTENSION,
        created_by_ref=author.id,
        name="Frise event",
        description=(
            "type: PLOVER event type; status: reported, planned, claimed or denied; first, last: "
            "first and last day of the event, inclusive, ISO 8601; precision: day, week, month, "
            "quarter, year or span; place_name, place_country: where, ISO 3166 alpha-3; "
            "code: code of an actor; story_id: the same of all reports of one event"
        ),
        schema="docs/event-types.md of the software that made this file",
        version=software_version(),
        extension_types=["property-extension"],
        **_times_and_marking(selection),
    )


def _extended(told: dict[str, Any]) -> dict[str, Any]:
    """The `extensions` property with the non-empty facts of an object."""
    known = {name: value for name, value in told.items() if value}
    return {_EXTENSION: {"extension_type": "property-extension", **known}}


def _note(author: stix2.Identity, selection: Selection) -> stix2.Note:
    return stix2.Note(
        id=_id("note", table_hash(selection.events)),
        created_by_ref=author.id,
        abstract="Frise export receipt",
        content="\n".join(receipt(selection).lines(selection.lang)),
        object_refs=[author.id],
        **_times_and_marking(selection),
    )


def _id(object_type: str, key: str) -> str:
    return f"{object_type}--{uuid.uuid5(_NAMESPACE, f'{object_type} {key}')}"


def _identity(code: str, selection: Selection) -> stix2.Identity:
    record = registry.actor(code)
    return stix2.Identity(
        id=_id("identity", code),
        name=registry.name(code, selection.lang),
        identity_class=_CLASSES.get(record.kind, "group"),
        extensions=_extended({"code": code}),
        **_times_and_marking(selection),
    )


def _incident(row: dict[str, Any], selection: Selection) -> Iterator[Any]:
    key = str(row["event_id"])
    incident = stix2.Incident(
        id=_id("incident", key),
        name=headline_of(row, selection.lang),
        description=row["quote"],
        external_references=[_reference(row)],
        labels=admiralty_tags(row),
        **_confidence(row),
        # 63-bit ids do not survive JavaScript's numbers
        extensions=_extended(
            {name: row[name] for name in _FACTS} | {"story_id": str(row["story_id"])}
        ),
        **_times_and_marking(selection),
    )
    yield incident
    for verb, codes in (("attributed-to", row["sources"]), ("targets", row["targets"])):
        for code in dict.fromkeys(codes):
            yield stix2.Relationship(
                id=_id("relationship", f"{key} {verb} {code}"),
                source_ref=incident.id,
                target_ref=_id("identity", code),
                relationship_type=verb,
                **_times_and_marking(selection),
            )


def admiralty_tags(row: dict[str, Any]) -> list[str]:
    """The grades of a row as machine tags of the MISP taxonomy admiralty-scale."""
    reliability, credibility = str(row["reliability"]).lower(), row["credibility"]
    return [
        f'admiralty-scale:source-reliability="{reliability}"',
        f'admiralty-scale:information-credibility="{credibility}"',
    ]


def _confidence(row: dict[str, Any]) -> dict[str, int]:
    found = _CONFIDENCE.get(str(row["credibility"]))
    return {"confidence": found} if found else {}


def _reference(row: dict[str, Any]) -> stix2.ExternalReference:
    told: dict[str, Any] = {
        "source_name": row["source"] or "unknown outlet",
        "description": row["title"] or row["quote"][:200] or "untitled",
    }
    if row["url"].startswith(("http://", "https://")):
        told["url"] = row["url"]
    return stix2.ExternalReference(**told)
