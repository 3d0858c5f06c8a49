"""`make run`: prepare the database, say how to log in, serve."""

import os
import secrets
import socket
import sys
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from commands import ground
from components import session
from components.words import Words, words
from data import demo, demo_bodies, instance, people
from data.demo_meetings import Door
from data.instance import Instance, Settings
from data.problems import Problem
from data.rules import HOUSE, PersonId, Role
from geo.area import AreaFault

# Who may say for whom they ask: a proxy on this machine, which the two-stack socket names its own
# way. Without it all who come through the proxy would be one source, and share its few tries.
PROXIES = "127.0.0.1,::1,::ffff:127.0.0.1"
# Pages run in threads of their own. glibc gives each up to eight heaps a processor, and what lies
# free between their pieces is never given back: 35 MB more after five evenings of 250 visitors.
ARENAS = "2"
ACCOUNTS = (("office", Role.OFFICE), ("jury", Role.JURY), ("admin", Role.ADMIN))


def main() -> int:
    """Prepare and serve; returns an exit code when that is not possible."""
    say = words("de")
    port = os.environ.get("PORT", "8501")
    trouble = ready(say, instance.settings_from(os.environ), port)
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(say("start.ready", url=f"http://localhost:{port}"), flush=True)
    command = serving(port, sys.argv[1:])
    os.execv(command[0], command)


def ready(
    say: Words, settings: Settings, port: str, more: Callable[[Instance], None] | None = None
) -> str:
    """Prepare the database, do `more` with it, and close it; returns what is in the way, or ''."""
    try:
        _check_port(say, port)
        if bad := ground.trouble(say, settings.database):
            return bad
        here = instance.start(settings)
        prepare(say, here, port)
        if more:
            more(here)
        instance.stop()
    except Problem as problem:
        return say.problem(problem)
    except AreaFault as fault:
        return say("start.area_unusable", area=settings.area, fault=fault)
    except SystemExit as stopped:
        return str(stopped)
    return ""


def serving(port: str, more: Sequence[str] = ()) -> list[str]:
    """Return the command that serves, from the project's own folder."""
    os.chdir(instance.ROOT)
    os.environ.setdefault("FORWARDED_ALLOW_IPS", PROXIES)
    os.environ.setdefault("MALLOC_ARENA_MAX", ARENAS)
    _allow_many_sockets()
    return [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", port, *more]


def prepare(say: Words, here: Instance, port: str) -> None:
    """Fill an empty database: with the demo, or with a way in for the first admin."""
    now = datetime.now(UTC)
    if not people.is_empty(here.store):
        return
    if here.settings.demo:
        door = Door(session.new_meeting_code(), session.new_pin())
        demo.seed(here.store, here.area, now=now, door=door)
        demo_bodies.seed(here.store, now=now)
        _demo_accounts(say, here.settings, here, now)
        print(
            say("start.meeting", url=f"http://localhost:{port}/tablet?m={door.code}", pin=door.pin)
        )
    else:
        token = secrets.token_urlsafe(24)
        people.offer_setup(here.store, HOUSE, role=Role.ADMIN, token=token, now=now)
        print(say("start.setup", url=f"http://localhost:{port}/auth/setup/{token}"))


def _demo_accounts(say: Words, settings: Settings, here: Instance, now: datetime) -> None:
    print(say("start.accounts"))
    for login, role in ACCOUNTS:
        password = settings.demo_password or secrets.token_urlsafe(9)
        person_id = PersonId(str(uuid.uuid4()))
        people.add(
            here.store,
            HOUSE,
            person_id=person_id,
            login=login,
            name=say(f"role.{role}"),
            role=role,
            password=password,
            demo=True,
            now=now,
        )
        if role == Role.JURY:
            demo_bodies.seat(here.store, person_id, now=now)
        shown = say("start.password_given") if settings.demo_password else password
        print(f"  {login:8} {shown}")


def _allow_many_sockets() -> None:
    """Raise how many files may be open to what this account is allowed: each page takes four."""
    if sys.platform != "win32":  # there is no such limit
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 8192 if hard == resource.RLIM_INFINITY else min(8192, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _check_port(say: Words, port: str) -> None:
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise SystemExit(say("start.port_unreadable", port=port))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", int(port)))
        except OSError as error:
            raise SystemExit(say("start.port_taken", port=port)) from error


if __name__ == "__main__":
    ground.private()
    sys.exit(main())
