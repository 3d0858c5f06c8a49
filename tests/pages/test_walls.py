"""Walls over HTTP: only who leads this meeting sees and does something; guests give dots."""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data import areas, attendance, meetings, pins, rounds
from data.meetings import Plan, Round, State
from data.pins import Draft
from data.rules import HOUSE, MeetingId, PinId
from data.store import Store
from tests.browser.conftest import start_server, stop_server
from tests.pages.conftest import FOUNTAIN, TRACES, Answer, Kiez, settle

HOSTILE = "</script><img src=x onerror=alert(1)> {{ 7*7 }} [x](javascript:1)"
LEADER, STRANGER = "kiezkarte_meeting=token-here", "kiezkarte_meeting=token-there"
OURS = {"x_kiezkarte": "1", "content_type": "application/json"}
ACTS = {
    "show": {"pin": "wall-1", "wall": "hidden"},
    "show_all": {},
    "groups": {"group": "new", "title": "Neu"},
    "change": {"group": "g", "title": "Anders"},
    "remove": {"group": "h"},
    "put": {"pins": ["wall-2"], "group": "g"},
    "suggestions": {},
    "round": {"round": "who"},
    "dots": {"group": "g", "dots": 3},
}


def hold_meetings(store: Store) -> None:
    """Open two meetings; here one pin is shown, one waits, and two groups stand."""
    now, area = datetime.now(UTC), areas.load("mariannenplatz")
    for name in ("here", "there"):
        one = MeetingId(f"meeting-{name}")
        plan = Plan("Werkstatt", date(2026, 5, 4), question="Was fehlt?", rounds=tuple(Round))
        meetings.create(
            store, HOUSE, meeting_id=one, code=f"room-{name}", plan=plan, pin="2468", now=now
        )
        meetings.move(store, HOUSE, one, to=State.OPEN, now=now)
        attendance.unlock(store, f"room-{name}", "2468", token=f"token-{name}", now=now)
    here = MeetingId("meeting-here")
    said = [
        Draft(PinId("wall-1"), "problem", HOSTILE, FOUNTAIN, meeting=here, field="OER"),
        Draft(PinId("wall-2"), "idea", "نريد مقاعد", FOUNTAIN, meeting=here),
    ]
    there = MeetingId("meeting-there")
    said += [
        Draft(PinId(f"rubbish-{n}"), "problem", "Müll am Zaun", FOUNTAIN, meeting=there)
        for n in (1, 2)
    ]
    pins.add(store, HOUSE, area, said, now=now)
    rounds.show_all(store, HOUSE, there, now=now)
    rounds.show(store, HOUSE, here, PinId("wall-1"), "shown", now=now)
    for group_id, title in (("g", "Müll <b>"), ("h", "Leer")):
        rounds.add_group(
            store, HOUSE, here, group_id=rounds.GroupId(group_id), title=title, now=now
        )


@pytest.fixture(scope="module")
def kiez(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiez]:
    folder: Path = tmp_path_factory.mktemp("walls")
    settle(folder, hold_meetings)
    running = start_server(folder)
    yield Kiez(running, folder)
    stop_server(running)


def do(kiez: Kiez, name: str, given: object, cookie: str = LEADER, **more: str) -> Answer:
    body = given if isinstance(given, bytes) else json.dumps(given).encode()
    path = f"/api/walls/room-here/{name}?lang=de"
    return kiez.ask(path, "POST", body, cookie=cookie, **{**OURS, **more})


def look(kiez: Kiez, cookie: str = LEADER, **more: str) -> dict:
    answer = kiez.ask("/api/walls/room-here?lang=de", cookie=cookie, **more)
    assert answer.status == 200, answer.text
    return json.loads(answer.body)


def give(kiez: Kiez, given: object, room: str = "here") -> Answer:
    return kiez.ask(f"/api/rooms/room-{room}/ballot", "POST", json.dumps(given).encode(), **OURS)


# --- before anything is changed ------------------------------------------------


