"""What a sitting's screens ask over HTTP: who may, what is refused, and that a vote is one vote."""

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from data import bodies, sittings
from data.bodies import BodyId
from data.deciding_standing import ItemId, MemberId
from data.rules import HOUSE
from data.store import Store
from tests import evening
from tests.browser.conftest import start_server, stop_server
from tests.pages.conftest import BESIDE, TRACES, Kiez

OURS = {"x_kiezkarte": "1", "content_type": "application/json"}
HERE = ("leyla", "bert", "cem", "dana", "emil")
ITEM = ItemId("evening-trees")


def settle(store: Store) -> None:
    """An evening with five members here and an item called, a closed one, and one of the council."""
    now = datetime.now(UTC)
    evening.settle(store)
    evening.account(store, "office", "Büro", "office", now)
    evening.account(store, "stranger", "Frau Fremd", "jury", now)
    seen = open_up(store, "evening", now)
    sittings.begin_item(store, HOUSE, "evening", item_id=ITEM, seen=seen, now=now)
    bodies.add(
        store, HOUSE, body_id=BodyId("council"), kind="council", title="Quartiersrat",
        valid_from=date(2026, 1, 1), now=now,
    )  # fmt: skip
    sittings.plan(
        store, HOUSE, sitting_id="council", body_id=BodyId("council"), title="Quartiersrat",
        place="", held_at=now + timedelta(days=1), public=True, now=now,
    )  # fmt: skip


def open_up(store: Store, sitting: str, now: datetime) -> int:
    """Open a sitting with five members here; return what was seen last."""
    sittings.open_(store, HOUSE, sitting, seen=99, now=now)
    for login in HERE:
        sittings.come(store, HOUSE, sitting, member_id=MemberId(f"m-{login}"), now=now)
    return sittings.standing(store, HOUSE, sitting, now=now).last


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiez]:
    folder = tmp_path_factory.mktemp("sittings")
    store = Store.open(folder / "kiezkarte.duckdb")
    settle(store)
    store.close()
    running = start_server(folder, KIEZKARTE_DEMO="0")
    yield Kiez(running, folder)
    stop_server(running)


def told(answer):
    assert answer.status < 500, answer.text[:300]
    assert answer.headers["cache-control"] == "no-store"
    assert not TRACES.search(answer.text), answer.text[:300]
    body = json.loads(answer.body) if answer.body else {}
    return SimpleNamespace(status=answer.status, headers=answer.headers, **body)


