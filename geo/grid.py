"""The integer grid that counts pins: web-mercator pixels of 256-pixel tiles at zoom 22."""

import math

from geo.points import LonLat

ZOOM = 22
SIDE = 256 << ZOOM  # 2**30 pixels round the equator: fits a signed 32-bit column
EDGE = 85.05112878  # degrees of latitude where the square map ends


def cell(place: LonLat) -> tuple[int, int]:
    """Find the pixel (mx, my) of a place; mx grows to the east, my to the south.

    Latitudes beyond the square map are pulled to its edge.

    >>> cell(LonLat(13.425, 52.5022))
    (576912534, 352226405)
    >>> cell(LonLat(0.0, 0.0)) == (SIDE // 2, SIDE // 2)
    True
    >>> cell(LonLat(180.0, -90.0)) == (SIDE - 1, SIDE - 1)
    True
    """
    x, y = pixels(place)
    return _inside(x), _inside(y)


def pixels(place: LonLat) -> tuple[float, float]:
    """Find the exact pixel of a place at zoom 22 as floats, y to the south."""
    lat = math.radians(max(-EDGE, min(EDGE, place.lat)))
    x = (place.lon + 180.0) / 360.0 * SIDE
    y = (1.0 - math.asinh(math.tan(lat)) / math.pi) / 2.0 * SIDE
    return x, y


def place(mx: float, my: float) -> LonLat:
    """Find the place of a pixel; whole numbers are a pixel's north-west corner.

    >>> from geo.points import metres
    >>> fountain = LonLat(13.4243, 52.50206)
    >>> metres(fountain, place(*cell(fountain))) < 0.1
    True
    >>> place(SIDE / 2, SIDE / 2)
    LonLat(lon=0.0, lat=0.0)
    """
    lat = math.atan(math.sinh(math.pi * (1.0 - 2.0 * my / SIDE)))
    return LonLat(mx / SIDE * 360.0 - 180.0, math.degrees(lat))


def shift(zoom: int, pixels_log2: int = 6) -> int:
    """Count the bits to shift a cell so that groups are 2**pixels_log2 screen pixels wide.

    >>> shift(22, 0), shift(16), shift(14)
    (0, 12, 14)
    >>> shift(40), shift(-3)
    (0, 28)
    """
    zoom = max(0, zoom)
    return max(0, ZOOM - zoom + pixels_log2)


def _inside(pixel: float) -> int:
    return max(0, min(SIDE - 1, math.floor(pixel)))
