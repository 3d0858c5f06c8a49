"""Attacks over Streamlit's socket: forged values, buttons of others, codes, kills; on a real server."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from components.words import words
from data import pins
from data.store import Store
from tests.browser.conftest import start_server, stop_server
from tests.pages.conftest import CODE, SECRET_WORDS, TRACES, UNSEEN, Kiez, settle
from tests.protocol import Visitor

SAY = words("de")
HERE = [13.42430, 52.50206]
RECEIPT = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{3}\b")
BROKEN = SAY("problem.unexpected", reference="")[:30]
OFFICE_PAGES = ("inbox", "pins", "groups", "needs", "projects", "proposals", "people")


@pytest.fixture
def visitor(kiez: Kiez) -> Iterator[Visitor]:
    with Visitor(kiez.url) as opened:
        yield opened.open()


@pytest.fixture(scope="module")
def other(kiez: Kiez) -> Iterator[Visitor]:
    with Visitor(kiez.url) as opened:
        yield opened.open()


@pytest.fixture(autouse=True)
def others_are_fine(kiez: Kiez, other: Visitor) -> Iterator[None]:
    """Whatever one visitor sends, another one's open tab works on and the server answers."""
    yield
    assert SAY("pin_form.by_list") in other.again().text()
    assert kiez.ask("/api/health").status == 200


def nothing_inside(tab: Visitor) -> None:
    """Check that a tab was told nothing of the program and nothing that is not public."""
    assert not tab.broke()
    said = tab.text()
    assert not TRACES.search(said), said[:500]
    assert SECRET_WORDS.encode() not in tab.raw
    assert b"interne Notiz" not in tab.raw


# --- the map's events -------------------------------------------------------

EVENTS = {
    "text": '"x"',
    "list": [1, 2],
    "null": "null",
    "number": 3,
    "bool": True,
    "no json": "{",
    "nothing": "",
    "nan": '{"n": 1, "tap": [NaN, 52.5]}',
    "inf": '{"n": 1, "tap": [Infinity, -Infinity]}',
    "1e308": {"n": 1, "tap": [1e308, 1e308]},
    "strings": {"n": 1, "tap": ["13.42", "52.5"]},
    "bools": {"n": 1, "tap": [True, False]},
    "n float": {"n": 1e308, "tap": HERE},
    "n text": {"n": "1", "tap": HERE},
    "n too long": '{"n": ' + "9" * 5000 + "}",
    "three": {"n": 1, "tap": [*HERE, 1]},
    "deep list": "[" * 2000 + "]" * 2000,
    "deep object": '{"a":' * 2000 + "1" + "}" * 2000,
    "pick number": {"n": 1, "pick": 5},
    "pick long": {"n": 1, "pick": "x" * 10_000},
    "window of all": {"n": 1, "window": [-180, -90, 180, 90]},
    "popup": {"last_object_clicked_popup": "<script>alert(1)</script>", "n": 1},
}


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_a_malformed_event_changes_nothing_and_ends_nobodys_visit(kiez, visitor, event):
    before = kiez.stored()
    nothing_inside(visitor.does(event))
    assert not visitor.has("words-*")
    assert kiez.stored() == before
    nothing_inside(visitor.open())
    assert SAY("pin_form.by_list") in visitor.text()  # a reload is a fresh start


@pytest.mark.parametrize(
    "pick",
    [*sorted(UNSEEN), "\ud800", "\x00", "' or 1=1 --", "<script>alert(1)</script>", "{{7*7}}"],
)
def test_a_pick_of_what_is_not_public_is_told_so(visitor, pick):
    said = visitor.does({"n": 1, "pick": pick})
    nothing_inside(said)
    assert any(
        SAY(key) in said.text() for key in ("problem.pin.not_found", "problem.text_unreadable")
    )


@pytest.mark.parametrize("tap", [[52.502, 13.424], [13.41327, 52.52186], [0, 0], [-180, -90]])
def test_a_tap_off_the_map_is_told_so(kiez, visitor, tap):
    before = kiez.stored()
    assert "außerhalb der Karte" in visitor.does({"n": 1, "tap": tap}).text()
    assert not visitor.has("words-*")
    assert kiez.stored() == before


def test_a_negative_or_endless_counter_is_a_counter(visitor):
    for n in (-1, -(10**300), 10**300):
        nothing_inside(visitor.does({"n": n, "tap": HERE}))
        assert visitor.has("words-*")


# --- values no page would send ----------------------------------------------

