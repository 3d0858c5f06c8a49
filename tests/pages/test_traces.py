"""An evening walked through on a server of its own: neither log nor folder keeps who it was.

What is stored on purpose (names, words) is in the database alone; of links, log-ins and PINs only
their hashes are anywhere, of addresses, browsers and secret votes nothing at all.
"""

import json
import re
import urllib.parse
from pathlib import Path
from types import SimpleNamespace

import pytest

from data import audit, passphrase, slips
from data.slips import Slip
from tests import evening
from tests.browser.conftest import PASSWORD, start_server, stop_server
from tests.pages import whole
from tests.pages.conftest import CODE, FORM, SECRET_WORDS, Kiez, settle
from tests.pages.test_keeping import _waited as waited
from tests.protocol import Visitor

ADDRESS, BROWSER = "203.0.113.88", "Merkbrowser/9.1"
IDEA, NAME, REACH = "Merkidee mit Lampions", "Frau Merkname", "merk@example.org"
SEARCHED, TRIED = "Merksuche", "Merkversuch"
SECRET_VOTE = "vote-secret"
PIN = "2468"


def ask(kiez: Kiez, path: str, method: str = "GET", body: bytes | None = None, **more: str):
    sent = {"x_forwarded_for": ADDRESS, "user_agent": BROWSER, "x_kiezkarte": "1"}
    return kiez.ask(path, method, body, **sent, **more)


def press(kiez: Kiez, path: str, **fields: str):
    form = ask(kiez, path).cookies["kiezkarte_form"].value
    body = urllib.parse.urlencode({"form": form, **fields}).encode()
    return ask(
        kiez, path, "POST", body, cookie=f"kiezkarte_form={form}", content_type=FORM
    )  # fmt: skip


def do(kiez: Kiez, name: str, cookie: str, **said: object):
    state = json.loads(ask(kiez, "/api/sittings/evening/state?as=lead", cookie=LEAD).body)
    body = {"seen": state["seen"], "item": whole.ITEM, **said}
    sent = json.dumps(body).encode()
    answer = ask(kiez, f"/api/sittings/evening/{name}", "POST", sent, cookie=cookie)
    assert answer.status == 200, (name, answer.text)


LEAD = evening.cookie("head")


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """A server on which everybody has been; its log, its folder, and the secrets that were used."""
    folder = tmp_path_factory.mktemp("walked")
    settle(folder, whole.settle)
    running = start_server(folder)
    kiez = Kiez(running, folder)
    secrets = {"session": "token-head", "receipt": CODE, "password": PASSWORD}
    try:
        secrets["link"] = asks_for_advice(kiez)
        secrets |= comes_in(kiez)
        changed = votes(kiez)
        goes_wrong(kiez)
        is_backed_up(kiez, folder)
        secrets["passphrase"] = passphrase.of(folder)
        waited(lambda: sealed(kiez))
    finally:
        stop_server(running)
    return SimpleNamespace(
        kiez=kiez, folder=folder, secrets=secrets, changed=changed, log=kiez.log()
    )


def asks_for_advice(kiez: Kiez) -> str:
    """A resident asks for advice, opens the link, writes in the application; returns the token."""
    with Visitor(kiez.url, source=ADDRESS) as tab:
        tab.open("advice").hold("idea-words-*", string_value=IDEA)
        tab.hold("idea-name-*", string_value=NAME).hold("idea-contact-*", string_value=REACH)
        tab.click("advice-send")
        token = re.search(rb"/auth/application/([\w-]{43})", tab.raw)[1].decode()  # type: ignore[index]
    opened = press(kiez, f"/auth/application/{token}")
    assert opened.status == 303
    with Visitor(
        kiez.url, source=ADDRESS, cookie=f"kiezkarte_application={token}"
    ) as tab:  # fmt: skip
        assert IDEA in tab.open("application").text()
    return token


def comes_in(kiez: Kiez) -> dict[str, str]:
    """A member comes by an invitation, a facilitator by the PIN, somebody logs in; wrong ones too."""
    member = press(kiez, "/auth/member/" + "i" * 43)
    assert member.status == 303
    led = press(kiez, "/auth/meeting/ROOM1", pin=PIN)
    assert led.status == 303
    press(kiez, "/auth/meeting/ROOM1", pin="0000")
    press(kiez, "/auth/login", login=TRIED, password="merk-passwort-12")
    cookie = press(kiez, "/auth/login", login="office", password=PASSWORD)
    for page in ("inbox", "funds", "bodies", "sittings", "projects"):
        with Visitor(
            kiez.url, source=ADDRESS, cookie=f"kiezkarte_session={_kept(cookie, 'session')}"
        ) as tab:
            assert not tab.open(page, f"lang=de&text={SEARCHED}").broke()
    return {
        "invitation": "i" * 43,
        "member": _kept(member, "session"),
        "facilitator": _kept(led, "meeting"),
        "account": _kept(cookie, "session"),
    }


