import json

import pytest

from data import legal
from data.problems import BadInput, NotAllowed


def test_nothing_is_filled_in_at_first(store):
    assert legal.blanks(store) == {}
    assert legal.missing(legal.blanks(store)) == legal.BLANKS
    assert legal.own_texts(store) == ()


def test_a_blank_is_kept_cleaned_and_can_be_emptied(store, admin, now):
    legal.fill(store, admin, {"phone": "  030\u202e 12 ", "email": "kiez@example.org"}, now=now)
    assert legal.blanks(store) == {"phone": "030 12", "email": "kiez@example.org"}
    assert "phone" not in legal.missing(legal.blanks(store))
    legal.fill(store, admin, {"phone": ""}, now=now)
    assert legal.blanks(store) == {"email": "kiez@example.org"}


def test_the_trail_keeps_what_stood_there_before(store, admin, now):
    for text in ("Alt", "Neu", "Neu"):
        legal.fill(store, admin, {"controller": text}, now=now)
    told = [
        json.loads(details)
        for (details,) in store.read(
            "select details from trail where thing_id = 'legal.blank.controller' order by id"
        )
    ]
    assert told == [{"value": "Alt", "before": ""}, {"value": "Neu", "before": "Alt"}]


@pytest.mark.parametrize("given", [{"password": "x"}, {"phone": "9" * 301}, {"phone": "9" * 9999}])
def test_a_blank_that_is_unknown_or_too_long_is_refused_and_none_is_kept(store, admin, now, given):
    with pytest.raises(BadInput):
        legal.fill(store, admin, {"controller": "Träger", **given}, now=now)
    assert legal.blanks(store) == {}


def test_an_own_text_stands_for_one_page_in_one_language(store, admin, now):
    legal.replace(store, admin, page="privacy", lang="ls", text="Kurz.\r\n\r\nGut.", now=now)
    assert legal.own_text(store, "privacy", "ls") == "Kurz.\n\nGut."
    assert legal.own_text(store, "privacy", "de") == ""
    assert legal.own_text(store, "imprint", "ls") == ""
    assert legal.own_texts(store) == ("privacy.ls",)


def test_an_emptied_own_text_goes_back_to_the_template(store, admin, now):
    legal.replace(store, admin, page="imprint", lang="de", text="Unser Text", now=now)
    legal.replace(store, admin, page="imprint", lang="de", text=" \n ", now=now)
    assert legal.own_texts(store) == ()


@pytest.mark.parametrize(("page", "lang"), [("terms", "de"), ("privacy", "fr"), ("", "")])
def test_a_page_that_does_not_exist_has_no_text(store, admin, now, page, lang):
    with pytest.raises(BadInput):
        legal.replace(store, admin, page=page, lang=lang, text="x", now=now)


def test_a_text_without_end_is_refused(store, admin, now):
    with pytest.raises(BadInput) as refused:
        legal.replace(store, admin, page="privacy", lang="de", text="x" * 30_001, now=now)
    assert refused.value.params == {"length": 30_001, "limit": legal.MAX_TEXT}


def test_the_office_may_read_but_not_write_them(store, office, now):
    with pytest.raises(NotAllowed):
        legal.fill(store, office, {"phone": "1"}, now=now)
    with pytest.raises(NotAllowed):
        legal.replace(store, office, page="privacy", lang="de", text="x", now=now)
