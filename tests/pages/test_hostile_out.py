"""Hostile words on their way out: tables, maps, papers and letters hold them as words, all of them."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pypdf
import pytest

from components.words import words
from data import audit, exports, minutes, pins, sittings
from data.filters import Filter
from data.rules import HOUSE, VISITOR
from data.texts import clean
from pages.api import pdf, print_minutes
from pages.api.pdf import Document
from pages.api.print_page import theirs
from tests.data.hall import Hall
from tests.hostile import CORPUS, one_of_each

ACTIVE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e]")


@pytest.fixture
def said(store, area, now, office, draft) -> list[str]:
    """Store every text of the corpus that a pin takes, and return them as they are kept."""
    taken = [draft(text, id=f"pin-{n}") for n, text in enumerate(CORPUS)]
    drafts = [one for one in taken if 0 < len(clean(one.words)) <= pins.MAX_WORDS]
    pins.add(store, VISITOR, area, drafts, now=now)
    pins.release(store, office, [one.id for one in drafts], now=now, note=CORPUS[0])
    return [clean(one.words) for one in drafts]


def test_a_table_has_every_text_and_no_formula(store, office, said) -> None:
    text = "".join(exports.pins_csv(store, office, Filter()))
    rows = list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))
    assert len(rows) == len(said) > 500
    for row in rows:
        for name in exports.TYPED:
            assert not row[name].lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")), row[name]
    assert not ACTIVE.search(text)


def test_a_map_file_is_valid_and_has_every_text_exactly(store, office, said) -> None:
    found = json.loads("".join(exports.pins_geojson(store, office, Filter())))
    assert sorted(one["properties"]["words"] for one in found["features"]) == sorted(said)


def test_the_trail_tells_of_them_all_and_stands(store, office, said) -> None:
    audit.seal(store)
    assert audit.verify(store, office).ok
    assert audit.lines(store, office, limit=50)


class _Reader(HTMLParser):
    """Reads a piece of a page: which tags it opens, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_on_paper_a_text_is_one_element_with_its_words() -> None:
    for text in CORPUS:
        reader = _Reader()
        reader.feed(theirs(clean(text)))
        reader.close()
        assert reader.tags == ["span"], text
        assert "".join(reader.text) == clean(text)


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_a_pdf_is_drawn_with_the_whole_corpus_in_it(now, lang) -> None:
    blocks = []
    for text in (clean(one) for one in CORPUS):
        blocks.append({"is": "heading", "level": 2, "t": " ".join(text.split())[:200]})
        blocks.append({"is": "line", "t": pdf.theirs(text, lang)})
    made = pdf.drawn(words(lang), Document("Titel", "Kiezkarte", blocks, "Fuß", now))
    found = pypdf.PdfReader(io.BytesIO(made))
    shown = "".join("".join(page.extract_text().split()) for page in found.pages)
    assert shown.count("pwned") > 600
    for text in ("#import", "7*7", "$x^2$") if lang == "de" else ():  # Arabic turns them round
        assert text in shown
    assert "/StructTreeRoot" in found.trailer["/Root"]  # tagged also where a font lacks a sign
    names = [page.get("/Annots") for page in found.pages]
    assert not any(names)  # no link, no script


def test_minutes_of_a_sitting_whose_every_word_is_hostile(store, now, office, area, spots) -> None:
    texts = [clean(one) for one in one_of_each() if clean(one) and len(clean(one)) <= 80]
    hall = Hall(store, now, office, area, spots)
    hall.add_body()
    for number in range(1, 6):
        hall.add_member(number, name=texts[number * 3])
    hall.plan(*[sittings.Item(f"i{n}", "talk", text) for n, text in enumerate(texts)])
    hall.lead(sittings.open_)
    hall.come(1, 2, 3, 4, 5)
    for n, text in enumerate(texts):
        hall.call(f"i{n}")
        hall.lead(sittings.postpone, item_id=f"i{n}", reason=text)
    hall.lead(sittings.close)
    told = minutes.of(store, HOUSE, hall.id)
    made = pdf.drawn(words("de"), print_minutes.document(words("de"), told, "Mariannenplatz"))
    found = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    shown = "".join(found.split())
    for text in texts:
        if text.isascii():
            assert "".join(text.split()) in shown


def test_arabic_words_turn_nothing_beside_them_in_a_sentence_from_the_left() -> None:
    assert words("de")("pin.number", number="طريق") == "Nr. \u2068طريق\u2069"
    assert words("de")("pin.number", number="Weg") == "Nr. Weg"
    assert "\u2068" not in words("ar")("pin.number", number="طريق")
