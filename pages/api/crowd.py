"""How many may be here at once and how fast each may ask: a flood slows the flooder alone."""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.limits import source_of
from data.rules import Act, may
from pages.api import acts, forms
from pages.api.pace import HERE, Bucket, Buckets

STREAM = "/_stcore/stream"
NOT_PAGES = ("/api/", "/auth/", "/assets/", "/vendor/", "/static/", "/component/", "/media/")
NOT_PAGES += ("/_stcore/", "/app/")
RETRY = 20  # seconds until a full room's page asks again
MAX_MESSAGE = 512 * 1024  # bytes; the largest form that our pages send has 60 KB


@dataclass(frozen=True)
class Most:
    """How many sockets may be open in all and from one source, and how fast they may ask."""

    open: int = 400
    of_source: int = 200  # a whole room behind one address
    burst: int = 40  # messages of one socket at once,
    rate: float = 6.0  # and then so many a second
    source_burst: int = 60
    source_rate: float = 15.0  # one source alone must not fill a core, whatever it asks


def from_environment(environ: Mapping[str, str]) -> Most:
    """Read how many people the machine can serve (README, "Settings").

    >>> from_environment({"KIEZKARTE_MOST_OPEN": "50"}).open, from_environment({}).open
    (50, 400)
    """
    asked = environ.get("KIEZKARTE_MOST_OPEN", "")
    return Most(open=int(asked)) if asked.isdigit() and int(asked) else Most()


class Crowd:
    """Counts the open sockets, tells those who come too late, and slows who asks too fast."""

    def __init__(
        self,
        app: ASGIApp,
        most: Most | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Stand before an app."""
        self._app = app
        self._most = most or from_environment(os.environ)
        self._clock, self._sleep = clock, sleep
        self._open: Counter[str] = Counter()
        self._of_source = Buckets()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "websocket" and scope["path"].endswith(STREAM):
            await self._stream(scope, receive, send)
        elif _is_page(scope) and self._is_full() and not await _may_always(scope):
            await _full(Request(scope))(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        source = source_of(scope["client"][0] if scope.get("client") else None)
        crowded = source != HERE and self._open[source] >= self._most.of_source
        if (crowded or self._is_full()) and not await _may_always(scope):
            await receive()  # "websocket.connect"
            await send({"type": "websocket.close", "code": 1013})
            return
        self._open[source] += 1
        try:
            await self._app(scope, self._slowed(source, receive), send)
        finally:
            self._leave(source)

    def _leave(self, source: str) -> None:
        self._open[source] -= 1
        if not self._open[source]:
            del self._open[source]

    def _is_full(self) -> bool:
        return self._open.total() >= self._most.open

    def _slowed(self, source: str, receive: Receive) -> Receive:
        own = Bucket(self._most.burst, self._most.rate)
        shared = None
        if source != HERE:
            burst, rate = self._most.source_burst, self._most.source_rate
            shared = self._of_source.of(source, burst, rate, self._clock())

        async def taken() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                if len(message.get("bytes") or message.get("text") or b"") > MAX_MESSAGE:
                    return {"type": "websocket.disconnect", "code": 1009}
                now = self._clock()
                wait = max(bucket.wait(now) for bucket in (own, shared) if bucket)
                if wait:
                    await self._sleep(wait)
            return message

        return taken


def _is_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    wants = Headers(scope=scope).get("accept", "")
    return "text/html" in wants and not scope["path"].startswith(NOT_PAGES)


async def _may_always(scope: Scope) -> bool:
    """Tell whether somebody is let in when it is full: the office, and who leads a meeting."""
    here = HTTPConnection(scope)
    if not here.cookies:
        return False
    actor = await run_in_threadpool(acts.leader, here)
    return may(actor, Act.MEETING_LEAD) or may(actor, Act.VOTE_CAST)


def _full(request: Request) -> ASGIApp:
    say = acts.say(request)
    page = forms.page(say, title="crowd.title", parts=[forms.sentence(say("crowd.lead"))])
    page.status_code = 503
    page.headers["retry-after"] = page.headers["refresh"] = str(RETRY)
    return page
