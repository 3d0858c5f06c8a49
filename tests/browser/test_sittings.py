"""A jury's evening in five browsers at once: who leads on a tablet, members on their own devices."""

import contextlib
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data import sittings
from data.deciding_standing import MemberId
from data.rules import HOUSE
from data.store import Store
from tests import evening
from tests.browser.conftest import (
    DESKTOP,
    PHONE,
    TABLET,
    Server,
    Watch,
    axe,
    start_server,
    stop_server,
)

Open = Callable[..., tuple[Page, Watch]]
Enter = Callable[..., Page]
EXPECTED = re.compile(r"409 \(Conflict\)|ERR_INTERNET_DISCONNECTED")
OTHERS = ("lost", "looks")  # sittings of their own, already open


def settle(folder: Path) -> None:
    now = datetime.now(UTC)
    store = Store.open(folder / "kiezkarte.duckdb")
    evening.settle(store)
    evening.account(store, "office", "Büro", "office", now)
    for name in OTHERS:
        evening.plan(store, name, (), now)
        sittings.open_(store, HOUSE, name, seen=10**6, now=now)
        for login in ("leyla", "bert", "cem", "dana"):
            sittings.come(store, HOUSE, name, member_id=MemberId(f"m-{login}"), now=now)
    store.close()


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Server]:
    settle(folder)
    running = start_server(folder, KIEZKARTE_DEMO="0")
    yield running
    stop_server(running)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("sittings")) as running:
        yield running


