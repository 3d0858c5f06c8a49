"""`make certificate`: certificates for the local network, and how tablets come to trust them."""

import os
import sys
from datetime import UTC, datetime, timedelta

from commands import authority, ground, network
from components.words import words
from data import instance

STEPS = ("file", "android", "ipad", "windows", "start", "keep")


def files(settings: instance.Settings) -> authority.Files:
    """Say where the certificates of an installation lie: beside its database."""
    return authority.Files(settings.database.parent / instance.TLS)


def main() -> int:
    """Make the certificates and say in German what to do with them."""
    say = words("de")
    where = files(instance.settings_from(os.environ))
    given = os.environ.get("ADDRESS", "").split()
    now = datetime.now(UTC)
    addresses = given or network.addresses()
    hosts = authority.make(where, addresses, now=now)
    until = say.day(now + timedelta(days=authority.SERVER_DAYS - 1))
    print(say("box.tls.made", hosts=", ".join(hosts), day=until, folder=where.folder))
    left_out = [one for one in addresses if one not in hosts]
    if left_out:
        print(say("box.tls.left_out", hosts=", ".join(left_out)))
    for step in STEPS:
        print(f"\n{say(f'box.tls.{step}', file=where.ca)}")
    return 0


if __name__ == "__main__":
    ground.private()
    sys.exit(main())
