"""Who gets what over the whole surface: every page, every address and every link, for everybody.

The lists come out of the program: a page or address without a row here fails.
"""

import contextlib
import http.client
import itertools
import json
import urllib.parse
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from starlette.routing import Mount, Route

from components.words import words
from pages.api import routes
from tests.pages.conftest import FORM, TRACES, Answer, Kiez
from tests.pages.whole import (
    EVERYBODY,
    ITEM,
    JURY,
    QUERY,
    SECRETS,
    STAFF,
    WHO,
)
from tests.protocol import Visitor

SAY = words("de")
ALL_JURY = JURY | {"councillor"}
LEADERS = STAFF | {"facilitator"}
CHAIRS = STAFF | {"chair"}
OWN = STAFF | {"applicant"}
SITTING, ROOM, WALL = "/api/sittings/{id}", "/api/rooms/{code}", "/api/walls/{code}"
VIEW = "view=13.40,52.49,13.44,52.51&z=16&scope=all"


@dataclass(frozen=True)
class Row:
    """Who is let in at an address, and how it is asked; the rest is refused."""

    who: frozenset[str] = EVERYBODY
    query: str = ""
    body: dict | None = None


def led(**body: object) -> Row:
    return Row(CHAIRS, body={"seen": 0, "item": ITEM, **body})


OPEN = {
    ("GET", "/api/health"): Row(),
    ("GET", "/api/map/base.svg"): Row(),
    ("GET", "/api/map/tiles/{z}/{x}/{y}"): Row(),
    ("GET", "/api/map/pins"): Row(query=VIEW),
    ("GET", "/api/map/spot"): Row(query=VIEW),
    ("GET", "/api/map/pin/{id}"): Row(query="scope=all"),
    ("GET", ROOM): Row(),
    ("POST", f"{ROOM}/pins"): Row(body={}),
    ("POST", f"{ROOM}/leave"): Row(body={}),
    ("GET", f"{ROOM}/groups"): Row(),
    ("POST", f"{ROOM}/ballot"): Row(body={}),
    ("GET", "/api/place"): Row(query="at=13.4243,52.50206"),
    ("POST", "/api/voices/near"): Row(body={}),
    ("GET", "/api/voices/{pin_id}"): Row(),
    ("POST", "/api/voices/{pin_id}"): Row(body={}),
    ("DELETE", "/api/voices/{pin_id}"): Row(body={}),
    ("GET", "/api/prints/ca.crt"): Row(),
    ("GET", "/api/{rest:path}"): Row(),
    **{("GET", f"/auth/{path}"): Row() for path in (
        "login", "logout", "setup/{token}", "meeting/{code}", "member/{token}", "application",
        "application/{token}", "{rest:path}",
    )},
}  # fmt: skip
MEMBERS_OWN = {
    "here": Row(JURY, body={}),
    "away": Row(JURY, body={}),
    "aside": Row(JURY, body={"item": ITEM, "reason": "own"}),
    "vote": Row(JURY, body={"vote": "vote-0", "choice": "yes"}),
    "rank": Row(ALL_JURY, body={"order": [ITEM]}),  # late for everybody: none is asked for
}
LED = {
    "open": led(),
    "come": led(member="m-fatma"),
    "leave": led(member="m-fatma"),
    "recuse": led(member="m-fatma", reason="own"),
    "unrecuse": led(member="m-fatma"),
    "begin": led(),
    "sum": led(sum="1"),
    "conditions": led(words="x"),
    "begin_vote": led(vote="vote-2", secret=False, way="devices"),
    "count_hands": led(vote="vote-1", yes=1, no=0, abstain=0),
    "end_vote": led(vote="vote-1"),
    "void": led(vote="vote-1", reason="x"),
    "tie": led(accepted=True),
    "postpone": led(reason="x"),
    "decide": led(reason="x"),
    "begin_ranking": led(among=[ITEM, "evening-chess"]),
    "end_ranking": led(),
    "settle": led(order=[ITEM, "evening-chess"]),
    "decide_ranking": led(reason="x"),
    "close": led(),
    "reopen": led(reason="x"),
}
WALLS = ("show", "show_all", "groups", "change", "remove", "put", "suggestions", "round", "dots")
CLOSED = {
    ("GET", f"{SITTING}/state"): Row(CHAIRS | JURY),
    **{("POST", f"{SITTING}/{name}"): row for name, row in {**MEMBERS_OWN, **LED}.items()},
    ("GET", WALL): Row(LEADERS),
    **{("POST", f"{WALL}/{name}"): Row(LEADERS, body={}) for name in WALLS},
    ("POST", "/api/photos"): Row(frozenset(), body={}),  # without a receipt
    ("GET", "/api/photos/{pin_id}"): Row(frozenset()),  # a pin without a photo
    ("POST", "/api/reports/{project_id}/photos"): Row(STAFF, body={}),
    ("GET", "/api/report_photos/{photo_id}"): Row(frozenset()),
    ("GET", "/api/prints/letter"): Row(frozenset(), "route=x"),
    ("GET", "/api/prints/minutes"): Row(STAFF | JURY, "sitting=evening"),
    ("GET", "/api/prints/decision"): Row(OWN, "project=idea-a"),
    **{
        ("GET", f"/api/prints/{name}"): Row(LEADERS, "m=ROOM1")
        for name in ("map", "cards", "codes", "protocol")
    },
    ("GET", "/api/exports/pins.csv"): Row(STAFF),
    ("GET", "/api/exports/pins.geojson"): Row(STAFF),
    ("GET", "/api/exports/figures.csv"): Row(STAFF),
    ("GET", "/api/exports/pot.csv"): Row(STAFF | ALL_JURY, f"fund=aktionsfonds&year={datetime.now(UTC).year}"),
    # Forms: without their own page's secret nothing is taken from anybody
    **{("POST", f"/auth/{path}"): Row(frozenset()) for path in (
        "login", "logout", "setup/{token}", "meeting/{code}", "member/{token}", "application",
        "application/{token}",
    )},
}  # fmt: skip
ROWS = {**OPEN, **CLOSED}
NAMED = {
    "/{z}/{x}/{y}": "/16/1/1", "{code}": "ROOM1", "{pin_id}": "pin-1", "{project_id}": "idea-b",
    "{photo_id}": "x", "{rest:path}": "unknown", "{token}": "b" * 43,
}  # fmt: skip
PUBLIC = ("", "results", "follow", "funded", "advice", "about", "privacy", "imprint",
          "accessibility", "netiquette", "tablet", "application")  # fmt: skip
