"""Under which addresses this machine is reached in its own network; nothing is sent to find out."""

import ipaddress
import re
import socket
import struct
import sys

SIOCGIFADDR = 0x8915  # Linux: the IPv4 address of a network card
VIRTUAL = re.compile(r"(docker|br-|veth|virbr|vbox|vmnet|tun|tap|wg|zt|tailscale)")
HOST = re.compile(r"(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*", re.IGNORECASE)
# Asked for the way there, not spoken to: connecting a datagram socket sends no packet
SOMEWHERE = "192.0.2.1"


def addresses() -> list[str]:
    """List this machine's IPv4 addresses in the network, the most likely one first.

    Private ones of real network cards come before those of virtual ones and public ones; what
    only this machine itself can reach (127.*) is left out. Empty without a network.
    """
    cards = {address: name for name, address in _cards()}
    default = _default()
    return sorted(cards, key=lambda address: (_rank(address, cards[address], default), address))


def is_host(text: str) -> bool:
    """Tell whether a text can stand in an address as its host.

    >>> is_host("192.168.1.7"), is_host("kiezkarte.local"), is_host("a b"), is_host("")
    (True, True, False, False)
    """
    return bool(HOST.fullmatch(text))


def base(host: str, port: str, *, tls: bool = False) -> str:
    """Write where the server is, as the beginning of an address.

    >>> base("192.168.1.7", "8501"), base("kiezkarte.local", "443", tls=True)
    ('http://192.168.1.7:8501', 'https://kiezkarte.local')
    """
    scheme, usual = ("https", "443") if tls else ("http", "80")
    return f"{scheme}://{host}" + ("" if port == usual else f":{port}")


def _rank(address: str, card: str, default: str) -> int:
    known = ipaddress.ip_address(address)
    if known.is_link_local:  # nobody gave it an address
        return 4
    if VIRTUAL.match(card):
        return 3
    if not known.is_private:
        return 2
    return 0 if address == default else 1


def _cards() -> list[tuple[str, str]]:
    found = _linux() if sys.platform == "linux" else _by_name()
    return [
        (name, address) for name, address in found if not ipaddress.ip_address(address).is_loopback
    ]


def _linux() -> list[tuple[str, str]]:
    import fcntl  # not on Windows

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        for _, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            try:
                answer = fcntl.ioctl(asker.fileno(), SIOCGIFADDR, request)
            except OSError:  # a card without an address
                continue
            found.append((name, socket.inet_ntoa(answer[20:24])))
    return found


def _by_name() -> list[tuple[str, str]]:
    # Windows and macOS answer for their own name themselves
    try:
        return [("", address) for address in socket.gethostbyname_ex(socket.gethostname())[2]]
    except OSError:
        return []


def _default() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        try:
            asker.connect((SOMEWHERE, 9))
            return asker.getsockname()[0]
        except OSError:  # no way leads out of the room
            return ""
