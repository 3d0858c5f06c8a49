"""The doors of a project's states, for the rights matrix: each door's act, and how to knock."""

from data import project_moves
from data.rules import Act


def doors(store, area, now, draft):
    """Return the doors; project-1 is there."""
    return {
        "project_moves.move": (
            Act.PROJECT_MOVE,
            lambda a: project_moves.move(store, a, "project-1", to="withdrawn", version=1, now=now),
        ),
    }
