"""What tablets ask over HTTP: said once, refused in a sentence, forged fields, the way out by PIN."""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from data import meetings, pins, receipts
from data.filters import Filter
from data.meetings import Plan, Round, State
from data.rules import HOUSE, MeetingId
from data.store import Store
from tests.browser.conftest import start_server, stop_server
from tests.pages.conftest import CODE, TRACES, Kiez, settle

PIN = "2468"
HERE = [13.42430, 52.50206]
OURS = {"x_kiezkarte": "1", "content_type": "application/json"}
LONG_AGO = timedelta(hours=13)


def planned(store: Store) -> None:
    now = datetime.now(UTC)

    def plan(code: str, *states: State, then: datetime = now, **more) -> MeetingId:
        meeting_id = MeetingId(f"meeting-{code}")
        settings = Plan(**{"title": f"Treffen {code}", "held_on": date(2026, 5, 4), **more})
        meetings.create(
            store, HOUSE, meeting_id=meeting_id, code=code, plan=settings, pin=PIN, now=now
        )
        for state in states:
            meetings.move(store, HOUSE, meeting_id, to=state, now=then)
        return meeting_id

    plan("open", State.OPEN, question="Was fehlt?")
    plan("locked", State.OPEN)
    plan("kinds", State.OPEN, kinds=("idea",))
    plan("children", State.OPEN, children=True)
    plan("planned")
    plan("paused", State.OPEN, State.PAUSED)
    plan("closed", State.OPEN, State.CLOSED)
    plan("over", State.OPEN, State.CLOSED, then=now - LONG_AGO)
    dots = plan("dots", State.OPEN, rounds=(Round.COLLECT, Round.DOTS))
    meetings.go_to_round(store, HOUSE, dots, to=Round.DOTS, now=now)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiez]:
    folder = tmp_path_factory.mktemp("rooms")
    settle(folder, planned)
    running = start_server(folder)
    yield Kiez(running, folder)
    stop_server(running)


def said(**changes) -> dict:
    plain = {
        "id": str(uuid.uuid4()),
        "receipt": receipts.code(uuid.uuid4().bytes),
        "kind": "problem",
    }
    plain |= {"words": "Zu dunkel am Brunnen", "field": "", "at": HERE, "lang": "de"}
    return {**plain, "source": "tablet", "seconds_ago": 0, "late": False, **changes}


def told(answer):
    assert answer.status < 500, answer.text[:300]
    assert answer.headers["cache-control"] == "no-store"
    assert not TRACES.search(answer.text), answer.text[:300]
    return SimpleNamespace(status=answer.status, **json.loads(answer.body))