VALUES = {
    "int": {"int_value": 99},
    "negative": {"int_value": -(2**50)},
    "text": {"string_value": "{{7*7}}<script>"},
    "long": {"string_value": "a " * 100_000},
    "nul": {"string_value": "\x00"},
    "nan": {"double_value": float("nan")},
    "list": {"string_array_value": ["x", "problem", "' or 1=1 --"]},
    "ints": {"int_array_value": [-1, 99, 2**40]},
    "json": {"json_value": '{"a": [[[[]]]]}'},
    "bytes": {"bytes_value": b"\xff\xfe"},
    "bool": {"bool_value": True},
}
WIDGETS = [
    "residents-text-de-0",
    "residents-kind-de-0",
    "residents-field-de-0",
    "view-de",
    "kk-lang-de",
]


@pytest.mark.parametrize("widget", WIDGETS)
def test_a_value_outside_its_widget_is_no_way_in(visitor, widget):
    for value in VALUES.values():
        nothing_inside(visitor.hold(widget, **value).again())
        assert not any(pin in visitor.text() for pin in UNSEEN), value
        visitor.open()


@pytest.mark.parametrize("since", ["0001-01-01", "9999-12-31", "2026-13-45", "x", "{{7*7}}"])
def test_a_day_that_is_none_filters_nothing_badly(kiez, since):
    with Visitor(kiez.url, cookie=kiez.cookie("office")) as tab:
        tab.open("pins", f"lang=de&since={since}&until={since}")
        assert BROKEN not in tab.text()
        for name in ("pins-since-de-0", "pins-until-de-0"):
            tab.hold(name, string_array_value=[since]).again()
            assert not tab.broke()
            tab.open("pins", "lang=de")


def form(tab: Visitor, said: str = "Zu laut", **values: dict) -> Visitor:
    """Tap, fill the form, send it."""
    tab.does({"n": 1, "tap": HERE})
    tab.hold("kind-*", **values.get("kind", {"string_value": "problem"}))
    tab.hold("words-*", string_value=said)
    if "field" in values:
        tab.hold("field-*", **values["field"])
    return tab.click("FormSubmitter:pin-*")


REFUSED = {
    "no words": ("", {}, "problem.pin.words_missing"),
    "blank": (" \n\t ", {}, "problem.pin.words_missing"),
    "control": ("\x00\x01\x1b", {}, "problem.pin.words_missing"),
    "bidi alone": ("\u202e\u202d", {}, "problem.pin.words_missing"),
    "kind": ("x", {"kind": {"string_value": "böse"}}, "problem.pin.kind_unknown"),
    "kind code": ("x", {"kind": {"string_value": "{{7*7}}"}}, "problem.pin.kind_unknown"),
    "kind none": ("x", {"kind": {"string_value": ""}}, "problem.pin.kind_unknown"),
    "kind number": ("x", {"kind": {"int_value": 7}}, "problem.unexpected"),
    "field number": ("x", {"field": {"int_value": 7}}, "problem.unexpected"),
}


@pytest.mark.parametrize(("said", "values", "key"), REFUSED.values(), ids=REFUSED)
def test_a_refused_form_is_told_and_changes_nothing(kiez, visitor, said, values, key):
    before = kiez.stored()
    form(visitor, said, **values)
    nothing_inside(visitor)
    assert SAY(key).split("{")[0][:30] in visitor.text()
    assert not RECEIPT.search(visitor.text())
    assert kiez.stored() == before


@pytest.mark.parametrize("length", [1001, 10_001, 400_000])
def test_no_more_than_a_thousand_characters_are_ever_stored(kiez, visitor, length):
    form(visitor, "z" * length)
    nothing_inside(visitor)
    with kiez.opened() as store:
        assert store.read("select max(length(words)) from pin")[0][0] <= pins.MAX_WORDS


def test_a_form_without_a_draft_is_nothing(kiez, visitor):
    form(visitor, "Einmal")
    sent = [*visitor.values.values()]
    before = kiez.stored()
    with Visitor(kiez.url) as stranger:
        stranger.open()
        for state in sent:
            stranger.values[state.id] = state
        for name in [state.id for state in sent]:
            stranger.again(WidgetState(id=name, trigger_value=True))
            nothing_inside(stranger)
    assert kiez.stored() == before


