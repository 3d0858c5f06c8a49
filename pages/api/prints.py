"""Pages to be printed: a meeting's paper, the office's letters, minutes and decisions as PDF."""

import logging
import secrets
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from data import attendance, instance, rules
from data.problems import Problem
from data.rules import Act
from pages.api import (
    acts,
    forms,
    print_cards,
    print_codes,
    print_decision,
    print_letter,
    print_map,
    print_minutes,
    print_protocol,
)
from pages.api.print_asked import Asked

log = logging.getLogger("kiezkarte.prints")


def routes() -> list[BaseRoute]:
    """Return the routes."""
    sheets = {
        "map": print_map.sheet,
        "cards": print_cards.sheets,
        "codes": print_codes.sheet,
        "protocol": print_protocol.sheet,
    }
    return [
        Route("/api/prints/ca.crt", authority, methods=["GET"]),
        Route("/api/prints/letter", _printed(print_letter.sheet), methods=["GET"]),
        Route("/api/prints/minutes", _printed(print_minutes.sheet), methods=["GET"]),
        Route("/api/prints/decision", _printed(print_decision.sheet), methods=["GET"]),
        *(
            Route(f"/api/prints/{name}", _printed(_of_meeting(draw)), methods=["GET"])
            for name, draw in sheets.items()
        ),
    ]


def authority(_: Request) -> Response:
    """Give the public certificate of our own authority, for tablets; 404 without one."""
    file = instance.running().settings.database.parent / instance.TLS / "ca.crt"
    if not file.is_file():
        return JSONResponse({"error": "not_found"}, 404, acts.NOT_KEPT)
    headers = {**acts.NOT_KEPT, "content-disposition": 'attachment; filename="kiezkarte-ca.crt"'}
    return Response(file.read_bytes(), media_type="application/x-x509-ca-cert", headers=headers)


def _of_meeting(draw: Callable[[Asked], Response]) -> Callable[[Request], Response]:
    return lambda request: draw(_asked(request))


def _printed(draw: Callable[[Request], Response]) -> Callable[[Request], Response]:
    def get(request: Request) -> Response:
        try:
            return draw(request)
        except Problem as problem:
            log.info("refused: %s", problem.key)
            return _refused(request, problem)
        except Exception:
            reference = secrets.token_hex(3)
            log.exception("unexpected trouble %s", reference)
            return _refused(request, Problem("unexpected", reference=reference))

    return get


def _asked(request: Request) -> Asked:
    """Find the meeting, and refuse who does not lead it."""
    here, code = instance.running(), request.query_params.get("m", "")
    _, meeting = attendance.by_code(here.store, code)
    leader = acts.leader(request)
    rules.check_meeting(leader, Act.MEETING_LEAD, meeting.id)
    return Asked(request, here, leader, meeting, acts.say(request))


def _refused(request: Request, problem: Problem) -> Response:
    say = acts.say(request)
    status = acts.STATUS.get(type(problem), 500)
    query = {name: value for name, value in request.query_params.items() if name != "lang"}
    return forms.page(
        say, title="print.title", parts=[forms.said(say, problem)], query=query, status=status
    )
