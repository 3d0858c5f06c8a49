"""What was asked for: a meeting's paper, by somebody who leads it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request

from components.words import Words
from data.instance import Instance
from data.meetings import Meeting
from data.problems import BadInput
from data.rules import Actor

SELF = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Asked:
    """A request for paper, its rights checked."""

    request: Request
    here: Instance
    leader: Actor
    meeting: Meeting
    say: Words

    def text(self, name: str, usual: str = "") -> str:
        """Return a parameter of the address."""
        return self.request.query_params.get(name, usual)

    def number(self, name: str, usual: int, most: int) -> int:
        """Return a whole number from 1 to `most`; BadInput for anything else."""
        given = self.text(name, str(usual))
        if not (given.isascii() and given.isdigit() and len(given) < 8 and 1 <= int(given) <= most):
            raise BadInput("print.number", field=name, limit=most)
        return int(given)

    def room(self) -> str:
        """Return where tablets in the room reach us, as the beginning of an address.

        Whoever prints on the server's own screen sees it as localhost, which no tablet can use.
        """
        seen = str(self.request.base_url).rstrip("/")
        known = self.here.settings.room
        return known if known and urlsplit(seen).hostname in SELF else seen

    def is_reachable(self) -> bool:
        """Tell whether tablets can use the room's address."""
        return urlsplit(self.room()).hostname not in SELF
