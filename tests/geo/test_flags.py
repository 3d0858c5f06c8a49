"""What the rules find in texts of four languages, where the words stand, and what they leave alone."""

import csv
from pathlib import Path

import pytest

from geo.flags import find, flags_of
from geo.flags_text import Flag, read

SENTENCES = list(
    csv.DictReader(
        Path(__file__).with_name("flags_sentences.csv").read_text(encoding="utf-8").splitlines()
    )
)
PERSONAL = {"phone", "email", "name", "plate", "iban", "address", "handle", "birthday"}
ALSO = {
    "hate": {"insult", "threat"},
    "insult": {"hate", "threat"},
    "danger": {"threat"},
    "personal": PERSONAL,
}


def told(words: str) -> set[str]:
    """Return the flags of a text; of personal data and of threats the reason."""
    own = PERSONAL | {"threat"}
    return {one.reason if one.reason in own else one.flag.value for one in find(words)}


@pytest.mark.parametrize("row", [row for row in SENTENCES if row["flags"]], ids=lambda r: r["text"])
def test_a_sentence_that_should_be_looked_at_is_flagged(row) -> None:
    # whether an insult is one of a group, or a threat, is a fine point; that it is flagged is not
    assert told(row["text"]) & ({row["flags"]} | ALSO.get(row["flags"], set()))


@pytest.mark.parametrize(
    "row", [row for row in SENTENCES if not row["flags"]], ids=lambda r: r["text"]
)
def test_an_everyday_sentence_is_not_flagged(row) -> None:
    assert told(row["text"]) == set()


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("Rückfragen: 030 / 231 25 417!", "030 / 231 25 417"),
        ("İletişim: 0532 417 09 55", "0532 417 09 55"),
        ("اتصلوا على ٠١٥٢٢٨٨١٧٣٨٦ مساءً", "٠١٥٢٢٨٨١٧٣٨٦"),
        ("Du Idi\u00adot, wirklich", "Idi\u00adot"),
        ("Was für ein A\u0308rger, Arschloch!", "Arschloch"),
    ],
)
def test_the_words_marked_are_those_of_the_text_as_written(words, marked) -> None:
    assert marked in [words[one.start : one.end] for one in find(words)]


def test_the_most_pressing_comes_first() -> None:
    text = "Du Arschloch, Gasgeruch im Haus, ruft 030 23125 000 an"
    assert flags_of(find(text))[:3] == (Flag.DANGER, Flag.PERSONAL, Flag.INSULT)


@pytest.mark.parametrize(
    "words",
    ["", " ", "\n", "٠" * 900, "a" * 1000, "1" * 1000, "- " * 500, "{{7*7}} <b>", "🔥" * 40],
)
def test_no_text_breaks_the_rules(words) -> None:
    for one in find(words):
        assert 0 <= one.start < one.end <= len(words)


def test_folding_keeps_every_sign_in_its_place() -> None:
    words = "İstanbul’da ßÄÖÜ ﬁ ½ ﷺ ٣"
    text = read(words)
    assert len(text.plain) == len(text.said) == len(words)
