"""Photos over plain HTTP: who may send and see them; and the office's page in memory."""

import http.client
import json
import threading
import urllib.parse
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from components import photo, photo_check
from components.words import LANGUAGES, words
from data import areas, attendance, meetings, photos, pictures, pins, settings
from data.pins import Draft
from data.problems import BadInput
from data.rules import HOUSE, VISITOR, Actor, PersonId, PinId, Role
from tests.browser.conftest import start_server, stop_server
from tests.data.doors_meetings import PLAN
from tests.data.doors_photos import picture
from tests.pages.conftest import FOUNTAIN, TRACES, Kiez, settle
from tests.pages.test_office import here, press, show, text  # noqa: F401

MINE, THEIRS, GONE, CHECKED = (f"22222-22222-00{n}" for n in range(4))
OFFICE = Actor(Role.OFFICE, person=PersonId("person-office"), name="Büro")
JPEG = picture()
TOKEN = "of-the-facilitator"


def with_photos(store) -> None:
    now, area = datetime.now(UTC), areas.load("mariannenplatz")
    settings.change(store, HOUSE, "photos", "on", now=now)
    codes = {"mine": MINE, "theirs": THEIRS, "gone": GONE, "checked": CHECKED}
    drafts = [Draft(PinId(n), "problem", "Zaun", FOUNTAIN, code=code) for n, code in codes.items()]
    pins.add(store, VISITOR, area, drafts, now=now)
    pins.release(store, OFFICE, [draft.id for draft in drafts], now=now)
    pins.withdraw(store, pins.by_receipt(store, GONE), now=now)
    photos.add(store, pins.by_receipt(store, CHECKED), JPEG, now=now)
    photos.show(store, OFFICE, PinId("checked"), parts=(), seen=now, now=now)
    meeting = meetings.MeetingId("meeting-1")
    meetings.create(store, HOUSE, meeting_id=meeting, code="room", plan=PLAN, pin="2468", now=now)
    attendance.unlock(store, "room", "2468", token=TOKEN, now=now)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    settle(folder, with_photos)
    running = start_server(folder)
    yield Kiez(running, folder)
    stop_server(running)


def send(place, body: bytes = JPEG, code: str = MINE, lang: str = "de", **headers: str):
    sent = {"x-kiezkarte": "1", "x-receipt": code, "content-type": "image/jpeg"} | headers
    answer = place.ask(f"/api/photos?lang={lang}", "POST", body, **sent)
    assert answer.status < 500, answer.text
    assert not TRACES.search(answer.text)
    assert answer.headers["x-content-type-options"] == "nosniff"
    return SimpleNamespace(status=answer.status, **json.loads(answer.body))


def look(place, pin: str, query: str = "", **headers: str):
    return place.ask(f"/api/photos/{pin}{query}", **headers)


def test_a_photo_is_taken_by_its_receipt_and_seen_by_nobody_yet(place) -> None:
    for _ in range(2):  # sent again, as after a lost answer
        assert send(place).status == 200
    facilitator = {"cookie": f"kiezkarte_meeting={TOKEN}"}
    jury = {"cookie": place.cookie("jury")}
    office = {"cookie": place.cookie("office")}
    for headers in ({}, {"x-receipt": MINE}, facilitator, jury, office):
        assert look(place, "mine", **headers).status == 404
    for headers in ({}, {"x-receipt": MINE}, facilitator, jury):
        assert look(place, "mine", "?scope=office", **headers).status == 403
    seen = look(place, "mine", "?scope=office", **office)
    assert (seen.status, seen.headers["content-type"]) == (200, "image/jpeg")
    with place.opened() as store:
        assert store.read("select count(*) from photo where pin_id = 'mine'")[0][0] == 1


