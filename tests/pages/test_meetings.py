"""Meetings over Streamlit's socket: who has no PIN types nothing, whatever is sent."""

import urllib.parse
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from components.words import words
from data import meetings
from data.meetings import Plan, State
from data.rules import HOUSE, MeetingId
from data.store import Store
from tests.browser.conftest import start_server, stop_server
from tests.pages.conftest import BESIDE, FORM, TRACES, Kiez, settle
from tests.protocol import Visitor

SAY = words("de")
HERE = [13.42430, 52.50206]
SECRET = "wlan-geheim-77"
PINS = {"a": "246800", "b": "135791"}


def plan_rooms(store: Store) -> None:
    now = datetime.now(UTC)
    for name, pin in PINS.items():
        meeting_id = MeetingId(name)
        plan = Plan(
            f"Werkstatt {name}", date(2026, 5, 4), wifi_name="Kiez", wifi_password=SECRET,
            publish="at_once",
        )  # fmt: skip
        meetings.create(
            store, HOUSE, meeting_id=meeting_id, code=f"ROOM{name.upper()}", plan=plan, pin=pin,
            now=now,
        )  # fmt: skip
        meetings.move(store, HOUSE, meeting_id, to=State.OPEN, now=now)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiez]:
    folder = tmp_path_factory.mktemp("meetings")
    settle(folder, plan_rooms)
    running = start_server(folder)
    yield Kiez(running, folder)
    stop_server(running)


def key_of(house: Kiez, name: str, pin: str = "") -> str:
    """Return the cookie of who leads a meeting by its PIN ('' when refused)."""
    way = f"/auth/meeting/ROOM{name.upper()}?to=desk"
    form = house.ask(way).cookies["kiezkarte_form"].value
    body = urllib.parse.urlencode({"form": form, "pin": pin or PINS[name]})
    sent = {"cookie": f"kiezkarte_form={form}", "content_type": FORM}
    found = house.ask(way, "POST", body.encode(), **sent).cookies.get("kiezkarte_meeting")
    return f"kiezkarte_meeting={found.value}" if found else ""


def begun(tab: Visitor, name: str, said: str) -> Visitor:
    """Open the desk, choose a place and type."""
    tab.open("desk", f"lang=de&m=ROOM{name.upper()}").does({"n": 1, "tap": HERE})
    return tab.hold("typing-words", string_value=said)


def stored(house: Kiez) -> str:
    with house.opened() as store:
        tables = [n for (n,) in store.read("select table_name from information_schema.tables")]
        kept = [n for n in sorted(tables) if n not in (*BESIDE, "meeting_session")]
        return repr([(n, sorted(store.read(f"select * from {n}"), key=repr)) for n in kept])


def said_at(house: Kiez, said: str) -> list[tuple]:
    with house.opened() as store:
        return store.read("select meeting_id, source from pin where words = $said", {"said": said})


def test_who_has_the_pin_types_along(house) -> None:
    with Visitor(house.url, cookie=key_of(house, "a")) as tab:
        begun(tab, "a", "Die Bank ist kaputt").click("typing-save*")
        assert not tab.broke()
        assert "Die Bank ist kaputt" in tab.text()
    assert said_at(house, "Die Bank ist kaputt") == [("a", "desk")]


def test_a_wrong_pin_gives_no_key(house) -> None:
    assert key_of(house, "a", PINS["b"]) == ""


@pytest.mark.parametrize("who", ["nobody", "the other room", "the jury", "an invented key"])
def test_a_forged_save_without_the_rooms_pin_stores_nothing(house, who) -> None:
    cookie = {
        "nobody": "",
        "the other room": key_of(house, "b"),
        "the jury": house.cookie("jury"),
        "an invented key": "kiezkarte_meeting=" + "x" * 43,
    }[who]
    with Visitor(house.url, cookie=key_of(house, "a")) as tab:
        begun(tab, "a", f"Gefälscht von {who}")
        page, values = tab.page, dict(tab.values)
        names = [name for e in tab.shown if (name := tab._id(e))]
    before = stored(house)
    with Visitor(house.url, cookie=cookie) as thief:
        thief.open("desk", "lang=de&m=ROOMA")
        assert SAY("typing.door") in thief.text()
        thief.page, thief.values = page, values
        thief.again(*(WidgetState(id=name, trigger_value=True) for name in names))
        for name in names:
            thief.again(WidgetState(id=name, trigger_value=True))
        assert SAY("typing.door") in thief.text()
        assert not thief.broke()
        assert not TRACES.search(thief.text())
        assert SECRET.encode() not in thief.raw
    assert stored(house) == before


