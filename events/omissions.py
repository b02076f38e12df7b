"""Reasons why a stretch of an article is left out, grouped by how pages show it to the reader."""

from __future__ import annotations

# parts of the web page around the article (loaders.text.noise)
NOISE = frozenset(
    {
        "agency sign-off",
        "author biography",
        "byline",
        "notice of the site",
        "photo credit",
        "related links",
        "repeated title",
        "sentence of the text set again as a quote",
        "share button",
        "share count",
        "teaser that the text repeats",
    }
)
# acts that are told as not having happened (loaders.tellings.learned)
UNREAL = frozenset({"hypothetical", "negated"})
