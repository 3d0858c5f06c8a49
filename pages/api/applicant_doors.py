"""How an applicant comes in by the private link, and out again: plain forms that set the cookie.

The link's page has one button: what only looks at links (mail filters, previews) opens nothing.
After it the token stands in a cookie that no script reads, and in no address any more.
"""

from starlette.requests import Request
from starlette.responses import Response

from components import session
from data import application_links, instance
from data.problems import NotFound, Problem
from pages.api import acts, forms


def screen(request: Request, problem: Problem | None) -> tuple[list[str], Problem | None]:
    """Return the parts of the link's page, and why it does not open: unknown, revoked, too old."""
    say = acts.say(request)
    try:
        application_links.who(instance.running().store, _token(request), now=session.now())
    except NotFound as closed:
        return [forms.said(say, closed), forms.sentence(say("application.door.lost"))], closed
    return [forms.sentence(say("application.door.lead")), forms.said(say, problem)], problem


def enter(request: Request, answer: Response) -> Response:
    """Put the token into the cookie of an answer; raises NotFound for a link that opens nothing."""
    here, token = instance.running(), _token(request)
    here.limits.hit("setup", acts.source(request))
    application_links.who(here.store, token, now=session.now())
    acts.keep_secret(request, answer, session.APPLICATION_COOKIE, token, application_links.KEPT)
    return answer


def leave(request: Request, answer: Response) -> Response:
    """Take the cookie away: the next one at this device sees nothing of the application."""
    acts.drop_secret(request, answer, session.APPLICATION_COOKIE)
    return answer


def _token(request: Request) -> str:
    return request.path_params["token"][:200]