@pytest.fixture
def server(first: Server, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """Serve the evening; a second try of a test starts before anybody has come or voted."""
    if getattr(request.node, "execution_count", 1) == 1:
        yield first
        return
    with serving(tmp_path) as anew:
        yield anew


@pytest.fixture
def enter(server: Server, watched: Open) -> Iterator[Enter]:
    """Open screens of a sitting: `lead` for who leads, else the own device."""
    watches: list[Watch] = []
    pages: list[Page] = []

    def open_screen(
        who: str, *, lead: bool = False, lang: str = "de", sitting: str = "evening"
    ) -> Page:
        office = who == "office"
        page, watch = watched(DESKTOP if office else TABLET if lead else PHONE)
        watches.append(watch)
        pages.append(page)
        cookie = {"name": "kiezkarte_session", "value": f"token-{who}", "url": server.url}
        page.context.add_cookies([cookie])
        way = f"{'sittings' if office else 'sitting'}?sitting={sitting}{'&lead=1' if lead else ''}"
        page.goto(f"/{way}&lang={lang}")
        expect(page.locator(".ks h1")).not_to_be_empty(timeout=30_000)
        return page

    yield open_screen
    for page in pages:
        page.context.set_offline(False)
    for watch in watches:  # a browser names what was refused and what could not be sent
        watch.complaints[:] = [one for one in watch.complaints if not EXPECTED.search(one)]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def presence(page: Page, text: str) -> None:
    expect(page.locator(".ks-lead-room .ks-presence")).to_have_text(text)


def call(page: Page, title: str) -> None:
    """Call an item of the agenda and wait until it is the one in discussion."""
    page.locator(".ks-entry", has_text=title).click()
    press(page, "Diesen Punkt aufrufen")
    expect(page.locator(".ks-entry[aria-current=step]")).to_contain_text(title)


def fill(page: Page, act: str, text: str, send: str) -> None:
    """Open a dialog, type into its one field and send it; it closes when it is done."""
    press(page, act)
    page.locator("dialog").locator("textarea, input").fill(text)
    page.locator("dialog").get_by_role("button", name=send, exact=True).click()
    expect(page.locator("dialog")).to_be_hidden()


def end(page: Page, *, sure: bool = False) -> None:
    press(page, "Abstimmung beenden")
    if sure:
        page.locator("dialog .ks-strong").click()


def test_an_evening_on_five_devices(enter: Enter) -> None:
    chair = enter("leyla", lead=True)
    office = enter("office", lead=True)
    press(chair, "Sitzung eröffnen")
    bert = enter("bert", lang="tr")
    cem, dana, emil = (enter(who) for who in ("cem", "dana", "emil"))
    press(bert, "Buradayım")
    for page in (cem, dana):
        press(page, "Ich bin da")
    presence(chair, "3 von 7 da, nicht beschlussfähig. Es braucht 4. 3 Bewohner*innen von 3.")
    press(emil, "Ich bin da")
    presence(chair, "4 von 7 da, beschlussfähig. 4 Bewohner*innen von 4.")
    presence(office, "4 von 7 da, beschlussfähig. 4 Bewohner*innen von 4.")

    # quorum lost in the middle of it, and regained
    call(chair, "Grüne Baumscheiben")
    expect(chair.locator(".ks-needed")).to_contain_text(
        "4 stimmen ab. Für eine Zusage braucht es 3 Ja"
    )
    press(emil, "Ich gehe")
    emil.locator("dialog .ks-strong").click()
    presence(chair, "3 von 7 da, nicht beschlussfähig. Es braucht 4. 3 Bewohner*innen von 3.")
    press(chair, "Abstimmung beginnen")
    expect(chair.locator(".ks-toast")).to_contain_text("nicht genug Mitglieder da")
    chair.locator(".ks-who", has_text="Leyla A.").click()
    presence(chair, "4 von 7 da, beschlussfähig. 4 Bewohner*innen von 4.")

    # an open vote: a double tap is one vote, and a phone in Turkish says so
    press(chair, "Abstimmung beginnen")
    bert.get_by_role("button", name="Evet").dblclick()
    expect(bert.locator(".ks-counted")).to_have_text("Oyunuz sayıldı")
    expect(chair.locator(".ks-main .ks-count")).to_have_text("1 von 4 haben abgestimmt")
    cem.get_by_role("button", name="Ja").click()
    dana.get_by_role("button", name="Enthaltung").click()
    expect(chair.locator(".ks-main .ks-count")).to_have_text("3 von 4 haben abgestimmt")
    end(chair, sure=True)
    result = "Angenommen: 2 Ja, 0 Nein, 1 Enthaltung."
    expect(chair.locator(".ks-main .ks-result")).to_have_text(result)
    expect(cem.locator(".ks-result")).to_have_text(result)
    expect(bert.locator(".ks-result")).to_have_text("Kabul edildi: 2 evet, 0 hayır, 1 çekimser.")
    press(chair, "Bewilligen: 780 €")
    expect(chair.locator(".ks-entry", has_text="Grüne")).to_contain_text("bewilligt")
    expect(chair.locator(".ks-pots")).to_contain_text("2.220 €")

    # somebody steps aside on the own device; a tie in secret is a rejection, with its reason
    press(emil, "Ich bin da")
    call(chair, "Schach am Brunnen")
    expect(cem.get_by_role("heading", name="Schach am Brunnen")).to_be_visible()
    press(cem, "Ich bin befangen")
    press(cem, "Angehörige")
    expect(chair.get_by_role("button", name="befangen: Cem C.")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(chair.locator(".ks-needed")).to_contain_text("4 stimmen ab.")
    press(chair, "Geheim, am eigenen Gerät")
    press(chair, "Abstimmung beginnen")
    for page, name in ((bert, "Evet"), (dana, "Nein"), (emil, "Nein")):
        page.get_by_role("button", name=name).click()
        expect(page.locator(".ks-counted")).to_be_visible()
    expect(cem.locator(".ks-vote")).to_contain_text("Sie sind befangen")
    expect(cem.locator(".ks-choice")).to_have_count(0)
    mine = enter("leyla")
    mine.get_by_role("button", name="Ja").click()
    expect(mine.locator(".ks-counted")).to_be_visible()
    expect(chair.locator(".ks-main .ks-count")).to_have_text("4 von 4 haben abgestimmt")
    end(chair)
    expect(chair.locator(".ks-main .ks-result")).to_have_text(
        "Abgelehnt: 2 Ja, 2 Nein, 0 Enthaltungen."
    )
    expect(chair.locator(".ks-main")).to_contain_text("Gleich viele Ja und Nein heißt: abgelehnt.")
    fill(chair, "Ablehnung festhalten", "Zu laut am Abend", "Ablehnung festhalten")
    expect(chair.locator(".ks-entry", has_text="Schach")).to_contain_text("abgelehnt")

    # a smaller sum, counted by hands; whoever leads beside it sees the new state
    call(chair, "Dreisprachiger Schaukasten")
    fill(chair, "Summe ändern", "1.200,50", "Speichern")
    expect(office.locator(".ks-entry", has_text="Schaukasten")).to_contain_text("1.200,50 €")
    fill(office, "Auflagen", "Mit Genehmigung", "Speichern")
    expect(chair.locator(".ks-main .ks-note")).to_have_text("Auflagen: Mit Genehmigung")
    press(chair, "Per Handzeichen")
    press(chair, "Abstimmung beginnen")
    expect(dana.locator(".ks-vote")).to_contain_text("Bitte heben Sie die Hand")
    for name, times in (("Ja", 4), ("Nein", 1)):
        for _ in range(times):
            press(chair, f"{name} +1")
    expect(chair.locator(".ks-main")).to_contain_text("Zusammen 5 von 5")
    press(chair, "Ergebnis festhalten")
    press(chair, "Bewilligen: 1.200,50 €")
    expect(chair.locator(".ks-entry", has_text="Schaukasten")).to_contain_text("mit Auflagen")
    expect(chair.locator(".ks-pots")).to_contain_text("1.019,50 €")

    # put off with a reason, and the end
    call(chair, "Vorlesestunde {{ 7*7 }} <b>")
    fill(chair, "Zurückstellen", "Es fehlt ein Raum", "Zurückstellen")
    expect(chair.locator(".ks-entry", has_text="Vorlesestunde")).to_contain_text("zurückgestellt")
    press(chair, "Weiter: Wie war das Herbstfest?")
    expect(dana.get_by_role("heading", name="Wie war das Herbstfest?")).to_be_visible()
    press(chair, "Sitzung schließen")
    chair.locator("dialog .ks-strong").click()
    for page, text in ((bert, "Oturum sona erdi"), (dana, "Die Sitzung ist zu Ende")):
        expect(page.locator(".ks-me")).to_contain_text(text)
    fill(office, "Wieder öffnen", "Ein Zählfehler", "Wieder öffnen")
    expect(office.get_by_role("button", name="Sitzung schließen")).to_be_visible()


def test_a_vote_outlives_a_lost_line_and_a_late_one_is_told(enter: Enter) -> None:
    chair = enter("leyla", lead=True, sitting="lost")
    bert, cem = (enter(who, sitting="lost") for who in ("bert", "cem"))
    call(chair, "Wie war das Herbstfest?")
    press(chair, "Abstimmung beginnen")
    for page in (bert, cem):
        expect(page.locator(".ks-choice")).to_have_count(3)
        page.context.set_offline(True)
        page.get_by_role("button", name="Ja").click()
        expect(page.locator(".ks-vote")).to_contain_text(
            "Noch nicht gezählt. Wir versuchen es weiter."
        )
    bert.context.set_offline(False)
    expect(bert.locator(".ks-counted")).to_have_text("Ihre Stimme ist gezählt")
    expect(chair.locator(".ks-main .ks-count")).to_have_text("1 von 4 haben abgestimmt")
    end(chair, sure=True)
    expect(bert.locator(".ks-result")).to_be_visible()
    cem.context.set_offline(False)
    expect(cem.locator(".ks-refused")).to_contain_text("nicht gezählt")
    expect(chair.locator(".ks-main .ks-result")).to_have_text(
        "Angenommen: 1 Ja, 0 Nein, 0 Enthaltungen."
    )


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_both_screens_can_be_used_by_everybody(enter: Enter, lang: str) -> None:
    chair = enter("leyla", lead=True, sitting="looks", lang=lang)
    member = enter("bert", sitting="looks", lang=lang)
    if lang == "de":
        call(chair, "Wie war das Herbstfest?")
        press(chair, "Abstimmung beginnen")
        expect(member.locator(".ks-choice")).to_have_count(3)
    expect(chair.locator(".ks-who").first).to_be_visible()
    expect(member.locator(".ks-agenda li").first).to_be_visible()
    for page in (chair, member):
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        small = page.evaluate(
            "[...document.querySelectorAll('.ks :is(button, a)')].filter((e) => e.offsetParent "
            "&& (e.offsetHeight < 44 || e.offsetWidth < 44)).map((e) => e.textContent)"
        )
        assert small == []