OFFICE = ("inbox", "pins", "groups", "needs", "projects", "sittings", "meetings", "bodies",
          "figures", "answers", "offers", "photos", "texts")  # fmt: skip
PAGES = {
    **dict.fromkeys(PUBLIC, EVERYBODY),
    **dict.fromkeys(OFFICE, STAFF),
    **dict.fromkeys(("funds", "partners", "proposals", "sitting"), STAFF | ALL_JURY),
    **dict.fromkeys(("people", "safety"), frozenset({"admin"})),
    **dict.fromkeys(("desk", "wall"), LEADERS),
}
# Doors of pages that are shut: staff's gate, and the two pages that ask for a meeting's PIN
SHUT = {"desk": SAY("typing.door"), "wall": "/auth/meeting/"}


# --- every address ------------------------------------------------------------


class Line(contextlib.AbstractContextManager["Line"]):
    """One line to the server, kept open, of somebody who always comes from one place."""

    def __init__(self, kiez: Kiez, who: str) -> None:
        netloc = urllib.parse.urlsplit(kiez.url).netloc
        self._call = http.client.HTTPConnection(netloc, timeout=60)
        self._sent = {"X-Forwarded-For": f"198.51.100.{list(WHO).index(who) + 1}"}
        self._sent |= {"Cookie": WHO[who]} if WHO[who] else {}

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self._call.close()

    def ask(self, method: str, path: str, row: Row, **more: str) -> Answer:
        """Ask for an address of the list."""
        sent, body = self._sent | more, None
        if row.body is not None:
            sent |= {"X-Kiezkarte": "1", "Content-Type": "application/json"}
            body = json.dumps(row.body)
        self._call.request(method, f"{named(path)}?lang=de&{row.query}", body, sent)
        answer = self._call.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, told, answer.read())


def named(path: str) -> str:
    """Put names of things that are there into an address."""
    for part, name in NAMED.items():
        path = path.replace(part, name)
    return path.replace("{id}", "evening" if "sittings" in path else "pin-1")


def sound(answer: Answer, who: str) -> Answer:
    """Check what every answer owes: headers, nothing of the inside, nothing of others."""
    assert answer.status < 500, answer.text[:200]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "server" not in answer.headers
    assert answer.headers["date"]
    assert not TRACES.search(answer.text), answer.text[:300]
    kept = [secret for secret, known in SECRETS.items() if who not in known]
    assert not [secret for secret in kept if secret in answer.text]
    return answer


