"""The docs say what is true: settings, commands and files that they name exist, and the other way round."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_every_setting_is_in_the_readme() -> None:
    code = [
        *ROOT.glob("*.py"),
        *(f for d in ("data", "pages", "commands") for f in (ROOT / d).rglob("*.py")),
    ]
    used = set().union(
        *(re.findall(r"KIEZKARTE_[A-Z_]+", f.read_text(encoding="utf-8")) for f in code)
    )
    assert sorted(used - set(re.findall(r"KIEZKARTE_[A-Z_]+", README))) == []


def test_every_make_target_is_in_the_readme_and_exists() -> None:
    named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", README, re.MULTILINE))
    assert sorted(targets() - named) == []
    assert sorted(named - targets()) == []


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_links_lead_somewhere(file: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", file.read_text(encoding="utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_modules_named_in_docs_exist(file: Path) -> None:
    named = re.findall(
        r"`((?:data|geo|pages|components|static|tests|commands|locales/de)/[\w./-]+\.\w+)`",
        file.read_text(encoding="utf-8"),
    )
    assert [name for name in named if "NNNN" not in name and not (ROOT / name).exists()] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(f.name[:4]) for f in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_areas_are_described() -> None:
    assert (ROOT / "docs" / "areas.md").exists()
