"""What our own scripts ask of the server: JSON acts with one sentence for a refusal."""

import contextlib
import json
import logging
import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components import session
from components.words import Words, words
from data import attendance, instance, limits, people
from data.problems import (
    BadInput,
    Conflict,
    NotAllowed,
    NotFound,
    Problem,
    StoreTrouble,
    TooMany,
)
from data.rules import Act, Actor, may

NOT_KEPT = {"cache-control": "no-store"}
MAX_BODY = 32 * 1024
HEADER = "x-kiezkarte"  # a page elsewhere cannot send it without our consent, which nobody gets
STATUS: dict[type[Problem], int] = {
    NotAllowed: 403,
    NotFound: 404,
    BadInput: 422,
    Conflict: 409,
    TooMany: 429,
    StoreTrouble: 503,
}
log = logging.getLogger("kiezkarte.acts")
_BORN = secrets.token_hex(4)  # a store that was opened anew counts its revisions anew

Deed = Callable[[Request, bytes], Any]  # gives what becomes JSON, or a response of its own


def reading(path: str, deed: Callable[[Request], Any]) -> Route:
    """Return the route of a GET whose result becomes JSON; it runs in a thread."""

    def get(request: Request) -> Response:
        return _answered(request, lambda: deed(request))

    return Route(path, get, methods=["GET"])


def acting(
    path: str, deed: Deed, *, most: int = MAX_BODY, methods: tuple[str, ...] = ("POST",)
) -> Route:
    """Return the route of an act of our own scripts; `most` bounds its body in bytes."""

    async def post(request: Request) -> Response:
        body = await body_of(request, most)
        return await run_in_threadpool(_answered, request, lambda: _act(request, deed, body))

    return Route(path, post, methods=list(methods))


def say(request: Request) -> Words:
    """Return the words of the language that was asked for (`?lang=`)."""
    return words(request.query_params.get("lang", "de"))


def source(request: Request) -> str:
    """Return from where somebody asks, for counting in memory only."""
    return limits.source_of(request.client.host if request.client else None)


def address(request: Request) -> str:
    """Return where people reach us from home, for links on paper and in QR codes."""
    return instance.running().settings.address or str(request.base_url).rstrip("/")


def person(request: HTTPConnection) -> Actor:
    """Return who is logged in with an account."""
    token = request.cookies.get(session.COOKIE, "")
    return people.who(instance.running().store, token, now=session.now())


def leader(request: HTTPConnection) -> Actor:
    """Return who leads a meeting: somebody of the office, else the facilitator by the PIN."""
    actor = person(request)
    if may(actor, Act.MEETING_LEAD):
        return actor
    token = request.cookies.get(session.MEETING_COOKIE, "")
    return attendance.leader(instance.running().store, token, now=session.now())


def keep_secret(
    request: HTTPConnection, answer: Response, name: str, token: str, lasts: timedelta
) -> None:
    """Put a token into a cookie that no script reads and no other site sends."""
    seconds = int(lasts.total_seconds())
    answer.set_cookie(name, token, max_age=seconds, **_closed(request))


def drop_secret(request: HTTPConnection, answer: Response, name: str) -> None:
    """Take such a cookie away."""
    answer.delete_cookie(name, **_closed(request))


def tagged(request: Request, sign: str, told: Callable[[], Any]) -> Response:
    """Answer with what is told as JSON, or 304 when the browser has what has this sign."""
    tag = f'"{_BORN}-{sign}"'
    headers = {"etag": tag, **NOT_KEPT}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return JSONResponse(told(), headers=headers)


def given(sent: bytes, unreadable: str) -> dict[str, Any]:
    """Read the JSON object of an act; BadInput with the key `unreadable` for anything else."""
    try:
        found = json.loads(sent)
    except (ValueError, RecursionError) as error:
        raise BadInput(unreadable) from error
    if not isinstance(found, dict):
        raise BadInput(unreadable)
    return found


def from_elsewhere(request: Request) -> bool:
    """Tell whether another site's page sent a request, where the browser says so."""
    return request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


@contextlib.contextmanager
def pin_tried(request: Request, code: str) -> Iterator[None]:
    """Count one try of a meeting's PIN, or refuse it; a right one is forgotten again."""
    count = instance.running().limits
    count.hit("meeting.pin", code, source(request))
    count.hit("meeting.pin.all", code)
    yield
    count.clear("meeting.pin", code, source(request))


async def body_of(request: Request, most: int) -> bytes | None:
    """Read a request's body; None when it has more than so many bytes."""
    parts, length = [], 0  # joined once: a photo of 15 MB comes in hundreds of parts
    async for part in request.stream():
        parts.append(part)
        length += len(part)
        if length > most:
            return None
    return b"".join(parts)


def _closed(request: HTTPConnection) -> dict[str, Any]:
    return {"httponly": True, "samesite": "strict", "secure": request.url.scheme == "https"}


def _act(request: Request, deed: Deed, body: bytes | None) -> Any:
    if HEADER not in request.headers or from_elsewhere(request):
        raise NotAllowed("not_allowed")
    if body is None:
        raise BadInput("form.too_big")
    return deed(request, body)


def _answered(request: Request, deed: Callable[[], Any]) -> Response:
    try:
        found = deed()
    except Problem as problem:
        log.info("refused: %s", problem.key)
        told = {"error": problem.key, "sentence": say(request).problem(problem)}
        if isinstance(problem, BadInput):
            told["field"] = problem.field
        return JSONResponse(told, STATUS.get(type(problem), 500), NOT_KEPT)
    except Exception:
        reference = secrets.token_hex(3)
        log.exception("unexpected trouble %s", reference)
        told = {"error": "unexpected", "reference": reference}
        told["sentence"] = say(request)("problem.unexpected", reference=reference)
        return JSONResponse(told, 500, NOT_KEPT)
    return found if isinstance(found, Response) else JSONResponse(found, headers=NOT_KEPT)
