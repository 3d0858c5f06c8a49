"""The page of the funds, run whole in memory: pots and their book, rules, fields of action; its file."""

import json
from datetime import UTC, datetime
from html import escape

import pytest

from components import field_names, pot
from components import words as all_words
from components.words import LANGUAGES, words
from data import action_fields, fund_rules, pot_book, pots, projects
from data.filters import local_day
from data.pot_sums import of_project
from data.rules import VISITOR
from tests.pages.test_office import HOSTILE, here, press, show, text  # noqa: F401

NOW = datetime.now(UTC)  # the page has the clock of today
YEAR, FUND = local_day(NOW).year, "aktionsfonds"
SAY = words("de")


@pytest.fixture
def granted(here, area, office, admin, spots):  # noqa: F811
    """A pot of 1.000 EUR, and a project with a hostile title that was granted 300 EUR of it."""
    pots.allot(here.store, admin, fund=FUND, year=YEAR, cents=1_000_00, seen=0, now=NOW)
    projects.create(
        here.store, office, project_id="p-1", title=HOSTILE, description="", fund=FUND,
        cents=300_00, field="OER", climate=False, at=spots.lawn, area=area, need_ids=[], now=NOW,
    )  # fmt: skip
    here.store.write(lambda tx: pots.decide(tx, office, "p-1", 300_00, now=NOW))
    return here


@pytest.fixture
def named():
    """Forget afterwards what a test called fields of action."""
    yield
    all_words.name_anew({})
    field_names._last_days.clear()


def bodies(page):
    """Return all HTML of a page."""
    return "\n".join(one.proto.body for one in page.get("html"))


def typed(page, start, value):
    next(one for one in page.text_input if one.key.startswith(start)).set_value(value)


VIEWS = [(lang, "pots") for lang in LANGUAGES] + [
    ("ar", "rules"),
    ("ar", "fields"),
    ("en", "rules"),
]


@pytest.mark.parametrize(("lang", "view"), VIEWS)
def test_the_views_draw_in_every_language(granted, admin, lang, view):
    granted.actor = admin
    page = show("funds", lang=lang, view=view)
    assert not page.exception
    assert words(lang)("page.funds") in text(page)
    if view == "rules":
        steps = fund_rules.STEPS["projektfonds"]
        assert all(escape(words(lang)(f"fund_step.{key}")) in bodies(page) for key in steps)


def test_a_card_says_what_is_left_and_the_book_why(granted):
    page = bodies(show("funds", lang="de"))
    assert "Im Topf noch 700\xa0€ von 1.000\xa0€" in page
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_the_office_books_a_payment_and_what_is_wrong_keeps_the_form(granted, office):
    page = show("funds", lang="de")
    page.selectbox(key="pot-project").set_value("p-1").run()
    typed(page, "pot-sum-", "300,01")
    next(one for one in page.radio if one.key.startswith("pot-kind-")).set_value("paid")
    page = press(page, "FormSubmitter:pot-form-")
    assert SAY("problem.pot.over_decided", most="300 €") in text(page)
    assert next(one for one in page.text_input if one.key.startswith("pot-sum-")).value == "300,01"
    typed(page, "pot-sum-", "120,50 €")
    page = press(page, "FormSubmitter:pot-form-")
    assert SAY("funds.form.done") in text(page)
    assert of_project(granted.store, "p-1").paid == 120_50


def test_who_books_second_is_told_and_then_may(granted, office):
    page = show("funds", lang="de")
    page.selectbox(key="pot-project").set_value("p-1").run()
    pots.book(
        granted.store, office, token="", project_id="p-1", kind="paid", cents=50_00,
        seen=pots.last_of(granted.store, "p-1"), now=NOW,
    )  # fmt: skip
    typed(page, "pot-sum-", "50")
    next(one for one in page.radio if one.key.startswith("pot-kind-")).set_value("paid")
    page = press(page, "FormSubmitter:pot-form-")
    assert SAY("problem.pot.booked_meanwhile") in text(page)
    assert of_project(granted.store, "p-1").paid == 50_00
    press(page, "FormSubmitter:pot-form-")
    assert of_project(granted.store, "p-1").paid == 100_00


