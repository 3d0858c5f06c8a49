"""Pages to be printed: maps, cards, QR codes, the protocol."""

from starlette.routing import BaseRoute


def routes() -> list[BaseRoute]:
    """Return the routes."""
    return []
