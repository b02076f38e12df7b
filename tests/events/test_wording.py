"""Words in the reader's language: nothing untranslated, days no more precise than told."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from charts.registry import CHARTS
from events import ontology, wording

ROOT = Path(__file__).resolve().parents[2]
CODE = ("events", "charts", "exports", "pages", "loaders/sources")
# names under which the code calls the translator
CALLS = {"_": 1, "gettext": 1, "t": 1, "count": 2, "ngettext": 2, "plural": 2,
         "Words": 1, "SettingsError": 1, "SourceError": 1}  # fmt: skip
ERRORS = (
    *("Busy", "Damaged", "Error", "Missing", "Newer", "NotWritten", "Outdated"),
    *("Overtaken", "Unreachable"),
)
CALLS |= {f"Store{kind}": 1 for kind in ERRORS}
NOVEMBER = dt.date(2024, 11, 1)


def _messages() -> dict[str, str]:
    """Every literal message of the code -> the file it stands in."""
    found: dict[str, str] = dict.fromkeys(wording.LABELS.values(), "events/wording.py")
    for chart in CHARTS.values():
        words = (*chart.titles.values(), chart.twin, chart.label, chart.heading)
        found |= dict.fromkeys(filter(None, words), "charts/registry.py")
    files = [ROOT / "dashboard.py", *(p for name in CODE for p in (ROOT / name).rglob("*.py"))]
    for path in (p for p in files if p.exists()):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                for argument in node.args[: CALLS.get(node.func.id, 0)]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        found[argument.value] = str(path.relative_to(ROOT))
    return found


def _forms(text: object) -> tuple[str, ...]:
    """One text, or the forms of a text with a plural; "" for none."""
    forms = text if isinstance(text, (tuple, list)) else (text,)
    return tuple(str(form or "") for form in forms)


@pytest.mark.parametrize("lang", [code for code in wording.languages() if code != "en"])
def test_every_message_is_translated(lang: str) -> None:
    path = wording.LOCALE_DIR / lang / "LC_MESSAGES" / "frise.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    known: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        for one in _forms(message.id):
            known[one] = _forms(message.string)
    missing = {text: where for text, where in _messages().items() if not all(known.get(text, [""]))}
    assert not missing
    for text, strings in known.items():
        for translated in strings:
            fields = set(re.findall(r"{(\w+)", text))
            assert set(re.findall(r"{(\w+)", translated)) <= fields, text


def _french() -> list[str]:
    path = wording.LOCALE_DIR / "fr" / "LC_MESSAGES" / "frise.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="fr")
    return [text for message in catalogue if message.id for text in _forms(message.string)]


def test_french_has_its_own_quotation_marks() -> None:
    """No English or straight double quotes; no-break spaces inside « » and before : ; ? !"""
    wrong = [text for text in _french() if re.search(r'[“”„"]|«(?!\u00a0)|(?<!\u00a0)»', text)]
    assert not wrong
    assert not [text for text in _french() if re.search(r" [:;?!]|\w[;?!](?!\w)", text)]
    assert wording.quoted("a “b”", "fr") == "«\u00a0a “b”\u00a0»"
    assert wording.named("Classe", 3, "fr") == "Classe\u00a0: 3"


@pytest.mark.parametrize("folder", CODE)
def test_quotation_marks_of_a_language_come_from_its_catalogue(folder: str) -> None:
    """Marks put around words in the code itself would be English on French pages."""
    wrong: list[str] = []
    for path in (ROOT / folder).rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [str(c.value) for c in node.values if isinstance(c, ast.Constant)]
                if any(re.search("[“”«»]", part) for part in parts):
                    wrong.append(f"{path.name}:{node.lineno}")
    assert not wrong


def test_every_event_type_and_status_has_a_label() -> None:
    codes = {*ontology.EVENT_TYPES, *ontology.STATUSES, *(f"quad {q}" for q in ontology.QUAD_NAMES)}
    assert codes <= set(wording.LABELS)


@pytest.mark.parametrize(
    ("precision", "english", "french"),
    [
        ("day", "1 November 2024", "1er novembre 2024"),
        ("week", "week of 1 November 2024", "semaine du 1er novembre 2024"),
        ("month", "November 2024", "novembre 2024"),
        ("quarter", "Q4 2024", "T4 2024"),
        ("year", "2024", "2024"),
    ],
)
def test_a_day_shows_no_more_than_its_precision(precision: str, english: str, french: str) -> None:
    assert wording.format_day(NOVEMBER, precision, "en") == english
    assert wording.format_day(NOVEMBER, precision, "fr") == french


@pytest.mark.parametrize(
    ("first", "last", "precision", "open_end", "english", "french"),
    [
        (NOVEMBER, dt.date(2024, 11, 5), "span", False, "1–5 Nov 2024", "1er–5 nov. 2024"),
        (NOVEMBER, dt.date(2024, 12, 5), "span", False, "1 Nov – 5 Dec 2024", None),
        (NOVEMBER, None, "span", True, "since 1 Nov 2024", "depuis le 1er nov. 2024"),
        (dt.date(2023, 1, 1), None, "year", True, "since 2023", "depuis 2023"),
        (None, NOVEMBER, "month", False, "until Nov 2024", "jusqu’à nov. 2024"),
        (None, None, "", False, "undated", "sans date"),
        (NOVEMBER, NOVEMBER, "day", False, "1 Nov 2024", "1er nov. 2024"),
    ],
)
def test_an_interval_in_words(
    first: dt.date | None,
    last: dt.date | None,
    precision: str,
    open_end: bool,
    english: str,
    french: str | None,
) -> None:
    def words(lang: str) -> str:
        return wording.format_interval(first, last, precision, lang, True, open_end=open_end)

    assert words("en") == english
    if french:
        assert words("fr") == french


def test_numbers_follow_the_reader() -> None:
    assert wording.format_number(12345.6, "en", 1) == "12,345.6"
    assert wording.format_number(12345.6, "fr", 1) == "12\u202f345,6"
    assert wording.format_share(0.5, "fr") == "50\xa0%"


def test_browser_locale_picks_the_language() -> None:
    assert wording.best_language("fr-CA") == "fr"
    assert wording.best_language("en_US") == "en"
    assert wording.best_language("de") == "en"
    assert wording.best_language(None) == "en"


def test_parts_of_a_sentence_are_joined_as_the_language_does() -> None:
    assert wording.listed(["a", "b", "c"], "en") == "a; b; c"
    assert wording.listed(["a", "b"], "fr") == "a\u00a0; b"
    assert wording.listed([], "fr") == ""
