"""Attacks on what the server answers over plain HTTP, on a real server."""

import contextlib
import json
import logging
import re
import socket
import urllib.parse

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import StreamingResponse
from starlette.routing import Route

from pages.api import logs
from pages.api.security import Guard
from tests.pages.conftest import CODE, FORM, SECRET_WORDS, TRACES, UNSEEN
from tests.pages.test_security import TestClient

VIEW = "13.40,52.49,13.44,52.51"
WORLD = "-180,-85,180,85"
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}


def safe(answer, *, status=None):
    """Check what every answer owes: its headers, no word of the inside, never a 500."""
    assert answer.status < 500, answer.text[:200]
    assert status is None or answer.status == status, (answer.status, answer.text[:200])
    assert ALWAYS.items() <= answer.headers.items()
    assert "server" not in answer.headers
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    if "javascript" not in answer.headers.get("content-type", ""):
        assert not TRACES.search(answer.text), answer.text[:300]
    assert SECRET_WORDS not in answer.text
    return answer


def cells(kiez, query, **headers):
    return json.loads(safe(kiez.ask(f"/api/map/pins?{query}", **headers), status=200).body)["cells"]


def counted(found):
    return sum(cell[2] + cell[3] + cell[4] for cell in found)


# --- the window -------------------------------------------------------------

NO_WINDOWS = {
    "none": "z=16",
    "empty": "view=&z=16",
    "word": "view=x&z=16",
    "three": "view=1,2,3&z=16",
    "five": f"view={VIEW},1&z=16",
    "nan": "view=nan,52.49,13.44,52.51&z=16",
    "all nan": "view=nan,nan,nan,nan&z=16",
    "inf": "view=-inf,-inf,inf,inf&z=16",
    "1e999": "view=-1e999,-1e999,1e999,1e999&z=16",
    "1e308": "view=-1e308,-1e308,1e308,1e308&z=16",
    "turned": "view=13.44,52.51,13.40,52.49&z=16",
    "no width": "view=13.40,52.49,13.40,52.51&z=16",
    "beyond": "view=-181,-91,181,91&z=16",
    "lat as lon": "view=52.49,103.40,52.51,103.44&z=16",
    "dots": "view=" + "." * 9000 + "&z=16",
    "digits": "view=" + "9" * 9000 + f",{VIEW}&z=16",
    "commas": "view=" + "," * 10_000 + "&z=16",
    "nul": f"view=%00{VIEW}&z=16",
    "surrogate": f"view=%ED%A0%80{VIEW}&z=16",
    "template": "view={{7*7}},${7*7},1,2&z=16",
    "z none": f"view={VIEW}",
    "z empty": f"view={VIEW}&z=",
    "z -1": f"view={VIEW}&z=-1",
    "z 23": f"view={VIEW}&z=23",
    "z 1e9": f"view={VIEW}&z=1e9",
    "z float": f"view={VIEW}&z=16.5",
    "z plus": f"view={VIEW}&z=%2B16",
    "z blank": f"view={VIEW}&z=%2016",
    "z arabic": f"view={VIEW}&z=%D9%A1%D9%A6",
    "z squared": f"view={VIEW}&z=%C2%B2",
    "z nan": f"view={VIEW}&z=nan",
    "z long": f"view={VIEW}&z=" + "1" * 9000,
    "z zeros": f"view={VIEW}&z=" + "0" * 9000,
    "last z wins": f"view={VIEW}&z=16&z=99",
    "last view wins": f"view={VIEW}&view=x&z=16",
}


@pytest.mark.parametrize("query", NO_WINDOWS.values(), ids=NO_WINDOWS)
def test_what_is_no_window_is_refused_as_such(kiez, query):
    answer = safe(kiez.ask(f"/api/map/pins?{query}"), status=400)
    assert json.loads(answer.body) == {"error": "view"}


@pytest.mark.parametrize("zoom", [0, 11, 22])
@pytest.mark.parametrize("view", [VIEW, WORLD, "-180,-90,180,90", "1_3,52.49,13.44,52.51"])
def test_the_largest_window_is_short_and_counts_public_pins_only(kiez, view, zoom):
    assert counted(cells(kiez, f"view={view}&z={zoom}")) == 5


def test_swapped_degrees_are_another_place_without_pins(kiez):
    assert cells(kiez, "view=52.49,13.40,52.51,13.44&z=16") == []


def test_a_query_of_ten_thousand_signs_is_answered(kiez):
    for query in ("text=" + "a%20" * 2500, "kind=" + "idea," * 2000, "x=1&" * 2500):
        cells(kiez, f"view={VIEW}&z=16&{query}")


