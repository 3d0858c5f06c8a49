"""The jury's screen and the admin's, run whole: shell, gate, page."""

import html
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from components.cards import plain
from components.map import Mark
from components.projects import apart, wanted_from
from components.proposal_marks import SHADES, marks, shade
from components.words import words
from data import instance, needs, people, pins, projects, receipts, settings
from data.instance import ROOT, Instance, Settings
from data.limits import Limits
from data.rules import HOUSE, VISITOR, Actor, Role
from geo.points import LonLat, metres

HOSTILE = (
    "![x](http://evil.example/y)",
    "[hier](http://evil.example) http://evil.example www.evil.example a@evil.example",
    "<script>alert(1)</script> {{7*7}} ${7*7} $x^2$",
    ":red[rot] :smile: :material/home: # Titel\n- Liste 1. Zahl | *a* _b_ `c` ~~d~~ -> --",
)
CODE = receipts.code(bytes(range(9)))


@pytest.fixture
def here(store, area, monkeypatch):
    running = Instance(Settings(database=Path("unused")), area, store, Limits())
    monkeypatch.setattr(instance, "running", lambda: running)
    monkeypatch.setattr(session, "running", lambda: running)
    return running


@pytest.fixture
def proposals(here, area, office, now, draft, spots):
    """Store two proposals: one with five voices, of which one was withdrawn, and one hostile, with none."""
    said = (
        ("v1", "problem", "Zu dunkel am Brunnen", "de", "web"),
        ("v2", "problem", "Burası çok karanlık", "tr", "meeting"),
        ("v3", "idea", "نريد ضوءا هنا", "ar", "web"),
        ("v4", "strength", "Der Platz ist schön", "de", "paper"),
        ("v5", "problem", "Das nehme ich zurück", "de", "web"),
    )
    drafts = [
        draft(text, id=id, kind=kind, lang=lang, source=source, code=CODE if id == "v5" else "")
        for id, kind, text, lang, source in said
    ]
    pins.add(here.store, office, area, drafts, now=now)
    ids = [one.id for one in drafts]
    pins.release(here.store, office, ids, now=now)
    need = {"need_id": "need-1", "title": "Licht am Brunnen", "field": "OER", "priority": "now"}
    needs.create(here.store, office, pin_ids=ids, now=now, **need)
    pins.withdraw(here.store, pins.by_receipt(here.store, CODE), now=now)
    same = {"climate": False, "area": area, "now": now}
    projects.create(
        here.store,
        office,
        project_id="p1",
        title="Lampen",
        description="Licht für alle",
        fund="aktionsfonds",
        cents=101,
        field="OER",
        at=spots.fountain,
        need_ids=["need-1"],
        applicant="Nachbarschaft",
        details={"period": "Mai", "costs": [{"item": "Lampe", "cents": 101}]},
        **same,
    )
    projects.create(
        here.store,
        office,
        project_id="p2",
        title=HOSTILE[0],
        description=HOSTILE[2],
        fund="projektfonds",
        cents=6_000_00,
        field="BI",
        at=spots.lawn,
        need_ids=[],
        details={"period": HOSTILE[2], "costs": "kaputt"},
        **same,
    )


@pytest.fixture
def visit(here, monkeypatch):
    """Open a page as somebody."""

    def run(actor: Actor, page: str, **query: str) -> AppTest:
        monkeypatch.setattr(session, "actor", lambda: actor)
        app = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=30)
        app.query_params.update({"lang": "de", **query})
        return app.switch_page(f"{page}.py").run()

    return run


def seen(app: AppTest) -> str:
    """Return what the page says, as text."""
    assert not app.exception, app.exception
    parts = [str(part.proto.body) for part in app.get("html")]
    parts += [part.value for part in (*app.markdown, *app.header, *app.text, *app.info, *app.error)]
    return html.unescape(re.sub(r"<[^>]+>", " ", " ".join(parts)))


def raw(app: AppTest) -> str:
    return " ".join(str(part.proto.body) for part in app.get("html"))


# --- who may see it ---------------------------------------------------------------


def test_a_visitor_is_shown_the_way_to_log_in(visit, proposals):
    app = visit(VISITOR, "jury/proposals")
    assert words("de")("gate.closed") in seen(app)
    assert "/auth/login?lang=de" in raw(app)
    assert "Lampen" not in seen(app)


@pytest.mark.parametrize("name", ["inbox", "pins", "groups", "needs", "projects", "people"])
def test_the_jury_sees_no_page_of_the_office(visit, proposals, jury, name):
    assert words("de")("gate.other_account") in seen(visit(jury, f"office/{name}"))


