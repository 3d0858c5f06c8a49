"""The legal pages' text as HTML: nobody's words become markup, no blank stays open unseen."""

import re
import string

import pytest

from components import legal as shown
from components.words import LANGUAGES, words
from data import legal, retention

EVIL = "<img src=x onerror=alert(1)> {controller} & *x*"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_section_of_every_page_has_words(lang) -> None:
    for page, names in shown.SECTIONS.items():
        for name in names:
            for key in (f"legal.{page}.{name}.title", f"legal.{page}.{name}"):
                assert words(lang)(key) not in ("", key)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_blank_of_the_templates_is_one_that_the_office_can_fill(lang) -> None:
    used = {
        name
        for page, names in shown.SECTIONS.items()
        for one in names
        for _, name, _, _ in string.Formatter().parse(words(lang)(f"legal.{page}.{one}"))
        if name
    }
    kept = {name.removeprefix("keep_") for name in used if name.startswith("keep_")}
    assert kept <= set(retention.NAMES) | {"backups"}
    assert used - {"reasons", "sources"} - {f"keep_{name}" for name in kept} == set(legal.BLANKS)


def test_an_own_text_cannot_be_more_than_words() -> None:
    assert "<img" not in shown.own_html(EVIL)
    assert shown.own_html("a\n\n\n \n\nb") == '<p dir="auto">a</p><p dir="auto">b</p>'
    assert shown.own_html(" ") == ""


def test_a_filled_blank_cannot_be_more_than_words() -> None:
    said = shown._blank(words("de"), "controller", EVIL, staff=False)
    assert "<img" not in said
    assert shown._section("Name: {controller}", {"controller": said}).count("{controller}") == 1


def test_an_e_mail_address_can_be_tapped_and_nothing_else_becomes_a_link() -> None:
    say = words("de")
    assert 'href="mailto:kiez@example.org"' in shown._blank(say, "email", "kiez@example.org", False)
    for text in ('a@b.de" onclick="x', "javascript:alert(1)", "kiez@example.org?cc=x@y.de"):
        assert "href" not in shown._blank(say, "email", text, False)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_open_blank_is_marked_for_the_office_and_neutral_for_residents(lang) -> None:
    say = words(lang)
    assert "kk-missing" in shown._blank(say, "phone", "", staff=True)
    assert say("legal.open") in shown._blank(say, "phone", "", staff=False)


def test_the_reasons_to_hide_stand_where_the_template_says() -> None:
    html = shown._section("Vorher\n{reasons}\nNachher", {"reasons": "• eins\n• zwei"})
    assert html == "<p>Vorher</p><ul><li>eins</li><li>zwei</li></ul><p>Nachher</p>"


def test_a_link_ends_where_its_sentence_ends() -> None:
    html = shown._section("Siehe https://www.berlin.de/lb/.", {})
    assert re.search(r'href="https://www\.berlin\.de/lb/" rel="noreferrer"', html)