def test_a_desk_taken_over_without_its_cookie_saves_nothing(house) -> None:
    with Visitor(house.url, cookie=key_of(house, "a")) as tab:
        begun(tab, "a", "Gestohlenes Wort")
        save, session, page, values = tab.id_of("typing-save*"), tab.session, tab.page, tab.values
    before = stored(house)
    with Visitor(house.url, session=session) as thief:
        thief.page, thief.values, thief.query = page, values, "lang=de&m=ROOMA"
        thief.again(WidgetState(id=save, trigger_value=True))
        assert not thief.broke()
    assert stored(house) == before


def test_an_address_changed_to_another_room_saves_nothing_there(house) -> None:
    with Visitor(house.url, cookie=key_of(house, "a")) as tab:
        begun(tab, "a", "Im falschen Zimmer")
        tab.query = "lang=de&m=ROOMB"
        tab.click("typing-save*")
        assert not tab.broke()
    assert said_at(house, "Im falschen Zimmer") == []


ODD = {
    "kind": ("kind-typing-*", {"string_value": "böse"}),
    "field": ("typing-field", {"string_value": "XX"}),
    "no words": ("typing-words", {"string_value": " \x00 "}),
}


@pytest.mark.parametrize(("widget", "value"), ODD.values(), ids=ODD)
def test_values_that_no_desk_sends_store_nothing(house, widget, value) -> None:
    with Visitor(house.url, cookie=key_of(house, "a")) as tab:
        begun(tab, "a", "Seltsam").hold(widget, **value)
        before = stored(house)
        tab.click("typing-save*")
        assert not tab.broke()
        assert not TRACES.search(tab.text())
    assert stored(house) == before


@pytest.mark.parametrize("code", ["", "x", "ZZZZZZZZ", "' or 1=1 --", "\x00", "x" * 9000])
def test_a_code_of_no_room_is_told_so(house, code) -> None:
    with Visitor(house.url) as tab:
        tab.open("desk", urllib.parse.urlencode({"lang": "de", "m": code}))
        assert not tab.broke()
        assert SAY("problem.meeting.unknown") in tab.text()
        assert not tab.has("typing-words")


def test_a_new_pin_ends_the_desk_that_was_open(house) -> None:
    with Visitor(house.url, cookie=key_of(house, "b")) as tab:
        begun(tab, "b", "Nach der neuen PIN")
        with Visitor(house.url, cookie=house.cookie("office")) as office:
            office.open("meetings", "lang=de&meeting=b").click("new-pin-b")
            assert not office.broke()
            assert SAY("meetings.pin_is", pin="")[:16] in office.text()
        tab.click("typing-save*")
        assert SAY("typing.door") in tab.text()
    assert said_at(house, "Nach der neuen PIN") == []


@pytest.mark.parametrize("who", ["", "jury"])
def test_the_offices_page_tells_others_nothing_and_takes_nothing_from_them(house, who) -> None:
    with Visitor(house.url, cookie=house.cookie("office")) as office:
        office.open("meetings", "lang=de&meeting=a")
        page = office.pages["meetings"]
        names = [name for e in office.shown if (name := office._id(e)) and "kk-" not in name]
    before = stored(house)
    with Visitor(house.url, cookie=house.cookie(who) if who else "") as tab:
        tab.open("meetings", "lang=de&meeting=a")
        tab.page = page
        tab.again(*(WidgetState(id=name, trigger_value=True) for name in names))
        assert b"Werkstatt a" not in tab.raw
        assert SECRET.encode() not in tab.raw
        assert not tab.broke()
    assert stored(house) == before


def test_a_meeting_is_planned_with_a_title_and_twice_sent_is_one(house) -> None:
    with Visitor(house.url, cookie=house.cookie("office")) as tab:
        tab.open("meetings", "lang=de")
        tab.click("FormSubmitter:meeting-*")
        assert SAY("problem.meeting.title_missing") in tab.text()
        tab.hold("meeting-title-*", string_value="Werkstatt neu")
        create = WidgetState(id=tab.id_of("FormSubmitter:meeting-*"), trigger_value=True)
        tab.again(create)
        assert SAY("meetings.created", pin="")[:24] in tab.text()
        tab.again(create)
        assert not tab.broke()
    with house.opened() as store:
        found = store.read("select code, state from meeting where title = 'Werkstatt neu'")
    assert len(found) == 1
    assert len(found[0][0]) == 8
    assert found[0][1] == "planned"
