"""`make backup TO=folder`: a backup now, by the running server or, when none runs, from the file."""

import os
import secrets
import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from commands import ground
from components.words import Words, words
from data import instance, keeping, passphrase, slips
from data.instance import Settings
from data.keeping import Duty
from data.problems import Problem, StoreTrouble
from data.slips import Slip

PATIENCE = 600.0  # seconds that a running server may take
PAUSE = 0.5


class Dice:
    """Ids and random bytes."""

    def id(self) -> str:
        """Return a new id."""
        return str(uuid.uuid4())

    def salt(self) -> bytes:
        """Return 16 random bytes."""
        return secrets.token_bytes(16)


def main() -> int:
    """Make a backup and say where it is; returns an exit code."""
    say, settings = words("de"), instance.settings_from(os.environ)
    given = sys.argv[1] if len(sys.argv) > 1 else ""
    if not settings.database.exists():
        print(say("backup.no_office", path=settings.database), file=sys.stderr)
        return 1
    slip = Slip(str(uuid.uuid4()), str(Path(given).resolve()) if given else "")
    said = made(say, settings, slip)
    print(told(say, said), file=sys.stdout if said.get("ok") else sys.stderr)
    return 0 if said.get("ok") and said.get("drill", {}).get("ok") else 1


def made(
    say: Words, settings: Settings, slip: Slip, *, patience: float = PATIENCE
) -> dict[str, Any]:
    """Make it here, or have it made by whoever has the database open."""
    now = datetime.now(UTC)
    try:
        here = instance.start(settings)
    except StoreTrouble as trouble:
        if trouble.key != "store.busy":
            return {"ok": False, "problem": trouble.key, "params": trouble.params}
        print(say("backup.asked"), flush=True)
        return _asked(settings.database, slip, patience)
    try:
        duty = Duty(here, Dice(), now)
        keeping.begin(duty, secrets.token_bytes(16), now=now)
        return keeping.answered(duty, slip, now=now)
    except Problem as problem:
        return {"ok": False, "problem": problem.key, "params": problem.params}
    finally:
        instance.stop()


def told(say: Words, said: dict[str, Any]) -> str:
    """Say what came of it."""
    if not said.get("ok"):
        return say(f"problem.{said['problem']}", **said.get("params", {}))
    file = Path(said["folder"]) / said["file"]
    lines = [say("backup.made", file=file, rows=say.number(said["rows"]), kept=said["kept"])]
    drill = said.get("drill", {})
    lines.append(say("backup.drill_good" if drill.get("ok") else "backup.drill_bad"))
    return "\n".join([*lines, say("backup.how_to_open", file=passphrase.FILE)])


def _asked(database: Path, slip: Slip, patience: float) -> dict[str, Any]:
    slips.ask(database, slip)
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if (said := slips.heard(database, slip)) is not None:
            return said
        time.sleep(PAUSE)
    slips.withdraw(database, slip)
    return {"ok": False, "problem": "backup.nobody_answers"}


if __name__ == "__main__":
    ground.private()
    sys.exit(main())
