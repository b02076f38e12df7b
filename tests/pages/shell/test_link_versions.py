"""Links of before mean what they meant, and are rewritten to those of today."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.filters import Filters
from events.link_version import ARTICLES, INTERFACE, upgraded, versioned
from exports.selection import link_to
from pages.shell import link, open_case
from tests.events.test_filters import filters

CASES = Path(__file__).parents[2] / "cases" / "old_links.toml"
LINKS: list[dict[str, Any]] = tomllib.loads(CASES.read_text(encoding="utf-8"))["link"]
each_link = pytest.mark.parametrize("told", LINKS, ids=[told["why"] for told in LINKS])


class Browser:
    """An address bar and the state of one session, without a server."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, state: dict[str, Any]) -> None:
        self.address = ""
        monkeypatch.setattr("streamlit.session_state", state)
        monkeypatch.setattr("streamlit.query_params", self)
        monkeypatch.setattr("streamlit.context", type("Context", (), {"locale": "en-GB"}))

    def __iter__(self) -> Any:
        return iter(parse_qs(self.address, keep_blank_values=True))

    def get_all(self, name: str) -> list[str]:
        return parse_qs(self.address, keep_blank_values=True)[name]

    def from_dict(self, params: dict[str, list[str]]) -> None:
        self.address = urlencode(params, doseq=True)

    def open(self, address: str) -> None:
        self.address = address
        link.read_link()
        link.write_link()


def _parameters(address: str) -> dict[str, list[str]]:
    found = parse_qs(address, keep_blank_values=True)
    return {name: values for name, values in found.items() if not name.startswith("utm")}


@each_link
def test_a_link_means_what_it_meant_and_is_rewritten(
    told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    state: dict[str, Any] = {}
    browser = Browser(monkeypatch, state)
    for address in (told["given"], told["rewritten"]):
        state.clear()
        browser.open(address)
        assert list(link.filters().langs) == told.get("langs", [])
        assert state["interface_language"] == told.get("interface", "en")
        assert browser.address == told["rewritten"]
        if address == told["given"]:
            assert [p.param for p in link.state().problems] == told.get("dropped", [])


@each_link
def test_the_filters_alone_mean_the_same(told: dict[str, Any]) -> None:
    before = _parameters(told["given"])
    for params in (before, upgraded(before), parse_qs(told["rewritten"])):
        assert list(Filters.from_params(params)[0].langs) == told.get("langs", [])


@each_link
def test_a_saved_view_of_before_filters_on_opening(
    told: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Browser(monkeypatch, {})
    monkeypatch.setenv("FRISE_STORE", str(tmp_path))
    views = {"Old": _parameters(told["given"])}
    (tmp_path / "views.json").write_text(json.dumps(views), encoding="utf-8")
    wanted = told.get("view", told.get("langs", []))
    (kept,) = open_case.known().of("view")
    open_case.open_case(kept)
    assert list(link.filters().langs) == wanted
    assert upgraded(kept.params) == kept.params


@given(filters(), st.sampled_from(["fr", "en"]))
def test_receipts_go_round_with_both_languages(wanted: Filters, lang: str) -> None:
    told = parse_qs(link_to(wanted, lang).removeprefix("?"))
    assert upgraded(told) == told
    assert Filters.from_params(told) == (wanted, [])
    assert link.read_view(told) == ({"v": "2", "lang": lang}, [])


@given(filters(), st.sampled_from(["fr", "en"]))
def test_receipts_of_before_mean_the_same_today(wanted: Filters, lang: str) -> None:
    params = wanted.to_params()
    before = {INTERFACE if name == ARTICLES else name: v for name, v in params.items()}
    told = upgraded({**before, "hl": [lang]})
    assert told == versioned({**params, INTERFACE: [lang]})
    assert Filters.from_params({**before, "hl": [lang]}) == (wanted, [])
