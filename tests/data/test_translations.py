"""Translations typed by the team: kept beside a pin, never over somebody else's, gone with the pin."""

from datetime import timedelta

import pytest

from data import pins, redactions, translations
from data.problems import BadInput, Conflict
from data.rules import VISITOR

WORDS = "Zu dunkel am Brunnen"
CODE = "7Q2MX-9D4RT-0KB"


@pytest.fixture
def sent(store, area, now, draft):
    pins.add(store, VISITOR, area, [draft(WORDS, id="p", code=CODE)], now=now)


@pytest.fixture
def write(store, office, sent, now):
    def do(words, lang="tr", *, of=WORDS, seen=None, when=now, actor=office):
        translations.write(store, actor, "p", lang, words, of=of, seen=seen, now=when)

    return do


def there(store, office):
    return translations.of_pins(store, office, ["p"]).get("p", {})


def test_a_translation_is_kept_by_language_with_who_and_when(store, office, write, now):
    write("Çeşme çok karanlık")
    write("Dark at the fountain", "en")
    found = there(store, office)
    assert {lang: one.words for lang, one in found.items()} == {
        "tr": "Çeşme çok karanlık",
        "en": "Dark at the fountain",
    }
    assert found["tr"].at == now


def test_the_words_themselves_stay_as_they_are(store, office, write):
    write("Çeşme çok karanlık")
    assert pins.get(store, office, "p").words == WORDS


def test_nothing_that_somebody_else_wrote_is_overwritten(store, office, admin, write, now):
    write("Çeşme karanlık", actor=admin)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        write("Çok karanlık", when=now + timedelta(minutes=1))
    assert there(store, office)["tr"].words == "Çeşme karanlık"
    write("Çok karanlık", seen=now, when=now + timedelta(minutes=2))
    assert there(store, office)["tr"].words == "Çok karanlık"


def test_an_empty_field_takes_it_away(store, office, write, now):
    write("Çeşme karanlık")
    write("  ", seen=now)
    assert there(store, office) == {}


@pytest.mark.parametrize("lang", ["de", "xx", ""])
def test_a_language_that_makes_no_sense_is_refused(write, lang):
    with pytest.raises(BadInput, match="language"):
        write("Hallo", lang)


def test_too_long_a_text_is_refused(write):
    with pytest.raises(BadInput):
        write("x" * 2001)


def test_blacking_out_erases_translations_and_refuses_those_of_the_original(
    store, office, write, now
):
    write("Çeşme karanlık")
    redactions.black_out(store, office, "p", [(0, 2)], reason="other", seen=WORDS, now=now)
    assert there(store, office) == {}
    with pytest.raises(Conflict, match="words_changed"):
        write("Çeşme karanlık")


def test_it_goes_with_the_pin(store, office, write, now):
    write("Çeşme karanlık")
    pins.withdraw(store, pins.by_receipt(store, CODE), now=now)
    assert store.read("select count(*) from translation") == [(0,)]
