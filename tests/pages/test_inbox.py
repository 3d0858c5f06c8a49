"""The inbox, run whole in memory: work lists, keys, undo, two of the office at one pin."""

from datetime import UTC, datetime, timedelta

import pytest

from components import session
from components.words import LANGUAGES, words
from data import pins, redactions, translations, worklists
from data.rules import VISITOR, Actor, Role
from tests.pages.test_office import HOSTILE, press, show, status, text
from tests.pages.test_office import here as here

OTHER = Actor(Role.OFFICE, person="person-other", name="Frau Yıldız")
PHONE = "Frau Öztürk, 030 23125 417, weiß mehr"


@pytest.fixture
def waiting(here, area, now, draft):
    """Let some pins wait, one a text."""

    def wait(*texts, **changes):
        drafts = [draft(one, id=f"w{n}", **changes) for n, one in enumerate(texts, 1)]
        pins.add(here.store, VISITOR, area, drafts, now=now)

    return wait


@pytest.fixture
def other(here, now):
    """Somebody else of the office, with a name."""
    row = {"now": now.replace(tzinfo=None)}
    here.store.write(
        lambda tx: (
            tx.execute(
                "insert into person values ('person-other', 'other', 'Frau Yıldız', 'office', 'x', "
                "false, $now, null)",
                row,
            )
            and None
        )
    )
    return OTHER


def keys(page) -> dict[str, str]:
    return {one.key: one.proto.shortcut for one in page.button if one.proto.shortcut}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", worklists.Worklist)
def test_every_list_draws_in_every_language(here, office_day, monkeypatch, name, lang) -> None:
    later = datetime.now(UTC) + timedelta(days=400)
    monkeypatch.setattr(session, "now", lambda: later)
    page = show("inbox", lang=lang, list=str(name))
    assert not page.exception
    assert words(lang)(f"worklist.{name}") in str(page.get("button_group")[0].proto)


def test_a_list_that_is_none_is_the_new_one(here, waiting) -> None:
    waiting("Mehr Bänke")
    page = show("inbox", lang="de", list="'; drop table pin; --")
    assert not page.exception
    assert "Mehr Bänke" in text(page)


def test_the_pin_in_turn_stays_when_a_more_pressing_one_comes(here, waiting, area, now, draft):
    waiting("Mehr Bänke")
    page = show("inbox", lang="de")
    gas = draft("Im Keller riecht es nach Gas", id="gas")
    pins.add(here.store, VISITOR, area, [gas], now=now)
    page = press(page, "open-tag-w1")
    assert "Mehr Bänke" in text(page)
    assert "Im Keller" not in text(page)
    assert "Im Keller" in text(press(page, "release-w1"))


def test_no_key_stands_for_two_things(here, waiting) -> None:
    waiting("Mehr Bänke", PHONE)
    page = press(show("inbox", lang="de"), "release-")
    for opened in ("open-tag-", "open-redact-", "open-translate-", "hide-w"):
        page = press(page, opened)
        found = list(keys(page).values())
        assert sorted(found) == sorted(set(found)), opened
        assert {"f", "h", "n", "t", "s", "u", "z"} <= {one.lower() for one in found}


def test_sorting_keeps_the_pin_in_turn_and_can_be_undone(here, waiting, office) -> None:
    waiting("Mehr Bänke")
    page = press(press(show("inbox", lang="de"), "open-tag-w1"), "tag-GB-w1")
    assert pins.get(here.store, office, "w1").field == "GB"
    page = press(page, "tag-climate-w1")
    assert pins.get(here.store, office, "w1").climate
    page = press(press(page, "undo-inbox"), "undo-inbox")
    assert not page.exception
    pin = pins.get(here.store, office, "w1")
    assert (pin.field, pin.climate) == ("", False)


def test_undo_brings_the_pin_back_in_turn(here, waiting, office) -> None:
    waiting("Zuerst", "Danach")
    page = press(show("inbox", lang="de"), "release-w1")
    assert "Danach" in text(page)
    page = press(page, "undo-inbox")
    assert not page.exception
    assert status(here.store, office, "w1") == "waiting"
    assert page.button(key="release-w1")
    assert words("de")("deed.release") in text(page)


def test_undo_is_refused_with_a_sentence_when_somebody_changed_it(here, waiting, office, now):
    waiting("Zuerst", "Danach")
    page = press(show("inbox", lang="de"), "release-w1")
    pins.tag(here.store, OTHER, ["w1"], field="OER", now=now)
    page = press(page, "undo-inbox")
    assert words("de")("problem.undo.changed_meanwhile") in text(page)
    assert status(here.store, office, "w1") == "read"


def test_who_is_second_is_told_who_was_first_and_keeps_the_note(
    here, waiting, other, office, now
) -> None:
    waiting("Zuerst", "Danach")
    page = press(show("inbox", lang="de"), "hide-w1")
    page.text_input(key="note-w1").set_value("Bitte nachsehen")
    pins.release(here.store, other, ["w1"], now=now)
    page = press(page, "hide-insult-w1")
    assert not page.exception
    assert status(here.store, office, "w1") == "read"  # nothing is overwritten
    assert "Frau Yıldız" in text(page)
    assert "Zuerst" in text(page)  # how it stands now
    assert page.text_input(key="note-w1").value == "Bitte nachsehen"
    assert "Danach" in text(press(page, "later-w1"))


