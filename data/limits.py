"""How often somebody may try: counted in memory only, so that no address is ever kept."""

import hashlib
import ipaddress
import threading

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from data.problems import TooMany

TABLE: dict[str, tuple[RateLimitItem, ...]] = {
    # of one login name from one source: guessing stops, its owner elsewhere is not locked out
    "login": (parse("5/minute"), parse("10 per 15 minute")),
    "login.name": (parse("20/minute"),),  # of one login name, from wherever
    "login.source": (parse("30/minute"),),
    "receipt": (parse("10/minute"),),
    "setup": (parse("5/minute"),),
    "member": (parse("60/minute"),),  # a whole council in one room, by links nobody can guess
    "meeting.pin": (parse("5/minute"), parse("15 per 15 minute")),
    "meeting.pin.all": (parse("60/minute"),),
    "meeting.say": (parse("1200/minute"),),  # of one meeting: a full room is never slowed
    "support": (parse("60/minute"),),
    "near": (parse("600/minute"),),  # what says the same, asked while a whole room is typing
    "offer": (parse("30/minute"),),
    "advice": (parse("30/minute"),),
    "application": (parse("600/minute"),),  # fields saved, of one source: each is in the trail
    "sitting": (parse("600/minute"),),  # acts of one person; who leads is quick, a script is not
    "photo": (parse("30/minute"),),
    "feedback": (parse("20/minute"),),
    "pin": (parse("120/minute"),),  # a whole room behind one address; a script is stopped
}
LONG = 120  # seconds; after a longer limit "wait a minute" would not be true


class Limits:
    """Counters of tries; `of` says of whom (a source, a login name), in any opaque words."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self._lock = threading.Lock()
        self._counters = SlidingWindowCounterRateLimiter(MemoryStorage())

    def hit(self, act: str, *of: str) -> None:
        """Count one try, or refuse it with TooMany; a refused one does not count."""
        key = _key(act, *of)
        with self._lock:
            self._check(act, key)
            for limit in TABLE[act]:
                self._counters.hit(limit, *key)

    def check(self, act: str, *of: str) -> None:
        """Refuse with TooMany if a try would be one too many; counts nothing."""
        with self._lock:
            self._check(act, _key(act, *of))

    def clear(self, act: str, *of: str) -> None:
        """Forget the tries: the last one was right."""
        with self._lock:
            for limit in TABLE[act]:
                self._counters.clear(limit, *_key(act, *of))

    def _check(self, act: str, key: tuple[str, ...]) -> None:
        for limit in TABLE[act]:
            if not self._counters.test(limit, *key):
                raise TooMany("too_many_long" if limit.get_expiry() > LONG else "too_many")


def source_of(address: str | None) -> str:
    """Return whom an address counts as: an IPv6 network is one, it has more than can be counted.

    >>> source_of("192.0.2.7"), source_of("2001:db8::1:2") == source_of("2001:db8::9")
    ('192.0.2.7', True)
    >>> source_of("::ffff:192.0.2.7"), source_of("127.0.0.1"), source_of(None)
    ('192.0.2.7', 'here', 'here')
    """
    try:
        known = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or "here"
    if isinstance(known, ipaddress.IPv6Address):
        known = known.ipv4_mapped or known
    if known.is_loopback:
        return "here"
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)


def _key(act: str, *of: str) -> tuple[str, ...]:
    # Hashed: one length whatever was typed, and no sign of it can be a separator
    return (act, *(hashlib.sha256(part.encode("utf-8", "replace")).hexdigest() for part in of))
