"""Logging in and out, and setting up an account: plain forms, because only HTTP can set a cookie."""

import hmac
import logging
import re
import secrets
import uuid
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from components.session import COOKIE, MEETING_COOKIE
from components.words import Words
from data import attendance, instance, passwords, people
from data.problems import BadInput, NotAllowed, NotFound, Problem
from data.rules import PersonId
from pages.api import acts, applicant_doors, forms, meeting_doors, member_doors

MAX_BODY = 8 * 1024
FORM_COOKIE = "kiezkarte_form"
# The only addresses a log-in leads to; anything else asked for leads to the map
OFFICE = {"inbox", "pins", "groups", "needs", "projects", "people", "safety"}
OFFICE |= {"meetings", "offers", "photos", "texts"}
OFFICE |= {"funds", "bodies", "sittings"}
NEXT = {f"/{page}" for page in OFFICE | {"proposals", "sitting"}}
STATUS_OF_KEY = {"login.refused": 401, "form.too_big": 413}
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)
log = logging.getLogger("kiezkarte.accounts")

Fields = Mapping[str, str]
Screen = Callable[[Request, Fields, Problem | None], Response]
Deed = Callable[[Request, Fields], Response]


def routes() -> list[Route]:
    """Return the routes under /auth; what is not among them is 404, not Streamlit's page."""
    doors = {
        "/auth/login": (login_screen, log_in),
        "/auth/logout": (logout_screen, log_out),
        "/auth/setup/{token}": (setup_screen, set_up),
        "/auth/meeting/{code}": (meeting_screen, lead_meeting),
        "/auth/member/{token}": (member_screen, let_member_in),
        "/auth/application": (leave_screen, leave_application),
        "/auth/application/{token}": (application_screen, open_application),
    }
    return [
        *(Route(path, _shown(screen), methods=["GET"]) for path, (screen, _) in doors.items()),
        *(Route(path, _sent(*door), methods=["POST"]) for path, door in doors.items()),
        Route("/auth/{rest:path}", _nothing_here),
    ]


# --- the three doors ------------------------------------------------------


def login_screen(request: Request, fields: Fields, problem: Problem | None) -> Response:
    say, secret = acts.say(request), _secret(request)
    ready = "ready" in request.query_params and problem is None
    parts = [
        forms.good_news(say("accounts.login.ready")) if ready else "",
        forms.sentence(say("accounts.login.lead")),
        forms.said(say, problem),
        forms.form(
            say("accounts.login.button"),
            [
                _login_field(say, fields, problem),
                _password_field(say, "current-password", problem),
            ],
            secret=secret,
        ),
        forms.sentence(say("accounts.login.forgotten"), "hint"),
    ]
    return _page(request, "accounts.login.title", parts, problem, secret)


def log_in(request: Request, fields: Fields) -> Response:
    here, token = instance.running(), secrets.token_urlsafe(32)
    login = people.fold(fields.get("login", ""))
    _count_try(request, login)
    people.log_in(
        here.store,
        login,
        fields.get("password", ""),
        token=token,
        now=datetime.now(UTC),
        instead_of=request.cookies.get(COOKIE, ""),
    )
    here.limits.clear("login", login, acts.source(request))
    here.limits.clear("login.name", login)
    answer = _on_to(request, _next(request))
    acts.keep_secret(request, answer, COOKIE, token, people.SESSION)
    return answer


def logout_screen(request: Request, fields: Fields, problem: Problem | None) -> Response:
    say, secret = acts.say(request), _secret(request)
    parts = [
        forms.sentence(say("accounts.logout.lead")),
        forms.said(say, problem),
        forms.form(say("accounts.logout.button"), [], secret=secret),
    ]
    return _page(request, "accounts.logout.title", parts, problem, secret)


def log_out(request: Request, fields: Fields) -> Response:
    store, answer = instance.running().store, _on_to(request, "/")
    # Who goes also stops leading a meeting: the next at this device is somebody else
    for name, leave in ((COOKIE, people.log_out), (MEETING_COOKIE, attendance.leave)):
        if token := request.cookies.get(name, ""):
            leave(store, token)
            acts.drop_secret(request, answer, name)
    return answer


