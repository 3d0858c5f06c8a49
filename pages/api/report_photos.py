"""Photos of a project's report: taken in from who carries it out, given to whoever may see them."""

import hashlib
from uuid import NAMESPACE_URL, uuid5

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from components import session
from data import application_links, instance, project_reports
from data.problems import NotFound
from data.rules import Act, Actor, may
from pages.api import acts, photos

PATH = "/api/reports/{project_id}/photos"


def routes() -> list[BaseRoute]:
    """Return the routes."""
    return [
        Route(PATH, photos.bounded(PATH, add), methods=["POST"]),
        acts.reading("/api/report_photos/{photo_id}", picture),
    ]


def add(request: Request, body: bytes) -> dict[str, object]:
    """Take a photo in; the same picture sent again is one."""
    here, project_id = instance.running(), request.path_params["project_id"]
    here.limits.hit("photo", acts.source(request))
    name = f"kiezkarte:report:{project_id}:{hashlib.sha256(body).hexdigest()}"
    photo = project_reports.add_photo(
        here.store,
        _writer(request),
        project_id,
        body,
        photo_id=str(uuid5(NAMESPACE_URL, name)),
        now=session.now(),
    )
    return {"state": photo.state, "width": photo.width, "height": photo.height}


def picture(request: Request) -> Response:
    """Give a photo that everybody may see, or one that waits to who may see it already."""
    store, asked = instance.running().store, request.path_params["photo_id"]
    jpeg = project_reports.picture(store, _reader(request), asked)
    return Response(jpeg, media_type="image/jpeg", headers=photos.PICTURE)


def _writer(request: Request) -> Actor:
    """Return who works on an application: somebody of the office, else who holds its link."""
    known, token = acts.person(request), request.cookies.get(session.APPLICATION_COOKIE, "")
    if may(known, Act.APPLICATION_WRITE) or not token:
        return known
    return application_links.who(instance.running().store, token, now=session.now())


def _reader(request: Request) -> Actor:
    """Return who looks: the holder of a link that is not valid any more sees what everybody sees."""
    try:
        return _writer(request)
    except NotFound:
        return acts.person(request)
