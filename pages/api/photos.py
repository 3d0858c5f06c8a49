"""Photos: taken in from a pin's sender, given to whoever may see them."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from components import session
from data import instance, photos, pictures, pins
from data.problems import NotFound, TooMany
from data.rules import Actor, PinId
from pages.api import acts

RECEIPT = "x-receipt"
MAX_COMING = 6  # photos on their way at a time: 15 MB each are held until they are whole
SLOW = 180  # seconds: 15 MB over the Wi-Fi of a full room
PICTURE = {
    "cache-control": "private, no-store",
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "content-disposition": "inline",
}


def routes() -> list[BaseRoute]:
    """Return the routes."""
    return [
        Route("/api/photos", bounded("/api/photos", add), methods=["POST"]),
        acts.reading("/api/photos/{pin_id}", picture),
    ]


def add(request: Request, body: bytes) -> dict[str, object]:
    """Take the photo of the pin whose receipt the sender holds."""
    here = instance.running()
    here.limits.hit("photo", acts.source(request))
    photo = photos.add(here.store, _sender(request), body, now=session.now())
    return {"state": photo.state, "width": photo.width, "height": photo.height}


def picture(request: Request) -> Response:
    """Give a checked photo; `?scope=office` is the one as it came, for staff."""
    store, asked = instance.running().store, PinId(request.path_params["pin_id"])
    office = request.query_params.get("scope") == "office"
    jpeg = (photos.original if office else photos.picture)(store, acts.person(request), asked)
    return Response(jpeg, media_type="image/jpeg", headers=PICTURE)


def _sender(request: Request) -> Actor:
    """Turn the receipt into its pin's sender; wrong ones are counted, right ones never."""
    here, source = instance.running(), acts.source(request)
    here.limits.check("receipt", source)
    try:
        return pins.by_receipt(here.store, request.headers.get(RECEIPT, "")[:80])
    except NotFound:
        here.limits.hit("receipt", source)
        raise


def bounded(path: str, deed: acts.Deed) -> Callable[[Request], Awaitable[Response]]:
    """Return what takes photos in: only some at a time, and none for ever."""
    whole = acts.acting(path, deed, most=pictures.MAX_BYTES).endpoint
    refused = acts.reading(path, _busy).endpoint
    coming = 0

    async def post(request: Request) -> Response:
        nonlocal coming
        if coming >= MAX_COMING:
            return refused(request)
        coming += 1
        try:
            async with asyncio.timeout(SLOW):
                return await whole(request)
        except TimeoutError:
            return refused(request)
        finally:
            coming -= 1

    return post


def _busy(_: Request) -> None:
    raise TooMany("photo.busy")