def test_what_is_longer_than_a_request_may_be_is_refused_by_the_server(kiez):
    with contextlib.suppress(ConnectionError):  # it may hang up before all of it is sent
        assert kiez.ask("/api/map/pins?x=" + "a" * 200_000).status in (400, 414, 431)
    assert kiez.ask("/api/health").status == 200


ASKED = {
    "a page": b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "no request": b"NONSENSE\r\n\r\n",
    "no length": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
    "a socket": b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    "a socket under another name": b"GET /_stcore/stream HTTP/1.1\r\nHost: evil.example\r\n"
    b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED.keys())
def test_no_answer_names_the_software_beneath(kiez, asked):
    there = urllib.parse.urlsplit(kiez.url)
    with socket.create_connection((there.hostname, there.port), 10) as line:
        line.sendall(asked)
        told = b""
        while b"\r\n\r\n" not in told and (part := line.recv(4096)):
            told += part
    head = told.partition(b"\r\n\r\n")[0].lower()
    assert head.startswith(b"http/1.1 ")
    assert b"\r\nserver:" not in head
    assert not re.search(rb"uvicorn|starlette|streamlit|python|h11", head)


# --- filters ----------------------------------------------------------------

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "jinja": "{{7*7}}{% for x in () %}",
    "template": "${7*7}",
    "quote": "' or 1=1 --",
    "comment": "dunkel'; drop table pin; --",
    "union": "x' union select words from pin --",
    "like": "%_%",
    "regex": "(a+)+$" * 10,
    "bidi": "\u202eneg",
    "zalgo": "Z" + "\u0300" * 90,
    "format": "{n} %s %(x)d",
    "named": "$text0 $scope_statuses",
}
RAW = {
    "nul": "%00",
    "surrogate": "%ED%A0%80",
    "half": "%ED%A0%80%ED%B0%80",
    "broken": "%C3%28",
    "percent": "%zz%",
    "latin": "%FC",
}
NAMES = ("text", "kind", "field", "status", "source", "lang", "since", "until", "box", "need", "no")


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_filter_shows_nothing_more(kiez, name):
    asked = [urllib.parse.quote(text) for text in HOSTILE.values()] + list(RAW.values())
    for value in asked:
        assert counted(cells(kiez, f"view={VIEW}&z=16&{name}={value}")) <= 5


@pytest.mark.parametrize("status", ["waiting", "hidden", "withdrawn", "waiting,hidden,new,read"])
def test_asking_for_what_is_not_public_shows_none_of_it(kiez, status):
    for scope in ("public", "all", "ALL", "all&scope=public", "x"):
        found = cells(kiez, f"view={VIEW}&z=22&scope={scope}&status={status}")
        assert not {cell[5] for cell in found} & UNSEEN
        assert not any(cell[6] for cell in found)


# --- rights -----------------------------------------------------------------


@pytest.mark.parametrize(
    "cookie",
    ["", "kiezkarte_session=", "kiezkarte_session=x", "kiezkarte_session=" + "A" * 43,
     "kiezkarte_session=%ED%A0%80", "kiezkarte_session=\u00fc", "kiezkarte_session=' or 1=1 --",
     "kiezkarte_session=" + "A" * 5000],
)  # fmt: skip
def test_without_a_right_cookie_all_is_what_is_public(kiez, cookie):
    sent = {"cookie": cookie} if cookie else {}
    assert counted(cells(kiez, f"view={VIEW}&z=16&scope=all", **sent)) == 5


def test_staff_see_what_waits_only_where_they_ask_for_it(kiez):
    for who, least in (("jury", 0), ("office", 2), ("admin", 2)):  # others may wait by now, too
        sent = {"cookie": kiez.cookie(who)}
        more = counted(cells(kiez, f"view={VIEW}&z=16&scope=all", **sent)) - 5
        assert more >= least
        assert bool(more) == bool(least)
        assert counted(cells(kiez, f"view={VIEW}&z=16", **sent)) == 5


def test_after_logging_out_the_cookie_opens_nothing(kiez):
    cookie = kiez.log_in("office")
    form = kiez.ask("/auth/logout", cookie=cookie).cookies["kiezkarte_form"].value
    both = f"{cookie}; kiezkarte_form={form}"
    sent = kiez.ask("/auth/logout", "POST", f"form={form}".encode(), cookie=both, content_type=FORM)
    assert sent.status == 303
    assert counted(cells(kiez, f"view={VIEW}&z=16&scope=all", cookie=cookie)) == 5


def test_a_kept_answer_of_the_office_is_not_taken_for_the_publics(kiez):
    path = f"/api/map/pins?view={VIEW}&z=16&scope=all"
    etag = kiez.ask(path, cookie=kiez.cookie("office")).headers["etag"]
    answer = kiez.ask(path, if_none_match=etag)
    assert (answer.status, counted(json.loads(answer.body)["cells"])) == (200, 5)
    assert answer.headers["cache-control"] == "private, no-cache"