def test_the_same_form_sent_four_times_at_once_is_one_pin(kiez, visitor):
    visitor.does({"n": 1, "tap": HERE})
    visitor.hold("kind-*", string_value="idea").hold("words-*", string_value="Viermal dasselbe")
    button = WidgetState(id=visitor.id_of("FormSubmitter:pin-*"), trigger_value=True)
    message = BackMsg()
    message.rerun_script.query_string = "lang=de"
    message.rerun_script.page_script_hash = visitor.page
    message.rerun_script.widget_states.widgets.extend([*visitor.values.values(), button])
    for _ in range(3):
        visitor.socket.send(message.SerializeToString())
    visitor.send(message)
    visitor.again()
    with kiez.opened() as store:
        assert store.read("select count(*) from pin where words = 'Viermal dasselbe'") == [(1,)]


def test_a_session_opened_anew_saves_its_draft_once(kiez, visitor):
    visitor.does({"n": 1, "tap": HERE})
    visitor.hold("kind-*", string_value="idea").hold("words-*", string_value="Zwei Fenster")
    button = WidgetState(id=visitor.id_of("FormSubmitter:pin-*"), trigger_value=True)
    visitor.again(button)
    visitor.socket.close()
    with Visitor(kiez.url, session=visitor.session) as again:
        again.page, again.values = visitor.page, visitor.values
        again.again(button)
    with kiez.opened() as store:
        assert store.read("select count(*) from pin where words = 'Zwei Fenster'") == [(1,)]


# --- rights -----------------------------------------------------------------


@cache
def buttons_of(kiez: Kiez, page: str) -> tuple[str, list[str]]:
    """Return a page's hash and the ids of all that can be pressed on it, as the admin sees it."""
    with Visitor(kiez.url, cookie=kiez.cookie("admin")) as tab:
        tab.open(page, "lang=de&need=need-1&project=1")
        names = [name for e in tab.shown if (name := tab._id(e))]
        return tab.pages[page], [name for name in names if "kk-" not in name]


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("office", "people"),
        *(("jury", page) for page in OFFICE_PAGES),
        *(pytest.param("", page, marks=pytest.mark.thorough) for page in OFFICE_PAGES),
    ],
)
def test_pressing_what_another_was_shown_changes_nothing(kiez, page, who):
    page_hash, buttons = buttons_of(kiez, page)
    before = kiez.stored()
    with Visitor(kiez.url, cookie=kiez.cookie(who) if who else "") as tab:
        for way in ({"page": page}, {"page_hash": page_hash}, {}):
            tab.open(**way)
            if not who:
                nothing_inside(tab)
                assert not any(f"Nr. {n}" in tab.text() for n in (6, 7))
            tab.again(*(WidgetState(id=name, trigger_value=True) for name in buttons))
            for name in buttons[:20]:
                tab.again(WidgetState(id=name, trigger_value=True))
            assert not tab.broke()
    assert kiez.stored() == before


@pytest.mark.parametrize("page", OFFICE_PAGES)
def test_a_closed_page_tells_a_visitor_nothing_however_it_is_asked_for(kiez, page):
    page_hash, _ = buttons_of(kiez, page)
    with Visitor(kiez.url) as tab:
        for way in ({"page": page}, {"page_hash": page_hash}, {"page": "", "page_hash": page_hash}):
            tab.open(**way, query="lang=de&need=need-1&project=1")
            assert SAY("gate.closed") in tab.text()
            nothing_inside(tab)
            for secret in (b"Dunkel am Brunnen", b"Lampen", b"Frau office", b"60.000"):
                assert secret not in tab.raw


@pytest.mark.parametrize("page", ["inbox", "pins", "groups", "needs", "projects", "people"])
def test_the_jury_is_let_into_no_page_of_the_office(kiez, page):
    with Visitor(kiez.url, cookie=kiez.cookie("jury")) as tab:
        tab.open(page)
        assert SAY("gate.other_account") in tab.text()
        nothing_inside(tab)


def test_who_was_logged_out_meanwhile_can_press_no_button_any_more(kiez):
    cookie = kiez.log_in("office", source="192.0.2.31")
    with Visitor(kiez.url, cookie=cookie) as tab:
        tab.open("inbox")
        release = tab.id_of("release-wait-1")
        log_out(kiez, cookie)
        before = kiez.stored()
        tab.again(WidgetState(id=release, trigger_value=True))
        assert SAY("gate.closed") in tab.text()
    assert kiez.stored() == before