def post(rooms, path, body, *, lang="de", **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return told(rooms.ask(f"/api/{path}?lang={lang}", "POST", raw, **{**OURS, **headers}))


def say(rooms, code: str = "open", *, lang: str = "de", **changes):
    return post(rooms, f"rooms/{code}/pins", said(**changes), lang=lang)


def stored(rooms, **wanted) -> list[pins.Pin]:
    with rooms.opened() as store:
        return [
            pin
            for pin in pins.listing(store, HOUSE, Filter(), limit=500)
            if all(getattr(pin, name) == value for name, value in wanted.items())
        ]


# --- how a meeting stands ---------------------------------------------------


def test_a_tablet_learns_how_its_meeting_stands(rooms) -> None:
    found = told(rooms.ask("/api/rooms/open"))
    assert (found.state, found.round, found.version) == ("open", "collect", 1)
    assert found.question == "Was fehlt?"
    assert datetime.fromisoformat(found.now).tzinfo
    assert told(rooms.ask("/api/rooms/dots")).round == "dots"


@pytest.mark.parametrize("code", ["nix", "a" * 5000, "{{7*7}}", "%F0%9F%92%A9"])
def test_an_unknown_code_is_a_sentence(rooms, code) -> None:
    answer = rooms.ask(f"/api/rooms/{code}?lang=tr")
    assert answer.status == 404
    assert not TRACES.search(answer.text)


def test_a_refusal_speaks_the_language_asked_for(rooms) -> None:
    german, turkish = (told(rooms.ask(f"/api/rooms/nix?lang={lang}")) for lang in ("de", "tr"))
    assert german.error == turkish.error == "meeting.unknown"
    assert german.sentence != turkish.sentence


# --- what is said -----------------------------------------------------------


def test_a_pin_is_kept_with_its_meeting_and_its_receipt(rooms) -> None:
    one = said(receipt="AAAAA-AAAAA-AAA", words="  Hier fehlt Licht ", field="OER", seconds_ago=600)
    found = post(rooms, "rooms/open/pins", one)
    assert (found.status, found.id, found.waiting) == (200, one["id"], True)
    assert found.place == "Feuerwehrbrunnen"
    assert found.qr["size"] >= 25
    assert set(found.qr["path"]) <= set("Mhvz- 0123456789")
    (pin,) = stored(rooms, id=one["id"])
    assert (pin.words, pin.field, pin.source, pin.meeting_id) == (
        "Hier fehlt Licht",
        "OER",
        "tablet",
        "meeting-open",
    )
    ago = datetime.now(UTC) - pin.created_at
    assert timedelta(minutes=9) < ago < timedelta(minutes=15)
    with rooms.opened() as store:
        assert pins.by_receipt(store, "aaaaa aaaaa aaa").pin == one["id"]


def test_the_same_pin_sent_twice_is_one_pin_and_one_answer(rooms) -> None:
    one = said(receipt="BBBBB-BBBBB-BBB")
    answers = [post(rooms, "rooms/open/pins", one) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert len(stored(rooms, id=one["id"])) == 1


def test_the_same_id_with_other_words_leaves_the_first(rooms) -> None:
    one = said(receipt="CCCCC-CCCCC-CCC")
    post(rooms, "rooms/open/pins", one)
    other = {**one, "words": "Etwas anderes", "receipt": "DDDDD-DDDDD-DDD"}
    post(rooms, "rooms/open/pins", other)
    (pin,) = stored(rooms, id=one["id"])
    assert pin.words == one["words"]
    with rooms.opened() as store, pytest.raises(pins.NotFound):
        pins.by_receipt(store, "DDDDD-DDDDD-DDD")


def test_the_place_is_said_in_the_tablets_language(rooms) -> None:
    places = {
        lang: say(rooms, lang=lang, at=[13.4228, 52.50095]).place for lang in ("de", "tr", "ar")
    }
    assert all(places.values())
    assert told(rooms.ask("/api/place?at=13.4228,52.50095&lang=ar")).place == places["ar"]


def test_easy_german_is_german_words(rooms) -> None:
    one = said(lang="ls")
    assert post(rooms, "rooms/open/pins", one, lang="ls").status == 200
    assert stored(rooms, id=one["id"])[0].lang == "de"


@pytest.mark.parametrize("ago", [-5, 1e308, "gestern", None, True, [], float("nan")])
def test_a_tablets_clock_is_believed_within_reason(rooms, ago) -> None:
    one = said(seconds_ago=ago)
    assert post(rooms, "rooms/open/pins", one).status == 200
    (pin,) = stored(rooms, id=one["id"])
    assert timedelta() <= datetime.now(UTC) - pin.created_at < timedelta(days=2, hours=1)


FORGED = {
    "no object": b"[]",
    "no json": b"{",
    "nothing": b"",
    "not utf-8": b"\xff\xfe",
    "deep": b"[" * 20_000,
    "a name": b'"pin"',
    "id none": {"id": ""},
    "id number": {"id": 7},
    "id no uuid": {"id": "pin-1"},
    "id upper case": {"id": "A" * 36},
    "id too long": {"id": "0" * 9000},
    "id another pin's": {"id": "wait-1"},
    "receipt none": {"receipt": ""},
    "receipt short": {"receipt": "ABC"},
    "receipt long": {"receipt": "A" * 9000},
    "receipt of another pin": {"receipt": CODE},
    "receipt with other signs": {"receipt": "7Q2MX-9D4RT-0K$"},
    "receipt list": {"receipt": ["7Q2MX-9D4RT-0KB"]},
    "kind unknown": {"kind": "praise"},
    "kind empty": {"kind": ""},
    "kind list": {"kind": ["problem"]},
    "words none": {"words": "   "},
    "words number": {"words": 5},
    "words too long": {"words": "a" * 1001},
    "words only control signs": {"words": "\u0000\u202e"},
    "field unknown": {"field": "XX"},
    "field object": {"field": {}},
    "place none": {"at": None},
    "place one number": {"at": [13.4]},
    "place of texts": {"at": ["13.4", "52.5"]},
    "place of booleans": {"at": [True, False]},
    "place beyond": {"at": [1e300, 52.5]},
    "place elsewhere": {"at": [13.2, 52.4]},
    "place turned": {"at": [52.50206, 13.42430]},
    "language unknown": {"lang": "xx"},
    "language list": {"lang": []},
    "source web": {"source": "web"},
    "source paper": {"source": "paper"},
    "source demo": {"source": "demo"},
    "source children": {"source": "children", "receipt": ""},
    "source list": {"source": ["tablet"]},
}


@pytest.mark.parametrize("name", FORGED)
def test_what_no_tablet_sends_is_refused_in_a_sentence(rooms, name) -> None:
    given = FORGED[name]
    body = given if isinstance(given, bytes) else said(**given)
    answer = post(rooms, "rooms/open/pins", body, lang="ar")
    assert answer.status == 422
    assert answer.sentence
    if isinstance(body, dict) and body["id"] not in ("wait-1", "pin-1"):
        assert not stored(rooms, id=body["id"])


def test_released_and_demo_are_not_the_tablets_to_say(rooms) -> None:
    one = said(
        released=True, demo=True, status="new", origin="x", number=1, meeting="meeting-kinds"
    )
    assert post(rooms, "rooms/open/pins", one).status == 200
    (pin,) = stored(rooms, id=one["id"])
    assert (pin.status, pin.demo, pin.meeting_id) == ("waiting", False, "meeting-open")


def test_another_page_cannot_send(rooms) -> None:
    body = json.dumps(said()).encode()
    assert rooms.ask("/api/rooms/open/pins", "POST", body).status == 403
    assert (
        rooms.ask("/api/rooms/open/pins", "POST", body, **OURS, sec_fetch_site="cross-site").status
        == 403
    )


def test_a_body_too_big_is_refused(rooms) -> None:
    assert post(rooms, "rooms/open/pins", b"x" * 40_000).error == "form.too_big"


def test_only_the_meetings_kinds_are_taken(rooms) -> None:
    assert say(rooms, "kinds").field == "kind"
    assert say(rooms, "kinds", kind="idea").status == 200


# --- children ---------------------------------------------------------------


def test_a_child_needs_no_words_and_gets_no_receipt(rooms) -> None:
    one = said(source="children", receipt="", words="")
    found = post(rooms, "rooms/children/pins", one)
    assert (found.status, found.qr) == (200, None)
    assert stored(rooms, id=one["id"])[0].source == "children"
    assert say(rooms, "children", source="children").status == 422  # with a receipt


# --- the meeting's states ---------------------------------------------------


@pytest.mark.parametrize("code", ["planned", "paused", "closed", "over"])
def test_a_meeting_that_is_not_open_takes_nothing_new(rooms, code) -> None:
    answer = say(rooms, code)
    assert answer.status == 409
    assert answer.error.startswith("meeting.is_")


@pytest.mark.parametrize(
    ("code", "status"), [("planned", 409), ("paused", 200), ("closed", 200), ("over", 409)]
)
def test_what_was_begun_in_time_is_taken_late(rooms, code, status) -> None:
    assert say(rooms, code, late=True).status == status
    assert say(rooms, code, late="true").status == 409


def test_an_answer_that_was_lost_is_given_again_after_the_end(rooms) -> None:
    one = said(receipt="EEEEE-EEEEE-EEE")
    first = post(rooms, "rooms/open/pins", one)
    assert post(rooms, "rooms/over/pins", one) == first
    assert len(stored(rooms, id=one["id"])) == 1


def test_an_unknown_meeting_takes_nothing(rooms) -> None:
    assert say(rooms, "nix").error == "meeting.unknown"


# --- places -----------------------------------------------------------------


@pytest.mark.parametrize("at", ["", "1", "1,2,3", "x,y", "nan,52.5", "inf,1", "181,52", "1" * 9000])
def test_no_place_is_a_sentence(rooms, at) -> None:
    answer = told(rooms.ask(f"/api/place?at={at}&lang=en"))
    assert (answer.status, answer.field) == (422, "place")


# --- the way out ------------------------------------------------------------


def test_the_right_pin_lets_a_tablet_out(rooms) -> None:
    assert post(rooms, "rooms/open/leave", {"pin": PIN}).open is True


@pytest.mark.parametrize("pin", ["1234", "", "24680", "٢٤٦٧", None, 2468, ["2468"], "9" * 9000])
def test_a_wrong_pin_is_a_sentence(rooms, pin) -> None:
    source = {"x_forwarded_for": f"192.0.2.{abs(hash(repr(pin))) % 250}"}
    answer = post(rooms, "rooms/open/leave", {"pin": pin}, **source)
    assert (answer.status, answer.error, answer.field) == (422, "meeting.pin_wrong", "pin")
    assert post(rooms, "rooms/nix/leave", {"pin": pin}, **source).status == 422


def test_guessing_a_pin_stops_and_another_tablet_goes_on(rooms) -> None:
    thief, other = ({"x_forwarded_for": f"198.51.100.{n}"} for n in (7, 8))
    tries = [
        post(rooms, "rooms/locked/leave", {"pin": str(n)}, **thief).status
        for n in range(1000, 1008)
    ]
    assert tries[:5] == [422] * 5
    assert tries[5:] == [429] * 3
    assert post(rooms, "rooms/locked/leave", {"pin": PIN}, **thief).status == 429
    assert post(rooms, "rooms/locked/leave", {"pin": PIN}, **other).status == 200