def act(room, who, name, body, *, lang="de", sitting="evening", **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    cookie = {"cookie": evening.cookie(who)} if who else {}
    path = f"/api/sittings/{sitting}/{name}?lang={lang}"
    return told(room.ask(path, "POST", raw, **{**OURS, **cookie, **headers}))


def state(room, who, *, lang="de", sitting="evening", lead=False, tag=""):
    sent = {"cookie": evening.cookie(who)} if who else {}
    sent |= {"if_none_match": tag} if tag else {}
    more = "&as=lead" if lead else ""
    return told(room.ask(f"/api/sittings/{sitting}/state?lang={lang}{more}", **sent))


def stored(room, *, but=()) -> str:
    """Hash what is stored, without the tables named."""
    with room.opened() as store:
        names = [n for (n,) in store.read("select table_name from information_schema.tables")]
        rows = [
            (name, sorted(store.read(f"select * from {name}"), key=repr))
            for name in sorted(names)
            if name not in (*BESIDE, *but)
        ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def begin(room, vote, *, secret=False, way="devices"):
    seen = state(room, "leyla", lead=True).seen
    body = {"seen": seen, "item": ITEM, "vote": vote, "secret": secret, "way": way}
    assert act(room, "leyla", "begin_vote", body).status == 200


def stop(room, vote):
    seen = state(room, "leyla", lead=True).seen
    body = {"seen": seen, "vote": vote, "reason": "Probe"}
    assert act(room, "leyla", "void", body).status == 200


@pytest.fixture
def voting(room: Kiez, request: pytest.FixtureRequest) -> Iterator[str]:
    """An open vote on the item, for one test."""
    vote = f"v-{abs(hash(request.node.name))}"
    begin(room, vote)
    yield vote
    stop(room, vote)


# --- who may look -------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "sitting", "status"),
    [
        ("", "evening", 403),
        ("stranger", "evening", 404),
        ("bert", "council", 404),
        ("bert", "no", 404),
    ],
)
def test_a_sitting_is_for_its_members_alone(
    room: Kiez, who: str, sitting: str, status: int
) -> None:
    assert state(room, who, sitting=sitting).status == status


def test_a_members_screen_has_no_names_and_no_seats(room: Kiez) -> None:
    shown = state(room, "bert")
    assert shown.me == {"here": True, "aside": False, "entitled": True}
    assert not hasattr(shown, "members")
    assert not hasattr(shown, "seen")


def test_only_who_leads_gets_the_screen_of_who_leads(room: Kiez) -> None:
    assert [state(room, who, lead=True).status for who in ("leyla", "office")] == [200, 200]
    assert [state(room, who, lead=True).status for who in ("bert", "stranger", "")] == [
        403,
        404,
        403,
    ]
    names = [one["name"] for one in state(room, "leyla", lead=True).members]
    assert names[0] == "Leyla A."
    assert len(names) == len(evening.SEATS)


def test_nothing_new_is_said_in_no_words(room: Kiez) -> None:
    tag = state(room, "bert").headers["etag"]
    again = room.ask(
        "/api/sittings/evening/state?lang=de", cookie=evening.cookie("bert"), if_none_match=tag
    )
    assert (again.status, again.body) == (304, b"")
    assert state(room, "cem", tag=tag).status == 200  # somebody else's screen is another one


def test_the_room_is_told_in_words_of_the_screens_language(room: Kiez) -> None:
    assert (
        state(room, "bert").presence["text"]
        == "5 von 7 da, beschlussfähig. 5 Bewohner*innen von 5."
    )
    turkish = state(room, "bert", lang="tr").presence["text"]
    assert turkish == "Katılan: 5 / 7, toplantı yeter sayısı var. Mahalle sakini: 5 / 5."


# --- who may act --------------------------------------------------------------


def test_no_strangers_vote_is_taken(room: Kiez, voting: str) -> None:
    before = stored(room, but=("trail",))
    for who in ("", "stranger", "office"):
        assert act(room, who, "vote", {"vote": voting, "choice": "yes"}).status == 403, who
    assert stored(room, but=("trail",)) == before


LED = {
    "open": {},
    "begin": {"item": ITEM},
    "sum": {"item": ITEM, "sum": "1"},
    "conditions": {"item": ITEM, "words": "x"},
    "begin_vote": {"item": ITEM, "vote": "forged", "secret": False, "way": "devices"},
    "void": {"vote": "forged", "reason": "x"},
    "tie": {"item": ITEM, "accepted": True},
    "postpone": {"item": ITEM, "reason": "x"},
    "decide": {"item": ITEM, "reason": "x"},
    "count_hands": {"vote": "forged", "yes": 9, "no": 0, "abstain": 0},
    "end_vote": {"vote": "forged"},
    "begin_ranking": {"item": ITEM, "among": [ITEM]},
    "end_ranking": {},
    "settle": {"order": [ITEM]},
    "decide_ranking": {"reason": "x"},
    "close": {},
    "reopen": {"reason": "x"},
    "come": {"member": "m-gerd"},
    "leave": {"member": "m-cem"},
    "recuse": {"member": "m-cem", "item": ITEM, "reason": "own"},
    "unrecuse": {"member": "m-cem", "item": ITEM},
}


def test_a_member_leads_nothing_and_is_nobody_else(room: Kiez) -> None:
    before = stored(room)
    for name, body in LED.items():
        for who in ("bert", "stranger", ""):
            refused = act(room, who, name, {"seen": 10**6, **body})
            assert refused.status in (403, 404), (name, who)
            assert refused.sentence
    assert stored(room) == before


def test_another_sites_page_does_nothing(room: Kiez, voting: str) -> None:
    before = stored(room, but=("trail",))
    good = {"vote": voting, "choice": "yes"}
    assert act(room, "bert", "vote", good, sec_fetch_site="cross-site").status == 403
    plain = room.ask(
        "/api/sittings/evening/vote", "POST", json.dumps(good).encode(),
        cookie=evening.cookie("bert"), content_type="text/plain",
    )  # fmt: skip
    assert plain.status == 403
    assert stored(room, but=("trail",)) == before


NONSENSE: tuple[object, ...] = (
    *(b"", b"[]", b"{", b"null", b"\xff", {}, {"vote": 1, "choice": "yes"}, {"vote": "v"}),
    *({"vote": "../x", "choice": "yes"}, {"vote": "v", "choice": ["yes"]}),
    {"vote": "v" * 99, "choice": "yes"},
)
FORGED = (
    ("begin_vote", {"item": ITEM, "vote": "x", "secret": "no", "way": "devices"}),
    ("begin", {"item": ITEM, "seen": "1"}),
    ("begin", {"item": ITEM, "seen": True}),
    ("begin", {"item": ITEM, "seen": -1}),
    ("begin", {"item": None, "seen": 1}),
    ("settle", {"order": "x"}),
    ("settle", {"order": [1]}),
    ("settle", {"order": ["a"] * 101}),
    ("count_hands", {"vote": "x", "yes": 1.5, "no": 0, "abstain": 0}),
    ("tie", {"item": ITEM, "accepted": 1}),
    ("sum", {"item": ITEM, "sum": "1.48.0"}),
    ("sum", {"item": ITEM, "sum": "-5"}),
)


def test_what_no_screen_sends_is_refused(room: Kiez) -> None:
    before = stored(room)
    for body in NONSENSE:
        assert act(room, "bert", "vote", body).status == 422, body
    for name, body in FORGED:
        assert act(room, "leyla", name, {"seen": 10**6, **body}).status == 422, (name, body)
    assert stored(room) == before


def test_there_are_three_choices(room: Kiez, voting: str) -> None:
    for choice in ("", "maybe", "YES", "yes "):
        assert act(room, "bert", "vote", {"vote": voting, "choice": choice}).status == 422
    assert state(room, "leyla", lead=True).vote["count"] == 0


# --- a vote -------------------------------------------------------------------


def test_the_same_tap_sent_at_once_many_times_is_one_vote(room: Kiez, voting: str) -> None:
    body = {"vote": voting, "choice": "yes"}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: act(room, "bert", "vote", body), range(8)))
    assert {one.status for one in answers} == {200}
    assert state(room, "leyla", lead=True).vote["text"] == "1 von 5 haben abgestimmt"
    assert state(room, "bert").vote["voted"]
    assert not state(room, "cem").vote["voted"]


