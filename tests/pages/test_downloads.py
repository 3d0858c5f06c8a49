"""What can be taken away as a file or picture: who may, not after logging out, not by guessing.

Each file is really there, so that a refusal is no accident.
"""

import re
import secrets
import warnings
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from data import (
    application_links,
    instance,
    photos,
    pins,
    project_moves,
    project_reports,
    projects,
    settings,
)
from data import routes as letters
from data.instance import Settings
from data.pins import Draft
from data.rules import HOUSE, VISITOR, Actor, PinId, Role
from data.store import Store
from pages.api import routes
from pages.api.security import Guard
from tests.data.doors_photos import picture
from tests.data.test_funded import TO_RUNNING
from tests.pages import whole
from tests.pages.conftest import CODE, FOUNTAIN, settle
from tests.pages.whole import STAFF, WHO

with warnings.catch_warnings():  # it would rather have a client that nothing else here needs
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

LINK = "f" * 43
OWN = "kiezkarte_application=" + LINK
CAME = {**WHO, "applicant": OWN}
YEAR = datetime.now(UTC).year
LEADERS = STAFF | {"facilitator"}
JURY = frozenset({"member", "chair"})
EVERYBODY = frozenset(CAME)
FILES = {
    "/api/exports/pins.csv": STAFF,
    "/api/exports/pins.geojson": STAFF,
    "/api/exports/figures.csv": STAFF,
    f"/api/exports/pot.csv?fund=aktionsfonds&year={YEAR}": STAFF | JURY | {"councillor"},
    "/api/prints/letter?route=route-1": STAFF,
    "/api/prints/minutes?sitting=evening": STAFF | JURY,
    "/api/prints/decision?project=festival": STAFF | {"applicant"},
    "/api/prints/map?m=ROOM1": LEADERS,
    "/api/prints/cards?m=ROOM1": LEADERS,
    "/api/prints/codes?m=ROOM1": LEADERS,
    "/api/prints/protocol?m=ROOM1": LEADERS,
    "/api/photos/photo-pin?scope=office": STAFF,
    "/api/photos/photo-pin": frozenset(),  # nobody has looked at it yet
    "/api/photos/shown-pin": EVERYBODY,
    "/api/report_photos/photo-waiting": STAFF | {"applicant"},
    "/api/report_photos/photo-shown": EVERYBODY,
}
OPEN = {path for path, who in FILES.items() if who == EVERYBODY}
REFUSED = (401, 403, 404)
ANYBODY = Actor(Role.APPLICANT, project="festival")


def more(store: Store) -> None:
    """Everything of the whole neighbourhood, and one of each file."""
    whole.settle(store)
    now, area = datetime.now(UTC), instance.areas.load("mariannenplatz")
    settings.change(store, HOUSE, "photos", "on", now=now)
    codes = {"photo-pin": "22222-22222-000", "shown-pin": "22222-22222-001"}
    drafts = [Draft(PinId(n), "problem", "Zaun", FOUNTAIN, code=code) for n, code in codes.items()]
    pins.add(store, VISITOR, area, drafts, now=now)
    pins.release(store, HOUSE, [draft.id for draft in drafts], now=now)
    for name, code in codes.items():
        photos.add(store, pins.by_receipt(store, code), picture(), now=now)
        if name == "shown-pin":
            photos.show(store, HOUSE, PinId(name), parts=(), seen=now, now=now)
    letters.draft(
        store, HOUSE, route_id=letters.RouteId("route-1"), need_id=letters.NeedId("need-1"),
        authority="lighting", subject="Licht", letter="Bitte prüfen.", now=now,
    )  # fmt: skip
    projects.create(
        store, HOUSE, project_id=projects.ProjectId("festival"), title="Fest", description="Ein Fest",
        fund="aktionsfonds", cents=500_00, field="OER", climate=False, at=FOUNTAIN, area=area,
        need_ids=[], applicant="Frau Antrag", status=projects.ProjectStatus.DRAFT, now=now,
    )  # fmt: skip
    for state in TO_RUNNING:
        version = projects.get(store, HOUSE, "festival").version
        project_moves.move(store, HOUSE, "festival", to=state, version=version, reason="Darum.",
                           conditions="", now=now)  # fmt: skip
    application_links.renew(store, HOUSE, "festival", token=LINK, now=now)
    for name in ("photo-waiting", "photo-shown"):
        project_reports.add_photo(store, ANYBODY, "festival", picture(), photo_id=name, now=now)
    project_reports.check_photo(
        store, HOUSE, "photo-shown", shown=True, seen="waiting", now=now
    )  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """Everything that answers over plain HTTP, in this process."""
    folder = tmp_path_factory.mktemp("downloads")
    settle(folder, more)
    instance.start(Settings(folder / "kiezkarte.duckdb"))
    yield Starlette(routes=routes.every(), middleware=[Middleware(Guard)])
    instance.stop()


