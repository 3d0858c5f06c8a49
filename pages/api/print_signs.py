"""What is drawn on paper besides the map: the kinds' signs, numbered marks, QR codes."""

import segno
from segno import helpers

COLOURS = {"strength": "#17724f", "problem": "#b23a1e", "idea": "#5a48b0"}
# As on the map (static/map.js): every kind has a shape and a sign of its own, 44 by 44
SHAPES = {
    "strength": "M22 2a16 16 0 0 1 9.5 28.9L22 42l-9.5-11.1A16 16 0 0 1 22 2z",
    "problem": "M22 1 40 31H28l-6 11-6-11H4z",
    "idea": "M9 3h26a4 4 0 0 1 4 4v22a4 4 0 0 1-4 4h-8l-5 9-5-9H9a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z",
}
SIGNS = {
    "strength": '<path d="M22 26.5c-8-5.6-9.6-9-8.3-11.9 1.4-3 5.8-3.2 8.3.5 2.5-3.7 6.9-3.5 '
    '8.3-.5 1.3 2.9-.3 6.3-8.3 11.9z" fill="#fff"/>',
    "problem": '<path d="M22 11v10" stroke="#fff" stroke-width="4.2" stroke-linecap="round"/>'
    '<circle cx="22" cy="27" r="2.5" fill="#fff"/>',
    "idea": '<path d="M22 8a7.5 7.5 0 0 0-4 13.8V25h8v-3.2A7.5 7.5 0 0 0 22 8zM18.5 28h7" '
    'fill="#fff" stroke="#fff" stroke-width="1.5" stroke-linecap="round"/>',
}
TIP = (22, 42)  # of a shape: it stands there on the map
# By digits; a triangle has less room
LETTERS = {"strength": (19, 17, 13, 10), "problem": (16, 13.5, 10, 8), "idea": (20, 18, 14, 11)}
MIDDLES = {"strength": 22.5, "problem": 28, "idea": 23}  # the base line of a number in a shape


def sign(kind: str) -> str:
    """Draw a kind's sign; its words stand beside it."""
    return f'<svg class="sign" viewBox="0 0 44 44" aria-hidden="true">{_shape(kind)}{SIGNS[kind]}</svg>'


def mark(kind: str, number: int, at: tuple[float, float], size: float) -> str:
    """Draw a numbered mark with its tip at a place, as a part of an SVG."""
    x, y = at[0] - TIP[0] / 44 * size, at[1] - TIP[1] / 44 * size
    letters = LETTERS[kind][min(len(str(number)), 4) - 1]
    return (
        f'<g class="mark" transform="translate({x:.2f} {y:.2f}) scale({size / 44:.4f})">'
        f"{_shape(kind)}"
        f'<text x="22" y="{MIDDLES[kind]}" font-size="{letters}">{number}</text></g>'
    )


def numbered(kind: str, number: int, label: str) -> str:
    """Draw a numbered mark as a picture of its own, as it stands on the map."""
    inside = mark(kind, number, TIP, 44)
    return f'<svg class="no" viewBox="0 0 44 44" role="img" aria-label="{label}">{inside}</svg>'


def qr(text: str) -> str:
    """Draw a QR code, sharp at any size, with the quiet edge that scanners need."""
    return _inline(segno.make(text, error="m"))


def wifi_qr(name: str, password: str) -> str:
    """Draw the QR code by which a tablet joins a Wi-Fi network."""
    return _inline(wifi(name, password))


def wifi(name: str, password: str) -> segno.QRCode:
    """Return the QR code by which a tablet joins a Wi-Fi network; without a password an open one."""
    kind = "WPA" if password else None
    return helpers.make_wifi(ssid=name, password=password or None, security=kind)


def _shape(kind: str) -> str:
    return (
        f'<path d="{SHAPES[kind]}" fill="{COLOURS[kind]}" stroke="#fff" stroke-width="2.5" '
        'stroke-linejoin="round"/>'
    )


def _inline(code: segno.QRCode) -> str:
    return code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, border=4)