def test_the_wall_answers_with_what_is_let_through(kiez: Kiez) -> None:
    for cookie in (LEADER, kiez.cookie("office")):
        found = look(kiez, cookie)
        assert [pin["id"] for pin in found["pins"]] == ["wall-1"]
        assert (found["title"], found["question"], found["waiting"]) == (
            "Werkstatt",
            "Was fehlt?",
            1,
        )
        assert found["counts"] == {"kinds": {"problem": 1}, "fields": {"OER": 1}}
        assert [group["title"] for group in found["groups"]] == ["Müll <b>", "Leer"]


def test_residents_words_arrive_as_plain_text(kiez: Kiez) -> None:
    answer = kiez.ask("/api/walls/room-here", cookie=LEADER)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert json.loads(answer.body)["pins"][0]["words"] == HOSTILE


def test_the_wall_tells_no_sender(kiez: Kiez) -> None:
    assert set(look(kiez)["pins"][0]) == {
        *("id", "number", "came", "kind", "field", "words", "lang", "at", "place", "group"),
        "voices",
    }


@pytest.mark.parametrize(
    ("cookie", "status"), [("", 403), (STRANGER, 403), ("kiezkarte_meeting=wrong", 403)]
)
def test_who_does_not_lead_here_sees_nothing(kiez: Kiez, cookie: str, status: int) -> None:
    answer = kiez.ask("/api/walls/room-here", **({"cookie": cookie} if cookie else {}))
    assert answer.status == status
    assert set(json.loads(answer.body)) == {"error", "sentence"}


def test_the_jury_sees_no_wall(kiez: Kiez) -> None:
    assert kiez.ask("/api/walls/room-here", cookie=kiez.cookie("jury")).status == 403


@pytest.mark.parametrize("code", ["room-x", "x" * 500, "'%20or%201=1"])
def test_an_unknown_meeting_is_not_found(kiez: Kiez, code: str) -> None:
    answer = kiez.ask(f"/api/walls/{code}", cookie=LEADER)
    assert answer.status == 404
    assert not TRACES.search(answer.text)


def test_nothing_new_is_answered_in_no_words(kiez: Kiez) -> None:
    first = kiez.ask("/api/walls/room-here?lang=de", cookie=LEADER)
    again = {"cookie": LEADER, "if_none_match": first.headers["etag"]}
    answer = kiez.ask("/api/walls/room-here?lang=de", **again)
    assert (answer.status, answer.body) == (304, b"")
    assert kiez.ask("/api/walls/room-here?lang=ar", **again).status == 200
    again["cookie"] = STRANGER
    assert kiez.ask("/api/walls/room-here?lang=de", **again).status == 403


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("who", ["", STRANGER, "jury"])
def test_who_does_not_lead_here_changes_nothing(kiez: Kiez, name: str, who: str) -> None:
    before = kiez.stored()
    cookie = kiez.cookie("jury") if who == "jury" else who
    assert do(kiez, name, ACTS[name], cookie).status == 403
    assert kiez.stored() == before


@pytest.mark.parametrize("name", ACTS)
def test_an_act_from_another_page_is_refused(kiez: Kiez, name: str) -> None:
    body = json.dumps(ACTS[name]).encode()
    without = kiez.ask(f"/api/walls/room-here/{name}", "POST", body, cookie=LEADER)
    cross = do(kiez, name, ACTS[name], sec_fetch_site="cross-site")
    assert [without.status, cross.status] == [403, 403]