def _kept(answer, name: str) -> str:
    return answer.cookies[f"kiezkarte_{name}"].value


def votes(kiez: Kiez) -> set[str]:
    """The jury votes in secret; returns which tables changed while the votes were given."""
    do(kiez, "void", LEAD, vote="vote-1", reason="Merkgrund")
    do(kiez, "begin_vote", LEAD, vote=SECRET_VOTE, secret=True, way="devices")
    before = kiez.tables()
    for login, choice in (("leyla", "yes"), ("bert", "no"), ("cem", "abstain")):
        do(kiez, "vote", evening.cookie(login), vote=SECRET_VOTE, choice=choice)
    after = kiez.tables()
    do(kiez, "end_vote", LEAD, vote=SECRET_VOTE)
    return {name for name in after if after[name] != before[name]}


def goes_wrong(kiez: Kiez) -> None:
    """What is unknown, unreadable or forged, with words in it that somebody meant."""
    ask(kiez, f"/api/nothing/{TRIED}?text={SEARCHED}")
    ask(kiez, f"/api/map/pins?view=x&text={SEARCHED}")
    ask(kiez, f"/api/rooms/{TRIED}/pins", "POST", f'{{"words": "{TRIED}'.encode())
    ask(kiez, "/auth/login", "POST", TRIED.encode(), content_type=FORM)
    for token in ("x" * 43, TRIED):
        ask(kiez, f"/auth/application/{token}")
        ask(kiez, f"/auth/setup/{token}")
    with Visitor(kiez.url, source=ADDRESS) as tab:
        tab.open("follow", f"lang=de&code={CODE}")
        tab.socket.send(TRIED.encode())


def is_backed_up(kiez: Kiez, folder: Path) -> None:
    """The admin looks at the page of safety and asks for a backup."""
    with Visitor(kiez.url, source=ADDRESS, cookie=LEAD) as tab:
        tab.open("safety").click("safety-now")
    database = folder / "kiezkarte.duckdb"
    slip = Slip("slip-of-the-walk")
    slips.ask(database, slip)
    said = waited(lambda: slips.heard(database, slip))
    assert said["ok"], said
    assert said["drill"]["ok"], said


def sealed(kiez: Kiez) -> bool | None:
    with kiez.opened() as store:
        return None if audit.waiting(store) else True


def test_the_log_knows_nobody_and_nothing_that_was_said(walked):
    marks = {"127.0.0.1", "::1", ADDRESS, "203.0.113", "Merk", "merk", BROWSER, PIN, IDEA, NAME}
    marks |= {SECRET_WORDS, "Frau head", "Frau desk", "Leyla", "Bert", *walked.secrets.values()}
    marks |= {"abstain", SECRET_VOTE, "evening", "Traceback", whole.CONTACT}
    assert not [mark for mark in marks if mark in walked.log]
    assert walked.log.count("\n") > 5  # it says something, all the same


def test_no_file_beside_the_database_holds_what_opens_a_door(walked):
    doors = {name: word.encode() for name, word in walked.secrets.items() if name != "passphrase"}
    doors |= {"an old link": b"a" * 43, "address": ADDRESS.encode(), "browser": BROWSER.encode()}
    files = [one for one in walked.folder.rglob("*") if one.is_file()]
    assert {one.suffix for one in files} >= {".duckdb", ".log"}
    assert any("safe" in str(one) for one in files)  # journal and base copy
    for file in files:
        held = file.read_bytes()
        found = [name for name, word in doors.items() if word in held]
        assert not found, (file.name, found)


def test_no_table_holds_what_opens_a_door_or_who_came_from_where(walked):
    doors = {*walked.secrets.values(), "a" * 43, ADDRESS, BROWSER}
    with walked.kiez.opened() as store:
        for (name,) in store.read("select table_name from information_schema.tables"):
            rows = repr(store.read(f"select * from {name}"))
            assert not [door for door in doors if door in rows], name


def test_a_secret_vote_is_totals_and_was_nowhere_before(walked):
    assert walked.changed == set()
    with walked.kiez.opened() as store:
        [(member, details)] = store.read(
            "select member_id, details from sitting_event where what = 'vote_ended' "
            "and details like '%' || $vote || '%'",
            {"vote": SECRET_VOTE},
        )
    assert member is None
    assert not re.search("leyla|bert|cem", details)
    assert json.loads(details)["yes"] == json.loads(details)["no"] == 1