def test_an_admins_open_tab_does_nothing_after_logging_out_elsewhere(kiez):
    cookie = kiez.log_in("admin", source="192.0.2.32")
    with Visitor(kiez.url, cookie=cookie) as tab:
        tab.open("people")
        pressed = [
            name
            for e in tab.shown
            if (name := tab._id(e)) and ("disable" in name or "None" in name or "Form" in name)
        ]
        tab.hold("people-moderation", string_value=SAY("people.moderation.at_once"))
        tab.hold("new-person-jury", string_value="ein-neues-passwort")
        log_out(kiez, cookie)
        before = kiez.stored()
        for name in pressed:
            tab.again(WidgetState(id=name, trigger_value=True))
            assert SAY("gate.closed") in tab.text()
            assert "/auth/setup/" not in tab.text()
    assert len(pressed) >= 5
    assert kiez.stored() == before


def log_out(kiez: Kiez, cookie: str) -> None:
    key = kiez.ask("/auth/logout", cookie=cookie).cookies["kiezkarte_form"].value
    answer = kiez.ask(
        "/auth/logout",
        "POST",
        f"form={key}".encode(),
        cookie=f"{cookie}; kiezkarte_form={key}",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status == 303


def test_a_session_taken_over_without_its_cookie_is_a_visitors(kiez):
    with Visitor(kiez.url, cookie=kiez.cookie("office")) as tab:
        tab.open("inbox")
        release, session, page = tab.id_of("release-wait-1"), tab.session, tab.page
    before = kiez.stored()
    with Visitor(kiez.url, session=session) as thief:
        thief.page = page
        thief.again(WidgetState(id=release, trigger_value=True))
        assert SAY("gate.closed") in thief.text()
        nothing_inside(thief.open("pins"))
    assert kiez.stored() == before


# --- the socket itself --------------------------------------------------------


@pytest.mark.parametrize(
    "kind",
    ["clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime",
     "debug_disconnect_websocket", "stop_script", "app_heartbeat"],
)  # fmt: skip
def test_a_message_no_page_sends_does_nothing(visitor, kind):
    message = BackMsg()
    setattr(message, kind, True)
    visitor.socket.send(message.SerializeToString())
    nothing_inside(visitor.again())


def test_files_and_installations_asked_for_over_the_socket_are_not_taken(kiez, visitor):
    message = BackMsg()
    message.file_urls_request.request_id = "x"
    message.file_urls_request.file_names.append("../../app.py")
    visitor.socket.send(message.SerializeToString())
    message.backend_operation_request.session_id = visitor.session
    message.backend_operation_request.install_skills.SetInParent()
    visitor.socket.send(message.SerializeToString())
    visitor.again()
    assert b"upload_file" not in visitor.raw
    assert b"skills" not in visitor.raw.lower()


def test_no_message_tells_where_the_program_lies(kiez):
    with Visitor(kiez.url) as tab:
        tab.open()
        assert b"shell.py" in tab.raw
        assert str(Path(__file__).parents[2]).encode() not in tab.raw


@pytest.mark.parametrize("size", [1_500_000, 5_000_000, 20_000_000])
def test_a_message_larger_than_a_page_sends_ends_its_own_line_only(visitor, size):
    widget = visitor.map_id()
    visitor.values[widget] = WidgetState(id=widget, json_value='"' + "x" * size + '"')
    with pytest.raises(ConnectionClosed):
        visitor.again()


@pytest.mark.parametrize("raw", [b"\xff" * 100, b"GET / HTTP/1.1\r\n\r\n", b"\x08"])
def test_what_is_no_message_ends_its_own_line_only(visitor, raw):
    visitor.socket.send(raw)
    with pytest.raises(ConnectionClosed):
        visitor.again()


def test_a_text_frame_ends_its_own_line_only(visitor):
    visitor.socket.send("text")
    with pytest.raises(ConnectionClosed):
        visitor.again()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://other.example"])
def test_another_site_gets_no_socket(kiez, origin):
    with pytest.raises(InvalidStatus):
        Visitor(kiez.url, origin=origin)


# --- receipts -----------------------------------------------------------------


def ask_with(kiez: Kiez, code: str, source: str) -> str:
    with Visitor(kiez.url, source=source) as tab:
        tab.open("follow")
        return tab.hold("follow-code", string_value=code).again().text()


WRONG = SAY("problem.receipt.unknown")
TOO_MANY = SAY("problem.too_many")


def test_guessing_codes_ends_for_an_address_whatever_session_it_opens(kiez):
    answers = [ask_with(kiez, f"ZZZZZ-ZZZZZ-{n:03}", "192.0.2.41") for n in range(14)]
    assert [WRONG in said for said in answers] == [True] * 10 + [False] * 4
    assert all(TOO_MANY in said for said in answers[10:])
    assert TOO_MANY in ask_with(kiez, CODE, "192.0.2.41")  # a right one is no way to find out
    with Visitor(kiez.url, source="192.0.2.41") as tab:  # nor is the link
        assert TOO_MANY in tab.open("follow", f"lang=de&code={CODE}").text()
    assert SECRET_WORDS in ask_with(kiez, CODE, "192.0.2.42")  # another address is not locked out


def test_one_ipv6_network_is_one_address(kiez):
    answers = [ask_with(kiez, f"ZZZZZ-ZZZZZ-{n:03}", f"2001:db8::{n + 1:x}") for n in range(12)]
    assert TOO_MANY in answers[-1]
    assert WRONG in ask_with(kiez, "ZZZZZ-ZZZZZ-000", "2001:db8:0:1::1")


def test_right_codes_are_not_counted_and_clear_nothing(kiez):
    for n in range(9):
        assert WRONG in ask_with(kiez, f"ZZZZZ-ZZZZZ-{n:03}", "192.0.2.43")
    for _ in range(12):
        assert SECRET_WORDS in ask_with(kiez, CODE, "192.0.2.43")
    assert WRONG in ask_with(kiez, "ZZZZZ-ZZZZZ-100", "192.0.2.43")
    assert TOO_MANY in ask_with(kiez, "ZZZZZ-ZZZZZ-101", "192.0.2.43")


def test_guesses_of_many_tabs_at_once_are_counted_and_told_kindly(kiez):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: ask_with(kiez, f"ZZZZ-{n}", "192.0.2.44"), range(24)))
    assert all(WRONG in said or TOO_MANY in said for said in answers)
    assert sum(WRONG in said for said in answers) == 10