def test_a_second_different_tap_is_refused_kindly(room: Kiez, voting: str) -> None:
    assert act(room, "cem", "vote", {"vote": voting, "choice": "yes"}).status == 200
    second = act(room, "cem", "vote", {"vote": voting, "choice": "no"})
    assert (second.status, second.error) == (409, "vote.twice")
    assert state(room, "leyla", lead=True).vote["count"] == 1


def test_a_vote_after_leaving_and_a_late_one_are_refused(room: Kiez) -> None:
    begin(room, "late")
    act(room, "emil", "away", {})
    gone = act(room, "emil", "vote", {"vote": "late", "choice": "yes"})
    assert (gone.status, gone.error) == (409, "vote.not_there")
    act(room, "emil", "here", {})
    stop(room, "late")
    late = act(room, "bert", "vote", {"vote": "late", "choice": "yes"})
    assert late.status == 409
    assert late.sentence
    with room.opened() as store:
        [(refused,)] = store.read("select count(*) from trail where details like '%not_there%'")
    assert refused == 1


def test_a_secret_vote_is_nowhere_joined_to_a_person(room: Kiez) -> None:
    begin(room, "hidden", secret=True)
    logged = len(room.log())
    for who, choice in (("bert", "no"), ("cem", "yes")):
        assert act(room, who, "vote", {"vote": "hidden", "choice": choice}).status == 200
    shown = json.dumps(vars(state(room, "leyla", lead=True)), default=str)
    assert '"count": 2' in shown
    assert '"choice"' not in shown
    assert '"no"' not in shown
    with room.opened() as store:
        told = store.read("select what from sitting_event where details like '%hidden%'")
        noted = store.read("select act from trail where details like '%hidden%'")
    assert (told, noted) == ([("vote_begun",)], [])
    stop(room, "hidden")
    log = room.log()[logged:]
    assert not [word for word in ("hidden", "choice", "bert", "cem") if word in log]


def test_two_who_lead_at_once_do_not_cross(room: Kiez) -> None:
    seen = state(room, "leyla", lead=True).seen
    first = act(room, "leyla", "conditions", {"item": ITEM, "words": "Mit Schild", "seen": seen})
    assert first.status == 200
    second = act(room, "office", "conditions", {"item": ITEM, "words": "", "seen": seen})
    assert (second.status, second.error) == (409, "sitting.led_on")
    [now] = [one for one in state(room, "office", lead=True).items if one["id"] == ITEM]
    assert now["conditions"] == "Mit Schild"
