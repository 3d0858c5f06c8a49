"""From a pin to advice, by the private link to an application that is handed in."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from data import advice, application_links, applications, areas, pots, project_moves, projects
from data.advice import Idea
from data.costs import Cost
from data.filters import local_day
from data.rules import HOUSE, VISITOR, ProjectId
from data.store import Store
from tests.browser.conftest import (
    DESKTOP,
    PHONE,
    TABLET,
    Server,
    axe,
    log_in,
    settled,
    start_server,
    stop_server,
)
from tests.pages.conftest import settle

HOSTILE = "<img src=x onerror=alert(1)> Avluda şenlik {{7*7}}"


WHOLE = {
    "applicant": "Hausgemeinschaft",
    "of_age": True,
    "starts_on": date.today() + timedelta(days=90),
    "ends_on": date.today() + timedelta(days=91),
    "own_contribution": "Kuchen",
    "costs": (Cost("Tische", 10, 50_00),),
    "cents": 500_00,
    "field": "IN",
    "criteria": ("culture",),
    "helpers": "niemand",
}
RUNS = ("before_jury", "approved", "agreement", "running")
APPLIED = {"Hoffest": (), "Lichterabend": RUNS}


def applied(store: Store) -> None:
    """Put whole applications in, being checked and under way: one of each for each try of a test."""
    now, area = datetime.now(UTC), areas.load("mariannenplatz")
    pots.allot(
        store, HOUSE, fund="aktionsfonds", year=local_day(now).year, cents=3_000_00, seen=0, now=now
    )
    tries = {f"{name}{n}": more for name, more in APPLIED.items() for n in (1, 2)}
    for title, more in tries.items():
        idea, token = ProjectId(title), title * 5
        asked = Idea(idea, title, title=title, pin="pin-1", contact="030 1", lang="ar")
        advice.ask(store, VISITOR, area, asked, token=token, now=now)
        mine = application_links.who(store, token, now=now)
        for part, value in WHOLE.items():
            was = applications.get(store, mine, idea).parts[part]
            applications.write(store, mine, area, idea, part, value, was=was, now=now)
        applications.submit(store, mine, area, idea, now=now)
        for to in ("checking", *more):
            version = projects.get(store, HOUSE, idea).version
            project_moves.move(store, HOUSE, idea, to=to, version=version, now=now)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("application")
    settle(folder, applied)
    running = start_server(folder)
    yield running
    stop_server(running)


def ask(page: Page, lang: str, words: str, *, pin: str = "") -> str:
    """Ask for advice and open the application by the link; return the link."""
    page.goto(f"/advice?lang={lang}{'&pin=' + pin if pin else ''}")
    expect(page.locator("textarea")).to_be_visible()
    settled(page)
    page.locator("textarea").fill(words)
    page.locator(".st-key-advice-send button").click()
    link = page.locator(".kk-link a.kk-go")
    expect(link).to_be_visible()
    return link.get_attribute("href") or ""


def open_by(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("button[type=submit]").click()
    expect(page.locator("#kk-step-title")).to_be_visible()
    settled(page)


def step(page: Page, name: str) -> None:
    """Go on until a step is shown."""
    for _ in range(10):
        title = page.locator("#kk-step-title").inner_text()
        if title == name:
            return
        page.locator(".st-key-application-next button").click()
        expect(page.locator("#kk-step-title")).not_to_have_text(title)
        settled(page)
    raise AssertionError(f"no step {name}")


def write(page: Page, label: str, text: str) -> None:
    """Write in a field and leave it."""
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.blur()
    settled(page)


def test_an_idea_from_a_pin_becomes_an_application_in_turkish(watched) -> None:
    page, _ = watched(PHONE)
    page.goto("/?lang=tr&pin=pin-1")
    page.get_by_role("link", name="Bununla ilgili bir proje fikrim var").click()
    page.wait_for_url(re.compile(r"/advice\?.*pin=pin-1"))
    expect(page.locator(".kk-card")).to_contain_text("Zu dunkel 1")
    link = ask(page, "tr", HOSTILE, pin="pin-1")
    expect(page.locator("img.kk-qr")).to_be_visible()
    token = link.split("/")[-1].split("?")[0]

    open_by(page, link)
    assert token not in page.url
    assert token not in page.evaluate("document.cookie")
    expect(page.locator("h1")).to_have_text(HOSTILE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    write(page, "Başlık", "Avlu şenliği")
    step(page, "Amaç ve zaman")
    soon = date.today() + timedelta(days=20)
    write(page, "Başlangıç (gün.ay.yıl)", soon.strftime("%d.%m.%Y"))
    expect(page.locator(".kk-check-warning")).to_contain_text("6 haftadan az")
    write(page, "Bitiş (gün.ay.yıl)", "yarın")
    expect(page.get_by_role("alert")).to_contain_text("01.05.2027")
    write(page, "Bitiş (gün.ay.yıl)", soon.strftime("%d.%m.%Y"))
    expect(page.get_by_role("alert")).to_have_count(0)

    page.reload()  # nothing of it is lost, and the same step is open
    expect(page.get_by_label("Bitiş (gün.ay.yıl)")).to_have_value(soon.strftime("%d.%m.%Y"))

    step(page, "Kimler katılıyor?")
    write(page, "Başvuran kim?", "Apartman sakinleri")
    page.locator(".stCheckbox label").first.click()
    settled(page)
    write(page, "Telefon veya e-posta", "030 12345")
    write(page, "Siz bunun için ne yapıyorsunuz? (gönüllü çalışma da olur)", "Kek")

    step(page, "Maliyet planı")
    for number, (item, quantity, price) in enumerate((("Masa", "10", "12,50"), ("DJ", "1", "75"))):
        page.get_by_role("button", name="Bir satır daha").click()
        expect(page.locator(f".st-key-kk-cost-{number}")).to_be_visible()
        settled(page)
        row = page.locator(f".st-key-kk-cost-{number} input")
        row.nth(0).fill(item)
        row.nth(1).fill(quantity)
        row.nth(2).fill(price)
        row.nth(2).blur()
        settled(page)
    expect(page.locator(".kk-plan-total strong")).to_have_text("200 €")

    step(page, "Talep edilen tutar")
    write(page, "Talep edilen tutar, avro", "9999")
    expect(page.locator(".kk-check-block").first).to_contain_text("En fazla")
    page.get_by_role("button", name="Bu tutarı al: 200 €").click()
    expect(page.get_by_label("Talep edilen tutar, avro")).to_have_value("200")
    expect(page.locator(".kk-check-block")).to_have_count(0)

    step(page, "Neye yarar")
    page.get_by_role("combobox", name="Çalışma alanı").click()
    page.get_by_role("option").first.click()
    settled(page)
    page.locator(".st-key-kk-ticks-criteria label").nth(3).click()
    settled(page)
    step(page, "Komşuların söyledikleri")
    expect(page.get_by_role("checkbox", name=re.compile("Zu dunkel 1"))).to_be_checked()

    step(page, "Kontrol et ve gönder")
    expect(page.locator(".kk-check").first).to_be_visible()
    assert page.locator(".kk-check-missing").all_inner_texts() == []
    submit = page.get_by_role("button", name="Başvuruyu gönder")
    expect(submit).to_be_enabled()
    submit.dblclick()
    expect(page.get_by_text("Gönderildi!")).to_be_visible()
    expect(page.locator("#kk-step-title")).to_have_count(0)
    settled(page)
    expect(page.locator(".kk-way li")).to_have_count(2)
    assert axe(page) == []

    page.goto("/follow?lang=tr")
    office, _ = watched(DESKTOP)
    log_in(office, "office")
    office.goto("/projects?lang=de")
    office.get_by_role("button", name=re.compile("Avlu şenliği")).click()
    expect(office.locator("#kk-proposal")).to_have_text("Avlu şenliği")


def test_the_applicant_and_the_office_write_in_one_field_and_nothing_is_lost(watched) -> None:
    page, _ = watched(TABLET)
    open_by(page, ask(page, "de", "Wir reparieren Fahrräder im Hof"))
    step(page, "Ziel und Zeit")
    office, _ = watched(DESKTOP)
    log_in(office, "office")
    office.goto("/projects?lang=de")
    office.get_by_role("button", name=re.compile("Wir reparieren")).click()
    settled(office)
    office.get_by_role("radio", name="Antrag").or_(
        office.get_by_role("button", name="Antrag", exact=True)
    ).first.click()
    expect(office.locator("#kk-step-title")).to_be_visible()
    settled(office)
    step(office, "Ziel und Zeit")
    goal = "Was hat die Nachbarschaft davon?"
    write(office, goal, "Weniger Müll")
    write(page, goal, "Mehr Räder")
    expect(page.get_by_text("Hier hat inzwischen jemand anderes etwas geändert.")).to_be_visible()
    expect(page.locator(".st-key-kk-clash-goal")).to_contain_text("Weniger Müll")
    expect(page.get_by_label(goal)).to_have_value("Mehr Räder")
    assert axe(page) == []
    page.get_by_role("button", name="Meine Worte behalten").click()
    expect(page.locator(".st-key-kk-clash-goal")).to_have_count(0)
    settled(page)
    write(office, "Für wen ist es?", "alle")
    expect(office.get_by_label(goal)).to_have_value("Mehr Räder")


@pytest.fixture
def number(request: pytest.FixtureRequest) -> int:
    """Count the tries of a test: the second one has an application of its own."""
    return getattr(request.node, "execution_count", 1)


def of_office(page: Page, title: str, query: str = "") -> None:
    """Open a project on the office's page."""
    page.goto(f"/projects?lang=de{query}")
    page.get_by_role("button", name=re.compile(title)).click()
    expect(page.locator("#kk-proposal")).to_have_text(title)
    settled(page)


