"""`make restore FROM=file`: put a backup in the place of the database, after checking all of it."""

import getpass
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from commands import ground
from components.words import Words, words
from data import instance, passphrase, restoring
from data.instance import Settings
from data.problems import Problem
from data.restoring import Restored


def main() -> int:
    """Restore and say what came of it; returns an exit code."""
    say, settings = words("de"), instance.settings_from(os.environ)
    if len(sys.argv) < 2 or not sys.argv[1]:
        print(say("restore.which"), file=sys.stderr)
        return 1
    secret = known(say, settings)
    if not secret:
        print(say("problem.backup.passphrase_missing"), file=sys.stderr)
        return 1
    try:
        done = restoring.restore(
            Path(sys.argv[1]),
            settings.database,
            passphrase=secret,
            replace=os.environ.get("REPLACE", "") not in ("", "0"),
            now=datetime.now(UTC),
        )
    except Problem as problem:
        print(say.problem(problem), file=sys.stderr)
        return 1
    except OSError as error:
        print(say("restore.not_written", error=error.strerror), file=sys.stderr)
        return 1
    if not settings.passphrase:  # the next backups are made under the same one
        passphrase.keep(settings.database.parent, secret)
    print(told(say, done, settings))
    return 0


def known(say: Words, settings: Settings) -> str:
    """Return the passphrase: from the environment, from beside the database, or as it is typed."""
    if settings.passphrase:
        return passphrase.read(settings.passphrase)
    if sys.stdin.isatty():
        typed = passphrase.read(getpass.getpass(say("restore.passphrase")))
        if typed:
            return typed
    return passphrase.of(settings.database.parent)


def told(say: Words, done: Restored, settings: Settings) -> str:
    """Say what was restored and what is to be done now."""
    lines = [
        say(
            "restore.done",
            moment=say.moment(done.made_at),
            pins=say.number(done.pins),
            rows=say.number(done.rows),
            seconds=say.number(done.seconds),
            path=settings.database,
        )
    ]
    if done.erased_again:
        lines.append(say.many("restore.erased_again", done.erased_again))
    if done.aside:
        lines.append(say("restore.aside", folder=done.aside))
    return "\n".join([*lines, say("restore.next")])


if __name__ == "__main__":
    ground.private()
    sys.exit(main())
