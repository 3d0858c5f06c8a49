"""A server with a small neighbourhood: pins in every state, one need, one project, three accounts."""

import hashlib
import http.client
import re
import shutil
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from pathlib import Path

import duckdb
import pytest

from data import areas, engine, needs, people, pins, projects
from data.pins import Draft
from data.rules import HOUSE, VISITOR, Actor, PersonId, PinId, Role
from data.store import Store
from geo.points import LonLat
from tests.browser.conftest import PASSWORD, Server, start_server, stop_server

# Who is logged in, and what the background reads out of the pins when it comes to it
BESIDE = ("login_session", "pin_read", "pin_flag", "trail_seal", "safety_report", "journal_mark")
FOUNTAIN = LonLat(13.42430, 52.50206)
SECRET_WORDS = "Herr Geheim, Naunynstraße 99"
CODE = "7Q2MX-9D4RT-0KB"
UNSEEN = {"wait-1", "hidden-1", "gone-1"}


@dataclass
class Answer:
    """What the server said over HTTP."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass(eq=False)
class Kiez:
    """The running server, and ways to ask it."""

    server: Server
    folder: Path
    logged_in: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.server.url

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answer:
        """Send a path as it is, without a client that would put it right first."""
        netloc = urllib.parse.urlsplit(self.url).netloc
        call = http.client.HTTPConnection(netloc, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            call.request(method, path, body, named)
            answer = call.getresponse()
            cookies = SimpleCookie()
            for line in answer.headers.get_all("set-cookie") or ():
                cookies.load(line)
            plain = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, plain, answer.read(), cookies)
        finally:
            call.close()

    def log_in(self, name: str, password: str = PASSWORD, *, source: str = "") -> str:
        """Log in by the form and return the cookie header of the session ('' when refused)."""
        page = self.ask("/auth/login")
        form = page.cookies["kiezkarte_form"].value
        body = urllib.parse.urlencode({"form": form, "login": name, "password": password})
        sent = {"cookie": f"kiezkarte_form={form}", "content_type": FORM, "x_forwarded_for": source}
        answer = self.ask(
            "/auth/login", "POST", body.encode(), **{k: v for k, v in sent.items() if v}
        )
        found = answer.cookies.get("kiezkarte_session")
        return f"kiezkarte_session={found.value}" if found else ""

    def cookie(self, name: str) -> str:
        """Return the cookie of somebody who is logged in, once for all tests."""
        if name not in self.logged_in:
            self.logged_in[name] = self.log_in(name)
        return self.logged_in[name]

    def log(self) -> str:
        return self.server.log.read_text(encoding="utf-8", errors="replace")

    def stored(self) -> str:
        """Hash everything that is stored but what comes and goes by itself."""
        return hashlib.sha256(repr(self.tables()).encode()).hexdigest()

    def tables(self) -> dict[str, str]:
        """Hash what is stored in each table, so that a test tells in which something changed."""
        with self.opened() as store:
            names = [n for (n,) in store.read("select table_name from information_schema.tables")]
            return {
                name: hashlib.sha256(repr(
                    sorted(store.read(f"select * from {name}"), key=repr)
                ).encode()).hexdigest()
                for name in sorted(names)
                if name not in BESIDE
            }  # fmt: skip

    def opened(self) -> "Copy":
        """Open a copy of the database as it lies on disk now."""
        return Copy(self.folder)


class Copy:
    """A copy of a database that a running server holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Store:
        for _ in range(20):
            try:
                self.store = Store.upon(engine.connect(self._copied()))
            except duckdb.Error:  # the log was being written just now
                time.sleep(0.1)
            else:
                break
        return self.store

    def _copied(self) -> Path:
        there = self.folder / "copy"
        shutil.rmtree(there, ignore_errors=True)
        there.mkdir()
        for name in ("kiezkarte.duckdb", "kiezkarte.duckdb.wal"):
            if (self.folder / name).exists():
                shutil.copy(self.folder / name, there / name)
        return there / "kiezkarte.duckdb"

    def __exit__(self, *_: object) -> None:
        self.store.close()


FORM = "application/x-www-form-urlencoded"


def settle(folder: Path, more: Callable[[Store], None] | None = None) -> None:
    """Store the small neighbourhood, before a server opens the file."""
    now, area = datetime.now(UTC), areas.load("mariannenplatz")
    office = Actor(Role.OFFICE, person=PersonId("person-office"), name="Büro")
    store = Store.open(folder / "kiezkarte.duckdb")

    def draft(name: str, words: str, code: str = "") -> Draft:
        return Draft(PinId(name), "problem", words, FOUNTAIN, code=code)

    seen = [draft(f"pin-{n}", f"Zu dunkel {n}") for n in range(1, 6)]
    unseen = [
        draft("wait-1", SECRET_WORDS, CODE),
        draft("hidden-1", SECRET_WORDS),
        draft("gone-1", SECRET_WORDS, "00000-00000-002"),
    ]
    pins.add(store, VISITOR, area, seen + unseen, now=now)
    pins.release(store, office, [one.id for one in seen], now=now)
    pins.hide(store, office, [PinId("hidden-1")], reason="insult", now=now, note="interne Notiz")
    pins.withdraw(store, pins.by_receipt(store, "00000-00000-002"), now=now)
    needs.create(
        store, office, need_id=needs.NeedId("need-1"), title="Dunkel am Brunnen", field="OER",
        priority="now", pin_ids=[PinId("pin-1")], now=now,
    )  # fmt: skip
    projects.create(
        store, office, project_id=projects.ProjectId("project-1"), title="Lampen", description="",
        fund="baufonds", cents=60_000_00, field="OER", climate=False, at=FOUNTAIN, area=area,
        need_ids=[], now=now,
    )  # fmt: skip
    for role in people.ROLES:
        people.add(
            store, HOUSE, person_id=PersonId(f"person-{role}"), login=role, name=f"Frau {role}",
            role=role, password=PASSWORD, demo=True, now=now,
        )  # fmt: skip
    if more:
        more(store)
    store.close()


@pytest.fixture(scope="session")
def kiez(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiez]:
    folder = tmp_path_factory.mktemp("kiez")
    settle(folder)
    running = start_server(folder)
    yield Kiez(running, folder)
    stop_server(running)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiez]:
    """A server with everything in it and everybody who may come (tests/pages/whole.py)."""
    from tests.pages import whole as everything  # it builds on this module

    folder = tmp_path_factory.mktemp("whole")
    settle(folder, everything.settle)
    running = start_server(folder)
    opened = Kiez(running, folder)
    for _ in range(60):
        if _cleared(opened):
            break
        time.sleep(0.5)
    yield opened
    stop_server(running)


def _cleared(kiez: Kiez) -> bool:
    """Tell whether the house has done its work of the day: nothing changes by itself after it."""
    with kiez.opened() as store:
        return store.read("select count(*) from setup_link") == [(0,)]


TRACES = re.compile(
    r"Traceback|site-packages|File \"|\.py\b|duckdb|/home|/tmp|/usr|/work|Error:|Exception", re.I
)