def test_who_releases_what_was_hidden_meanwhile_is_told_so(here, waiting, other, office, now):
    waiting("Zuerst")
    page = show("inbox", lang="de")
    pins.hide(here.store, other, ["w1"], reason="insult", now=now)
    page = press(page, "release-w1")
    assert status(here.store, office, "w1") == "hidden"
    assert "ausgeblendet" in text(page)


def test_a_pin_that_was_withdrawn_meanwhile_is_told_and_left(here, waiting, now, area, draft):
    code = "7Q2MX-9D4RT-0KB"
    pins.add(here.store, VISITOR, area, [draft("Geht gleich", id="g", code=code)], now=now)
    page = show("inbox", lang="de")
    pins.withdraw(here.store, pins.by_receipt(here.store, code), now=now)
    page = press(page, "release-g")
    assert not page.exception
    assert words("de")("inbox.meanwhile.withdrawn", number=1) in text(page)
    assert words("de")("inbox.empty") in text(page)


def test_found_personal_data_is_chosen_and_blacked_out_with_one_more_tap(
    here, waiting, office
) -> None:
    waiting(PHONE)
    page = press(press(show("inbox", lang="de"), "open-redact-w1"), "redact-w1")
    assert not page.exception
    said = pins.get(here.store, office, "w1").words
    assert "23125" not in said
    assert "weiß mehr" in said
    assert redactions.of_pin(here.store, office, "w1").original == PHONE
    page = press(page, "redact-back-w1")
    assert pins.get(here.store, office, "w1").words == PHONE


def test_a_pin_that_is_blacked_out_stays_in_turn_until_it_is_released(here, waiting, office):
    waiting("Mehr Bänke", PHONE)
    page = press(show("inbox", lang="de", list="flagged"), "open-redact-w2")
    page = press(press(page, "redact-w2"), "release-w2")
    assert status(here.store, office, "w2") == "read"
    assert words("de")("worklist.empty.flagged") in text(page)


def test_hostile_words_are_words_when_they_are_blacked_out_and_translated(here, waiting) -> None:
    waiting(HOSTILE)
    for opened in ("open-redact-w1", "open-translate-w1"):
        page = press(show("inbox", lang="de"), opened)
        assert not page.exception
        assert "<script>" not in text(page)
        labels = [one.content for group in page.get("button_group") for one in group.proto.options]
        assert not any("![x]" in one or ":red[" in one for one in labels)


def test_a_translation_typed_by_a_colleague_stands_beside_the_words(here, waiting, office):
    waiting("Mehr Bänke")
    page = press(show("inbox", lang="tr"), "open-translate-w1")
    page.text_area[0].set_value("Daha çok bank")
    page = press(page, "translate-save-w1")
    assert not page.exception
    assert translations.of_pins(here.store, office, ["w1"])["w1"]["tr"].words == "Daha çok bank"
    assert "Daha çok bank" in text(show("inbox", lang="de"))


def test_two_who_translate_see_each_other_and_nothing_typed_is_lost(here, waiting, office, now):
    waiting("Mehr Bänke")
    page = press(show("inbox", lang="tr"), "open-translate-w1")
    page.text_area[0].set_value("Benim çevirim")
    translations.write(
        here.store, OTHER, "w1", "tr", "Onun çevirisi", of="Mehr Bänke", seen=None, now=now
    )
    page = press(page, "translate-save-w1")
    assert words("tr")("problem.translation.changed_meanwhile") in text(page)
    assert page.text_area[0].value == "Benim çevirim"
    assert "Onun çevirisi" in text(page)
    page = press(page, "translate-save-w1")
    assert translations.of_pins(here.store, office, ["w1"])["w1"]["tr"].words == "Benim çevirim"


def test_a_pile_is_released_after_it_was_said_how_many_and_undone_as_one(here, waiting, office):
    waiting("Mehr Bänke", "Mehr Licht", PHONE)
    page = show("inbox", lang="de")
    assert words("de").many("pile.sure", 2) in text(page)
    page = press(page, "pile-yes-web")
    stands = [status(here.store, office, f"w{n}") for n in (1, 2, 3)]
    assert stands == ["read", "read", "waiting"]
    page = press(page, "undo-inbox")
    assert {status(here.store, office, f"w{n}") for n in (1, 2, 3)} == {"waiting"}


def test_an_overdue_answer_says_its_day_and_can_be_given_here(
    here, office_day, office, monkeypatch
) -> None:
    due = pins.get(here.store, office, "pin-1").answer_due
    monkeypatch.setattr(session, "now", lambda: datetime.now(UTC) + timedelta(days=400))
    page = show("inbox", lang="de", list="overdue")
    assert words("de").day(due) in text(page)
    assert any((one.key or "").startswith("answers-of-") for one in page.button)
    assert not any((one.key or "").startswith("release-pin-1") for one in page.button)
