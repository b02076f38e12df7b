"""HTML: one self-contained, interactive file; no cloud button, no external requests.

plotly.js is embedded in the file. Every text from an article is escaped.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping

import plotly.graph_objects as go
import plotly.io
from plotly.offline import get_plotlyjs

from exports.cells import xml_text
from exports.pack.content import Content
from exports.pack.event_line import EVENT_COLUMNS, EventLine, cells
from exports.pack.lead import LeadPart
from exports.pack.table_part import TablePart

_CONFIG = {"showSendToCloud": False, "displaylogo": False, "responsive": True}
_STYLE = """
body{font:15px/1.45 "IBM Plex Sans",Arial,sans-serif;color:#1f252b;max-width:1240px;
margin:0 auto;padding:1rem 1.5rem}
.marking{text-align:center;font-weight:600}
h1{border-bottom:2px solid #22559c;padding-bottom:.3rem;margin-bottom:.4rem}
.facts,.source{color:#5f6870}.source{font-size:.85em}h3{margin-bottom:.2rem}
blockquote{margin:.2rem 0 .2rem 1rem}
table{border-collapse:collapse;width:100%;font-size:.88em}
th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid #e0e3e6}
th{background:#eef0f2}input{font:inherit;padding:.3rem .5rem;width:22rem;max-width:100%}
figure{margin:1rem 0;overflow-x:auto}
"""
# the page's only own script: a filter over the table's rows
_SCRIPT = """
const box=document.getElementById('find'),rows=[...document.querySelectorAll('#events tbody tr')];
const fold=t=>t.normalize('NFD').replace(/[\\u0300-\\u036f]/g,'').toLowerCase();
const texts=rows.map(r=>fold(r.textContent));
box.addEventListener('input',()=>{const w=fold(box.value);
rows.forEach((r,i)=>{r.hidden=!texts[i].includes(w)})});
"""


def to_html(
    content: Content, figures: dict[str, go.Figure], pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The briefing as one page: interactive charts, then pictures (PNG), by title, in order."""
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{_safe(content.lang)}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        # blocks all requests, also for parts added later
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; script-src 'unsafe-inline' 'unsafe-eval'; "
        'img-src data: blob:; font-src data:">',
        f"<title>{_safe(content.title)}</title><style>{_STYLE}</style>",
        f"<script>{get_plotlyjs()}</script></head><body>",
        _head(content),
        *(_lead(part) for part in content.lead),
        _key(content),
        *(_part(part) for part in content.parts),
        *(_figure(content.say(title), figure, title) for title, figure in figures.items()),
        *(_picture(content.say(title), data) for title, data in (pictures or {}).items()),
        _table(content),
        _receipt(content),
        f'<p class="marking">{_safe(content.marking)}</p>',
        f"<script>{_SCRIPT}</script></body></html>",
    ]
    return "\n".join(parts).encode("utf-8", "replace")


def _safe(text: str) -> str:
    return html.escape(xml_text(text), quote=True)


def _head(content: Content) -> str:
    facts = (content.subtitle, *content.facts)
    told = "<br>".join(_safe(fact) for fact in facts)
    marking = f'<p class="marking">{_safe(content.marking)}</p>'
    return f'{marking}<h1>{_safe(content.title)}</h1><p class="facts">{told}</p>'


def _picture(title: str, data: bytes) -> str:
    told = base64.b64encode(data).decode("ascii")
    return (
        f'<h2>{_safe(title)}</h2><figure><img alt="{_safe(title)}" style="max-width:100%" '
        f'src="data:image/png;base64,{told}"></figure>'
    )


def _figure(title: str, figure: go.Figure, name: str) -> str:
    told = figure.to_plotly_json()
    # charts have a template name ("none"), but `to_html` expects the template itself
    body = plotly.io.to_html(
        {**told, "layout": {**told["layout"], "template": {}}},
        full_html=False,
        include_plotlyjs=False,
        config=_CONFIG,
        div_id=f"chart-{name.lower()}",
        validate=False,
    )
    return f'<h2>{_safe(title)}</h2><figure aria-label="{_safe(title)}">{body}</figure>'


def _lead(part: LeadPart) -> str:
    lines = "".join(
        f"<li>{_safe(line.text)} {_source(line.credit, line.url)}</li>" for line in part.lines
    )
    told = f"<ul>{lines}</ul>" if lines else f'<p class="facts">{_safe(part.nothing)}</p>'
    return f"<h2>{_safe(part.heading)}</h2>{told}"


def _source(credit: str, url: str) -> str:
    """The source in small type; with an address of the web it leads there."""
    told = _safe(credit or url)
    if url.startswith(("https://", "http://")):
        told = f'<a rel="noopener noreferrer" href="{_safe(url)}">{told}</a>'
    return f'<span class="source">{told}</span>'


def _key(content: Content) -> str:
    if not content.groups:
        return ""
    told = "".join(
        f"<h3>{_safe(group.name or content.say('Other events'))}</h3>"
        + "".join(_key_story(line) for line in group.lines)
        for group in content.groups
    )
    rule = f'<p class="source">{_safe(content.key_rule)}</p>'
    return f"<h2>{_safe(content.say('Key events'))}</h2>{rule}{told}"


def _key_story(line: EventLine) -> str:
    head = f"<strong>{_safe(line.day)}</strong> · {_safe(line.told)}"
    quote = f"<blockquote>{_safe(line.quoted(1_200))}</blockquote>"
    return f"<div>{head}{quote}<p>{_source(line.credit, line.url)}</p></div>"


def _part(part: TablePart) -> str:
    heads = "".join(f"<th>{_safe(name)}</th>" for name in part.columns)
    rows = "".join(_part_row(row) for row in part.rows)
    note = f'<p class="source">{_safe(part.note)}</p>' if part.note else ""
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<h2>{_safe(part.title)}</h2>{note}{table if rows else ''}"


def _part_row(row: tuple[str, ...]) -> str:
    if any(row[1:]):
        return "<tr>" + "".join(f"<td>{_safe(text)}</td>" for text in row) + "</tr>"
    return f'<tr><th colspan="{len(row)}">{_safe(row[0])}</th></tr>'


def _table(content: Content) -> str:
    heads = "".join(f"<th>{_safe(content.say(name))}</th>" for name in EVENT_COLUMNS)
    rows = "".join(_row(line) for line in content.table)
    find = _safe(content.say("Search in the table"))
    return (
        f"<h2>{_safe(content.say('Annex: events and sources'))}</h2><p>{_safe(content.cut)}</p>"
        f'<p><input id="find" type="search" placeholder="{find}" aria-label="{find}"></p>'
        f'<table id="events"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(line: EventLine) -> str:
    texts = "".join(f"<td>{_safe(text)}</td>" for text in cells(line)[:-1])
    return f"<tr>{texts}<td>{_source(line.credit, line.url)}</td></tr>"


def _receipt(content: Content) -> str:
    rows = "".join(
        f"<tr><th>{_safe(name)}</th><td>{_safe(value)}</td></tr>"
        for name, value in content.receipt.rows(content.lang)
    )
    return f"<h2>{_safe(content.say('Annex: receipt'))}</h2><table>{rows}</table>"
