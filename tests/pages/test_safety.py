"""The admin's page of safety, run whole: every view in every language, refusals, and what is shown once."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from components import session
from components.words import LANGUAGES, words
from data import audit, instance, keeping, passphrase, retention, safety, settings, slips
from data.instance import Instance, Settings
from data.limits import Limits
from data.rules import HOUSE, Actor, Role
from data.safety import Report, What
from tests.pages.test_office import HOSTILE, press, show, text

VIEWS = ("backup", "retention", "trail", "record")
SECRET = "00000-11111-22222-33333-44444"


@pytest.fixture
def safe(store, area, admin, monkeypatch, tmp_path):
    """Run the page as the admin, with the database's folder in a place of its own."""
    named = Settings(database=tmp_path / "kiezkarte.duckdb")
    running = Instance(named, area, store, Limits())
    monkeypatch.setattr(instance, "running", lambda: running)
    monkeypatch.setattr(session, "running", lambda: running)
    here = SimpleNamespace(store=store, settings=named, actor=admin)
    monkeypatch.setattr(session, "actor", lambda: here.actor)
    return here


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_view_draws_in_every_language_with_reports_and_without(
    safe, office_day, now, view, lang
):
    page = show("safety", lang=lang, view=view)
    assert not page.exception
    assert page.title[0].value == words(lang)("page.safety")
    keeping.check_trail(safe.store, HOUSE, report_id="a", now=now)
    retention.erase(safe.store, HOUSE, report_id="e", now=now)
    made = {"file": "x.kiez", "folder": HOSTILE, "rows": 12, "bytes": 3_400_000, "kept": 1}
    safety.keep(safe.store, Report("b", What.BACKUP, now, 1.5, True, made))
    bad = {"differs": ["table.pin"], "rows": 12}
    safety.keep(safe.store, Report("d", What.DRILL, now, 1.5, False, bad))
    page = show("safety", lang=lang, view=view)
    assert not page.exception
    assert "<script>" not in text(page)


@pytest.mark.parametrize("role", [Role.VISITOR, Role.JURY, Role.OFFICE])
def test_only_an_admin_comes_in(safe, role):
    safe.actor = Actor(role)
    passphrase.keep(safe.settings.database.parent, SECRET)
    page = show("safety", lang="de")
    assert not page.exception
    assert SECRET not in text(page)
    assert words("de")("safety.last_backup") not in text(page)


def test_the_passphrase_is_shown_until_it_is_noted(safe):
    passphrase.keep(safe.settings.database.parent, SECRET)
    page = show("safety", lang="de")
    assert SECRET in text(page)
    for button in page.button:
        if button.label == words("de")("safety.secret.noted"):
            page = button.click().run()
            break
    assert SECRET not in text(page)
    assert SECRET not in text(show("safety", lang="de"))


def test_the_button_leaves_a_slip_and_twice_is_one(safe):
    page = press(show("safety", lang="de"), "safety-now")
    assert words("de")("safety.under_way") in text(page)
    (slip,) = slips.asked(safe.settings.database)
    assert slip.folder == ""
    slips.answer(safe.settings.database, slip, {"ok": True, "drill": {"ok": True}})
    page = page.run()
    assert words("de")("safety.now_done") in text(page)
    assert slips.asked(safe.settings.database) == []


def test_the_plan_is_kept_and_a_folder_that_cannot_be_is_refused(safe, tmp_path):
    page = show("safety", lang="de")
    page.text_input(key="safety-folder").set_value(str(tmp_path / "stick"))
    page.selectbox(key="safety-hour").set_value("5")
    page = submit(page)
    assert words("de")("safety.saved") in text(page)
    assert settings.get(safe.store, "backup.hour") == "5"
    assert Path(settings.get(safe.store, "backup.folder")) == tmp_path / "stick"
    page.text_input(key="safety-folder").set_value("irgendwo")
    page = submit(page)
    assert words("de")("problem.backup.folder_relative") in text(page)
    assert settings.get(safe.store, "backup.folder") == str(tmp_path / "stick")


def test_the_days_are_kept_and_the_privacy_notice_tells_them(safe):
    page = show("safety", lang="de", view="retention")
    page.selectbox(key="retention-hidden_pins").set_value(30)
    page = submit(page)
    assert retention.days(safe.store, "hidden_pins") == 30
    record = text(show("safety", lang="de", view="record"))
    assert "nach 30 Tagen" in record


def test_the_trail_is_filtered_and_turned_page_by_page(safe, office_day, monkeypatch):
    monkeypatch.setattr(audit, "PAGE", 3)
    page = show("safety", lang="de", view="trail")
    page = press(page, "trail-older")
    assert not page.exception
    page.selectbox(key="trail-thing").set_value("project").run()
    assert not page.exception
    page = show("safety", lang="de", view="trail")
    page = press(page, "trail-check")
    assert "Keine Zeile wurde verändert" in text(page)
    safe.store.write(lambda tx: tx.execute("update trail set role = 'admin' where id = 2"))
    page = press(page, "trail-check")
    assert words("de")("safety.trail.changed", line=2) in text(page)


def submit(page):
    """Press a form's only button."""
    for button in page.button:
        if button.label == words("de")("safety.save"):
            return button.click().run()
    raise AssertionError("no button to save")
