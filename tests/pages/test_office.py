"""The office's screens, run whole in memory: the inbox, all pins, groups, needs and projects."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from components import group_card, money, session
from components.words import LANGUAGES, words
from data import instance, needs, pins, projects, routes, settings, trail, worklists
from data.groups import Suggestion
from data.instance import ROOT, Instance, Settings
from data.limits import Limits
from data.problems import BadInput
from data.rules import VISITOR, Actor, Role
from geo.subjects import SUBJECTS

PAGES = ("inbox", "pins", "groups", "needs", "projects")
HOSTILE = "![x](http://evil.example/y) <script>alert(1)</script> {{7*7}} :red[rot]"


@pytest.fixture
def here(store, area, office, monkeypatch):
    """Run the pages on a database in memory, as the office unless a test says otherwise."""
    running = Instance(Settings(database=Path("unused")), area, store, Limits())
    monkeypatch.setattr(instance, "running", lambda: running)
    monkeypatch.setattr(session, "running", lambda: running)
    here = SimpleNamespace(store=store, actor=office)
    monkeypatch.setattr(session, "actor", lambda: here.actor)
    return here


def show(name: str, *, way: str = "", **query: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "office" / f"{name}.py"), default_timeout=30)
    for key, value in query.items():
        page.query_params[key] = value
    page.session_state["pages"] = {}
    if way:
        page.session_state["way-need-1"] = way
    return page.run()


def text(page: AppTest) -> str:
    """Return everything on a page as one string."""
    parts = [page.get("html"), page.markdown, page.text, page.error, page.success, page.info]
    return "\n".join(str(getattr(e, "value", "") or e.proto) for part in parts for e in part)


def press(page: AppTest, start: str) -> AppTest:
    return (
        next(button for button in page.button if (button.key or "").startswith(start)).click().run()
    )


def status(store, office_actor, pin_id: str) -> str:
    return pins.get(store, office_actor, pin_id).status


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_draws_in_every_language(here, office_day, name, lang) -> None:
    page = show(name, lang=lang)
    assert not page.exception
    assert words(lang)(f"page.{name}") in text(page)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", [None, Role.JURY])
def test_who_is_not_of_the_office_sees_no_pin_and_no_button(here, office_day, name, role) -> None:
    here.actor = Actor(role, person="p") if role else VISITOR
    page = show(name, lang="de")
    assert not page.exception
    assert "Zu dunkel" not in text(page)
    assert "Dunkel" not in text(page)
    assert not page.button


def test_the_inbox_shows_the_oldest_first_and_the_next_one_at_once(
    here, area, visitor, office, now, draft
) -> None:
    for i, said in enumerate(("Zuerst gesagt", "Danach gesagt"), 1):
        pins.add(here.store, visitor, area, [draft(said, id=f"w{i}")], now=now)
    page = show("inbox", lang="de")
    assert "Zuerst gesagt" in text(page)
    assert "Danach gesagt" not in text(page)
    page = press(page, "release-w1")
    assert status(here.store, office, "w1") == "read"
    assert "Danach gesagt" in text(page)


def test_hiding_needs_a_reason_and_keeps_the_words(here, office_day, office) -> None:
    page = press(show("inbox", lang="de"), "hide-wait")
    assert status(here.store, office, "wait") == "waiting"
    page = press(page, "hide-insult-wait")
    assert not page.exception
    assert status(here.store, office, "wait") == "hidden"
    assert pins.get(here.store, office, "wait").words == "Hier ist es zu dunkel"
    assert words("de")("inbox.empty") in text(page)


def test_a_hidden_pin_is_released_after_all(here, office_day, office, now) -> None:
    pins.hide(here.store, office, ["wait"], reason="spam", now=now)
    page = press(show("inbox", lang="de"), "release-wait")
    assert not page.exception
    assert status(here.store, office, "wait") == "read"


def test_pins_public_at_once_come_to_the_inbox_as_well(
    here, area, admin, visitor, office, now, draft
) -> None:
    settings.change(here.store, admin, "moderation", "at_once", now=now)
    pins.add(here.store, visitor, area, [draft(id="w1")], now=now)
    (found,) = worklists.pins_of(here.store, office, "new", now=now)
    assert (found.id, found.status) == ("w1", "new")


def test_leaving_the_last_pin_for_later_starts_with_the_first_again(
    here, area, visitor, office, now, draft
) -> None:
    pins.add(here.store, visitor, area, [draft(id=f"w{i}") for i in range(3)], now=now)
    page = show("inbox", lang="de")
    order = worklists.ids_of(here.store, office, "new", now=now)
    for name in (*order, order[0]):
        page = press(page, f"later-{name}")


def test_the_filter_of_the_address_is_the_list(here, released) -> None:
    released("Mehr Bänke", kind="idea", prefix="i")
    released("Zu laut", kind="problem", prefix="p")
    page = show("pins", lang="de", kind="idea")
    assert "Mehr Bänke" in text(page)
    assert "Zu laut" not in text(page)


def test_the_screens_language_does_not_filter_pins(here, released) -> None:
    released("Burası çok karanlık ve korkutucu", lang="tr", prefix="t")
    assert "karanlık" in text(show("pins", lang="de"))
    assert "karanlık" not in text(show("pins", lang="tr", spoken="de"))


def test_hostile_words_are_words(here, released) -> None:
    (pin_id,) = released(HOSTILE, prefix="h")
    page = show("pins", lang="de")
    assert "&lt;script&gt;" in text(page)
    assert not any("evil.example" in markdown.value for markdown in page.markdown)
    assert not any("evil.example" in (button.label or "") for button in page.button)
    assert not press(page, f"pins-open-{pin_id}").exception


def test_a_group_becomes_a_need_with_the_ticked_pins_only(here, released, office) -> None:
    released("Überall Müll", "Müll neben der Tonne", "So viel Müll", prefix="m", field="OER")
    page = show("groups", lang="de")
    next(tick for tick in page.checkbox if tick.key == "take-m-2").uncheck()
    accept = next(b for b in page.button if b.label == words("de")("groups.accept"))
    page = accept.click().run()
    assert not page.exception
    (need,) = needs.listing(here.store, office)
    assert {pin.id for pin in needs.pins_of(here.store, office, need.id)} == {"m-1", "m-3"}
    assert need.title.startswith("Müll und Sauberkeit: ")


def test_a_dismissed_group_comes_back_when_undone(here, released) -> None:
    released("Überall Müll", "Müll neben der Tonne", "So viel Müll", prefix="m")
    page = press(show("groups", lang="de"), "dismiss-")
    assert words("de")("groups.empty") in text(page)
    undo = next(b for b in page.button if b.label == words("de")("groups.undo"))
    assert "Überall Müll" in text(undo.click().run())


def test_a_need_changed_meanwhile_is_told_and_the_typed_title_stays(
    here, office_day, office, now
) -> None:
    page = show("needs", lang="de", need="need-1")
    field = next(f for f in page.text_input if (f.key or "").startswith("need-title-"))
    needs.change(here.store, office, "need-1", version=1, title="Von anderen", now=now)
    field.set_value("Von mir")
    save = next(b for b in page.button if b.label == words("de")("need.save"))
    page = save.click().run()
    assert words("de")("problem.need.changed_meanwhile") in text(page)
    assert needs.get(here.store, office, "need-1").title == "Von anderen"
    kept = next(f for f in page.text_input if (f.key or "").startswith("need-title-"))
    assert kept.value == "Von mir"
    page = next(b for b in page.button if b.label == words("de")("need.save")).click().run()
    assert needs.get(here.store, office, "need-1").title == "Von mir"


def test_a_pin_taken_out_of_a_need_stands_alone_again(here, office_day, office) -> None:
    page = press(show("needs", lang="de", need="need-1"), "out-pin-1")
    assert not page.exception
    assert status(here.store, office, "pin-1") == "read"


def prepared(authority: str) -> AppTest:
    """Open need-1, choose to whom it goes and let the letter be prepared."""
    page = show("needs", lang="de", need="need-1", way="authority")
    chosen = next(s for s in page.selectbox if (s.key or "").startswith("authority-need-1"))
    return press(chosen.set_value(authority).run(), "prepare-need-1")


def by_label(page: AppTest, key: str) -> AppTest:
    return next(b for b in page.button if b.label == words("de")(key)).click().run()


@pytest.mark.parametrize("authority", ["bsr", "qm"])
def test_a_need_is_handed_on_with_the_sentence_of_its_authority(
    here, office_day, office, authority
) -> None:
    page = by_label(prepared(authority), "routes.send")
    assert not page.exception
    need = needs.get(here.store, office, "need-1")
    assert (need.status, need.authority) == ("forwarded", authority)
    assert need.public_sentence == words("de")(f"authority.{authority}.sentence")
    assert status(here.store, office, "pin-1") == "forwarded"
    assert [one.state for one in routes.of_need(here.store, office, "need-1")] == ["sent"]


def test_a_letter_says_who_reports_what_where_and_keeps_hostile_words_as_words(
    here, area, office, now, office_day, draft
) -> None:
    pins.add(here.store, office, area, [draft(HOSTILE, id="evil")], now=now)
    pins.release(here.store, office, ["evil"], now=now)
    needs.add_pins(here.store, office, "need-1", pin_ids=["evil"], now=now)
    page = prepared("lighting")
    assert not page.exception
    letter = next(t.value for t in page.text_area if (t.key or "").startswith("letter-"))
    assert "Unser Zeichen: KK-2026-0001" in letter or "Unser Zeichen: KK-" in letter
    assert "Hinweise: 2 (Problem 2; Deutsch 2)" in letter
    assert "„Zu dunkel“" in letter
    shown = "\n".join(str(e.value) for part in (page.markdown, page.error) for e in part)
    assert "<script>" not in shown


def test_personal_data_is_not_quoted_and_warned_of_when_somebody_writes_it_in(
    here, area, office, now, office_day, draft
) -> None:
    private = "Frau Schmidt, Telefon 0170 1234567, ist immer laut"
    pins.add(here.store, office, area, [draft(private, id="private")], now=now)
    pins.release(here.store, office, ["private"], now=now)
    needs.add_pins(here.store, office, "need-1", pin_ids=["private"], now=now)
    page = prepared("police")
    [route] = routes.of_need(here.store, office, "need-1")
    assert "0170" not in route.letter
    number = pins.get(here.store, office, "private").number
    assert words("de")("routes.kept_back", numbers=str(number)) in text(page)


def test_a_result_is_told_with_its_own_sentence_and_the_need_stays_open(
    here, office_day, office
) -> None:
    page = by_label(prepared("bsr"), "routes.send")
    [route] = routes.of_need(here.store, office, "need-1")
    page.session_state[f"route-next-{route.id}-de"] = "refused"
    page = page.run()
    field = next(t for t in page.text_area if (t.key or "").startswith("told-de-"))
    field.set_value("Die BSR sagt: kein Geld.")
    page = by_label(page, "routes.answer")
    assert not page.exception
    assert routes.get(here.store, office, route.id).state == "refused"
    assert needs.get(here.store, office, "need-1").status == "forwarded"
    assert trail.steps(here.store, "pin", "pin-1")[-1].key == "route_refused"


@pytest.mark.parametrize("typed", ["", "viel", "1.48.0", "-5", "1,234"])
def test_what_is_no_sum_is_told_and_makes_no_project(here, office_day, office, typed) -> None:
    page = project_form(here, typed)
    assert words("de")("problem.project.sum_unreadable") in text(page)
    assert len(projects.listing(here.store, office)) == 1


def test_a_need_becomes_a_project_at_the_middle_of_its_pins(
    here, office_day, office, spots
) -> None:
    page = project_form(here, "1.480,50")
    assert not page.exception
    project = projects.listing(here.store, office)[0]
    assert (project.cents, project.at, project.needs) == (148050, spots.fountain, ("need-1",))
    assert status(here.store, office, "pin-1") == "in_project"


def project_form(here, typed: str) -> AppTest:
    page = show("needs", lang="de", need="need-1", way="project")
    next(f for f in page.text_input if (f.key or "").startswith("sum-")).set_value(typed)
    next(s for s in page.selectbox if (s.key or "").startswith("fund-")).set_value("aktionsfonds")
    create = next(b for b in page.button if b.label == words("de")("project.create"))
    return create.click().run()


def test_a_project_opens_by_its_number_and_an_unknown_one_is_the_list(here, office_day) -> None:
    page = show("projects", lang="de", project="1")
    assert not page.exception
    assert "Lampen" in text(page)
    assert "Lampen" in str([b.label for b in show("projects", lang="de", project="99").button])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_subject_has_a_name(lang) -> None:
    said = words(lang)
    assert [key for key in SUBJECTS if said(f"subject.{key}") == f"subject.{key}"] == []


def test_a_group_without_subjects_is_named_by_its_field(area, spots) -> None:
    group = Suggestion(
        "k", ("a", "b"), spots.fountain, 12.0, (("", 3), ("BI", 2)), (), {}, None, None, False, 0.4
    )
    assert group_card.title(words("de"), area, group).startswith("Bildung: ")
    assert group_card.field(group) == "BI"
    assert group_card.sure(group) == "middle"


def test_a_sum_written_with_arabic_digits_is_read() -> None:
    assert money.cents("١٤٨٠٫٥") == 148050
    with pytest.raises(BadInput):
        money.cents("zehn")


def test_a_group_whose_pins_name_no_field_is_proposed_one_by_its_subject(area, spots) -> None:
    same = (("a", "b"), spots.fountain, 12.0, (("", 2),))
    school = Suggestion("k", *same, ("school",), {}, None, None, False, 0.4)
    rubbish = Suggestion("k", *same, ("rubbish",), {}, None, None, False, 0.4)
    nothing = Suggestion("k", *same, (), {}, None, None, False, 0.4)
    assert [group_card.field(group) for group in (school, rubbish, nothing)] == ["BI", "OER", None]


def test_every_subject_with_a_field_is_a_subject() -> None:
    assert set(group_card.FIELD_OF) <= set(SUBJECTS)