def setup_screen(request: Request, fields: Fields, problem: Problem | None) -> Response:
    say, secret = acts.say(request), _secret(request)
    token = request.path_params["token"]
    try:
        role = people.setup_role(instance.running().store, token, now=datetime.now(UTC))
    except NotFound as gone:
        return _page(request, "accounts.setup.over", [forms.said(say, gone)], gone, secret)
    parts = [
        forms.sentence(say("accounts.setup.lead", role=say(f"accounts.role.{role}"))),
        forms.said(say, problem),
        forms.form(
            say("accounts.setup.button"),
            [
                forms.field(
                    say("accounts.name.label"),
                    "name",
                    fills="name",
                    value=fields.get("name", ""),
                    wrong=_about(problem, "name"),
                ),
                _login_field(say, fields, problem, say("accounts.login.hint")),
                _password_field(say, "new-password", problem),
            ],
            secret=secret,
        ),
    ]
    return _page(request, "accounts.setup.title", parts, problem, secret)


def set_up(request: Request, fields: Fields) -> Response:
    here = instance.running()
    here.limits.hit("setup", acts.source(request))
    people.use_setup(
        here.store,
        token=request.path_params["token"],
        login=fields.get("login", ""),
        name=fields.get("name", ""),
        password=fields.get("password", ""),
        person_id=PersonId(str(uuid.uuid4())),
        now=datetime.now(UTC),
    )
    return _on_to(request, "/auth/login", "&ready=1")


def meeting_screen(request: Request, fields: Fields, problem: Problem | None) -> Response:
    say, secret = acts.say(request), _secret(request)
    parts = meeting_doors.screen(request, problem)
    wrong = _about(problem, "pin")
    field = forms.field(say("door.pin"), "pin", fills="off", kind="password", wrong=wrong)
    parts.append(forms.form(say("door.button"), [field], secret=secret))
    return _page(request, "door.title", parts, problem, secret)


def lead_meeting(request: Request, fields: Fields) -> Response:
    return meeting_doors.unlock(request, fields.get("pin", ""))


def application_screen(request: Request, fields: Fields, problem: Problem | None) -> Response:
    say, secret = acts.say(request), _secret(request)
    parts, closed = applicant_doors.screen(request, problem)
    if not isinstance(closed, NotFound):
        parts.append(forms.form(say("application.door.button"), [], secret=secret))
    return _page(request, "application.door.title", parts, closed, secret)


def open_application(request: Request, fields: Fields) -> Response:
    return applicant_doors.enter(request, _on_to(request, "/application"))


def leave_screen(request: Request, fields: Fields, problem: Problem | None) -> Response:
    say, secret = acts.say(request), _secret(request)
    parts = [
        forms.sentence(say("application.leave.lead")),
        forms.said(say, problem),
        forms.form(say("application.leave.button"), [], secret=secret),
    ]
    return _page(request, "application.leave.title", parts, problem, secret)


def leave_application(request: Request, fields: Fields) -> Response:
    return applicant_doors.leave(request, _on_to(request, "/"))


def member_screen(request: Request, fields: Fields, problem: Problem | None) -> Response:
    say, secret = acts.say(request), _secret(request)
    found = member_doors.look(request)
    if isinstance(found, Problem):
        return _page(request, "member_door.over", member_doors.gone(say, found), found, secret)
    parts = member_doors.screen(say, found, problem)
    parts.append(forms.form(say("member_door.button"), [], secret=secret))
    return _page(request, "member_door.title", parts, problem, secret)


def let_member_in(request: Request, fields: Fields) -> Response:
    return member_doors.come_in(request)


# --- what they share ------------------------------------------------------


def _shown(screen: Screen) -> Callable[[Request], Response]:
    def get(request: Request) -> Response:  # a plain function: Starlette gives it a thread
        return screen(request, {}, None)

    return get


