"""The doors of funds, their rules, pots and fields of action, for the rights matrix."""

from datetime import date, timedelta

from data import action_fields, fund_rules, pot_book, pots
from data.fund_rules import Terms
from data.rules import Act

TERMS = Terms(
    title="Aktionsfonds", least=1, most=2_000_00, weeks_before=6, own_share=0, fees=True, lump=100,
    least_age=16, criteria=("community",), form=("needs",), required=(), steps=(), body="jury",
)  # fmt: skip


def doors(store, area, now, draft):
    """Return the doors; project-1 is there, nothing is decided for it, no pot is allotted."""
    fund, later = "aktionsfonds", now.date() + timedelta(days=30)
    new = {"fund": fund, "terms": TERMS, "valid_from": later, "seen": "aktionsfonds-2015"}
    field = {"version": 1, "now": now}
    sums = {"cents": 100, "seen": 0, "now": now}
    reads = {
        "fund_rules.listing": lambda a: fund_rules.listing(store, a),
        "fund_rules.used": lambda a: fund_rules.used(store, a, "aktionsfonds-2015"),
        "pots.balance": lambda a: pots.balance(store, a, fund, 2026),
        "pot_book.pots": lambda a: pot_book.pots(store, a),
        "pot_book.bookings": lambda a: pot_book.bookings(store, a, fund, 2026),
        "pot_book.granted": lambda a: pot_book.granted(store, a, fund, 2026),
        "pot_book.as_csv": lambda a: pot_book.as_csv(store, a, fund, 2026),
    }
    writes = {
        "fund_rules.add": lambda a: fund_rules.add(
            store, a, rules_id=f"new-{a.role}", **new, now=now
        ),
        "fund_rules.take_back": lambda a: fund_rules.take_back(store, a, "none", now=now),
        "pots.allot": lambda a: pots.allot(store, a, fund=fund, year=2026, **sums),
        "action_fields.rename": lambda a: action_fields.rename(
            store, a, "C", "IN", titles={"de": f"Neu {a.role}"}, **field
        ),
        "action_fields.end": lambda a: action_fields.end(
            store, a, "C", "BI", last_day=date(2099, 1, 1), goes_into="IN", **field
        ),
    }
    books = {
        "pots.book": lambda a: pots.book(
            store, a, token="t", project_id="project-1", kind="paid", **sums
        ),
        "pots.take_back": lambda a: pots.take_back(store, a, 1, reason="Irrtum", now=now),
    }
    return {
        **{name: (Act.FUND_READ, knock) for name, knock in reads.items()},
        **{name: (Act.FUND_WRITE, knock) for name, knock in writes.items()},
        **{name: (Act.POT_BOOK, knock) for name, knock in books.items()},
    }