@pytest.mark.parametrize("role", [Role.VISITOR, Role.JURY, Role.OFFICE])
def test_only_an_admin_sees_the_accounts(visit, role):
    app = visit(Actor(role, person="somebody", name="X"), "office/people")
    assert words("de")("people.accounts") not in seen(app)


# --- reading ------------------------------------------------------------------------


def test_the_list_has_every_proposal_with_fund_and_sum(visit, proposals, jury):
    text = seen(visit(jury, "jury/proposals"))
    assert "Aktionsfonds · 1,01 €" in text
    assert "Projektfonds · 6.000 €" in text
    assert "6.001,01 €" in text


def test_an_open_proposal_says_what_how_much_and_where(visit, proposals, jury):
    text = seen(visit(jury, "jury/proposals", project="1"))
    for part in ("Licht für alle", "1,01 €", "Mai", "Nachbarschaft", "Lampe", "Licht am Brunnen"):
        assert part in text


def test_voices_are_in_their_own_words_and_strengths_among_them(visit, proposals, jury):
    text = seen(visit(jury, "jury/proposals", project="1"))
    for part in ("Burası çok karanlık", "نريد ضوءا هنا", "Der Platz ist schön"):
        assert part in text


def test_voices_are_counted_by_kind_language_and_source(visit, proposals, jury):
    tables = raw(visit(jury, "jury/proposals", project="1"))
    rows = re.findall(r'<th scope="row">(?:<span[^>]*></span>)?([^<]+)</th><td>(\d+)</td>', tables)
    assert {("Problem", "2"), ("Idee", "1"), ("Stärke", "1")} <= set(rows)
    assert {("Deutsch", "2"), ("Türkisch", "1"), ("Arabisch", "1")} <= set(rows)
    assert {("Internet", "2"), ("Treffen", "1"), ("Papier", "1")} <= set(rows)


@pytest.mark.parametrize("role", [Role.JURY, Role.OFFICE])
def test_a_withdrawn_voice_is_neither_shown_nor_counted(visit, proposals, role):
    text = seen(visit(Actor(role, person="x", name="X"), "jury/proposals", project="1"))
    assert "Das nehme ich zurück" not in text
    assert words("de").many("voices.count", 4) in text


def test_a_draft_is_not_for_the_jury(visit, proposals, here, jury, office, area, now, spots):
    same = {"climate": False, "area": area, "now": now, "need_ids": [], "description": ""}
    projects.create(
        here.store,
        office,
        project_id="p3",
        title="Entwurf",
        fund="aktionsfonds",
        cents=500,
        field="IN",
        at=spots.lawn,
        status="draft",
        **same,
    )
    text = seen(visit(jury, "jury/proposals", project="3"))
    assert "5 €" not in text
    assert words("de")("proposals.unknown") in text


def test_the_address_keeps_the_filter(visit, proposals, jury):
    app = visit(jury, "jury/proposals", fund="projektfonds", field="BI", status="submitted")
    assert "Aktionsfonds · 1,01 €" not in seen(app)
    assert "1 von 2 Anträgen" in seen(app)


def test_a_filter_that_nothing_fits_says_so(visit, proposals, jury):
    app = visit(jury, "jury/proposals", fund="aktionsfonds", field="BI")
    assert words("de")("proposals.none_found") in seen(app)


def test_nonsense_in_the_address_is_no_trouble(visit, proposals, jury):
    app = visit(jury, "jury/proposals", fund="<b>", status="x,y", project="-1' or 1=1")
    assert words("de")("proposals.unknown") in seen(app)


def test_an_empty_office_has_no_proposals(visit, jury):
    assert words("de")("proposals.none") in seen(visit(jury, "jury/proposals"))


def test_the_walk_begins_in_the_west_and_goes_on_to_the_next_place(visit, proposals, jury):
    app = visit(jury, "jury/proposals")
    app.button(key="jury-walk").click().run()
    assert app.query_params["project"] == "1"  # the fountain lies west of the lawn
    assert app.button(key="jury-previous").disabled
    assert "1 von 2" in seen(app)
    app.button(key="jury-next").click().run()
    assert app.query_params["project"] == "2"
    assert app.button(key="jury-next").disabled


