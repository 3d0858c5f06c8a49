"""What tablets and walls ask for: the meeting, what is said there, its groups and dots."""

from starlette.routing import BaseRoute


def routes() -> list[BaseRoute]:
    """Return the routes."""
    return []