def test_what_is_sent_back_is_mended_on_a_phone_in_arabic_and_the_office_sees_what_changed(
    watched, number
) -> None:
    title = f"Hoffest{number}"
    office, _ = watched(DESKTOP)
    log_in(office, "office")
    of_office(office, title)
    office.get_by_role("button", name="Zur Nachbesserung zurückgeben").click()
    way = office.get_by_test_id("stPopoverBody")
    why = "Wer hilft beim Aufbau? Bitte eintragen."
    way.get_by_role("textbox").fill(why)
    way.get_by_role("button", name="Zur Nachbesserung zurückgeben").click()
    expect(office.get_by_text("Neuer Stand: wird nachgebessert")).to_be_visible()

    page, _ = watched(PHONE)
    open_by(page, f"/auth/application/{title * 5}?lang=ar")
    expect(page.locator(".kk-answer").first).to_have_text(why)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []
    step(page, "من يشارك؟")
    write(page, "من يساعد؟ (شركاء، مجموعات)", "روضة الأطفال")
    step(page, "المراجعة والتقديم")
    page.get_by_role("button", name="تقديم الطلب المعدَّل").click()
    expect(page.get_by_text("تم التقديم!")).to_be_visible()

    of_office(office, title)
    changes = office.locator(".kk-changes > div")
    expect(changes).to_have_count(1)
    expect(changes).to_contain_text("Vorher: niemand")
    expect(changes).to_contain_text("Jetzt: روضة الأطفال")
    assert axe(office) == []


