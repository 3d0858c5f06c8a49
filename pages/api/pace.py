"""How fast one source may ask for what is not a file: a room browses freely, a script is stopped."""

import math
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from data.limits import source_of
from data.problems import TooMany
from pages.api import acts, forms

HERE = source_of("127.0.0.1")  # this machine itself, or all of a proxy that names nobody
MANY = 1024  # buckets until those that are full again are thrown away
FILES = ("/api/map/base.svg", "/api/map/tiles/")  # kept by browsers; as cheap as any file
PICTURES = ("/api/photos/", "/api/report_photos/")
MEETING = ("/api/rooms/", "/api/walls/", "/api/sittings/")
DEAR, DEAR_AS = ("/api/prints/", "/api/exports/"), 20  # each counts as so many others


class Bucket:
    """Lets so many pass at once and so many a second after that; times in seconds."""

    def __init__(self, burst: float, rate: float) -> None:
        """Start full."""
        self._left, self._burst, self._rate = float(burst), float(burst), rate
        self._at: float | None = None

    def wait(self, now: float) -> float:
        """Take one in any case and tell how long to wait for it.

        >>> full = Bucket(2, 10.0)
        >>> [round(full.wait(now), 2) for now in (0, 0, 0, 0, 1)]
        [0.0, 0.0, 0.1, 0.2, 0.0]
        """
        self._fill(now)
        self._left -= 1
        return max(0.0, -self._left / self._rate)

    def late(self, now: float, price: float = 1) -> float:
        """Take so many if they are there (0.0), else nothing: tell when they will be.

        >>> full = Bucket(2, 10.0)
        >>> [round(full.late(now), 2) for now in (0, 0, 0, 0, 1)]
        [0.0, 0.0, 0.1, 0.1, 0.0]
        """
        self._fill(now)
        missing = price - self._left
        if missing > 0:
            return missing / self._rate
        self._left -= price
        return 0.0

    def is_full(self, now: float) -> bool:
        """Tell whether nothing is missing: a new bucket would be the same."""
        self._fill(now)
        return self._left >= self._burst

    def _fill(self, now: float) -> None:
        passed = max(0.0, now - self._at) if self._at is not None else 0.0
        self._at = now
        self._left = min(self._burst, self._left + passed * self._rate)


class Buckets:
    """A bucket for each who asks, kept until it is full again."""

    def __init__(self) -> None:
        """Start without any."""
        self._of: dict[Hashable, Bucket] = {}
        self._tidy = MANY

    def of(self, key: Hashable, burst: float, rate: float, now: float) -> Bucket:
        """Return somebody's bucket, made when there is none."""
        found = self._of.get(key)
        if found is None:
            if len(self._of) >= self._tidy:
                self._of = {one: kept for one, kept in self._of.items() if not kept.is_full(now)}
                self._tidy = MANY + 2 * len(self._of)
            found = self._of[key] = Bucket(burst, rate)
        return found

    def __len__(self) -> int:
        """Count those that are kept."""
        return len(self._of)


@dataclass(frozen=True)
class Pace:
    """So many at once and so many a second."""

    burst: float
    rate: float


PACES = {  # of one source, for a room of 250 people behind one address (docs/decisions/0014-pace.md)
    "looking": Pace(1250, 60),  # five views of each at once, then one of each in four seconds
    "pictures": Pace(2500, 60),  # a page with ten of them for each; browsers ask only once
    "meeting": Pace(1250, 100),  # 200 tablets and 40 members' pages that ask by themselves
}


@dataclass
class Paced:
    """Refuses with 429 who asks too fast, before anything is done for it."""

    app: ASGIApp
    paces: Mapping[str, Pace] = field(default_factory=lambda: PACES)
    clock: Callable[[], float] = time.monotonic
    buckets: Buckets = field(default_factory=Buckets)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        late = self._late(scope) if scope["type"] in ("http", "websocket") else 0.0
        if late and scope["type"] == "websocket":
            await receive()  # "websocket.connect"
            await send({"type": "websocket.close", "code": 1013})  # the page tries again
            return
        answer = _refused(Request(scope), late) if late else self.app
        await answer(scope, receive, send)

    def _late(self, scope: Scope) -> float:
        path, source = scope["path"], source_of(scope["client"][0] if scope.get("client") else None)
        asks = scope["type"] == "websocket" or path.startswith(("/api/", "/auth/"))
        if source == HERE or path.startswith(FILES) or not asks:
            return 0.0
        kind, now = _kind(path), self.clock()
        pace = self.paces[kind]
        bucket = self.buckets.of((source, kind), pace.burst, pace.rate, now)
        return bucket.late(now, DEAR_AS if path.startswith(DEAR) else 1)


def _kind(path: str) -> str:
    if path.startswith(PICTURES):
        return "pictures"
    return "meeting" if path.startswith(MEETING) else "looking"


def _refused(request: Request, late: float) -> Any:
    say, again = acts.say(request), math.ceil(late)
    headers = {**acts.NOT_KEPT, "retry-after": str(again)}
    by_itself = request.method in ("GET", "HEAD")  # our scripts ask again, and so does the page
    sentence = say("crowd.lead") if by_itself else say.problem(TooMany("too_many"))
    if by_itself and "text/html" in Headers(scope=request.scope).get("accept", ""):
        page = forms.page(say, title="crowd.title", parts=[forms.sentence(sentence)], status=429)
        page.headers.update({**headers, "refresh": str(again)})
        return page
    return JSONResponse({"error": "too_many", "sentence": sentence}, 429, headers)