def test_hostile_words_stay_words(visit, proposals, jury):
    app = visit(jury, "jury/proposals", project="2")
    assert "<script>alert" not in raw(app)
    assert html.escape(HOSTILE[2]) in raw(app)
    assert app.button(key="open-2").label == f"2 · \u2068{plain(HOSTILE[0])}\u2069"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_says_the_same_without_any_mark_left(text):
    label = plain(text)
    assert label.replace("\u2060", "").replace("\\", "") == " ".join(text.split())
    assert not re.search(r"(?<!\\)[\[\]()*_`~#$<>!|:]", label)
    assert not re.search(r"https?:/|www\.|@\w|:\w", label.replace("\\", ""))


def test_marks_of_one_place_stand_apart_but_near():
    at = LonLat(13.42, 52.5)
    for many in (2, 9, 200):
        moved = [mark.at for mark in apart([Mark(str(i), at, "idea") for i in range(many)])]
        assert moved[0] == at
        assert len(set(moved)) == many
        assert all(metres(at, other) < 42 for other in moved)


def test_the_chosen_proposal_keeps_its_place_and_the_others_step_back(proposals, here, jury):
    lamps, hostile = reversed(projects.listing(here.store, jury))
    behind = projects.pins_behind(here.store, jury, lamps.id)
    drawn = marks([lamps, hostile], [lamps], behind, "v2")
    assert (drawn[0].id, drawn[0].at, drawn[0].look) == ("p1", lamps.at, "chosen")
    assert {mark.id: mark.look for mark in drawn}["v2"] == "chosen"
    assert drawn[-1].look == "dim"
    assert len(drawn) == 6


def test_a_mark_is_shaped_by_fund_sized_by_sum_and_shaded_by_state(proposals, here, jury):
    drawn = {mark.id: mark for mark in marks(projects.listing(here.store, jury), [], [])}
    assert (drawn["p1"].shape, drawn["p2"].shape) == ("aktionsfonds", "projektfonds")
    assert drawn["p1"].size < drawn["p2"].size
    assert drawn["p1"].shade == "early"
    assert {shade(status) for status in projects.ProjectStatus} == set(SHADES)


def test_what_is_unknown_is_no_filter():
    assert wanted_from({"fund": "gold", "field": "BI,OER,x"}).fund == ()
    assert wanted_from({"field": "OER,BI"}).field == ("BI", "OER")


# --- the admin ----------------------------------------------------------------------


@pytest.fixture
def staff(here, now):
    """Store an admin and somebody of the jury."""
    same = {"password": "ein-langes-wort-7", "now": now, "demo": True}
    for id, role in (("id-admin", Role.ADMIN), ("id-jury", Role.JURY)):
        people.add(here.store, HOUSE, person_id=id, login=role, name=HOSTILE[1], role=role, **same)
    return Actor(Role.ADMIN, person="id-admin", name="Leitung")


def test_a_setup_link_is_shown_once_and_works(visit, staff, here):
    app = visit(staff, "office/people")
    app.selectbox(key="people-role").set_value(Role.OFFICE)
    offer = next(b for b in app.button if b.label == words("de")("people.offer"))
    offer.click().run()
    token = re.search(r"/auth/setup/([\w-]+)", raw(app))[1]
    assert people.setup_role(here.store, token, now=session.now()) == Role.OFFICE
    assert "/auth/setup/" not in raw(app.run())


def test_an_account_is_closed_and_opened_again(visit, staff, here):
    app = visit(staff, "office/people")
    app.button(key="disable-id-jury").click().run()
    assert words("de")("people.disabled") in seen(app)
    app.button(key="enable-id-jury").click().run()
    assert words("de")("people.disabled") not in seen(app)
    assert not any(person.disabled for person in people.listing(here.store, staff))


def test_nobody_closes_the_own_account(visit, staff):
    app = visit(staff, "office/people")
    assert not [b for b in app.button if b.key == "disable-id-admin"]


def test_the_own_password_needs_the_old_one(visit, staff):
    app = visit(staff, "office/people")
    app.text_input(key="old-id-admin").set_value("falsch")
    app.text_input(key="new-id-admin").set_value("ganz-neues-wort")
    save = [b for b in app.button if b.label == words("de")("people.password_save")]
    save[-1].click().run()
    assert words("de")("problem.password.old_wrong") in seen(app)


def test_moderation_is_changed(visit, staff, here):
    app = visit(staff, "office/people")
    app.radio(key="people-moderation").set_value("at_once").run()
    next(b for b in app.button if b.label == words("de")("people.moderation_save")).click().run()
    assert settings.moderation(here.store) == "at_once"