def test_who_was_granted_money_hands_in_a_receipt_and_the_office_is_told_that_it_waits(
    watched, number
) -> None:
    title = f"Lichterabend{number}"
    page, _ = watched(PHONE)
    page.goto(f"/auth/application/{title * 5}?lang=ar")
    page.locator("button[type=submit]").click()
    page.get_by_text("تقديم إيصال", exact=True).click()
    page.get_by_label("ما الذي تم شراؤه أو دفعه؟").fill("مصابيح")
    page.get_by_label("المبلغ باليورو").fill("12,90")
    page.get_by_label("المبلغ باليورو").blur()
    settled(page)
    page.locator("[class*=st-key-receipt-] button[kind*=FormSubmit]").click()
    expect(page.locator("[class*=st-key-kk-receipt-]").first).to_contain_text("مصابيح")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []

    office, _ = watched(DESKTOP)
    log_in(office, "office")
    of_office(office, title, "&list=to_check")
    expect(office.get_by_role("link", name=re.compile(r"Projekte \(\d\)"))).to_be_visible()
    office.get_by_role("button", name="Anerkennen", exact=True).click()
    expect(office.locator("[class*=st-key-kk-receipt-]").first).to_contain_text("Anerkannt")


@pytest.mark.parametrize("lang", ["de", "ar", "ls"])
def test_advice_and_form_are_free_of_barriers(watched, lang) -> None:
    page, _ = watched(PHONE)
    link = ask(page, lang, "Ein Fest im Hof")
    assert axe(page) == []
    page.goto(link)
    assert axe(page) == []
    open_by(page, link)
    for _ in range(9):
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        title = page.locator("#kk-step-title").inner_text()
        page.locator(".st-key-application-next button").click()
        expect(page.locator("#kk-step-title")).not_to_have_text(title)
        settled(page)
    expect(page.locator(".kk-check-missing").first).to_be_visible()
    assert axe(page) == []


def test_a_line_is_drawn_and_stays(watched) -> None:
    page, _ = watched(TABLET)
    open_by(page, ask(page, "de", "Blumen an der Straße"))
    step(page, "Ort")
    page.get_by_text("Strecke", exact=True).click()
    settled(page)
    frame = page.frame_locator(".st-key-kk-place iframe")
    expect(frame.locator("#map_div[data-ground=drawn]")).to_be_visible(timeout=30_000)
    frame.get_by_role("button", name="Strecke zeichnen").click()
    page.locator(".st-key-kk-place iframe").scroll_into_view_if_needed()
    box = page.locator(".st-key-kk-place iframe").bounding_box()
    assert box
    for across in (0.35, 0.65):
        page.touchscreen.tap(box["x"] + box["width"] * across, box["y"] + box["height"] / 2)
    frame.get_by_role("button", name="Strecke ist fertig").click()
    expect(page.locator(".kk-where")).not_to_contain_text("Noch kein Ort")
    page.reload()
    expect(page.get_by_text("Zum Beispiel ein Stück Straße")).to_be_visible()
    expect(
        page.frame_locator(".st-key-kk-place iframe").locator("[data-shape='2']")
    ).to_be_attached()