BAD = [
    ("show", {"pin": "wall-1", "wall": "loud"}),
    ("show", {"pin": ["wall-1"], "wall": "shown"}),
    ("groups", {"group": "../x", "title": "Neu"}),
    ("groups", {"group": "new", "title": ""}),
    ("groups", {"group": "new", "title": {"a": 1}}),
    ("groups", {"group": "new", "title": "x" * 201}),
    ("change", {"group": "g", "priority": "never"}),
    ("put", {"pins": "wall-1", "group": "g"}),
    ("put", {"pins": ["wall-1"] * 5001, "group": "g"}),
    ("round", {"round": "party"}),
    ("dots", {"group": "g", "dots": 1e9}),
    ("dots", {"group": "g", "dots": 10**30}),
    ("dots", {"group": "g"}),
    ("show_all", [1]),
    ("show_all", b"{"),
    ("show_all", b"[" * 100_000),
    ("show_all", b"\xff\xfe"),
]


@pytest.mark.parametrize(("name", "given"), BAD, ids=lambda given: str(given)[:40])
def test_what_makes_no_sense_is_a_sentence_and_no_change(kiez: Kiez, name: str, given) -> None:
    before = kiez.stored()
    answer = do(kiez, name, given)
    assert answer.status == 422
    assert json.loads(answer.body)["sentence"]
    assert not TRACES.search(answer.text)
    assert kiez.stored() == before


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("show", {"pin": "pin-1", "wall": "hidden"}),
        ("put", {"pins": ["pin-1"], "group": "g"}),
        ("put", {"pins": ["wall-1"], "group": "nowhere"}),
        ("change", {"group": "nowhere", "title": "x"}),
    ],
)
def test_a_pin_or_group_from_elsewhere_is_not_found(kiez: Kiez, name: str, given) -> None:
    assert do(kiez, name, given).status == 404


def test_a_title_with_half_a_sign_keeps_the_rest(kiez: Kiez) -> None:
    assert do(kiez, "change", b'{"group": "h", "title": "Leer\\ud800"}').status == 200
    assert look(kiez)["groups"][1]["title"] == "Leer"


# --- what is done ---------------------------------------------------------------


def test_a_pin_let_through_is_there_at_the_next_look(kiez: Kiez) -> None:
    tag = kiez.ask("/api/walls/room-here?lang=de", cookie=LEADER).headers["etag"]
    assert do(kiez, "show", {"pin": "wall-2", "wall": "shown"}).status == 200
    found = look(kiez, if_none_match=tag)
    assert {pin["id"]: pin["lang"] for pin in found["pins"]} == {"wall-1": "de", "wall-2": "ar"}
    assert do(kiez, "show", {"pin": "wall-2", "wall": "hidden"}).status == 200
    assert [pin["id"] for pin in look(kiez)["pins"]] == ["wall-1"]
    assert do(kiez, "show", {"pin": "wall-2", "wall": ""}).status == 200
    assert json.loads(do(kiez, "show_all", {}).body) == {"shown": 1}
    assert look(kiez)["waiting"] == 0


def test_who_looks_again_is_told_what_changed(kiez: Kiez) -> None:
    first = look(kiez)
    assert first["whole"]

    def again(turn: str) -> dict:
        path = f"/api/walls/room-here?lang=de&since={turn}"
        return json.loads(kiez.ask(path, cookie=LEADER).body)

    same = again(first["turn"])
    assert (same["whole"], same["pins"], same["gone"]) == (False, [], [])
    do(kiez, "show", {"pin": "wall-1", "wall": "hidden"})
    gone = again(first["turn"])
    assert (gone["pins"], gone["gone"]) == ([], ["wall-1"])
    do(kiez, "show", {"pin": "wall-1", "wall": "shown"})
    back = again(gone["turn"])
    assert ([pin["id"] for pin in back["pins"]], back["gone"]) == (["wall-1"], [])
    for strange in ("", "x-1", "%27%20or%201=1", "9" * 5000):
        assert again(strange)["whole"]