def test_a_checked_photo_is_an_image_and_can_be_nothing_else(place) -> None:
    seen = look(place, "checked")
    assert seen.status == 200
    assert seen.body.startswith(b"\xff\xd8\xff")
    assert seen.headers["content-type"] == "image/jpeg"
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert seen.headers["cache-control"] == "private, no-store"
    assert "sandbox" in seen.headers["content-security-policy"]
    assert "default-src 'none'" in seen.headers["content-security-policy"]


NOBODYS = [
    "",
    "no-such",
    "wait-1",
    "hidden-1",
    "pin-1",
    "gone",
    "../checked",
    "%00",
    "a" * 5000,
    "checked'--",
]


@pytest.mark.parametrize("pin", NOBODYS)
def test_what_is_not_shown_is_not_found(place, pin) -> None:
    answer = look(place, urllib.parse.quote(pin))
    assert answer.status in (400, 404)
    assert not answer.body.startswith(b"\xff\xd8")
    assert not TRACES.search(answer.text)


@pytest.mark.parametrize("code", ["", "7Q2MX", "7Q2MX-9D4RT-0KC", "x" * 3000, "' or 1=1 --"])
def test_without_its_receipt_nobody_gives_a_photo(place, code) -> None:
    answer = send(place, code=code, x_forwarded_for=f"198.51.100.{len(code) % 250}")
    assert (answer.status, answer.error) == (404, "receipt.unknown")


def test_wrong_receipts_are_slowed(place) -> None:
    answers = [send(place, code=f"wrong-{n}", x_forwarded_for="203.0.113.77") for n in range(12)]
    assert [answer.status for answer in answers][-1] == 429


def test_the_other_pins_receipt_gives_to_the_other_pin(place) -> None:
    assert send(place, picture(size=(500, 200)), code=THEIRS).status == 200
    office = {"cookie": place.cookie("office")}
    with place.opened() as store:
        widths = dict(store.read("select pin_id, width from photo"))
    assert widths["theirs"] == 500
    assert widths.get("mine", 320) == 320
    assert look(place, "theirs", "?scope=office", **office).status == 200


def test_a_withdrawn_and_a_checked_pin_take_none(place) -> None:
    assert (send(place, code=GONE).status, send(place, code=GONE).error) == (
        409,
        "photo.pin_withdrawn",
    )
    assert (send(place, code=CHECKED).status, send(place, code=CHECKED).error) == (
        409,
        "photo.checked",
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "empty"),
        (b"<svg/>", "no_picture"),
        (JPEG[:300], "broken"),
        (b"\0\0\0\x18ftypheic", "heic"),
    ],
)
def test_what_is_no_photo_is_told_in_ones_language(place, lang, raw, key) -> None:
    before = place.stored()
    answer = send(
        place, raw, code=MINE, lang=lang, x_forwarded_for=f"192.0.2.{hash(lang + key) % 250}"
    )
    assert (answer.status, answer.error, answer.field) == (422, f"photo.{key}", "photo")
    assert answer.sentence == words(lang)(f"problem.photo.{key}")
    assert place.stored() == before


@pytest.mark.parametrize("headers", [{"x-kiezkarte": ""}, {"sec-fetch-site": "cross-site"}])
def test_a_page_elsewhere_cannot_send_one(place, headers) -> None:
    sent = {"x-receipt": MINE, "x-kiezkarte": "1"} | headers
    sent = {name: value for name, value in sent.items() if value}
    assert place.ask("/api/photos", "POST", JPEG, **sent).status == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_only_sending_and_looking_are_there(place, method) -> None:
    assert place.ask("/api/photos/checked", method).status in (404, 405)


def test_a_body_without_end_is_refused_and_the_server_lives(place) -> None:
    netloc = urllib.parse.urlsplit(place.url).netloc
    call = http.client.HTTPConnection(netloc, timeout=60)
    pieces = (b"x" * 1_000_000 for _ in range(60))
    try:
        headers = {"x-kiezkarte": "1", "x-receipt": MINE}
        call.request("POST", "/api/photos", pieces, headers, encode_chunked=True)
        assert call.getresponse().status == 422
    except OSError:
        pass  # cut off while it was still sending
    finally:
        call.close()
    assert place.ask("/api/health").status == 200


