"""Files for staff: the pins under a filter as CSV or GeoJSON, and the numbers of the charts."""

from collections.abc import Callable, Iterable, Mapping

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute

from components import session
from components.filter_address import IN_ADDRESS
from data import answer_times, exports, figures, filters, instance, pot_book
from data.filters import Filter, local_day
from data.funds import Fund
from data.problems import BadInput, NotAllowed
from data.rules import Actor
from data.store import Store
from pages.api import acts

CSV, GEOJSON = "text/csv; charset=utf-8", "application/geo+json"
Written = Callable[[Store, Actor, Filter], Iterable[str]]


def routes() -> list[BaseRoute]:
    """Return the routes; each takes the filter's names as they stand in a page's address."""
    return [
        acts.reading("/api/exports/pins.csv", _file("pins", "csv", CSV, exports.pins_csv)),
        acts.reading(
            "/api/exports/pins.geojson", _file("pins", "geojson", GEOJSON, exports.pins_geojson)
        ),
        acts.reading("/api/exports/figures.csv", _file("figures", "csv", CSV, _figures)),
        acts.reading("/api/exports/pot.csv", _pot),
    ]


def wanted(query: Mapping[str, str]) -> Filter:
    """Read the filter of a page's address."""
    named = {name: query.get(IN_ADDRESS.get(name, name), "") for name in vars(Filter())}
    return filters.from_query(named)


def _file(name: str, ending: str, media: str, written: Written) -> Callable[[Request], Response]:
    def get(request: Request) -> Response:
        if acts.from_elsewhere(request):  # nobody else's page starts a file of a hundred thousand
            raise NotAllowed("not_allowed")
        here = instance.running()
        text = written(here.store, acts.person(request), wanted(request.query_params))
        day = local_day(session.now())
        file = f"kiezkarte-{here.area.name}-{name}-{day}.{ending}"
        headers = {**acts.NOT_KEPT, "content-disposition": f'attachment; filename="{file}"'}
        return StreamingResponse(text, media_type=media, headers=headers)

    return get


def _pot(request: Request) -> Response:
    """Answer with the book of one pot, named by its fund and year."""
    if acts.from_elsewhere(request):
        raise NotAllowed("not_allowed")
    here, asked = instance.running(), request.query_params
    fund, year = asked.get("fund", ""), asked.get("year", "")
    number = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0
    if not number:
        raise BadInput("pot.year_unreadable", field="year")
    text = pot_book.as_csv(here.store, acts.person(request), fund, number)
    file = f"kiezkarte-{here.area.name}-{Fund(fund)}-{number}.csv"
    headers = {**acts.NOT_KEPT, "content-disposition": f'attachment; filename="{file}"'}
    return Response(text, media_type=CSV, headers=headers)


def _figures(store: Store, actor: Actor, asked: Filter) -> Iterable[str]:
    counted = figures.counted(store, actor, asked)
    told = answer_times.counted(store, actor, asked, now=session.now())
    return [exports.figures_csv(counted, told)]
