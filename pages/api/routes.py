"""Every address that is not a Streamlit page."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

from data.instance import ROOT
from pages.api import (
    accounts,
    exports,
    health,
    map_data,
    photos,
    prints,
    report_photos,
    rooms,
    sittings,
    voices,
    walls,
)


def every() -> list[BaseRoute]:
    """List the routes; what is unknown under /api is 404, not a page."""
    return [
        Route("/api/health", health.health),
        Route("/api/map/base.svg", map_data.base),
        Route("/api/map/tiles/{z}/{x}/{y}", map_data.tile),
        Route("/api/map/pins", map_data.in_view),
        Route("/api/map/spot", map_data.spot),
        Route("/api/map/pin/{id}", map_data.one),
        *rooms.routes(),
        *sittings.routes(),
        *voices.routes(),
        *walls.routes(),
        *photos.routes(),
        *report_photos.routes(),
        *prints.routes(),
        *exports.routes(),
        Route("/api/{rest:path}", _unknown),
        Mount("/vendor/leaflet", StaticFiles(directory=leaflet.BASE_DIR)),
        Mount("/assets", StaticFiles(directory=ROOT / "static")),
        *accounts.routes(),
    ]


def _unknown(_: Request) -> JSONResponse:
    return JSONResponse({"error": "not_found"}, 404)