def at(app, who: str = "visitor", **headers: str) -> TestClient:
    sent = {"cookie": CAME[who], **headers} if CAME[who] else headers
    return TestClient(app, headers=sent, follow_redirects=False, client=("192.0.2.9", 1))


def test_each_file_and_picture_of_the_program_stands_here():
    asked = {re.sub(r"\?.*", "", path) for path in FILES}
    asked |= {"/api/prints/ca.crt"}  # public: what tablets trust
    for one in routes.every():
        path = re.sub(r"\{.*", "", getattr(one, "path", ""))
        if path.startswith(("/api/exports", "/api/prints", "/api/photos/", "/api/report_photos/")):
            assert any(known.startswith(path) for known in asked), path


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_for_whom_it_is_and_nobody_else_gets_a_byte(app, path):
    for who in CAME:
        answer = at(app, who).get(path)
        if who in FILES[path]:
            assert answer.status_code == 200, (who, answer.text[:200])
            assert len(answer.content) > 50
            assert "public" not in answer.headers["cache-control"]
        else:
            assert answer.status_code in REFUSED, (who, answer.status_code)
            assert "content-disposition" not in answer.headers
            assert not answer.content.startswith((b"\xff\xd8", b"%PDF"))


@pytest.mark.parametrize("who", ["admin", "office", "chair", "member", "facilitator"])
def test_after_logging_out_the_same_cookie_opens_nothing(app, who):
    mine = [path for path, let in FILES.items() if who in let and path not in OPEN]
    before = at(app, who)
    assert before.get(mine[0]).status_code == 200
    form = before.get("/auth/logout").cookies["kiezkarte_form"]
    out = TestClient(app, follow_redirects=False)
    pressed = out.post(
        "/auth/logout",
        data={"form": form},
        headers={"cookie": f"{CAME[who]}; kiezkarte_form={form}"},
    )
    assert pressed.status_code == 303
    name = CAME[who].partition("=")[0]
    assert f"{name}=" in pressed.headers["set-cookie"]
    assert "Max-Age=0" in pressed.headers["set-cookie"]
    for path in mine:  # a copy that somebody kept
        assert at(app, who).get(path).status_code in REFUSED, path


def test_an_applicants_files_close_with_the_link(app):
    mine = [path for path, let in FILES.items() if "applicant" in let and path not in OPEN]
    assert {at(app, "applicant").get(path).status_code for path in mine} == {200}
    application_links.revoke(instance.running().store, HOUSE, "festival", now=datetime.now(UTC))
    for path in mine:
        assert at(app, "applicant").get(path).status_code in REFUSED, path


GUESSED = {
    "/api/photos/{}": ("photo-pin", "SHOWN-PIN", "shown-pin%00", "shown-pi", CODE),
    "/api/report_photos/{}": ("photo-waiting", "PHOTO-SHOWN", "festival", "photo-", "1"),
    "/api/prints/letter?route={}": ("route-1", "need-1", "1", "%25"),
    "/api/prints/minutes?sitting={}": ("evening", "council", "1"),
    "/api/prints/decision?project={}": ("festival", "1", "trees", "idea-a"),
    "/api/prints/protocol?m={}": ("ROOM1", "room1", "meeting-here", "ROOM2"),
}


@pytest.mark.parametrize("path", GUESSED)
def test_a_stranger_finds_nothing_by_guessing(app, path):
    tokens = [secrets.token_urlsafe(32) for _ in range(3)]
    for name in (*GUESSED[path], "../pins.csv", "' or 1=1 --", "x" * 3000, *tokens):
        answer = at(app).get(path.format(name))
        assert answer.status_code in REFUSED, (name, answer.status_code)
    for name in ("kiezkarte_session", "kiezkarte_application", "kiezkarte_meeting"):
        for token in ("", "token-", "%", *tokens):
            answer = at(app, cookie=f"{name}={token}").get(path.format(GUESSED[path][0]))
            assert answer.status_code in REFUSED, (name, token)
