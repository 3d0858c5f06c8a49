"""All words in all languages: complete, with the same blanks, and none on screen from elsewhere."""

import ast
import re
import string
from pathlib import Path

import pytest

from components.words import EASY, catalogs, words
from components.words import LANGUAGES as SHOWN

ROOT = Path(__file__).parents[1]
DOMAINS = sorted(file.stem for file in (ROOT / "locales" / "de").glob("*.po"))
LANGUAGES = [lang for lang in SHOWN if lang != EASY]
# What no resident ever sees stays plain German there
OFFICE_ONLY = {
    "bodies",
    "projects",
    "consultations",
    "deciding",
    "funds",
    "sittings",
    "accounts",
    "answers",
    "box",
    "desk",
    "exchange",
    "figures",
    "filters",
    "flags",
    "groups",
    "inbox",
    "into",
    "jury",
    "meetings",
    "minutes",
    "needs",
    "office",
    "partners",
    "people",
    "routes",
    "safety",
    "texts",
}
LONGEST = 15  # words of a sentence in easy German
KEY = re.compile(r"[a-z_]+(\.[A-Za-z0-9_]+)+")


def entries(lang: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for catalog in catalogs(lang):
        for message in catalog:
            if message.id:
                key = message.id if isinstance(message.id, str) else message.id[0]
                text = message.string
                found[key] = (text,) if isinstance(text, str) else tuple(text)
    return found


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_has_every_domain(lang: str) -> None:
    assert sorted(file.stem for file in (ROOT / "locales" / lang).glob("*.po")) == DOMAINS


def test_easy_german_has_every_domain_of_the_residents() -> None:
    easy = {file.stem for file in (ROOT / "locales" / EASY).glob("*.po")}
    assert easy == set(DOMAINS) - OFFICE_ONLY


def test_easy_german_says_everything_that_german_says() -> None:
    for catalog in catalogs("de"):
        if catalog.domain in OFFICE_ONLY:
            continue
        easy = next(one for one in catalogs(EASY) if one.domain == catalog.domain)
        keys = [m.id if isinstance(m.id, str) else m.id[0] for m in catalog if m.id]
        assert sorted(keys) == sorted(
            m.id if isinstance(m.id, str) else m.id[0] for m in easy if m.id
        ), catalog.domain


def test_easy_german_has_the_same_blanks() -> None:
    german = entries("de")
    for key, texts in entries(EASY).items():
        assert set.union(*(blanks(text) for text in texts)) == set.union(
            *(blanks(text) for text in german[key])
        ), key


def sentences(text: str) -> list[str]:
    """Split as a reader would; a link or a name is one word, a colon ends a statement too."""
    said = re.sub(r"https?://\S+|\{[^}]*\}|„[^“]*“", "Wort", text)
    return [part for part in re.split(r"[.!?:…](?:\s|$)|\n|• ", said) if part.strip()]


def test_easy_german_keeps_its_rules() -> None:
    broken = []
    for key, texts in entries(EASY).items():
        for text in texts:
            shown = re.sub(r"\{[^}]*\}", "", text)
            broken += [
                (key, sign)
                for sign in ("*", ";", "(", ")", "[", "z. B.", "bzw.", "Nr. ", "d. h.")
                if sign in shown
            ]
            broken += [(key, part) for part in sentences(text) if len(part.split()) > LONGEST]
    assert broken == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_key_stands_in_one_domain_only(lang: str) -> None:
    keys = [m.id if isinstance(m.id, str) else m.id[0] for c in catalogs(lang) for m in c if m.id]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_untranslated(lang: str) -> None:
    assert set(entries(lang)) == set(entries("de"))
    assert [key for key, texts in entries(lang).items() if not all(texts)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plurals_have_every_form_of_the_language(lang: str) -> None:
    forms = {"de": 2, "en": 2, "tr": 2, "ar": 6}[lang]
    assert [key for key, texts in entries(lang).items() if len(texts) not in (1, forms)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_blanks_are_the_same_in_every_language(lang: str) -> None:
    german = entries("de")
    for key, texts in entries(lang).items():
        wanted = set.union(*(blanks(text) for text in german[key]))
        for text in texts:
            # a plural form may do without its number ("one contribution")
            assert blanks(text) <= wanted, key
            assert wanted - blanks(text) <= {"n"}, key


def test_every_key_in_the_code_has_words() -> None:
    known = set(entries("de"))
    missing = set()
    for file in [*ROOT.glob("components/**/*.py"), *ROOT.glob("pages/**/*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _asks_for_words(node.func) and node.args:
                key = node.args[0]
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    missing |= {key.value} - known - set(SHOWN)
    assert sorted(missing) == []


def _asks_for_words(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr == "many"
    return isinstance(function, ast.Name) and function.id in ("words", "say", "tell")


def test_every_refusal_of_the_data_layer_has_words() -> None:
    known = set(entries("de"))
    kinds = {"Problem", "NotAllowed", "NotFound", "BadInput", "Conflict", "TooMany", "StoreTrouble"}
    missing = set()
    for file in (ROOT / "data").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if named and node.func.id in kinds and node.args:  # type: ignore[attr-defined]
                key = node.args[0]  # type: ignore[attr-defined]
                if isinstance(key, ast.Constant):
                    missing |= {f"problem.{key.value}"} - known
    assert sorted(missing) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_arabic_alone_runs_from_the_right(lang: str) -> None:
    assert words(lang).dir == ("rtl" if lang == "ar" else "ltr")


def test_an_unknown_language_is_german() -> None:
    assert words("xx").lang == "de"
    assert words("<script>").lang == "de"


def test_residents_words_are_no_template() -> None:
    assert words("de")("start.port_taken", port="{0.__class__} {url}").startswith(
        "Port {0.__class__} {url} ist"
    )


def test_money_is_written_exactly() -> None:
    assert words("de").money(148_000) == "1.480 €"
    assert words("de").money(101) == "1,01 €"
