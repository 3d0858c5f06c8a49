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
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data.limits import source_of
from data.rules import Act, may
from pages.api import acts, forms
from pages.api.pace import HERE, Bucket, Buckets

STREAM = "/_stcore/stream"
NOT_PAGES = ("/api/", "/auth/", "/assets/", "/vendor/", "/static/", "/component/", "/media/")
NOT_PAGES += ("/_stcore/", "/app/")
RETRY = 20  # seconds until a full room's page asks again
LONG = 2.0  # seconds; a script that runs longer has its place no more: others wait for it
SMALL = 200  # bytes; the message that a script has finished has 40
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
    source_scripts: int = 4  # that run for one source at a time: scripts share one core anyway


def from_environment(environ: Mapping[str, str]) -> Most:
    """Read how many people the machine can serve (README, "Settings").

    >>> from_environment({"KIEZKARTE_MOST_OPEN": "50"}).open, from_environment({}).open
    (50, 400)
    """
    asked = environ.get("KIEZKARTE_MOST_OPEN", "")
    return Most(open=int(asked)) if asked.isdigit() and int(asked) else Most()


class Turn:
    """One socket's place among the scripts that run for its source."""

    def __init__(self, places: asyncio.Semaphore, long: float = LONG) -> None:
        """Stand without a place."""
        self._places, self._long = places, long
        self._end: asyncio.TimerHandle | None = None

    async def begin(self) -> None:
        """Wait for a place; who has one keeps it, and nobody has one for long."""
        if not self._end:
            await self._places.acquire()
            self._end = asyncio.get_running_loop().call_later(self._long, self.end)

    def end(self) -> None:
        """Give the place back; a second time does nothing."""
        if self._end:
            self._end.cancel()
            self._end = None
            self._places.release()


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
        self._scripts: dict[str, asyncio.Semaphore] = {}

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
        turn = self._turn(source)
        try:
            await self._app(scope, self._slowed(source, receive, turn), _heard(send, turn))
        finally:
            turn.end()
            self._leave(source)

    def _leave(self, source: str) -> None:
        self._open[source] -= 1
        if not self._open[source]:
            del self._open[source]
            self._scripts.pop(source, None)

    def _is_full(self) -> bool:
        return self._open.total() >= self._most.open

    def _turn(self, source: str) -> Turn:
        most = self._most.open if source == HERE else self._most.source_scripts
        return Turn(self._scripts.setdefault(source, asyncio.Semaphore(most)))

    def _slowed(self, source: str, receive: Receive, turn: Turn) -> Receive:
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
                await turn.begin()
            return message

        return taken


def _heard(send: Send, turn: Turn) -> Send:
    """Listen for the end of a script in what is sent."""

    async def heard(message: Message) -> None:
        data = message.get("bytes") or b""
        if 0 < len(data) < SMALL and _is_end(data):
            turn.end()
        await send(message)

    return heard


def _is_end(data: bytes) -> bool:
    return ForwardMsg.FromString(data).WhichOneof("type") == "script_finished"


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
