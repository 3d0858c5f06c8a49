"""How a facilitator comes in: the meeting's PIN, asked by a plain form that can set a cookie."""

import secrets

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from components import session
from data import attendance, instance
from data.problems import NotFound, Problem
from pages.api import acts, forms

PARTS = ("desk", "wall")


def screen(request: Request, problem: Problem | None) -> list[str]:
    """Return the parts of the page that asks for the PIN."""
    say = acts.say(request)
    code = request.path_params["code"]
    try:
        _, meeting = attendance.by_code(instance.running().store, code)
    except NotFound as unknown:
        return [forms.said(say, unknown)]
    return [
        f'<p class="brand" dir="auto">{forms.escape(meeting.plan.title)}</p>',
        forms.sentence(say("door.lead")),
        forms.said(say, problem),
    ]


def unlock(request: Request, pin: str) -> Response:
    """Check the PIN and begin to lead; raises the refusal."""
    here, code = instance.running(), request.path_params["code"]
    token = secrets.token_urlsafe(32)
    with acts.pin_tried(request, code):
        attendance.unlock(here.store, code, pin, token=token, now=session.now())
    to = request.query_params.get("to", "desk")
    part = to if to in PARTS else "desk"
    answer = RedirectResponse(f"/{part}?lang={acts.say(request).lang}&m={code}", 303)
    acts.keep_secret(request, answer, session.MEETING_COOKIE, token, attendance.SESSION)
    return answer