@pytest.mark.parametrize(
    "code", ["x" * 100_000, "\x00", "' or 1=1 --", "{{7*7}}", "٠" * 13, "00000-00000-002"]
)
def test_an_odd_code_opens_nothing(kiez, code):
    said = ask_with(kiez, code, "192.0.2.45")
    assert SECRET_WORDS not in said
    assert BROKEN not in said


def test_the_log_tells_no_address_word_or_code(kiez, visitor):
    form(visitor, "Geheimer Satz", kind={"int_value": 7})
    form(visitor.open(), "Noch ein geheimer Satz")
    visitor.open("follow", f"lang=de&code={CODE}")
    visitor.hold("follow-code", json_value='"geheim"').again()
    said = kiez.log()
    assert "unexpected trouble" in said
    for word in ("eheimer Satz", "geheim", CODE, "127.0.0.1", "::1", "192.0.2", visitor.session):
        assert word not in said
    assert not RECEIPT.search(said)


# --- killed while writing -----------------------------------------------------


@pytest.mark.parametrize(
    "kills", [(2, 9), pytest.param((2, 5, 9, 14, 20), marks=pytest.mark.thorough)]
)
def test_kills_of_the_server_lose_no_pin_whose_receipt_was_shown(tmp_path, kills):
    settle(tmp_path)
    acknowledged: dict[str, str] = {}
    for number, after in enumerate(kills):
        server = start_server(tmp_path)  # unattended, on what the last kill left
        enough = threading.Event()
        seen = len(acknowledged)

        def send(who: int, url=server.url, number=number, goal=seen + after, enough=enough) -> None:
            for n in range(200):
                said = f"Runde {number}, Person {who}, Satz {n}"
                try:
                    with Visitor(url, source=f"192.0.2.{who}") as tab:
                        code = RECEIPT.search(form(tab.open(), said).text())
                except (OSError, ConnectionClosed, InvalidHandshake, EOFError):
                    return
                if code:
                    acknowledged[code.group()] = said
                if len(acknowledged) >= goal:
                    enough.set()

        with ThreadPoolExecutor(3) as pool:
            people = [pool.submit(send, who) for who in range(3)]
            assert enough.wait(100)
            server.process.kill()
            server.process.wait(20)
            for one in people:
                one.result()
    last = start_server(tmp_path)
    stop_server(last)
    store = Store.open(tmp_path / "kiezkarte.duckdb")
    for code, said in acknowledged.items():
        actor = pins.by_receipt(store, code)
        assert actor.pin
        assert pins.get(store, actor, actor.pin).words == said
    numbers = store.read("select count(*), count(distinct number) from pin")[0]
    assert numbers[0] == numbers[1] >= len(acknowledged) + 8
    store.close()
    assert len(acknowledged) >= sum(kills)
