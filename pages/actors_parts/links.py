"""The node-link chart of the actors page: its title, its picture, its clicks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from charts.actors.dyads import Pair
from charts.actors.network import balance_key, network
from charts.actors.network_layout import NetworkOptions
from charts.chart import Caption, Chart
from charts.registry import CHARTS
from charts.sheet.theme import theme_of
from events.filters import Filters
from pages.actors_parts import controls, picks
from pages.shell import counting, look, names, screen_width
from pages.shell.escaping import escaped
from pages.shell.language import _, current

HEIGHT = 470
Together = Counter[Pair] | None
Links = frozenset[Pair]


@dataclass(frozen=True)
class Seen:
    """What the charts show: the counts, the threshold, the actor in the middle."""

    table: pd.DataFrame
    least: int
    ego: str | None


def seen_by(filters: Filters, dyads: pd.DataFrame) -> Seen:
    """The state set by the filters and the controls of the page."""
    counted = picks.counted(filters, dyads)
    return Seen(counted, controls.least(dyads), controls.ego(dyads))


def caption(seen: Seen, filters: Filters) -> Caption:
    """Title and subtitle of the network: actor in the middle, filters, threshold."""
    told = [counting.in_words(filters)]
    if seen.least > 1:
        told.append(controls.threshold(seen.least))
    if seen.ego is None:
        return Caption(_(CHARTS["network"].title()), " · ".join(told))
    told.append(_("the actor, those it has links with, and the links between these"))
    title = _(CHARTS["network"].title("ego")).format(actor=names.actor(seen.ego))
    return Caption(title, " · ".join(told))


def options(seen: Seen, filters: Filters, together: Together) -> NetworkOptions:
    """Options for both the page and its picture."""
    return NetworkOptions(
        min_events=seen.least,
        ego=seen.ego,
        together=together or Counter(),
        lang=current(),
        theme=look.theme(),
        caption=caption(seen, filters),
    )


def draw(seen: Seen, filters: Filters, together: Together) -> Chart[dict[str, Any]]:
    """Draw the chart with its title above and its notes below."""
    told = caption(seen, filters)
    look.title(told.title, told.subtitle)
    st.html(f'<p class="fr-small">{_key()}</p>')
    asked = options(seen, filters, together)
    made = network(seen.table, replace(asked, width=screen_width.chart_width(), height=HEIGHT))
    if made.figure["series"][0]["data"]:
        _show(made, filters)
    else:
        look.note(_("No link to draw: no event names two actors, one acting on the other."))
    # the other charts contain their notes
    st.html("".join(f'<p class="fr-small">{escaped(text)}</p>' for text in made.notes))
    return made


def _key() -> str:
    """Colour key of the links, in the style of the timeline's key."""
    return "".join(
        f'<span style="white-space:nowrap;margin-right:14px"><span style="display:inline-block;'
        f'width:9px;height:9px;background:{colour};margin-right:5px"></span>'
        f"{escaped(words)}</span>"
        for colour, words in balance_key(theme_of(look.theme()), current())
    )


def _show(made: Chart[dict[str, Any]], filters: Filters) -> None:
    series = made.figure["series"][0]
    echarts = {**made.figure, "series": [{**series, "selectedMode": "single"}]}
    key = f"actors_network_{picks.nonce()}"
    st.echarts_chart(
        echarts,
        key=key,
        width="stretch",
        height=HEIGHT,
        theme=None,
        alt=made.alt or None,
        on_select=lambda: _selected(key, series, drawn(made), filters),
    )


def _selected(key: str, series: dict[str, Any], links: Links, filters: Filters) -> None:
    for group in st.session_state[key]["selection"]["selected"]:
        for index in group["data_indices"][:1]:
            if group["data_type"] == "edge" and index < len(series["links"]):
                found = series["links"][index]
                pair = str(found["source"]), str(found["target"])
                if "together" in found:
                    picks.together(*pair, filters)
                else:
                    picks.pair(*pair, filters)
            elif group["data_type"] != "edge" and index < len(series["data"]):
                picks.actor(str(series["data"][index]["code"]), links, filters)
            picks.again()


def drawn(made: Chart[dict[str, Any]]) -> Links:
    """The pairs with a link in the picture, without those that are only named together."""
    acts = [found for found in made.figure["series"][0]["links"] if "together" not in found]
    return frozenset((str(found["source"]), str(found["target"])) for found in acts)
