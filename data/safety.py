"""What the server did for safety's sake: backups, drills, erasures, checks of the trail."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from data import rules, trail
from data.rules import Act, Actor
from data.store import Store, Transaction

KEPT = 400  # reports of each sort; more than a year of nights


class What(StrEnum):
    """What was done."""

    BACKUP = "backup"
    DRILL = "drill"
    ERASURE = "erasure"
    AUDIT = "audit"


@dataclass(frozen=True)
class Report:
    """One thing done: when (UTC), how long, whether it went well, and its figures."""

    id: str
    what: What
    at: datetime
    seconds: float
    ok: bool
    details: Mapping[str, Any] = field(default_factory=dict)


def keep(store: Store, report: Report) -> Report:
    """Keep a report; those long past go. The same one twice is one."""

    def job(tx: Transaction) -> None:
        tx.execute(
            "insert into safety_report values ($id, $what, $at, $seconds, $ok, $details) "
            "on conflict (id) do nothing",
            {
                "id": report.id,
                "what": report.what,
                "at": trail.utc(report.at),
                "seconds": report.seconds,
                "ok": report.ok,
                "details": json.dumps(report.details),
            },
        )
        tx.execute(
            "delete from safety_report where what = $what and id not in (select id from "
            "safety_report where what = $what order by happened_at desc, id limit $kept)",
            {"what": report.what, "kept": KEPT},
        )

    store.write(job)
    return report


def last(store: Store, what: What, *, ok: bool | None = None) -> Report | None:
    """Return the last report of a sort, or the last one that went well or badly."""
    found = store.rows(
        "select * from safety_report where what = $what and ($ok is null or ok = $ok) "
        "order by happened_at desc, id limit 1",
        {"what": what, "ok": ok},
    )
    return _report(found[0]) if found else None


def listing(store: Store, actor: Actor, what: What, *, limit: int = 10) -> list[Report]:
    """List the reports of a sort, the latest first."""
    rules.check(actor, Act.SETTING_CHANGE)
    found = store.rows(
        "select * from safety_report where what = $what order by happened_at desc, id limit $limit",
        {"what": what, "limit": limit},
    )
    return [_report(row) for row in found]


def _report(row: Mapping[str, Any]) -> Report:
    return Report(
        row["id"],
        What(row["what"]),
        row["happened_at"].replace(tzinfo=UTC),
        row["seconds"],
        row["ok"],
        json.loads(row["details"]),
    )
