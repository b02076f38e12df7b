"""STIX 2.1: events as incidents with their actors, for threat-intelligence platforms."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import stix2

from events import registry
from exports.cells import plain_rows
from exports.ics import headline
from exports.receipt import receipt
from exports.selection import Selection

# STIX asks that deterministic ids be UUIDv5; this namespace is Frise's own
_NAMESPACE = uuid.UUID("6f1d2c1e-5f0b-5a39-9a56-0c6f4e1b7a11")
_CLASSES = {"person": "individual", "state": "organization", "organisation": "organization"}


def to_stix(selection: Selection) -> bytes:
    """A bundle: one incident an event, one identity an actor, sources related to incidents.

    The day and its precision stand in `x_frise_*` properties, since STIX knows only moments.
    """
    author = stix2.Identity(
        id=_id("identity", "frise"),
        name="Frise",
        identity_class="system",
        created=selection.made_at,
        modified=selection.made_at,
    )
    rows = list(plain_rows(selection.events))
    codes = sorted({code for row in rows for code in (*row["sources"], *row["targets"])})
    actors = [_identity(code, selection) for code in codes]
    told = [thing for row in rows for thing in _incident(row, selection)]
    note = stix2.Note(
        id=_id("note", "receipt"),
        created_by_ref=author.id,
        created=selection.made_at,
        modified=selection.made_at,
        abstract="Frise export receipt",
        content="\n".join(f"{k}: {v}" for k, v in receipt(selection).rows(selection.lang)),
        object_refs=[author.id],
    )
    bundle = stix2.Bundle(author, note, *actors, *told, id=_id("bundle", "all"), allow_custom=True)
    text: str = bundle.serialize(pretty=True, ensure_ascii=False)
    return text.encode("utf-8", "replace")


def _id(kind: str, key: str) -> str:
    return f"{kind}--{uuid.uuid5(_NAMESPACE, f'{kind} {key}')}"


def _identity(code: str, selection: Selection) -> stix2.Identity:
    record = registry.actor(code)
    return stix2.Identity(
        id=_id("identity", code),
        name=registry.name(code, selection.lang),
        identity_class=_CLASSES.get(record.kind, "group"),
        created=selection.made_at,
        modified=selection.made_at,
        x_frise_code=code,
        allow_custom=True,
    )


def _incident(row: dict[str, Any], selection: Selection) -> Iterator[Any]:
    key = str(row["event_id"])
    about = {k: row[k] for k in ("type", "status", "first", "last", "precision", "place_name")}
    incident = stix2.Incident(
        id=_id("incident", key),
        name=headline(row, selection.lang),
        description=row["quote"],
        created=selection.made_at,
        modified=selection.made_at,
        external_references=[_reference(row)],
        **{f"x_frise_{k}": v for k, v in about.items() if v},
        allow_custom=True,
    )
    yield incident
    for verb, codes in (("attributed-to", row["sources"]), ("targets", row["targets"])):
        for code in codes:
            yield stix2.Relationship(
                id=_id("relationship", f"{key} {verb} {code}"),
                source_ref=incident.id,
                target_ref=_id("identity", code),
                relationship_type=verb,
                created=selection.made_at,
                modified=selection.made_at,
            )


def _reference(row: dict[str, Any]) -> stix2.ExternalReference:
    told: dict[str, Any] = {
        "source_name": row["source"] or "unknown outlet",
        "description": row["title"] or row["quote"][:200] or "untitled",
    }
    if row["url"].startswith(("http://", "https://")):
        told["url"] = row["url"]
    return stix2.ExternalReference(**told)
