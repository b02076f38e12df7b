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
from exports.pack.content import Content, EventLine
from exports.pack.narrative import source
from exports.pack.slide_tables import EVENT_COLUMNS

_CONFIG = {"showSendToCloud": False, "displaylogo": False, "responsive": True}
_STYLE = """
body{font:15px/1.45 "IBM Plex Sans",Arial,sans-serif;color:#1f252b;max-width:1240px;
margin:0 auto;padding:1rem 1.5rem}
.marking{text-align:center;font-weight:600}
h1{border-bottom:2px solid #22559c;padding-bottom:.3rem;margin-bottom:.4rem}
.facts,.source{color:#5f6870}.source{font-size:.85em}
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
        *(_figure(content.say(title), figure, title) for title, figure in figures.items()),
        *(_picture(content.say(title), data) for title, data in (pictures or {}).items()),
        _key(content),
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


def _key(content: Content) -> str:
    told = "".join(_key_event(line) for line in content.key)
    rule = f'<p class="source">{_safe(content.key_rule)}</p>'
    return f"<h2>{_safe(content.say('Key events'))}</h2>{rule}{told}"


def _key_event(line: EventLine) -> str:
    head = f"<strong>{_safe(line.day)}</strong> · {_safe(line.headline)} ({_safe(line.status)})"
    quote = f"<blockquote>{_safe(line.quote)}</blockquote>"
    return f'<div>{head}{quote}<p class="source">{_safe(source(line))}</p></div>'


def _table(content: Content) -> str:
    heads = "".join(f"<th>{_safe(content.say(name))}</th>" for name in EVENT_COLUMNS)
    rows = "".join(_row(line) for line in content.table)
    find = _safe(content.say("Search in the table"))
    return (
        f"<h2>{_safe(content.say('Events and sources'))}</h2><p>{_safe(content.cut)}</p>"
        f'<p><input id="find" type="search" placeholder="{find}" aria-label="{find}"></p>'
        f'<table id="events"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(line: EventLine) -> str:
    credit = _safe(line.credit)
    if line.url.startswith(("https://", "http://")):
        credit += f' <a rel="noopener noreferrer" href="{_safe(line.url)}">{_safe(line.url)}</a>'
    texts = (line.day, line.headline, line.place, line.status, line.quote)
    return "<tr>" + "".join(f"<td>{_safe(t)}</td>" for t in texts) + f"<td>{credit}</td></tr>"


def _receipt(content: Content) -> str:
    rows = "".join(
        f"<tr><th>{_safe(name)}</th><td>{_safe(value)}</td></tr>"
        for name, value in content.receipt.rows(content.lang)
    )
    return f"<h2>{_safe(content.say('Receipt'))}</h2><table>{rows}</table>"