def test_groups_are_made_filled_changed_and_dissolved(kiez: Kiez) -> None:
    made = {"group": "fresh", "title": "Bänke", "pins": ["wall-1"], "who": "several"}
    assert do(kiez, "groups", made).status == 200
    assert do(kiez, "change", {"group": "fresh", "priority": "soon"}).status == 200
    found = look(kiez)
    (group,) = [one for one in found["groups"] if one["id"] == "fresh"]
    assert (group["priority"], group["who"]) == ("soon", "several")
    assert [pin["id"] for pin in found["pins"] if pin["group"] == "fresh"] == ["wall-1"]
    assert do(kiez, "put", {"pins": ["wall-1"], "group": None}).status == 200
    assert do(kiez, "remove", {"group": "fresh"}).status == 200
    assert do(kiez, "remove", {"group": "fresh"}).status == 404


def test_suggestions_are_named_in_the_language_of_the_wall(kiez: Kiez) -> None:
    body = {"body": b"{}", "cookie": STRANGER, **OURS}
    answer = kiez.ask("/api/walls/room-there/suggestions?lang=tr", "POST", **body)
    (made,) = json.loads(answer.body)["groups"]
    found = json.loads(kiez.ask("/api/walls/room-there", cookie=STRANGER).body)
    (group,) = found["groups"]
    inside = sorted(pin["id"] for pin in found["pins"] if pin["group"] == made)
    assert (group["id"], inside) == (made, ["rubbish-1", "rubbish-2"])
    assert group["title"].startswith("Çöp")
    again = kiez.ask("/api/walls/room-there/suggestions?lang=tr", "POST", **body)
    assert (again.status, json.loads(again.body)["error"]) == (409, "rounds.nothing_alike")


# --- guests ---------------------------------------------------------------------


def test_guests_read_the_groups_and_the_rule(kiez: Kiez) -> None:
    answer = kiez.ask("/api/rooms/room-here/groups?lang=tr")
    found = json.loads(answer.body)
    assert (found["dots"], found["stack"]) == (3, True)
    assert {"id": "g", "title": "Müll <b>", "pins": 0} in found["groups"]
    assert kiez.ask("/api/rooms/room-x/groups").status == 404


def test_a_guests_dots_count_once_and_only_in_their_round(kiez: Kiez) -> None:
    mine = {"id": str(uuid.uuid4()), "dots": {"g": 2, "h": 1}}
    do(kiez, "round", {"round": "collect"})
    early = give(kiez, mine)
    assert (early.status, json.loads(early.body)["error"]) == (409, "rounds.not_now")
    do(kiez, "round", {"round": "dots"})
    for _ in range(3):
        answer = give(kiez, mine)
        assert (answer.status, json.loads(answer.body)) == (200, {})
    assert do(kiez, "dots", {"group": "h", "dots": 1}).status == 200
    found = look(kiez)
    assert {group["id"]: group["dots"] for group in found["groups"]} == {"g": 2, "h": 2}
    assert (found["ballots"], found["ties"]) == (1, [["g", "h"]])
    assert do(kiez, "remove", {"group": "g"}).status == 409


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"id": "b-1", "dots": {"g": 4}}, 422),
        ({"id": "b-1", "dots": {"g": -1}}, 422),
        ({"id": "b-1", "dots": [1]}, 422),
        ({"id": "b-1", "dots": {}}, 422),
        ({"id": "hand:g:0", "dots": {"g": 1}}, 422),
        ({"id": 7, "dots": {"g": 1}}, 422),
        ({"dots": {"g": 1}}, 422),
        ({"id": "b-1", "dots": {"elsewhere": 1}}, 404),
        ({"id": "b-1", "dots": {"\ud800": 1}}, 422),
    ],
    ids=str,
)
def test_dots_that_are_none_are_refused(kiez: Kiez, given, status: int) -> None:
    do(kiez, "round", {"round": "dots"})
    before = kiez.stored()
    answer = give(kiez, given)
    assert answer.status == status
    assert not TRACES.search(answer.text)
    assert kiez.stored() == before


def test_dots_for_another_meetings_groups_are_refused(kiez: Kiez) -> None:
    answer = give(kiez, {"id": str(uuid.uuid4()), "dots": {"g": 1}}, room="there")
    assert answer.status == 409  # that room is not giving dots at all
