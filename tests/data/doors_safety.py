"""The doors of backups, retention and the trail's seals, for the rights matrix."""

from pathlib import Path

from data import audit, backups, keeping, passphrase, retention, safety
from data.backups import Plan
from data.rules import Act
from data.safety import What


def doors(store, area, now, draft):
    """Return the doors; a database in memory cannot be backed up, which is a refusal of its own."""
    nowhere = Path("/nowhere/kiezkarte.duckdb")
    wanted = Plan(nowhere, nowhere.parent, area.name, "")
    setting = {
        "backups.make": lambda a: backups.make(
            store, a, wanted, report_id=f"b-{a.role}", salt=bytes(16), now=now
        ),
        "backups.drill": lambda a: backups.drill(
            store, a, wanted, report_id=f"d-{a.role}", now=now
        ),
        "backups.choose": lambda a: backups.choose(
            store, a, folder="", hour="4", keep="7,4,6", now=now
        ),
        "passphrase.to_note": lambda a: passphrase.to_note(store, a, nowhere.parent),
        "passphrase.noted": lambda a: passphrase.noted(store, a, nowhere.parent, now=now),
        "retention.choose": lambda a: retention.choose(store, a, {"deeds": 30}, now=now),
        "retention.erase": lambda a: retention.erase(store, a, report_id=f"e-{a.role}", now=now),
        "safety.listing": lambda a: safety.listing(store, a, What.BACKUP),
        "keeping.check_trail": lambda a: keeping.check_trail(
            store, a, report_id=f"a-{a.role}", now=now
        ),
    }
    reading = {
        "audit.verify": lambda a: audit.verify(store, a),
        "audit.lines": lambda a: audit.lines(store, a),
        "audit.sorts": lambda a: audit.sorts(store, a),
    }
    return {
        **{name: (Act.SETTING_CHANGE, knock) for name, knock in setting.items()},
        **{name: (Act.TRAIL_READ, knock) for name, knock in reading.items()},
    }
