"""What every map asks for: the drawn area, and the pins of its window as clusters. No words."""

import functools
import hashlib
import re
import threading

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from components.session import COOKIE, now
from data import cells, filters, people, pins, tiles
from data.filters import Box
from data.instance import running
from data.problems import Problem
from data.rules import VISITOR, Actor, PinId
from geo import basemap

NOT_KEPT = {"cache-control": "no-store"}
MAX_CELLS = 1500  # a window never holds more; a forged one is cut
MAX_SINGLES = 100  # of one spot; more than twenty become a list
_NUMBER = re.compile(r"[0-9]{1,8}")
_drawing = threading.Lock()
ZOOMS = {str(zoom) for zoom in range(23)}


def drawn() -> tuple[bytes, str]:
    """Draw the area once, with its ETag; who asks meanwhile waits instead of drawing too."""
    with _drawing:
        return _draw()


@functools.cache
def _draw() -> tuple[bytes, str]:
    svg = basemap.svg(running().area).encode()
    return svg, f'"{hashlib.sha256(svg).hexdigest()[:20]}"'


def base(request: Request) -> Response:
    """Give the drawn area as SVG."""
    svg, etag = drawn()
    headers = {"etag": etag, "cache-control": "public, max-age=300"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(svg, media_type="image/svg+xml", headers=headers)


def tile(request: Request) -> Response:
    """Give one tile of the local tile source."""
    source = running().tiles
    zoom, x, y = (request.path_params[name] for name in "zxy")
    known = zoom in ZOOMS and _NUMBER.fullmatch(x) and _NUMBER.fullmatch(y)
    found = None
    if source and known:
        found = tiles.tile(source, zoom=int(zoom), x=int(x), y=int(y))
    if source is None or found is None:
        return JSONResponse({"error": "not_found"}, 404, NOT_KEPT)
    headers = {"cache-control": "public, max-age=86400"}
    return Response(found, media_type=source.media_type, headers=headers)


def in_view(request: Request) -> Response:
    """Give the clusters of a window: `view=w,s,e,n&z=16&scope=public|all` and the filter's names.

    Each is [lon, lat, strengths, problems, ideas, id if single, 1 if not yet public].
    """
    query = request.query_params
    view = filters.from_query({"box": query.get("view", "")}).box
    zoom = query.get("z", "")
    if view is None or zoom not in ZOOMS:
        return JSONResponse({"error": "view"}, 400, NOT_KEPT)
    actor = _actor(request)
    etag = f'"{running().store.revision}-{actor.role}-{hash(request.url.query) & 0xFFFFFFFF:x}"'
    headers = {"etag": etag, "cache-control": "private, no-cache", "vary": "cookie"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    found = _found(actor, filters.from_query(query), view, int(zoom))
    return JSONResponse({"cells": found}, headers=headers)


def spot(request: Request) -> Response:
    """Give the pins of a spot one by one: `view=w,s,e,n&scope=` and the filter's names.

    Each is [id, number, kind, 1 if not yet public].
    """
    query = request.query_params
    view = filters.from_query({"box": query.get("view", "")}).box
    if view is None:
        return JSONResponse({"error": "view"}, 400, NOT_KEPT)
    wanted = filters.from_query(query)
    found = cells.at_spot(running().store, _actor(request), wanted, view, limit=MAX_SINGLES)
    every = [[one.pin, one.number, one.kind, int(one.waiting)] for one in found]
    return JSONResponse({"pins": every}, headers=NOT_KEPT)


def one(request: Request) -> Response:
    """Give one pin's place and kind by its id, for showing where it is."""
    try:
        pin = pins.get(running().store, _actor(request), PinId(request.path_params["id"]))
    except Problem:
        return JSONResponse({"error": "not_found"}, 404, NOT_KEPT)
    about = {"id": pin.id, "lon": pin.at.lon, "lat": pin.at.lat, "kind": pin.kind}
    return JSONResponse({**about, "status": pin.status}, headers=NOT_KEPT)


def _found(actor: Actor, wanted: filters.Filter, view: Box, zoom: int) -> list[list[object]]:
    drawn = cells.in_view(running().store, actor, wanted, view, zoom=zoom, limit=MAX_CELLS)
    return [
        [
            round(cell.at.lon, 6),
            round(cell.at.lat, 6),
            cell.strengths,
            cell.problems,
            cell.ideas,
            cell.pin or 0,
            int(cell.waiting),
        ]
        for cell in drawn
    ]


def _actor(request: Request) -> Actor:
    """Who asks: staff see all pins only where the screen asks for all."""
    if request.query_params.get("scope") != "all":
        return VISITOR
    return people.who(running().store, request.cookies.get(COOKIE, ""), now=now())
