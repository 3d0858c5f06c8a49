"""Residents' words are cleaned of what no keyboard types, and never changed otherwise."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import texts


@given(st.text())
def test_cleaning_twice_is_cleaning_once(words: str) -> None:
    assert texts.clean(texts.clean(words)) == texts.clean(words)


@given(st.text())
def test_nothing_invisible_is_left_that_could_harm_a_page(words: str) -> None:
    left = {
        unicodedata.category(sign)
        for sign in texts.clean(words).replace("\n", "").replace("\t", "")
    }
    assert not left & {"Cc", "Cs", "Cn", "Co"}
    assert not set(texts.clean(words)) & set("\u202a\u202b\u202c\u202d\u202e")


@given(st.text(alphabet=st.characters(max_codepoint=0x24F, exclude_categories=["Cc"])))
def test_plain_writing_takes_the_short_way_to_the_same_end(words: str) -> None:
    assert texts.clean(words) == unicodedata.normalize("NFC", words).strip()


@pytest.mark.parametrize(
    "words",
    [
        "Zu dunkel!",
        "Çok karanlık, ışık yok",
        "المكان مظلم جدًا",
        "<script>alert(1)</script>",
        "{{7*7}} ${7*7} ![](http://x/y)",
        "Müll 🗑️ überall\nund Ratten",
    ],
)
def test_what_people_write_stays_as_it_is(words: str) -> None:
    assert texts.clean(words) == words


def test_overrides_controls_and_zalgo_go() -> None:
    assert texts.clean("a\u202eb\x00c\x1b[31m") == "abc[31m"
    assert len(texts.clean("Z" + "\u0334" * 50)) <= 5
    assert texts.clean("\ud800 a") == "a"


@given(st.text(alphabet="a \n\u2029\u2066\u2067\u2068\u2069\u05d0"))
def test_what_turns_a_line_round_ends_in_it_and_ends_nothing_else(words: str) -> None:
    assert texts.clean(texts.clean(words)) == texts.clean(words)
    for line in texts.clean(words).replace("\u2029", "\n").split("\n"):
        opened = [sum((s in "\u2066\u2067\u2068") - (s == "\u2069") for s in line[:n])
                  for n in range(len(line) + 1)]  # fmt: skip
        assert min(opened) == opened[-1] == 0


def test_an_isolate_that_is_right_stays_as_it_is() -> None:
    assert texts.clean("a \u2066b \u2067c\u2069\u2069 d") == "a \u2066b \u2067c\u2069\u2069 d"
    assert texts.clean("\u2067auf") == "\u2067auf\u2069"
    assert texts.clean("\u2069\u2069zu") == "zu"


@pytest.mark.parametrize("nothing", [None, 5, "", "   ", "\u202e", "\x00\x01", b"x"])
def test_nothing_said_is_empty(nothing: object) -> None:
    assert texts.clean(nothing) == ""


@pytest.mark.parametrize(
    ("words", "screen", "lang"),
    [
        ("Zu dunkel", "de", "de"),
        ("Too dark", "en", "en"),
        ("çok karanlık", "de", "tr"),
        ("المكان مظلم", "de", "ar"),
        ("Bitte Licht am Weg", "ar", "de"),
        ("🙂", "ar", "ar"),
    ],
)
def test_the_language_of_a_text_is_guessed_from_its_letters(words, screen, lang) -> None:
    assert texts.lang_of(words, screen) == lang