def test_a_wrong_booking_is_taken_back_with_a_reason(granted, office):
    pots.book(
        granted.store, office, token="", project_id="p-1", kind="paid", cents=50_00,
        seen=pots.last_of(granted.store, "p-1"), now=NOW,
    )  # fmt: skip
    wrong = pots.last_of(granted.store, "p-1")
    page = show("funds", lang="de")
    next(one for one in page.selectbox if one.key.startswith("pot-wrong-")).set_value(wrong)
    page = press(page, "pot-take-back")
    assert SAY("problem.pot.reason_missing") in text(page)
    typed(page, "pot-why-", "Falsches Projekt")
    page = press(page, "pot-take-back")
    assert SAY("funds.wrong.done") in text(page)
    assert of_project(granted.store, "p-1").paid == 0


def test_the_admin_allots_and_the_office_and_the_jury_do_not(granted, admin, office, jury):
    granted.actor = admin
    page = show("funds", lang="de")
    typed(page, "pot-allot-sum-", "1.500")
    typed(page, "pot-allot-why-", "Nachschlag")
    press(page, f"pot-allot-{FUND}-{YEAR}-do")
    assert pots.left(granted.store, FUND, YEAR) == 1_200_00
    for actor, may_book in ((office, True), (jury, False)):
        granted.actor = actor
        page = show("funds", lang="de")
        assert not [one for one in page.button if one.key.startswith("pot-allot")]
        assert bool([one for one in page.selectbox if one.key == "pot-project"]) is may_book
        for view in ("rules", "fields"):
            assert not show("funds", lang="de", view=view).text_input


def test_a_visitor_sees_no_pot(granted):
    granted.actor = VISITOR
    page = show("funds", lang="de")
    assert not page.button
    assert "kk-pot" not in text(page)


def test_new_rules_are_typed_and_the_old_ones_stay(granted, admin):
    granted.actor = admin
    before = fund_rules.listing(granted.store, admin)
    page = show("funds", lang="de", view="rules")
    typed(page, "rules-most-", "viel")
    page = press(page, "FormSubmitter:fund-rules-aktionsfonds-")
    assert SAY("problem.project.sum_unreadable") in text(page)
    typed(page, "rules-most-", "2.000")
    for name, bad, key in (("day", "bald", "day_past"), ("lump", "viel", "number_unreadable")):
        stood = next(o.value for o in page.text_input if o.key.startswith(f"rules-{name}-"))
        typed(page, f"rules-{name}-", bad)
        page = press(page, "FormSubmitter:fund-rules-aktionsfonds-")
        assert SAY(f"problem.fund_rules.{key}") in text(page)
        typed(page, f"rules-{name}-", stood)
    page = press(page, "FormSubmitter:fund-rules-aktionsfonds-")
    assert SAY("funds.rules.done") in text(page)
    (new,) = [
        one
        for one in fund_rules.listing(granted.store, admin)
        if one.id not in {old.id for old in before}
    ]
    assert (new.fund, new.least, new.most, new.form) == (FUND, 1, 2_000_00, before[0].form)
    page = press(page, "rules-back-")
    assert SAY("funds.rules.taken_back") in text(page)
    assert fund_rules.listing(granted.store, admin)[0].valid_to is None


def test_a_renamed_field_says_its_name_everywhere(granted, admin, named):
    granted.actor = admin
    page = show("funds", lang="de", view="fields")
    page.selectbox(key="action-field-de").set_value("OER").run()
    typed(page, "action-title-de-", "Plätze & <Parks>")
    page = press(page, "action-rename")
    assert SAY("funds.fields.done") in text(page)
    assert SAY("field.OER") == words("ls")("field.OER") == "Plätze & <Parks>"
    assert words("tr")("field.OER") == "Kamusal alan"
    assert "&lt;Parks&gt;" in text(show("funds", lang="de", view="fields"))
    page.selectbox(key="action-field-de").set_value("GB").run()
    assert words("de")("field.GB") == "Gesundheit und Bewegung"


