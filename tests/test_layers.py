"""Imports run one way: app -> pages, commands -> components -> data -> geo."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = {"geo": 0, "data": 1, "components": 2, "pages": 3, "commands": 3, "app": 4}
# who alone may import what
ONLY = {
    "streamlit": ("app.py", "pages", "components"),
    "folium": ("components/map",),
    "streamlit_folium": ("components/map",),
    "duckdb": ("data",),
    "shapely": ("geo", "data"),
    "starlette": ("app.py", "pages/api"),
}
GEO_KNOWS_NO = {"pathlib", "datetime.datetime", "time", "sqlite3", "duckdb", "streamlit", "open"}


def modules() -> list[Path]:
    folders = ("geo", "data", "components", "pages", "commands")
    found = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    return [ROOT / "app.py", *found]


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def layer(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_imports_only_from_below(file: Path) -> None:
    here = ORDER[layer(file)]
    above = {name for name in imported(file) if ORDER.get(name.split(".")[0], -1) > here}
    assert not above


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(ROOT)))
def test_a_library_is_used_only_where_it_belongs(file: Path) -> None:
    place = file.relative_to(ROOT).as_posix()
    heads = {name.split(".")[0] for name in imported(file)}
    strangers = {
        library
        for library, homes in ONLY.items()
        if library in heads and not place.startswith(homes)
    }
    assert not strangers


@pytest.mark.parametrize("file", sorted((ROOT / "geo").glob("*.py")), ids=lambda file: file.name)
def test_geo_knows_no_file_clock_database_or_screen(file: Path) -> None:
    assert not imported(file) & GEO_KNOWS_NO


def test_sql_stands_in_data_alone() -> None:
    words = ("select * from", "insert into", "update pin", "delete from")
    texts = {file: file.read_text(encoding="utf-8").lower() for file in modules()}
    assert [
        str(file)
        for file, text in texts.items()
        if layer(file) != "data" and any(word in text for word in words)
    ] == []


def test_no_page_script_stands_directly_in_pages() -> None:
    assert {file.name for file in (ROOT / "pages").glob("*.py")} == {"__init__.py", "shell.py"}


def test_the_schema_has_no_secondary_index_and_no_foreign_key() -> None:
    for file in (ROOT / "data" / "schema").glob("*.sql"):
        code = "\n".join(
            line.split("--")[0] for line in file.read_text(encoding="utf-8").lower().splitlines()
        )
        assert "create index" not in code
        assert "create unique index" not in code
        assert "references" not in code


def test_only_escaped_or_own_words_are_drawn_as_html() -> None:
    """Nobody switches Streamlit's own protection off."""
    assert [str(f) for f in modules() if "unsafe_allow" in f.read_text(encoding="utf-8")] == []
