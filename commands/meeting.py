"""`make meeting`: serve a room from this machine, with or without internet, and say how to come in."""

import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO, TextIOWrapper

import segno

from commands import authority, certificate, ground, network, start
from components.words import Words, words
from data import instance, meetings
from data.instance import Instance
from data.meetings import Meeting, State
from data.rules import HOUSE
from pages.api import print_signs

PATIENCE = 120  # seconds that a slow laptop may take to start
OVER = (State.CLOSED,)


@dataclass
class Room:
    """What is to be told about the room."""

    say: Words
    port: str
    tls: authority.Files | None
    hosts: Sequence[str]  # how the machine can be reached, the best one first
    meeting: Meeting | None = field(default=None, repr=False)  # it knows a password
    wifi: tuple[str, str] = field(default=("", ""), repr=False)

    def base(self, host: str = "") -> str:
        """Write where the server is, by its best host or by another one."""
        host = host or (self.hosts[0] if self.hosts else "localhost")
        return network.base(host, self.port, tls=self.tls is not None)


def main() -> int:
    """Prepare, serve, and tell once it can be reached; returns an exit code."""
    say = words("de")
    settings = instance.settings_from(os.environ)
    try:
        room = _room(say, settings)
    except SystemExit as stopped:
        print(stopped, file=sys.stderr)
        return 1
    trouble = start.ready(say, settings, room.port, lambda here: _choose(room, here))
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    os.environ["KIEZKARTE_ROOM"] = room.base()
    return _serve(room, settings)


def told(room: Room, *, reached: bool, folder: object) -> str:
    """Return what the facilitator reads in the terminal. The Wi-Fi's password is only in the QR."""
    say, base = room.say, room.base()
    lines = [say("box.ready"), ""]
    if not room.hosts:
        lines += [say("box.no_network", url=base), ""]
    elif not reached:
        lines += [say("box.not_reached", url=base), ""]
    if room.wifi[0]:
        lines += [say("box.wifi", name=room.wifi[0]), picture(print_signs.wifi(*room.wifi))]
    if room.meeting:
        code, title = room.meeting.code, room.meeting.plan.title
        lines += [say("box.meeting", title=title), ""]
        for name in ("tablet", "desk", "wall"):
            lines.append(f"  {say(f'box.{name}'):32} {base}/{name}?m={code}")
        lines += ["", say("box.qr_tablet"), picture(segno.make(f"{base}/tablet?m={code}"))]
    else:
        lines += [say("box.choose", url=f"{base}/meetings")]
        lines += [picture(segno.make(f"{base}/meetings", error="m"))]
    others = [room.base(host) for host in room.hosts[1:]]
    if others:
        lines.append(say("box.others", urls="  ".join(others)))
    for hint in ("firewall", "tls_on" if room.tls else "tls_off", "stop"):
        lines.append(say(f"box.{hint}", port=room.port, url=base))
    return "\n".join([*lines, say("box.data", folder=folder)])


def picture(code: segno.QRCode) -> str:
    """Draw a QR code for a terminal, two rows a line; white on black also in a light terminal."""
    out = StringIO()
    code.terminal(out, border=2, compact=True)
    if not sys.stdout.isatty():
        return out.getvalue()
    return "".join(f"\033[97;40m{line}\033[0m\n" for line in out.getvalue().splitlines())


# --- inside -----------------------------------------------------------------


def _room(say: Words, settings: instance.Settings) -> Room:
    port = os.environ.get("PORT") or "8501"
    given = os.environ.get("ADDRESS", "").split()
    wrong = [host for host in given if not network.is_host(host)]
    if wrong:
        raise SystemExit(say("box.address_unreadable", address=wrong[0]))
    wifi = (os.environ.get("WLAN", ""), os.environ.pop("WLAN_PASSWORD", ""))
    tls = certificate.files(settings) if os.environ.get("TLS", "") not in ("", "0") else None
    hosts = given + [one for one in network.addresses() if one not in given]
    if tls is None:
        return Room(say, port, tls, hosts, wifi=wifi)
    known = authority.hosts_of(tls, now=datetime.now(UTC))
    if over := authority.ended(tls, now=datetime.now(UTC)):
        raise SystemExit(say("start.certificate_over", day=say.day(over)))
    if not known:
        raise SystemExit(say("box.tls.missing"))
    unknown = [host for host in hosts[:1] if host not in known]
    if unknown:
        why = "other_address" if authority.is_ours(unknown[0]) else "public_address"
        raise SystemExit(say(f"box.tls.{why}", address=unknown[0]))
    return Room(say, port, tls, [host for host in hosts if host in known], wifi=wifi)


def _choose(room: Room, here: Instance) -> None:
    """Take the meeting that was asked for, or the only one that is planned or runs."""
    found = [one for one in meetings.listing(here.store, HOUSE) if one.state not in OVER]
    asked = os.environ.get("MEETING", "")
    if asked:
        found = [one for one in found if one.code == asked]
        if not found:
            raise SystemExit(room.say("box.meeting_unknown", code=asked))
    room.meeting = found[0] if len(found) == 1 else None
    if room.meeting and not room.wifi[0]:
        room.wifi = (room.meeting.plan.wifi_name, room.meeting.plan.wifi_password)


def _serve(room: Room, settings: instance.Settings) -> int:
    secure = []
    if room.tls:
        secure = ["--server.sslCertFile", str(room.tls.server.resolve())]
        secure += ["--server.sslKeyFile", str(room.tls.server_key.resolve())]
    serving = subprocess.Popen(start.serving(room.port, [*secure, *sys.argv[1:]]))
    signal.signal(signal.SIGTERM, lambda *_: serving.terminate())
    try:
        if not _answers(room, room.base("localhost"), serving, PATIENCE):
            serving.terminate()
            return serving.wait() or 1
        reached = _answers(room, room.base(), serving, 3)
        _print(told(room, reached=reached, folder=settings.database.parent.resolve()))
        return serving.wait()
    except KeyboardInterrupt:  # Ctrl+C reaches the server as well: let it close its database
        return serving.wait()


def _print(text: str) -> None:
    if isinstance(sys.stdout, TextIOWrapper):  # an old Windows terminal has no blocks for a QR code
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    print(text, flush=True)


def _answers(room: Room, base: str, serving: subprocess.Popen, seconds: float) -> bool:
    """Wait until the server answers under an address; false when it does not in time, or stopped."""
    handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
    if room.tls:
        trusted = ssl.create_default_context(cafile=str(room.tls.ca))
        handlers.append(urllib.request.HTTPSHandler(context=trusted))
    ask = urllib.request.build_opener(*handlers)
    until = time.monotonic() + seconds
    while serving.poll() is None and time.monotonic() < until:
        try:
            with ask.open(f"{base}/api/health", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            time.sleep(0.2)
    return False


if __name__ == "__main__":
    ground.private()
    sys.exit(main())
