"""Me too: beside the form, on a card, by link; and what became of it."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    DESKTOP,
    PHONE,
    TABLET,
    Server,
    axe,
    log_in,
    settled,
    tap_map,
    the_map,
    until,
)

SHEET = ".st-key-kk-sheet"
CORNER = [13.428150, 52.501200]  # where rubbish lies in the sample data
KEPT = "localStorage.getItem('kiezkarte-voices')"
SEND = "[data-testid=stFormSubmitButton] button"


def rubbish(server: Server) -> dict:
    """Return a public pin of the sample data about rubbish."""
    body = json.dumps({"at": CORNER, "kind": "problem", "words": "Müll und Sperrmüll"}).encode()
    asked = urllib.request.Request(
        f"{server.url}/api/voices/near?lang=de", body, {"x-kiezkarte": "1"}
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return json.load(answer)["pins"][0]


def voices_of(server: Server, pin: str) -> int:
    with urllib.request.urlopen(f"{server.url}/api/voices/{pin}", timeout=10) as answer:
        return json.load(answer)["voices"]


def begun(page: Page, lang: str = "de") -> None:
    """Open the form at the corner."""
    page.goto(f"/?lang={lang}")
    the_map(page)
    settled(page)
    page.evaluate("at => frames[0].kiezkarte.go(at, 19)", CORNER)
    until(page, f"Math.abs(frames[0].kiezkarte.state().centre.lng - {CORNER[0]}) < 0.0002")
    tap_map(page, 0.3, 0.3)
    expect(page.locator(f"{SHEET} textarea")).to_be_visible()
    settled(page)
    expect(page.locator(".kk-near-home")).to_be_attached()


def write(page: Page, words: str) -> None:
    page.locator(f"{SHEET} [role=radiogroup] input").nth(1).check(force=True)
    page.locator(f"{SHEET} textarea").press_sequentially(words)


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_what_says_the_same_appears_while_writing_and_moves_nothing(watched, size) -> None:
    page, _ = watched(size)
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    begun(page)
    page.locator(f"{SHEET} [role=radiogroup] input").nth(1).check(force=True)
    box, before = page.locator(SEND).bounding_box(), len(sent)
    page.locator(f"{SHEET} textarea").press_sequentially("Hier liegt immer Sperrmüll")
    expect(page.locator(".kk-near-list .kk-card").first).to_be_attached()
    assert 1 <= page.locator(".kk-near-list .kk-card").count() <= 3
    assert len(sent) == before  # no rerun
    assert page.locator(SEND).bounding_box() == pytest.approx(box, abs=1)
    expect(page.locator(".kk-near-said")).to_have_text(re.compile("Beitr"))


def test_one_tap_adds_a_voice_with_its_words_and_sending_costs_no_step(watched, server) -> None:
    page, _ = watched()
    begun(page)
    write(page, "Sperrmüll, jede Woche neu")
    card = page.locator(".kk-near-list .kk-card").first
    expect(card).to_be_visible()
    number = card.locator(".kk-number").inner_text()
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        card.get_by_role("button", name=re.compile("^Das sehe ich auch so")).click()
    assert told.value.json()["new"] is True
    expect(card.locator(".kk-voice-thanks")).to_contain_text("Danke – Ihre Stimme zählt mit.")
    expect(card.locator(".kk-voice-thanks")).to_contain_text("Ihre Worte gehen an das QM-Team.")
    expect(card.locator(".kk-voice-thanks")).to_contain_text("trotzdem abschicken")
    assert "Sperrmüll" not in told.value.url

    page.locator(SEND).click()  # the form is as it was
    expect(page.locator(".kk-code")).to_be_visible()

    log_in(page, "office")
    page.goto("/pins?lang=de&text=Waldemar")
    settled(page)
    page.get_by_role("button", name=re.compile(re.escape(number) + r"\b")).first.click()
    expect(page.locator(".kk-big .kk-number")).to_have_text(number)
    expect(page.locator(".kk-note").first).to_have_text("Sperrmüll, jede Woche neu")


def test_a_voice_stays_over_a_reload_and_can_be_taken_back(watched, server) -> None:
    pin = rubbish(server)["id"]
    before = voices_of(server, pin)
    page, _ = watched()
    page.goto(f"/?lang=de&pin={pin}")
    the_map(page)
    assert page.evaluate(KEPT) is None  # nothing is kept before a voice is given
    give = page.locator(f"{SHEET} .kk-voice-give")
    give.dblclick()
    expect(page.locator(".kk-voice-thanks")).to_contain_text("Danke")
    assert voices_of(server, pin) == before + 1
    assert list(json.loads(page.evaluate(KEPT))) == [pin]

    page.reload()
    the_map(page)
    back = page.locator(f"{SHEET} .kk-voice-back")
    expect(back).to_be_visible()
    expect(give).to_be_hidden()
    expect(page.locator(".kk-voice-said")).to_have_text(re.compile("sagt das auch|sagen das auch"))
    back.click()
    expect(page.locator(".kk-voice-thanks")).to_have_text("Ihre Stimme ist zurückgenommen.")
    expect(give).to_be_focused()
    assert voices_of(server, pin) == before
    assert page.evaluate(KEPT) is None


def test_a_second_device_adds_a_second_voice(watched, server) -> None:
    pin = rubbish(server)["id"]
    before = voices_of(server, pin)
    for n in (1, 2):
        page, _ = watched(PHONE)
        page.goto(f"/?lang=de&pin={pin}")
        the_map(page)
        page.locator(f"{SHEET} .kk-voice-give").click()
        expect(page.locator(".kk-voice-thanks")).to_contain_text("Danke")
        assert voices_of(server, pin) == before + n


def test_a_lost_answer_is_asked_for_again_and_counts_once(watched, server) -> None:
    pin = rubbish(server)["id"]
    before = voices_of(server, pin)
    page, watch = watched()
    page.goto(f"/?lang=de&pin={pin}")
    the_map(page)
    lost: list[int] = []

    def lose(call) -> None:
        call.fetch()  # it reaches the server, the answer does not reach the page
        lost.append(1)
        call.abort()

    page.route("**/api/voices/*?lang=de", lose, times=1)
    give = page.locator(f"{SHEET} .kk-voice-give")
    give.click()
    expect(page.locator(".kk-voice-trouble")).to_contain_text("keine Verbindung")
    assert voices_of(server, pin) == before + 1
    give.click()
    expect(page.locator(".kk-voice-thanks")).to_have_text("Ihre Stimme zählt schon mit.")
    assert (voices_of(server, pin), lost) == (before + 1, [1])
    watch.complaints.clear()  # the aborted answer is reported by the browser


def test_everything_has_a_name_and_works_by_keyboard_alone(watched, server) -> None:
    pin = rubbish(server)
    page, _ = watched(DESKTOP)
    page.goto(f"/?lang=de&pin={pin['id']}")
    the_map(page)
    give = page.get_by_role("button", name=f"Das sehe ich auch so: {pin['number']}", exact=True)
    give.focus()
    page.keyboard.press("Enter")
    thanks = page.get_by_role("status").filter(has_text="Danke")
    expect(thanks).to_be_focused()
    page.keyboard.press("Tab")
    back = page.get_by_role("button", name=f"Zurücknehmen: {pin['number']}", exact=True)
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(give).to_be_focused()


def test_a_link_is_copied_and_opens_the_map_at_the_pin(watched, server) -> None:
    pin = rubbish(server)["id"]
    page, _ = watched({**DESKTOP, "permissions": ["clipboard-read", "clipboard-write"]}, alone=True)
    page.goto(f"/?lang=en&pin={pin}")
    frame = the_map(page)
    expect(frame.locator("#map_div")).to_be_visible()
    expect(page.locator(f"{SHEET} .kk-way li").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^(Copy link|Share)")).click()
    expect(page.locator(".kk-voice-copied")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{server.url}/?pin={pin}"
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator(SHEET)).to_have_count(0)
    until(page, "!location.search.includes('pin=')")


def test_a_link_to_nothing_says_so_and_the_map_works(watched) -> None:
    page, _ = watched()
    for pin in ("nowhere", "x" * 200, "%3Cb%3E"):
        page.goto(f"/?lang=de&pin={pin}")
        alert = page.locator("[data-testid=stAlert]")
        expect(alert, pin).to_contain_text("keinen öffentlichen Beitrag")
    the_map(page)
    tap_map(page, 0.3, 0.4)
    expect(page.locator(f"{SHEET} textarea")).to_be_visible()


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_cards_and_voices_have_no_fault_that_axe_finds(watched, server, lang) -> None:
    page, _ = watched(PHONE)
    begun(page, lang)
    write(page, "Hier liegt immer Sperrmüll")
    card = page.locator(".kk-near-list .kk-card").first
    expect(card).to_be_attached()
    assert axe(page) == []
    card.locator(".kk-voice-give").click()
    expect(card.locator(".kk-voice-back")).to_be_visible()
    assert axe(page) == []


@pytest.mark.parametrize("lang", ["de", "ar", "ls"])
def test_results_are_to_be_read_in_every_language_on_a_small_phone(watched, lang) -> None:
    page, _ = watched({**PHONE, "viewport": {"width": 320, "height": 740}})
    for path in ("", "&state=open", "&state=done", "&entry=project-8", "&entry=need-2"):
        page.goto(f"/results?lang={lang}{path}")
        expect(page.locator(".kk-figure").first).to_be_visible(timeout=30_000)
        settled(page)
        if path != "&state=done":
            expect(page.locator(".kk-card, [class*=st-key-kk-entry-]").first).to_be_visible()
        over = page.evaluate(
            "() => { const m = document.querySelector('[data-testid=stMain]');"
            " return m.scrollWidth - m.clientWidth; }"
        )
        assert over <= 0, path
    if lang in ("de", "ar"):
        assert axe(page) == []


def test_an_answer_tells_its_way_and_the_words_behind_it(watched) -> None:
    page, _ = watched(DESKTOP)
    page.goto("/results?lang=de")
    settled(page)
    page.get_by_role("button", name="Sperrmüll an der Ecke").click()
    expect(page.locator(".kk-now")).to_contain_text("Erledigt ist es damit noch nicht.")
    expect(page.locator(".kk-way li").first).to_contain_text("Ordnungsamt")
    expect(page.locator(".kk-card .kk-words").first).to_be_visible()
    expect(page.locator(".kk-card .kk-voice-give").first).to_be_visible()
    until(page, "location.search.includes('entry=need-')")
    page.get_by_role("button", name="Zurück zur Liste").click()
    expect(page.locator("[class*=st-key-kk-entry-]").first).to_be_visible()


def test_an_answer_that_is_not_there_is_said(watched) -> None:
    page, _ = watched()
    page.goto("/results?lang=de&entry=project-999&state=%3Cb%3E")
    settled(page)
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("gibt es nicht")
    expect(page.locator("[class*=st-key-kk-entry-]").first).to_be_visible()
