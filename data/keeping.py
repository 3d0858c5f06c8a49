"""What the house does by itself while the server runs: seal, erase, back up, try out, check."""

import shutil
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from data import audit, backups, passphrase, restoring, retention, safety, slips
from data.backups import Plan
from data.instance import Instance
from data.rules import HOUSE, Act, Actor, check
from data.safety import Report, What
from data.slips import Slip
from data.store import Store

EVERY_DAY = timedelta(hours=24)
SET_ASIDE = timedelta(days=30)  # what a restore replaced: then it is erased as well


class Dice(Protocol):
    """Gives ids and random bytes."""

    def id(self) -> str:
        """Return a new id."""
        ...

    def salt(self) -> bytes:
        """Return 16 random bytes."""
        ...


@dataclass(frozen=True)
class Duty:
    """What the duties work with; `started` is when the server did."""

    here: Instance
    dice: Dice
    started: datetime

    @property
    def store(self) -> Store:
        """The open database."""
        return self.here.store

    @property
    def database(self) -> Path:
        """Its file."""
        return self.here.settings.database

    def plan(self, folder: str = "") -> Plan:
        """Return what is backed up where; `folder` instead of the usual one."""
        secret = passphrase.of(self.database.parent, self.here.settings.passphrase)
        usual = backups.plan(self.store, self.database, self.here.area.name, secret)
        return replace(usual, folder=Path(folder)) if folder else usual


def begin(duty: Duty, random: bytes, *, now: datetime) -> None:
    """See to it once that there is a passphrase, that no leftovers lie about, and that the trail holds."""
    if not duty.plan().passphrase:
        passphrase.keep(duty.database.parent, passphrase.made(random))
    backups.sweep(duty.database)
    check_trail(duty.store, HOUSE, report_id=duty.dice.id(), now=now, since_last=True)


def on_request(duty: Duty, *, now: datetime) -> int:
    """Make the backups that were asked for; return how many."""
    wanted = slips.asked(duty.database)
    for slip in wanted:
        slips.answer(duty.database, slip, answered(duty, slip, now=now))
    return len(wanted)


def answered(duty: Duty, slip: Slip, *, now: datetime) -> dict:
    """Make one backup that was asked for, try it out, and say what came of it."""
    made, tried = _back_up(duty, slip.id, duty.plan(slip.folder), now=now)
    said = {"ok": made.ok, "seconds": made.seconds, **made.details}
    if tried:
        said["drill"] = {"ok": tried.ok, "seconds": tried.seconds, **tried.details}
    return said


def nightly(duty: Duty, *, now: datetime) -> bool:
    """Make the night's backup, try it out and check the whole trail, when it is time; tell whether."""
    if not backups.due(duty.store, started=duty.started, now=now):
        return False
    _back_up(duty, duty.dice.id(), duty.plan(), now=now)
    check_trail(duty.store, HOUSE, report_id=duty.dice.id(), now=now)
    return True


def daily(duty: Duty, *, now: datetime) -> bool:
    """Erase what is past its days, once a day; tell whether it was time."""
    before = safety.last(duty.store, What.ERASURE)
    if before and now - before.at < EVERY_DAY:
        return False
    retention.erase(duty.store, HOUSE, report_id=duty.dice.id(), now=now)
    forget_set_aside(duty.database, now=now)
    return True


def check_trail(
    store: Store, actor: Actor, *, report_id: str, now: datetime, since_last: bool = False
) -> Report:
    """Check the trail's chain and keep the verdict; `since_last` only what is new since a good one."""
    check(actor, Act.SETTING_CHANGE)
    audit.seal(store)
    good = safety.last(store, What.AUDIT, ok=True) if since_last else None
    since = int(good.details["upto"]) if good else 0
    verdict = audit.chain(store, since=since)
    told = {"lines": verdict.lines, "line": verdict.line, "fault": verdict.fault}
    told["upto"] = since + verdict.lines
    return safety.keep(store, Report(report_id, What.AUDIT, now, 0.0, verdict.ok, told))


def forget_set_aside(database: Path, *, now: datetime) -> int:
    """Remove what restores replaced, after a month; return how many folders."""
    old = [
        folder
        for folder in database.parent.glob(f"{restoring.ASIDE}*")
        if now.timestamp() - folder.stat().st_mtime > SET_ASIDE.total_seconds()
    ]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


# --- inside -----------------------------------------------------------------


def _back_up(
    duty: Duty, report_id: str, wanted: Plan, *, now: datetime
) -> tuple[Report, Report | None]:
    audit.seal(duty.store)
    salt = duty.dice.salt()
    made = backups.make(duty.store, HOUSE, wanted, report_id=report_id, salt=salt, now=now)
    if not made.ok:
        return made, None
    file = wanted.folder / made.details["file"]
    drill_id = duty.dice.id()
    return made, backups.drill(duty.store, HOUSE, wanted, report_id=drill_id, now=now, file=file)