NO_PINS = {
    **{name: name for name in sorted(UNSEEN)},
    "unknown": "no-such-pin",
    "up": "../../../etc/passwd",
    "up coded": "..%2f..%2f..%2fetc%2fpasswd",
    "up twice": "%252e%252e%252f",
    "back": "..%5c..%5c",
    "nul": "pin-1%00",
    "surrogate": "%ED%A0%80",
    "quote": "'%20or%201=1--",
    "long": "a" * 9000,
    "case": "PIN-1",
    "blank": "pin-1%20",
}


@pytest.mark.parametrize("pin", NO_PINS.values(), ids=NO_PINS)
@pytest.mark.parametrize("more", ["", "?scope=all"])
def test_a_pin_that_is_not_public_is_not_found(kiez, pin, more):
    answer = safe(kiez.ask(f"/api/map/pin/{pin}{more}"))
    assert answer.status in (400, 404)  # 400: Streamlit's guard against traversal comes first
    assert answer.text in ('{"error":"not_found"}', "Bad Request")


def test_a_public_pin_is_a_place_without_words(kiez):
    answer = json.loads(safe(kiez.ask("/api/map/pin/pin-1"), status=200).body)
    assert answer.keys() == {"id", "lon", "lat", "kind", "status"}
    hidden = kiez.ask("/api/map/pin/hidden-1?scope=all", cookie=kiez.cookie("office"))
    assert json.loads(hidden.body)["status"] == "hidden"


# --- methods, paths, headers --------------------------------------------------

PATHS = ["/api/health", f"/api/map/pins?view={VIEW}&z=16", "/api/map/pin/pin-1", "/api/map/base.svg",
         "/assets/map.js", "/api/unknown", "/auth/login", "/auth/unknown", "/", "/inbox"]  # fmt: skip


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUATSCH"]
)
@pytest.mark.parametrize("path", PATHS)
def test_another_method_changes_and_tells_nothing(kiez, path, method):
    answer = kiez.ask(path, method, b"x=1")
    assert answer.status in ((403, 404, 405) if method != "OPTIONS" else (200, 404, 405))
    safe(answer)


@pytest.mark.parametrize("path", PATHS)
def test_asking_for_the_head_alone_has_no_body(kiez, path):
    answer = safe(kiez.ask(path, "HEAD"))
    assert answer.body == b""


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/unknown", "/api/map", "/api/map/pin", "/api/health/x", "/api//"]
)
def test_an_unknown_address_under_api_is_a_short_answer(kiez, path):
    answer = safe(kiez.ask(path))
    assert answer.status in (404, 307, 200)
    if answer.headers.get("content-type") == "application/json":
        assert json.loads(answer.body) == {"error": "not_found"}


@pytest.mark.parametrize(
    "tile", ["0/0/0", "99/1/1", "-1/0/0", "1/-1/0", "16/99999999999999999999/1", "16/1/" + "9" * 9000,
             "%D9%A1/1/1", "x/y/z", "1/2", "1/2/3/4", "1.5/1/1", "..%2f..%2f/1/1"],
)  # fmt: skip
def test_a_tile_that_is_not_there_is_not_found(kiez, tile):
    assert safe(kiez.ask(f"/api/map/tiles/{tile}")).status in (400, 404)


@pytest.mark.parametrize(
    "base", ["/vendor/leaflet", "/assets", "/component/streamlit_folium.st_folium"]
)
@pytest.mark.parametrize(
    "way",
    ["/../app.py", "/../../app.py", "/..%2fapp.py", "/%2e%2e/app.py", "/%2e%2e%2f%2e%2e%2fapp.py",
     "/..%5capp.py", "/%252e%252e/app.py", "//etc/passwd", "/%2fetc%2fpasswd", "/.%00./app.py",
     "/....//app.py", "/", "", "/.", "/..", "/../var/kiezkarte.duckdb", "/app.css%00.html"],
)  # fmt: skip
def test_nothing_outside_a_folder_is_served_from_it(kiez, base, way):
    answer = kiez.ask(base + way)
    assert answer.status in (307, 400, 403, 404) or b"<title>Streamlit</title>" in answer.body
    assert b"import streamlit" not in answer.body
    assert b"root:" not in answer.body


@pytest.mark.parametrize(
    "path", ["/app.py", "/.streamlit/config.toml", "/.git/config", "/var/kiezkarte.duckdb",
             "/data/schema/0001_start.sql", "/pages/shell.py", "/app/static/app.py"],
)  # fmt: skip
def test_the_programs_own_files_are_nowhere(kiez, path):
    answer = kiez.ask(path)
    assert answer.status == 404 or b"<title>Streamlit</title>" in answer.body
    assert not re.search(rb"import streamlit|\[server\]|create table", answer.body)


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_no_file_is_taken(kiez, method):
    for path in ("/_stcore/upload_file/x/y", "/_stcore/upload_file", "/a/_stcore/upload_file/x/y"):
        assert kiez.ask(path, method, b"x" * 100).status == 404


