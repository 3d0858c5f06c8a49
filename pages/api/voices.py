"""Pins nearby while somebody writes, and voices for them."""

from starlette.routing import BaseRoute


def routes() -> list[BaseRoute]:
    """Return the routes."""
    return []
