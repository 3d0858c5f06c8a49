"""How a member of a jury or council comes in: by a personal link, and one button that uses it up."""

import secrets
import uuid

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from components import session
from components.words import Words
from data import instance, invitations
from data.problems import NotFound, Problem
from data.rules import PersonId
from pages.api import acts, forms

FIRST = "/sitting"  # where a member begins


def look(request: Request) -> invitations.Invitation | NotFound:
    """Look at the link of a request without using it up; what previews links does no more."""
    try:
        token = request.path_params["token"]
        return invitations.opened(instance.running().store, token, now=session.now())
    except NotFound as gone:
        return gone


def screen(say: Words, found: invitations.Invitation, problem: Problem | None) -> list[str]:
    """Return the parts of the page that greets a member; the button is the form's."""
    return [
        f'<p class="brand" dir="auto">{forms.escape(found.body)}</p>',
        forms.sentence(say("member_door.lead", name=found.name)),
        forms.sentence(say("member_door.once"), "hint"),
        forms.said(say, problem),
    ]


def gone(say: Words, why: Problem) -> list[str]:
    """Return the parts of the page of a link that opens nothing: why, and how to get a new one."""
    return [forms.said(say, why), forms.sentence(say("member_door.again"), "hint")]


def come_in(request: Request) -> Response:
    """Use the link up and log the member in; raises the refusal."""
    here, token = instance.running(), secrets.token_urlsafe(32)
    here.limits.hit("member", acts.source(request))
    invitations.accept(
        here.store,
        request.path_params["token"],
        person_id=PersonId(str(uuid.uuid4())),
        session=token,
        now=session.now(),
    )
    answer = RedirectResponse(f"{FIRST}?lang={acts.say(request).lang}", 303)
    answer.headers["cache-control"] = "no-store"
    acts.keep_secret(request, answer, session.COOKIE, token, invitations.LASTS)
    return answer
