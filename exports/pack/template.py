"""An organisation's own PPTX or DOCX as template: checked first, its slides and text left out.

Its masters, fonts and colours are used; macros, links to the outside and document types are
refused in words, since what is made of a template is handed on to others.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pptx import Presentation
from pptx.util import Emu

from events.error_words import WordedError
from events.regular_files import read_bytes

Kind = Literal["pptx", "docx"]
MOST_BYTES, MOST_PARTS = 200_000_000, 5_000  # of the parts, unpacked
_MAIN = {"pptx": "presentationml.presentation", "docx": "wordprocessingml.document"}
_EXTERNAL = re.compile(rb"<[^<>]*TargetMode\s*=\s*[\"']External[\"'][^<>]*>", re.IGNORECASE)
_TARGET = re.compile(rb"Target\s*=\s*[\"']([^\"']*)[\"']")
_PROGRAMS = ("vbaproject", "vbadata", "activex", "oleobject")
_ASPECT = 16 / 9


class TemplateError(WordedError, ValueError):
    """Why a file cannot be a template."""


@dataclass(frozen=True)
class Templates:
    """The checked templates of a pack; None: Frise's own look."""

    pptx: bytes | None = None
    docx: bytes | None = None


def read_templates(paths: list[Path]) -> Templates:
    """The templates in the files. Raises TemplateError, or OSError."""
    found: dict[Kind, bytes] = {}
    for path in paths:
        kind, data = checked(path.name, read_bytes(path))
        found[kind] = data
    return Templates(**found)


def checked(name: str, data: bytes) -> tuple[Kind, bytes]:
    """Whether it is for slides or documents, and its bytes as those of a document (a .potx or
    .dotx becomes one). Raises TemplateError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
                raise TemplateError("{name}: too large for a template", name=name)
            bodies = {part.filename: archive.read(part) for part in parts}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise TemplateError("{name}: no PPTX or DOCX file", name=name) from error
    _refuse(name, bodies)
    kind = _kind(name, bodies)
    return kind, _as_document(bodies)


def _refuse(name: str, bodies: dict[str, bytes]) -> None:
    types = bodies.get("[Content_Types].xml", b"")
    programs = [part for part in bodies if any(word in part.lower() for word in _PROGRAMS)]
    if programs or b"macroenabled" in types.lower():
        part = programs[0] if programs else "[Content_Types].xml"
        raise TemplateError(
            "{name}: macros or embedded programs ({part}); save it without them",
            name=name,
            part=part,
        )
    for part, body in bodies.items():
        if part.endswith((".xml", ".rels")) and b"<!DOCTYPE" in body[:2_000]:
            raise TemplateError("{name}: {part} declares a document type", name=name, part=part)
        link = _EXTERNAL.search(body) if part.endswith(".rels") else None
        if link:
            target = _TARGET.search(link.group())
            told = target.group(1).decode("utf-8", "replace")[:200] if target else part
            raise TemplateError(
                "{name}: a link to the outside ({target}); remove it", name=name, target=told
            )


def _kind(name: str, bodies: dict[str, bytes]) -> Kind:
    types = bodies.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    for kind in ("pptx", "docx"):
        family = _MAIN[kind].rpartition(".")[0]
        if any(f"{family}.{word}.main+xml" in types for word in (_last(kind), "template")):
            return "pptx" if kind == "pptx" else "docx"
    raise TemplateError("{name}: no PPTX or DOCX file", name=name)


def _last(kind: str) -> str:
    return _MAIN[kind].rpartition(".")[2]


def _as_document(bodies: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, body in bodies.items():
            if part == "[Content_Types].xml":
                for main in _MAIN.values():
                    family = main.rpartition(".")[0]
                    body = body.replace(f"{family}.template.main".encode(), f"{main}.main".encode())
            archive.writestr(part, body)
    return out.getvalue()


def empty_deck(template: bytes) -> Any:
    """The presentation of a template without its slides. Raises TemplateError."""
    try:
        deck = Presentation(io.BytesIO(template))
        slides = deck.slides._sldIdLst
        for slide in list(slides):
            deck.part.drop_rel(slide.rId)
            slides.remove(slide)
        aspect = deck.slide_width / deck.slide_height
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise TemplateError("the template for slides cannot be read") from error
    if abs(aspect - _ASPECT) > 0.02:
        size = " × ".join(
            f"{Emu(int(side or 0)).cm:.1f}" for side in (deck.slide_width, deck.slide_height)
        )
        raise TemplateError("slides of {size} cm; the template must be 16:9", size=size)
    title_layout(deck)
    return deck


def title_layout(deck: Any) -> Any:
    """The layout with a title alone, else the first with a title. Raises TemplateError."""
    titled = [layout for layout in deck.slide_layouts if _places(layout)[0]]
    if not titled:
        raise TemplateError("the template has no layout of slides with a title")
    return min(titled, key=lambda layout: _places(layout)[1])


def _places(layout: Any) -> tuple[bool, int]:
    """Whether a layout has a title, and how many other places for content."""
    kinds = [str(place.placeholder_format.type).split(" ")[0] for place in layout.placeholders]
    others = [kind for kind in kinds if kind not in ("TITLE", "DATE", "FOOTER", "SLIDE_NUMBER")]
    return "TITLE" in kinds, len(others)
