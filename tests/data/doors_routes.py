"""The doors of routes and of "is it better", for the rights matrix: each door's act, and how to knock."""

from datetime import date

from data import better, routes
from data.rules import Act


def doors(store, area, now, draft):
    """Return the doors; need-1 is there, no route is."""
    letter = {"authority": "bsr", "subject": "Müll", "letter": "Sehr geehrte Damen und Herren"}
    one = {"version": 1, "now": now}
    day, later = date(2026, 5, 4), date(2026, 6, 1)
    knocks = {
        "routes.draft": lambda a: routes.draft(
            store, a, route_id=f"route-{a.role}", need_id="need-1", now=now, **letter
        ),
        "routes.change": lambda a: routes.change(store, a, "route-1", letter="Neu", **one),
        "routes.discard": lambda a: routes.discard(store, a, "route-1", **one),
        "routes.send": lambda a: routes.send(
            store, a, "route-1", sentence="Weitergegeben.", sent_on=day, remind_on=later, **one
        ),
        "routes.remind": lambda a: routes.remind(
            store, a, "route-1", letter="Noch einmal", remind_on=later, **one
        ),
        "routes.answer": lambda a: routes.answer(
            store, a, "route-1", result="done", told={}, **one
        ),
        "routes.get": lambda a: routes.get(store, a, "route-1"),
        "routes.of_need": lambda a: routes.of_need(store, a, "need-1"),
        "routes.listing": lambda a: routes.listing(store, a),
        "routes.due": lambda a: routes.due(store, a, now=now),
        "routes.quoted": lambda a: routes.quoted(store, a, "route-1"),
    }
    return {
        **{name: (Act.ROUTE_WRITE, knock) for name, knock in knocks.items()},
        "better.is_asked": (Act.BETTER_SAY, lambda a: better.is_asked(store, a, now=now)),
        "better.mine": (Act.BETTER_SAY, lambda a: better.mine(store, a)),
        "better.say": (Act.BETTER_SAY, lambda a: better.say(store, a, said="no", now=now)),
        "better.of_need": (Act.FEEDBACK_READ, lambda a: better.of_need(store, a, "need-1")),
        "better.unhappy": (Act.FEEDBACK_READ, lambda a: better.unhappy(store, a)),
        "better.handled": (
            Act.FEEDBACK_READ,
            lambda a: better.handled(store, a, ["pin-1"], now=now),
        ),
    }