@pytest.mark.parametrize("path", ["/", "/results", "/_stcore/health", "/_stcore/host-config"])
def test_who_only_reads_gets_no_cookie(kiez, path):
    answer = kiez.ask(path)
    assert answer.status == 200
    assert "set-cookie" not in answer.headers


# --- bodies -------------------------------------------------------------------


def posted(kiez, path, body, kind=FORM):
    form = kiez.ask("/auth/login").cookies["kiezkarte_form"].value
    full = f"form={form}&".encode() + body
    cookie = f"kiezkarte_form={form}"
    return kiez.ask(path, "POST", full, cookie=cookie, content_type=kind)


@pytest.mark.parametrize("path", ["/auth/login", "/auth/setup/x"])
@pytest.mark.parametrize("size", [9_000, 1_000_000])
def test_a_body_larger_than_any_form_is_refused(kiez, path, size):
    answer = safe(
        posted(kiez, path, b"login=" + b"a" * size), status=413 if "login" in path else None
    )
    assert len(answer.body) < 9_000


BODIES = {
    "fields": b"&".join(b"a%d=1" % n for n in range(500)),
    "nul": b"login=%00&password=%00",
    "surrogate": b"login=%ED%A0%80&password=%ED%A0%80",
    "bytes": bytes(range(256)) * 8,
    "json": b'{"login": "admin"}',
    "twice": b"login=admin&login=office&password=x",
    "format": b"login={problem.__class__}&password={0}",
    "script": b"login=<script>alert(1)</script>&password=x",
    "quote": b"login=%22 autofocus onfocus=%22alert(1)&password=x",
    "long": b"login=" + "ﷺ".encode() * 2000 + b"&password=x",
    "empty": b"",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_an_odd_form_is_refused_and_logs_nobody_in(kiez, body):
    before = kiez.stored()
    for kind in (FORM, "multipart/form-data; boundary=x", "application/json", "text/plain"):
        answer = safe(posted(kiez, "/auth/login", body, kind))
        assert answer.status in (401, 403, 413, 422, 429)
        assert "kiezkarte_session" not in answer.cookies
        assert "<script>" not in answer.text
        assert "onfocus" not in re.sub(r'value="[^"]*"', "", answer.text)
    assert kiez.stored() == before


# --- what breaks --------------------------------------------------------------


def broken(request):
    raise RuntimeError(f"Frau Muster from 192.0.2.7 wrote: {SECRET_WORDS}")


def half(request):
    async def parts():
        yield b"half"
        raise RuntimeError(SECRET_WORDS)

    return StreamingResponse(parts())


@pytest.fixture
def breaking():
    routes = [Route("/api/broken", broken), Route("/api/half", half)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Guard)]))


def test_what_breaks_is_a_number_that_the_log_knows_and_no_word_more(breaking, caplog):
    before = logging.getLogRecordFactory()
    logs.keep_to_places()
    try:
        answer = breaking.get("/api/broken")
        told = answer.json()
        said = "\n".join(logging.Formatter().format(line) for line in caplog.records)
    finally:
        logging.setLogRecordFactory(before)
    assert answer.status_code == 500
    assert ALWAYS.items() <= answer.headers.items()
    assert "content-security-policy" in answer.headers
    assert told.keys() == {"error", "reference"}
    assert told["reference"] in said
    assert "RuntimeError" in said
    assert " broken" in said
    for word in ("Muster", "192.0.2.7", "Geheim"):
        assert word not in said + answer.text


def test_half_an_answer_is_broken_off(breaking):
    with pytest.raises(RuntimeError):
        breaking.get("/api/half")


def test_a_cause_is_told_by_its_place_as_well():
    try:
        try:
            int(SECRET_WORDS)
        except ValueError as error:
            raise KeyError(SECRET_WORDS) from error
    except KeyError as error:
        said = logs.places(error)
    assert said.index("KeyError") < said.index("from ValueError")
    assert "Geheim" not in said


# --- the log ------------------------------------------------------------------


def test_the_log_holds_no_address_word_code_or_password(kiez):
    for n in range(3):
        kiez.log_in("Geheimname", f"Geheimwort-{n}", source="198.51.100.77")
    kiez.ask(f"/follow?code={CODE}")
    kiez.ask("/api/map/pins?view=x&text=Geheimsuche")
    kiez.ask("/auth/setup/Geheimtoken")
    said = kiez.log()
    for word in ("127.0.0.1", "::1", "198.51", "Geheim", CODE, CODE.replace("-", ""), "Traceback"):
        assert word not in said