def test_every_address_of_the_program_has_a_row():
    found = {
        (method, one.path)
        for one in routes.every()
        if isinstance(one, Route)
        for method in (one.methods or set()) - {"HEAD"}
    }
    assert found == set(ROWS)
    folders = {one.path for one in routes.every() if isinstance(one, Mount)}
    assert folders == {"/vendor/leaflet", "/assets"}  # nothing of anybody's lies there


def test_what_is_not_for_somebody_is_refused_and_changes_nothing(whole: Kiez) -> None:
    before, tried = whole.tables(), _refused_votes(whole)
    for who in WHO:
        with Line(whole, who) as line:
            for (method, path), row in ROWS.items():
                if who in row.who:
                    continue
                answer = sound(line.ask(method, path, row), who)
                told = (who, method, path, answer.status, answer.text[:200])
                assert answer.status in (401, 403, 404), told
                assert answer.headers["cache-control"] == "no-store", told
    after = whole.tables()
    assert {name for name in after if after[name] != before[name]} == {"trail"}
    new = _refused_votes(whole)[len(tried) :]
    # Of accounts alone, as the minutes of a vote demand: a stranger writes nothing at all
    assert sorted(new) == ["p-council", "p-desk", "p-desk", "p-head", "p-head"]


def _refused_votes(kiez: Kiez) -> list[str]:
    with kiez.opened() as store:
        rows = store.read("select person_id from trail where act = 'vote.cast' order by id")
    return [person for (person,) in rows]


def test_who_is_let_in_gets_nothing_that_is_others(whole: Kiez) -> None:
    for who in ("visitor", "facilitator", "applicant", "member", "chair", "office"):
        with Line(whole, who) as line:
            for (method, path), row in ROWS.items():
                if who in row.who and (who == "visitor" or row.who != EVERYBODY):
                    answer = sound(line.ask(method, path, row), who)
                    assert answer.status != 403, (who, method, path, answer.text[:200])


def test_another_sites_page_can_do_nothing_for_who_is_logged_in(whole: Kiez) -> None:
    before = whole.tables()
    with Line(whole, "chair") as line:
        for (method, path), row in ROWS.items():
            if method == "GET" and not path.startswith("/api/exports/"):
                continue
            answer = sound(line.ask(method, path, row, **{"Sec-Fetch-Site": "cross-site"}), "chair")
            gone = path.startswith(("/auth/setup", "/auth/member"))  # links that are none
            assert answer.status == (404 if gone else 403), path
            if row.body is not None:  # without our own mark, as a form elsewhere would send it
                assert line.ask(method, path, Row()).status == 403, path
    assert whole.tables() == before


def test_a_way_of_asking_that_an_address_does_not_know_is_refused(whole: Kiez) -> None:
    before = whole.tables()
    with Line(whole, "office") as line:
        for path in dict.fromkeys(path for _, path in ROWS):
            for method in {"PUT", "DELETE", "POST"} - {known for known, of in ROWS if of == path}:
                if (method, path) == ("DELETE", "/api/voices/near"):
                    continue  # a pin's address, too
                answer = sound(line.ask(method, path, Row(body={})), "office")
                assert answer.status in (404, 405), (method, path, answer.status)
    assert whole.tables() == before


# --- every page -----------------------------------------------------------------

ASKED = "&m=ROOM1&project=1&sitting=evening&lead=1&need=need-1"


def test_every_page_of_the_program_has_a_row(whole: Kiez) -> None:
    with Visitor(whole.url) as tab:
        assert set(tab.open().pages) == set(PAGES)


def test_a_page_shows_nothing_that_is_others(whole: Kiez) -> None:
    before = whole.tables()
    for who in WHO:
        with Visitor(whole.url, cookie=WHO[who], source="198.51.100.99") as tab:
            for page, let_in in PAGES.items():
                _shows_its_own(tab.open(page, f"lang=de{QUERY.get(who, ASKED)}"), page, who, let_in)
    assert whole.tables() == before


