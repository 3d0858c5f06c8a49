"""The doors of a project's states and of its account, for the rights matrix: how to knock."""

from data import agreements, expenses, fund_steps, project_moves, project_reports, to_check
from data.filters import local_day
from data.rules import Act


def doors(store, area, now, draft):
    """Return the doors; project-1 is there."""
    day, one = local_day(now), {"project_id": "project-1", "now": now}
    receipt = {"spent_on": day, "item": "Erde", "cost": None, "cents": 100, "receipt": "1"}
    return {
        "project_moves.move": (
            Act.PROJECT_MOVE,
            lambda a: project_moves.move(store, a, **one, to="withdrawn", version=1),
        ),
        "fund_steps.walk": (
            Act.PROJECT_WRITE,
            lambda a: fund_steps.walk(store, a, **one, step="call", version=1),
        ),
        "agreements.get": (
            Act.APPLICATION_READ,
            lambda a: agreements.get(store, a, "project-1"),
        ),
        "agreements.sign": (
            Act.PROJECT_WRITE,
            lambda a: agreements.sign(store, a, **one, signed_on=day, words="", seen=0),
        ),
        "expenses.of_project": (
            Act.APPLICATION_READ,
            lambda a: expenses.of_project(store, a, "project-1"),
        ),
        "expenses.hand_in": (
            Act.APPLICATION_WRITE,
            lambda a: expenses.hand_in(store, a, **one, expense_id="receipt-1", **receipt),
        ),
        "expenses.change": (
            Act.APPLICATION_WRITE,
            lambda a: expenses.change(store, a, "receipt-1", **one, version=1, **receipt),
        ),
        "expenses.review": (
            Act.POT_BOOK,
            lambda a: expenses.review(store, a, "receipt-1", **one, state="accepted", version=1),
        ),
        "project_reports.get": (
            Act.APPLICATION_READ,
            lambda a: project_reports.get(store, a, "project-1"),
        ),
        "project_reports.keep": (
            Act.APPLICATION_WRITE,
            lambda a: project_reports.keep(store, a, **one, words="Schön", people=3, seen=0),
        ),
        "project_reports.add_photo": (
            Act.APPLICATION_WRITE,
            lambda a: project_reports.add_photo(store, a, **one, raw=b"", photo_id="photo-1"),
        ),
        "project_reports.photos_of": (
            Act.APPLICATION_READ,
            lambda a: project_reports.photos_of(store, a, "project-1"),
        ),
        "project_reports.check_photo": (
            Act.PHOTO_CHECK,
            lambda a: project_reports.check_photo(
                store, a, "photo-1", shown=True, seen="waiting", now=now
            ),
        ),
        "to_check.by_project": (Act.POT_BOOK, lambda a: to_check.by_project(store, a)),
        "project_reports.picture": (
            Act.PIN_READ,
            lambda a: project_reports.picture(store, a, "photo-1"),
        ),
    }