def test_streamlits_own_door_for_files_stays_shut(place) -> None:
    assert place.ask("/_stcore/upload_file/x/y", "PUT", JPEG).status == 404


def test_many_at_once_are_all_told_something(place) -> None:
    raw, found = picture(size=(3000, 2000)), []
    calls = [
        threading.Thread(
            target=lambda n=n: found.append(send(place, raw, x_forwarded_for=f"10.9.0.{n}").status)
        )
        for n in range(20)
    ]
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    assert len(found) == 20
    assert set(found) <= {200, 429}
    assert 200 in found


# --- the office's page, whole in memory ---------------------------------------


@pytest.fixture
def waiting(here, area, admin, office, now, draft, monkeypatch):  # noqa: F811
    """A public pin whose photo waits; what is painted comes from the test."""
    settings.change(here.store, admin, "photos", "on", now=now)
    pins.add(here.store, VISITOR, area, [draft("Zaun <b>kaputt</b>", id="p", code=MINE)], now=now)
    pins.release(here.store, office, ["p"], now=now)
    photos.add(here.store, pins.by_receipt(here.store, MINE), JPEG, now=now)
    here.decide = []
    monkeypatch.setattr(
        photo_check, "blackout", lambda words, photo, *, on_show: here.decide.append(on_show)
    )
    return here


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_draws_in_every_language(waiting, lang) -> None:
    page = show("photos", lang=lang)
    assert not page.exception
    assert words(lang)("page.photos") in text(page)
    assert "&lt;b&gt;" in text(page)
    assert "<b>" not in text(page)


@pytest.mark.parametrize("role", [None, Role.JURY, Role.FACILITATOR])
def test_nobody_else_sees_the_page(waiting, role) -> None:
    waiting.actor = Actor(role, person=PersonId("p")) if role else VISITOR
    page = show("photos", lang="de")
    assert "Zaun" not in text(page)
    assert not page.button
    assert waiting.decide == []


def test_a_reason_erases_the_photo(waiting, office) -> None:
    page = press(show("photos", lang="de"), "refuse-people-p")
    assert not page.exception
    assert words("de")("photos.refused", number=1) in text(page)
    assert photos.waiting_count(waiting.store, office) == 0
    assert waiting.store.read("select original, state from photo") == [(None, "refused")]


@pytest.mark.parametrize("parts", [None, "x", [[0, 0, 2, 2]], [[0, 0]]])
def test_strange_parts_show_nothing(waiting, office, parts) -> None:
    """A forged message of the component is refused, and the photo still waits."""
    photo = photos.waiting(waiting.store, office)
    with pytest.raises(BadInput):
        photos.show(
            waiting.store, office, photo.pin_id, parts=pictures.rectangles(parts),
            seen=photo.changed_at, now=photo.changed_at,
        )  # fmt: skip
    assert photos.waiting_count(waiting.store, office) == 1


def test_a_shown_photo_is_on_the_card_and_taken_back_by_a_button(waiting, office, now) -> None:
    seen = photos.waiting(waiting.store, office).changed_at
    photos.show(waiting.store, office, PinId("p"), parts=(), seen=seen, now=now)
    found = photo.of(words("de"), [pins.get(waiting.store, office, PinId("p"))])
    assert 'alt="Foto zu Beitrag 1"' in found[PinId("p")]
    page = show("photos", lang="de")
    assert 'src="api/photos/p"' in text(page)
    assert not press(page, "back-p").exception
    assert photos.waiting_count(waiting.store, office) == 1


def test_the_admin_switches_photos_on(here, admin, office_day) -> None:  # noqa: F811
    here.actor = admin
    page = show("people", lang="de")
    page.radio(key="people-photos").set_value("on")
    page = press(page, "photos-save")
    assert not page.exception
    assert settings.get(here.store, "photos") == "on"
