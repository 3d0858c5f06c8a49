"""Paper over HTTP: who may print, what stands on it, and what never does."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
import segno

from data import areas, attendance, meetings, pins, rounds
from data.meetings import Plan, Round, State
from data.pins import Draft
from data.rules import HOUSE, PinId
from data.store import Store
from geo.points import LonLat
from pages.api import print_signs
from tests.browser.conftest import start_server, stop_server
from tests.pages.conftest import FOUNTAIN, SECRET_WORDS, TRACES, Answer, Kiez, settle

SHEETS = ("map", "map?pins=1", "cards", "codes", "protocol")
HOSTILE = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>"
ROOM = "http://192.168.178.20:8501"


def plan(title: str, **more: object) -> Plan:
    return Plan(title, date(2026, 5, 4), **{"rounds": tuple(Round), **more})  # type: ignore[arg-type]


PLANS = {
    "usual": plan(
        "Kiezwerkstatt", place="Statthaus", question="Was soll bleiben?", wifi_name="Saal 1",
        wifi_password="wlan-geheim", decides="Der Quartiersrat", answer_on=date(2026, 7, 1),
    ),
    "other": plan("Anderes Treffen", languages=("tr",), kinds=("strength", "problem")),
    "evil": plan(HOSTILE, question=HOSTILE, place=HOSTILE, decides=HOSTILE, wifi_name=HOSTILE),
    "empty": plan("Noch nichts"),
}  # fmt: skip


def rooms(store: Store) -> None:
    """Four open meetings, each with a facilitator; in one of them things were said."""
    now, area = datetime.now(UTC), areas.load("mariannenplatz")
    for code, one in PLANS.items():
        meetings.create(
            store, HOUSE, meeting_id=f"id-{code}", code=code, plan=one, pin="2468", now=now
        )  # type: ignore[arg-type]
        meetings.move(store, HOUSE, f"id-{code}", to=State.OPEN, now=now)  # type: ignore[arg-type]
        attendance.unlock(store, code, "2468", token=f"token-{code}", now=now)

    def say(name: str, words: str, code: str, kind: str, lang: str = "de") -> PinId:
        at = LonLat(FOUNTAIN.lon + 0.0002 * len(name), FOUNTAIN.lat)
        draft = Draft(
            PinId(name), kind, words, at, lang=lang, meeting=f"id-{code}", source="tablet"
        )  # type: ignore[arg-type]
        pins.add(store, HOUSE, area, [draft], now=now)
        return draft.id

    shown = [
        say("a", "Am Brunnen ist es schön", "usual", "strength"),
        say("bb", "Burası akşamları çok karanlık ve korkutucu", "usual", "problem", "tr"),
        say("ccc", "نتمنى مقاعد في الظل للكبار في السن", "usual", "idea", "ar"),
    ]
    for one in shown:
        rounds.show(store, HOUSE, "id-usual", one, "shown", now=now)  # type: ignore[arg-type]
    say("secret", SECRET_WORDS, "usual", "problem")  # nobody let it through
    rounds.show(store, HOUSE, "id-evil", say("evil", HOSTILE, "evil", "idea"), "shown", now=now)  # type: ignore[arg-type]
    for code, title, inside in (("usual", "Licht am Abend", shown[1:2]), ("evil", HOSTILE, [])):
        rounds.add_group(
            store, HOUSE, f"id-{code}", group_id=f"group-{code}", title=title, now=now,
            pin_ids=inside, priority="now", who="institution",
        )  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture(scope="module")
def kiez(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiez]:
    folder = tmp_path_factory.mktemp("paper")
    settle(folder, rooms)
    running = start_server(folder, KIEZKARTE_ROOM=ROOM)
    yield Kiez(running, folder)
    stop_server(running)


@dataclass
class Paper:
    """What a leader of a meeting prints."""

    kiez: Kiez

    def ask(self, sheet: str, code: str = "usual", *, leader: str = "", **query: object) -> Answer:
        path, _, more = sheet.partition("?")
        asked = urlencode({"m": code, **query})
        cookie = leader or f"kiezkarte_meeting=token-{code}"
        return self.kiez.ask(
            f"/api/prints/{path}?{asked}" + (f"&{more}" if more else ""), cookie=cookie
        )

    def text(self, sheet: str, code: str = "usual", **query: object) -> str:
        answer = self.ask(sheet, code, **query)
        assert answer.status == 200, answer.text
        return answer.text


@pytest.fixture
def paper(kiez: Kiez) -> Paper:
    return Paper(kiez)


def body(text: str) -> str:
    return text.partition("</style>")[2]


# --- who may ------------------------------------------------------------------


@pytest.mark.parametrize("sheet", SHEETS)
def test_who_leads_the_meeting_may_print(paper: Paper, sheet: str) -> None:
    assert paper.ask(sheet).status == 200
    for name in ("office", "admin"):
        assert paper.ask(sheet, leader=paper.kiez.cookie(name)).status == 200


@pytest.mark.parametrize("sheet", SHEETS)
def test_nobody_else_may(paper: Paper, sheet: str) -> None:
    others = [
        "none=1",
        "kiezkarte_meeting=token-other",
        "kiezkarte_meeting=x",
        paper.kiez.cookie("jury"),
    ]
    for who in others:
        answer = paper.ask(sheet, leader=who)
        assert answer.status == 403
        assert "Das darf hier nur das QM-Team" in answer.text
        assert "Kiezwerkstatt" not in answer.text


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("code", ["nope", "", "x" * 5000, "' or 1=1 --", "\x00"])
def test_a_meeting_that_is_not_there_is_404(paper: Paper, sheet: str, code: str) -> None:
    answer = paper.ask(sheet, code, leader=paper.kiez.cookie("office"))
    assert answer.status == 404
    assert "Dieses Treffen gibt es nicht" in answer.text


def test_no_sheet_takes_anything_but_a_question(kiez: Kiez) -> None:
    assert kiez.ask("/api/prints/cards?m=usual", "POST", b"x").status in (404, 405)
    assert kiez.ask("/api/prints/nothing?m=usual").status == 404


# --- what cannot be printed ------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "query", "sentence"),
    [
        ("map", {"size": "a9"}, "Möglich sind A3 und A0"),
        ("map", {"size": ""}, "Möglich sind A3 und A0"),
        *[("cards", {"count": n}, "von 1 bis 400") for n in ("0", "-1", "401", "x", "", "²", "1e3", "9" * 40)],
        *[("cards", {"from": n}, "von 1 bis 9999") for n in ("0", "10000", "<b>", "1.5")],
        ("cards", {"lang": "xx"}, "In dieser Sprache findet das Treffen nicht statt"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence(
    paper: Paper, sheet: str, query: dict, sentence: str
) -> None:
    answer = paper.ask(sheet, **query)
    assert answer.status == 422
    assert sentence in answer.text
    assert not TRACES.search(body(answer.text))


def test_a_refusal_speaks_the_language_that_was_asked_for(paper: Paper) -> None:
    assert "A3 ve A0 mümkündür" in paper.ask("map", size="a9", lang="tr").text
    assert 'dir="rtl"' in paper.ask("map", size="a9", lang="ar").text


# --- what every sheet is -----------------------------------------------------------


@pytest.mark.parametrize("code", PLANS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_has_no_script_and_nothing_foreign(paper: Paper, sheet: str, code: str) -> None:
    answer = paper.ask(sheet, code)
    style = re.findall("<style>(.*?)</style>", answer.text, re.DOTALL)
    assert len(style) == 1
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    tags = re.findall(r"<[a-zA-Z][^>]*>", body(answer.text))
    assert not [tag for tag in tags if re.search(r"\s(style|on\w+|src)\s*=", tag)]
    assert not [
        tag for tag in tags if re.match(r"<(script|img|link|iframe|object|use|image)\b", tag)
    ]
    assert not re.search(r"@import|url\(", style[0])
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("sheet", SHEETS)
def test_hostile_words_are_words(paper: Paper, sheet: str) -> None:
    text = paper.text(sheet, "evil")
    assert "<script" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert text.count("</style>") == text.count("</title>") == 1


@pytest.mark.parametrize("sheet", SHEETS)
def test_what_nobody_let_through_is_on_no_sheet(paper: Paper, sheet: str) -> None:
    assert SECRET_WORDS not in paper.text(sheet)


@pytest.mark.parametrize("lang", ["de", "en", "tr", "ar", "ls"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_speaks_every_language(paper: Paper, sheet: str, lang: str) -> None:
    text = paper.text(sheet, lang=lang)
    html_lang = "de" if lang == "ls" else lang
    if sheet != "cards":
        assert f'<html lang="{html_lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in text
    left = re.sub("<style>.*?</style>", "", text, flags=re.DOTALL)
    assert not re.search(r">\s*(print|kind|field|page|meeting|problem)\.\w+", left)


# --- the map ---------------------------------------------------------------------------


def test_a_map_has_the_size_of_its_paper(paper: Paper) -> None:
    assert "@page{size:420mm 297mm;margin:0}" in paper.text("map")
    assert "@page{size:1189mm 841mm;margin:0}" in paper.text("map", size="a0")


def test_a_blank_map_has_a_grid_a_scale_and_its_source_but_no_pin(paper: Paper) -> None:
    text = body(paper.text("map"))
    names = re.findall(r">(\w+)</text>", text.partition('<g class="names"')[2].partition("</g>")[0])
    assert names[:4] == ["A", "A", "B", "B"]
    assert names[-2:] == ["9", "9"]
    assert "200 m</text>" in text
    assert ">N</text>" in text
    assert "OpenStreetMap-Mitwirkende" in text
    assert "Mariannenplatz" in text
    assert 'class="mark"' not in text


def test_pins_are_numbered_from_one_in_their_own_shapes(paper: Paper) -> None:
    text = body(paper.text("map", pins="1"))
    marks = re.findall(r'<g class="mark".*?<path d="([^"]+)".*?<text[^>]*>(\d+)</text></g>', text)
    assert {int(number): shape for shape, number in marks} == {
        1: print_signs.SHAPES["strength"],
        2: print_signs.SHAPES["problem"],
        3: print_signs.SHAPES["idea"],
    }


def test_the_legend_speaks_all_languages_of_the_meeting(paper: Paper) -> None:
    text = body(paper.text("map"))
    for said in ("Das stört", "This bothers me", "Bu rahatsız ediyor", "هذا يزعجني"):
        assert text.count(f">{said}</span>") == 1
    other = body(paper.text("map", "other"))
    assert "Bu rahatsız ediyor" in other
    assert "Das stört" not in other
    assert "Bunu isterim" not in other  # its kinds are two


# --- the cards -------------------------------------------------------------------------


def numbers(text: str) -> list[int]:
    return [int(n) for n in re.findall(r'<p class="number"><small>.*?</small> (\d+)</p>', text)]


def test_cards_are_24_unless_told_otherwise(paper: Paper) -> None:
    assert numbers(paper.text("cards")) == [*range(1, 25)]


def test_numbers_go_on_over_several_printings(paper: Paper) -> None:
    text = paper.text("cards", count=6, **{"from": 25})
    assert numbers(text) == [25, 26, 27, 28, 29, 30]
    assert text.count('<section class="sheet cards"') == 2
    assert "from=31" in text  # the way to the next ones


def test_each_card_leads_staff_to_its_number_in_the_room(paper: Paper) -> None:
    text = paper.text("cards", count=2, **{"from": 7})
    for number in (7, 8):
        assert print_signs.qr(f"{ROOM}/desk?m=usual&card={number}") in text


def test_mixed_cards_are_even_over_the_languages(paper: Paper) -> None:
    cards = re.findall(
        r'<article class="card" lang="(\w+)" dir="(\w+)">', paper.text("cards", count=8, lang="all")
    )
    assert cards == [("de", "ltr"), ("en", "ltr"), ("tr", "ltr"), ("ar", "rtl")] * 2


def test_cards_of_one_language_speak_it_alone(paper: Paper) -> None:
    text = paper.text("cards", count=1, lang="tr")
    for said in (
        "Burası güzel",
        "Bu rahatsız ediyor",
        "Bunu isterim",
        "Lütfen isim veya telefon numarası yazmayın.",
    ):
        assert said in text
    assert "Das stört" not in text


# --- the codes ---------------------------------------------------------------------------


def test_the_codes_join_the_wifi_and_open_the_page(paper: Paper) -> None:
    text = body(paper.text("codes"))
    assert print_signs.wifi_qr("Saal 1", "wlan-geheim") in text
    assert "wlan-geheim" not in text
    assert print_signs.qr(f"{ROOM}/tablet?m=usual") in text
    for address in ("tablet", "desk", "wall"):
        assert f"{ROOM}/{address}?m=usual" in text
    assert 'role="alert"' not in text


def test_without_a_wifi_name_there_is_one_step(paper: Paper) -> None:
    text = paper.text("codes", "empty")
    assert re.findall(r'class="step">(\d)<', text) == ["1"]


def test_an_address_that_tablets_can_use_is_taken_as_it_is(paper: Paper) -> None:
    port = urlsplit(paper.kiez.url).port
    cookie = "kiezkarte_meeting=token-usual"
    answer = paper.kiez.ask(
        "/api/prints/codes?m=usual", cookie=cookie, host=f"kiezkarte.local:{port}"
    )
    assert print_signs.qr(f"http://kiezkarte.local:{port}/tablet?m=usual") in answer.text


def test_a_wifi_code_holds_what_a_tablet_needs() -> None:
    def same(found: segno.QRCode, text: str) -> bool:
        return found.matrix == segno.make(text, error=found.error, version=found.version, mask=found.mask, mode=found.mode).matrix  # fmt: skip

    assert same(print_signs.wifi("A;B", "c:d"), r"WIFI:T:WPA;S:A\;B;P:c\:d;;")
    assert same(print_signs.wifi("offen", ""), "WIFI:S:offen;;")


# --- the protocol ---------------------------------------------------------------------------


def test_the_protocol_says_what_was_said_and_how_it_goes_on(paper: Paper) -> None:
    text = body(paper.text("protocol"))
    for part in (
        "Zwischenstand", "Kiezwerkstatt", "Statthaus", "4. Mai 2026", "Was soll bleiben?",
        "3 Beiträge", "Am Brunnen ist es schön", "Licht am Abend", "Jetzt", "Ämter und Einrichtungen",
        "Das Büro gibt es an die zuständige Stelle weiter", "2 Beiträge stehen noch für sich",
        "1 weiteren Beitrag liest das Büro noch", "Wer entscheidet: \u2068Der Quartiersrat\u2069",
        "Die Antwort kommt bis zum 1. Juli 2026.",
    ):  # fmt: skip
        assert part in text, part
    assert '<q dir="auto" lang="ar">نتمنى' in text
    assert 'role="img" aria-label="Problem 2"' in text


def test_what_was_said_stays_as_it_was_said_in_every_language(paper: Paper) -> None:
    text = body(paper.text("protocol", lang="en"))
    assert "Am Brunnen ist es schön" in text
    assert "The answer comes by July 1, 2026." in text


def test_a_meeting_without_words_has_a_protocol_as_well(paper: Paper) -> None:
    text = body(paper.text("protocol", "empty"))
    assert "Noch steht hier kein Beitrag." in text
    assert "Wann die Antwort kommt, sagt das Büro noch." in text


def test_a_closed_meeting_has_minutes(paper: Paper, tmp_path: Path) -> None:
    def closed(store: Store) -> None:
        rooms(store)
        meetings.move(store, HOUSE, "id-usual", to=State.CLOSED, now=datetime.now(UTC))  # type: ignore[arg-type]

    settle(tmp_path, closed)
    server = start_server(tmp_path, KIEZKARTE_ADDRESS="https://kiez.example")
    try:
        text = Paper(Kiez(server, tmp_path)).text("protocol")
        assert "Kiezkarte · Protokoll" in text
        assert "Zwischenstand" not in text
        assert print_signs.qr("https://kiez.example/results?lang=de") in text  # at home
        codes = Paper(Kiez(server, tmp_path)).text("codes")
        assert "Diese Adresse kennt nur dieser Rechner" in codes  # localhost, and no room's address
    finally:
        stop_server(server)


# --- the authority's certificate ------------------------------------------------------------


def test_without_an_authority_there_is_no_certificate(kiez: Kiez) -> None:
    assert kiez.ask("/api/prints/ca.crt").status == 404


def test_the_certificate_is_public_but_no_key_is(kiez: Kiez) -> None:
    folder = kiez.folder / "tls"
    folder.mkdir()
    for name in ("ca.crt", "ca.key", "server.key"):
        (folder / name).write_text(f"this is {name}")
    answer = kiez.ask("/api/prints/ca.crt")
    assert (answer.status, answer.text) == (200, "this is ca.crt")
    assert answer.headers["content-type"] == "application/x-x509-ca-cert"
    for path in ("ca.key", "server.key", "..%2ftls%2fca.key", "ca.crt/../ca.key", "CA.KEY"):
        found = kiez.ask(f"/api/prints/{path}")
        assert "this is" not in found.text
