"""PDF of the briefing, set by typst (no browser): A4, marking, page numbers, charts, table.

The template is ours; all texts are passed as data (JSON), never as typst code, so that no text of
an article is executed.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import typst

from charts.assets.fonts import FONTS_DIR
from exports.pack.content import Content
from exports.pack.event_line import EVENT_COLUMNS, EventLine, cells
from exports.pack.wrapping import cut

_HERE = Path(__file__).parent


def to_pdf(content: Content, pictures: dict[str, bytes]) -> bytes:
    """The briefing as PDF. `pictures` are SVG or PNG by title, in order."""
    named, files = [], {}
    for number, (title, picture) in enumerate(pictures.items()):
        suffix = "svg" if picture.lstrip()[:5] in (b"<?xml", b"<svg ") else "png"
        files[f"picture{number}.{suffix}"] = picture
        named.append({"title": content.say(title), "file": f"picture{number}.{suffix}"})
    return typeset("briefing.typ", {**_data(content), "pictures": named}, files)


def typeset(template: str, data: Mapping[str, object], files: Mapping[str, bytes]) -> bytes:
    """A template of this folder with its data and pictures, as PDF."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in files.items():
            (root / name).write_bytes(content)
        told = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
        (root / "data.json").write_bytes(told)
        (root / "main.typ").write_bytes((_HERE / template).read_bytes())
        fonts = [str(FONTS_DIR)] if FONTS_DIR.is_dir() else []
        made = typst.compile(str(root / "main.typ"), root=str(root), font_paths=fonts, timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__} instead of one PDF")
    return made


def _data(content: Content) -> dict[str, object]:
    """All texts of the template as plain JSON values."""
    return {
        "lang": content.lang,
        "title": content.title,
        "subtitle": content.subtitle,
        "marking": content.marking,
        "facts": list(content.facts),
        "foot": f"{content.receipt.software} · {content.dated}",
        "heads": {
            "key": content.say("Key events"),
            "table": content.say("Annex: events and sources"),
            "receipt": content.say("Annex: receipt"),
        },
        "lead": [
            {
                "heading": part.heading,
                "nothing": part.nothing,
                "lines": [
                    {"text": line.text, "source": cut(line.credit, 400), "url": line.url}
                    for line in part.lines
                ],
            }
            for part in content.lead
        ],
        "key_rule": content.key_rule,
        "groups": [
            {
                "name": group.name or content.say("Other events"),
                "lines": [_key_line(line) for line in group.lines],
            }
            for group in content.groups
        ],
        "parts": [
            {
                "title": part.title,
                "note": part.note,
                "columns": list(part.columns),
                "widths": [100 * share for share in part.widths],
                "rows": [[cut(text, 600) for text in row] for row in part.rows],
            }
            for part in content.parts
        ],
        "columns": [content.say(name) for name in EVENT_COLUMNS],
        "rows": [[cut(text, 400) for text in cells(line)] for line in content.table],
        "cut": content.cut,
        "receipt": [list(row) for row in content.receipt.rows(content.lang)],
    }


def _key_line(line: EventLine) -> dict[str, object]:
    return {
        "day": line.day,
        "headline": line.told,
        "quote": line.quoted(1_200),
        "source": cut(line.credit, 400),
        "url": line.url,
        "quad": line.quad,
    }