def test_a_field_is_ended_on_a_typed_day(granted, admin, named):
    granted.actor = admin
    page = show("funds", lang="de", view="fields")
    page.selectbox(key="action-field-de").set_value("GB").run()
    typed(page, "action-last-", "31.12.2035")
    next(one for one in page.selectbox if one.key.startswith("action-into-")).set_value("IN")
    page = press(page, "action-end")
    assert SAY("funds.fields.done") in text(page)
    assert action_fields.now_of(granted.store, "GB", "C") == "IN"
    typed(page, "action-last-", "irgendwann")
    assert SAY("problem.fund_rules.day_past") in text(press(page, "action-end"))


def test_an_old_code_says_its_old_title(granted, named):
    assert SAY("field.Z7") == "field.Z7"
    easy = words("ls")("field.OER")
    field_names.refresh(granted.store)
    assert SAY("field.Z7") == "Besseres Sicherheitsniveau"
    assert words("ar")("field.Z7") == "مستوى أمان أفضل"
    assert words("ls")("field.OER") == easy  # what was never renamed keeps its easy words


def test_a_field_that_ended_is_offered_no_more(granted, admin, named):
    today = local_day(NOW)
    action_fields.end(
        granted.store, admin, "C", "GB", last_day=today, goes_into="IN", version=1, now=NOW
    )
    field_names.refresh(granted.store)
    assert "GB" in field_names.offered()  # its last day
    granted.store.write(
        lambda tx: tx.execute("update action_field set valid_to = '2021-02-01' where code = 'GB'")
    )
    field_names.refresh(granted.store)
    assert field_names.offered() == ("IN", "BI", "OER", "BVK")
    assert field_names.offered("GB") == ("IN", "BI", "OER", "BVK", "GB")


def test_what_is_left_is_said_in_one_line(granted):
    said = pot.said(words("de"), YEAR, 1_000_00, 700_00)
    assert said == "Im Topf noch 700\xa0€ von 1.000\xa0€"
    assert pot.said(words("de"), YEAR, 0, 0) == SAY("pot.left_none", year=YEAR)
    assert "flex-grow:70000" in pot.bar((("left", 700_00), ("paid", 0)))
    assert "kk-pot-paid" not in pot.bar((("left", 700_00), ("paid", 0)))


# --- the file -------------------------------------------------------------------------


def test_the_book_is_a_file_for_who_may_read_it(kiez):
    asked = f"/api/exports/pot.csv?fund={FUND}&year=2026"
    for cookie in ("", "kiezkarte_session=falsch"):
        answer = kiez.ask(asked, **({"cookie": cookie} if cookie else {}))
        assert answer.status == 403
        assert json.loads(answer.body)["error"] == "not_allowed"
    for name in ("office", "jury", "admin"):
        answer = kiez.ask(asked, cookie=kiez.cookie(name))
        assert answer.status == 200
        assert answer.body.decode("utf-8-sig").strip() == ";".join(pot_book.COLUMNS)
        kept = answer.headers["content-disposition"]
        assert kept == f'attachment; filename="kiezkarte-mariannenplatz-{FUND}-2026.csv"'
        assert answer.headers["cache-control"] == "no-store"
    more = {"cookie": kiez.cookie("office"), "sec_fetch_site": "cross-site"}
    assert kiez.ask(asked, **more).status == 403


@pytest.mark.parametrize(
    "query", ["", "fund=x&year=2026", f"fund={FUND}", f"fund={FUND}&year=20%20", "fund=%00&year=1"]
)
def test_a_pot_that_is_none_is_refused(kiez, query):
    answer = kiez.ask(f"/api/exports/pot.csv?{query}", cookie=kiez.cookie("office"))
    assert answer.status == 422
    assert "problem." not in json.loads(answer.body)["sentence"]