def _shows_its_own(tab: Visitor, page: str, who: str, let_in: frozenset[str]) -> None:
    told = tab.raw.decode("utf-8", "replace")
    assert not tab.broke(), (page, who)
    assert SAY("problem.unexpected", reference="")[:30] not in tab.text(), (page, who)
    kept = [secret for secret, known in SECRETS.items() if who not in known and secret in told]
    assert not kept, (page, who, kept)
    assert not TRACES.search(tab.text()), (page, who)
    gates = (SAY("gate.closed"), SAY("gate.other_account"), SHUT.get(page, "no door"))
    shut = any(gate in told for gate in gates)
    assert shut == (who not in let_in), (page, who)
    assert not shut or not _widgets(tab), (page, who)


@pytest.mark.parametrize("who", ["visitor", "applicant", "expired"])
def test_who_has_no_account_is_offered_no_way_into_the_office(whole: Kiez, who: str) -> None:
    with Visitor(whole.url, cookie=WHO[who]) as tab:
        tab.open("", "lang=de")
        linked = [e.page_link.page for e in tab.shown if e.WhichOneof("type") == "page_link"]
        assert linked
        assert not set(linked) & {name for name, let in PAGES.items() if let <= STAFF | ALL_JURY}


def _widgets(tab: Visitor) -> list[str]:
    return [name for e in tab.shown if (name := tab._id(e)) and "kk-" not in name]


# --- every link -------------------------------------------------------------------

LINKS = {
    "setup, too old": ("/auth/setup/" + "s" * 43, 404),
    "setup, guessed": ("/auth/setup/" + "x" * 43, 404),
    "setup by an applicant's link": ("/auth/setup/" + "a" * 43, 404),
    "setup by a member's link": ("/auth/setup/" + "i" * 43, 404),
    "member, too old": ("/auth/member/" + "j" * 43, 404),
    "member, guessed": ("/auth/member/" + "x" * 43, 404),
    "member by an applicant's link": ("/auth/member/" + "a" * 43, 404),
    "application, revoked": ("/auth/application/" + "r" * 43, 404),
    "application, too old": ("/auth/application/" + "o" * 43, 404),
    "application, guessed": ("/auth/application/" + "x" * 43, 404),
    "application by a member's link": ("/auth/application/" + "i" * 43, 404),
    "meeting, guessed PIN": ("/auth/meeting/ROOM1", 422),
    "meeting, another one's PIN": ("/auth/meeting/ROOM2", 422),
    "meeting, unknown": ("/auth/meeting/NONE1", 422),
}


PLACES = itertools.count(1)  # each form is sent from another place: guesses are counted elsewhere


def sent(kiez: Kiez, path: str, **fields: str) -> Answer:
    """Send the form of an address as its own page would."""
    form = kiez.ask(path).cookies["kiezkarte_form"].value
    body = urllib.parse.urlencode({"form": form, **fields}).encode()
    return kiez.ask(path, "POST", body, cookie=f"kiezkarte_form={form}", content_type=FORM,
                    x_forwarded_for=f"203.0.113.{next(PLACES)}")  # fmt: skip


def test_a_link_that_does_not_hold_opens_nothing(whole: Kiez) -> None:
    before = whole.tables()
    for name, (path, status) in LINKS.items():
        answer = sent(whole, path, pin="2468" if "ROOM2" in path else "1111", login="neu",
                      name="Neu", password="lang-genug-12")  # fmt: skip
        assert sound(answer, "visitor").status == status, name
        assert set(answer.cookies) <= {"kiezkarte_form"}, name
    assert whole.tables() == before


def test_a_members_link_opens_once(whole: Kiez) -> None:
    path = "/auth/member/" + "i" * 43
    first, second = sent(whole, path), sent(whole, path)
    assert (first.status, second.status) == (303, 404)
    assert {"kiezkarte_session"} <= set(first.cookies)
    assert "kiezkarte_session" not in second.cookies
    kept = first.cookies["kiezkarte_session"]
    assert (kept["httponly"], kept["samesite"].lower(), kept["path"]) == (True, "strict", "/")
    with Visitor(whole.url, cookie=f"kiezkarte_session={kept.value}") as tab:
        assert SAY("gate.other_account") in tab.open("inbox").text()
        assert SAY("gate.other_account") not in tab.open("sitting").text()


def test_a_link_of_one_application_opens_no_other(whole: Kiez) -> None:
    with Line(whole, "applicant") as line:
        for project in ("idea-b", "trees"):
            asked = Row(query=f"project={project}")
            answer = sound(line.ask("GET", "/api/prints/decision", asked), "applicant")
            assert answer.status == 403
        photo = line.ask("POST", "/api/reports/{project_id}/photos", Row(body={"x": 1}))
        assert photo.status == 403