def _sent(screen: Screen, deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    async def post(request: Request) -> Response:
        body = await acts.body_of(request, MAX_BODY)
        return await run_in_threadpool(_answer, screen, deed, request, body)

    return post


def _answer(screen: Screen, deed: Deed, request: Request, body: bytes | None) -> Response:
    fields: Fields = {}
    try:
        fields = _fields(body)
        _check_own_form(request, fields)
        return deed(request, fields)
    except Problem as problem:
        log.info("refused: %s", problem.key)
        return screen(request, fields, problem)
    except Exception:
        reference = secrets.token_hex(3)
        log.exception("unexpected trouble %s", reference)
        return screen(request, fields, Problem("unexpected", reference=reference))


def _fields(body: bytes | None) -> Fields:
    if body is None:
        raise BadInput("form.too_big")
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=10))
    except ValueError as error:
        raise BadInput("form.too_big") from error


def _check_own_form(request: Request, fields: Fields) -> None:
    """Refuse what was not sent from our own form in this browser (double-submit token)."""
    cookie = request.cookies.get(FORM_COOKIE, "")
    same = hmac.compare_digest(fields.get("form", "").encode(), cookie.encode())
    if not (_SECRET.fullmatch(cookie) and same) or acts.from_elsewhere(request):
        raise NotAllowed("form.expired")


def _count_try(request: Request, login: str) -> None:
    count, source = instance.running().limits, acts.source(request)
    count.check("login.source", source)
    count.hit("login", login, source)  # first: what it refuses does not count for the name
    count.hit("login.name", login)
    count.hit("login.source", source)


def _secret(request: Request) -> str:
    """Keep the browser's form secret, so that a second tab does not spoil the first."""
    kept = request.cookies.get(FORM_COOKIE, "")
    return kept if _SECRET.fullmatch(kept) else secrets.token_urlsafe(32)


def _page(
    request: Request, title: str, parts: list[str], problem: Problem | None, secret: str
) -> Response:
    query = {"next": _next(request)} if _next(request) != "/" else {}
    if "to" in request.query_params:  # desk or wall of a meeting
        query["to"] = request.query_params["to"]
    answer = forms.page(
        acts.say(request), title=title, parts=parts, query=query, status=_status(problem)
    )
    answer.set_cookie(
        FORM_COOKIE,
        secret,
        httponly=True,
        samesite="strict",
        path="/auth",
        secure=_secure(request),
    )
    return answer


def _status(problem: Problem | None) -> int:
    if problem is None:
        return 200
    return STATUS_OF_KEY.get(problem.key) or acts.STATUS.get(type(problem), 500)


def _on_to(request: Request, path: str, more: str = "") -> Response:
    """Send the browser on to one of our own paths, and forget the form."""
    answer = RedirectResponse(f"{path}?lang={acts.say(request).lang}{more}", 303)
    answer.headers["cache-control"] = "no-store"
    answer.delete_cookie(
        FORM_COOKIE, path="/auth", httponly=True, samesite="strict", secure=_secure(request)
    )
    return answer


def _next(request: Request) -> str:
    asked = request.query_params.get("next", "")
    return asked if asked in NEXT else "/"


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _login_field(say: Words, fields: Fields, problem: Problem | None, hint: str = "") -> str:
    return forms.field(
        say("accounts.login.label"),
        "login",
        fills="username",
        value=fields.get("login", ""),
        hint=hint,
        wrong=_about(problem, "login"),
    )


def _password_field(say: Words, fills: str, problem: Problem | None) -> str:
    hint = say("accounts.password.hint", limit=passwords.MIN_LENGTH)
    return forms.field(
        say("accounts.password.label"),
        "password",
        fills=fills,
        kind="password",
        hint=hint if fills == "new-password" else "",
        wrong=_about(problem, "password"),
    )


def _about(problem: Problem | None, name: str) -> bool:
    return isinstance(problem, BadInput) and problem.field == name


def _nothing_here(_: Request) -> Response:
    return PlainTextResponse("404", 404, headers={"cache-control": "no-store"})
