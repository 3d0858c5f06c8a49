"""Under which names Kiezkarte answers: a page elsewhere cannot pass as ours by its own name."""

import ipaddress
import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", re.ASCII)
# Names that nobody can register for the whole world: one word, and what a router gives out
AT_HOME = (".local", ".lan", ".home", ".internal", ".home.arpa", ".fritz.box", ".localhost")


def from_environment(environ: Mapping[str, str]) -> frozenset[str]:
    """Read the names that an office set (README, "Settings").

    >>> sorted(from_environment({"KIEZKARTE_HOSTS": "Kiez.example, www.kiez.example",
    ...                          "KIEZKARTE_ADDRESS": "https://karte.example:8443"}))
    ['karte.example', 'kiez.example', 'www.kiez.example']
    """
    named = environ.get("KIEZKARTE_HOSTS", "").split(",")
    named += [
        urlsplit(environ.get(name, "")).hostname or ""
        for name in ("KIEZKARTE_ADDRESS", "KIEZKARTE_ROOM")
    ]
    return frozenset(filter(None, (name.strip().lower().rstrip(".") for name in named)))


def is_ours(host: str, named: Collection[str]) -> bool:
    """Tell whether a `Host` header names this Kiezkarte: an address, a name at home, or one set.

    >>> [is_ours(host, {"kiez.example"}) for host in ("192.168.1.5:8501", "[::1]:8501", "laptop",
    ...     "laptop.local:8501", "kiez.example", "KIEZ.example.", "evil.example", "", "a b")]
    [True, True, True, True, True, True, False, False, False]
    """
    name = host.lower().rpartition(":")[0] if re.search(r":\d+$", host) else host.lower()
    name = name.rstrip(".")
    try:
        ipaddress.ip_address(name.strip("[]"))
        return True
    except ValueError:
        pass
    if not _NAME.fullmatch(name):
        return False
    return "." not in name or name in named or name.endswith(AT_HOME)
