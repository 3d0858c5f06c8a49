"""Pictures: whatever a phone sends becomes one small JPEG that holds nothing but what one sees.

Memory is what a hostile picture attacks: 15 MB of file may unpack to gigabytes. So the size is
asked before anything is unpacked, and each format has a bound by what its decoder really holds
(measured: at most 144 MB and 0.7 s at these bounds).
"""

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageDraw

from data import picture_files
from data.picture_files import Bare, Moving
from data.problems import BadInput

MAX_BYTES = 15_000_000
SIDE = 1600  # pixels of the longest side
QUALITY = 82
LEAST = 50  # pixels of the shorter side: less shows nothing
MAX_FORM = 20  # times as long as wide: a stripe is no photo
# A JPEG is unpacked at an eighth of its size at best; the largest phones make 108 megapixels
MAX_PIXELS = {"JPEG": 110_000_000, "PNG": 25_000_000, "WEBP": 8_000_000}
MAX_HELD = 100_000_000  # bytes that a JPEG in several passes keeps before it can be drawn
MAX_SCANS = 24  # usual are 10; each takes the time of a whole picture
MAX_PROFILE = 1_000_000  # bytes of a colour profile
MAX_RECTANGLES = 40
BAND = 64  # rows of the small picture that are made at a time
TURNS = (
    None,
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.ROTATE_180,
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_90,
)  # by EXIF's number, from 1
_SRGB = ImageCms.createProfile("sRGB")
_STRANGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, OverflowError)  # of a decoder
Image.MAX_IMAGE_PIXELS = max(MAX_PIXELS.values())
warnings.simplefilter("error", Image.DecompressionBombWarning)

Rectangle = tuple[float, float, float, float]  # left, top, width, height; shares of the picture


@dataclass(frozen=True)
class Picture:
    """A JPEG in sRGB without metadata; width and height in pixels."""

    jpeg: bytes
    width: int
    height: int


def taken(raw: bytes) -> Picture:
    """Turn a JPEG, PNG or WebP file into our own picture; BadInput says what it is otherwise.

    What it is is told by its bytes alone. Upright, at most SIDE pixels long, on white.
    """
    file = _file(raw)
    try:
        with Image.open(io.BytesIO(file.raw), formats=tuple(MAX_PIXELS)) as image:
            _check(image, file)
            return _written(_small(image, file.turned))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refused("too_many_pixels") from error
    except _STRANGE as error:
        raise _refused("broken") from error


def blacked_out(jpeg: bytes, parts: Sequence[Rectangle]) -> bytes:
    """Return one of our own pictures with parts painted black, at least a pixel each."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
        image.load()
        brush = ImageDraw.Draw(image)
        for left, top, wide, high in parts:
            corner = (int(left * image.width), int(top * image.height))
            end = (int((left + wide) * image.width), int((top + high) * image.height))
            brush.rectangle((corner, end), fill="black")
        return _written(image).jpeg


def rectangles(given: object) -> tuple[Rectangle, ...]:
    """Read rectangles as a script sends them, cut to the picture; BadInput for anything else.

    >>> rectangles([[0.75, 0, 0.5, 1]])
    ((0.75, 0.0, 0.25, 1.0),)
    """
    if not isinstance(given, list | tuple) or len(given) > MAX_RECTANGLES:
        raise BadInput("photo.rectangles", field="rectangles")
    return tuple(_rectangle(one) for one in given)


def _rectangle(given: object) -> Rectangle:
    sides = given if isinstance(given, list | tuple) else ()
    if len(sides) != 4 or not all(_is_share(side) for side in sides):
        raise BadInput("photo.rectangles", field="rectangles")
    left, top, wide, high = (float(side) for side in sides)
    return left, top, min(wide, 1 - left), min(high, 1 - top)


def _is_share(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and 0 <= given <= 1


def _file(raw: bytes) -> Bare:
    if not raw:
        raise _refused("empty")
    if len(raw) > MAX_BYTES:
        raise _refused("too_big", limit=MAX_BYTES // 1_000_000)
    if picture_files.is_apples(raw):
        raise _refused("heic")
    try:
        found = picture_files.bare(raw)
    except Moving as error:
        raise _refused("animated") from error
    except ValueError as error:
        raise _refused("broken") from error
    if found is None:
        raise _refused("no_picture")
    return found


def _check(image: Image.Image, file: Bare) -> None:
    """Refuse what moves, and what would take too much memory or time to unpack."""
    long, short = max(image.size), min(image.size)
    if long * short > MAX_PIXELS[image.format or ""]:
        raise _refused("too_many_pixels")
    if short < LEAST or long > MAX_FORM * short:
        raise _refused("too_small")
    if getattr(image, "is_animated", False):
        raise _refused("animated")
    if image.format == "JPEG":
        several = file.scans > 1 or "progressive" in image.info
        if several and (file.scans > MAX_SCANS or _held(image) > MAX_HELD):
            raise _refused("too_many_pixels")


def _held(image: Image.Image) -> int:
    """Return the bytes that all numbers of a JPEG take, 2 each, by its layers' samplings."""
    samples = [layer[1] * layer[2] for layer in getattr(image, "layer", [])]
    return int(2 * image.width * image.height * sum(samples) / max(samples, default=1))


def _small(image: Image.Image, turned: int) -> Image.Image:
    profile = image.info.get("icc_profile") or b""
    if image.format == "WEBP":
        turned = picture_files.turned(image.info.get("exif", b"").removeprefix(b"Exif\0\0"))
    scale = min(1.0, SIDE / max(image.size))
    wanted = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    image.draft("RGB", wanted)  # a JPEG unpacks at 1/2, 1/4 or 1/8 where that is enough
    image.load()
    image = _coarse(image, min(image.width // wanted[0], image.height // wanted[1]))
    image = _in_srgb(image, profile)
    if image.size != wanted:
        image = image.resize(wanted, Image.Resampling.LANCZOS)
    turn = TURNS[turned - 1] if 1 <= turned <= 8 else None
    return image if turn is None else image.transpose(turn)


def _coarse(image: Image.Image, times: int) -> Image.Image:
    """Make an unpacked picture a whole number of times smaller, in RGB on white.

    Band by band, as each way to another mode would hold the whole picture once more.
    """
    width, height = -(-image.width // times), -(-image.height // times)
    coarse = Image.new("RGB", (width, height), "white")
    for top in range(0, height, BAND):
        box = (0, top * times, image.width, min(image.height, (top + BAND) * times))
        band = _on_white(image.crop(box))
        coarse.paste(band.reduce(times) if times > 1 else band, (0, top))
    return coarse


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value / 256).convert("L").convert("RGB")
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image.convert("RGB")
    image = image.convert("RGBA")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Turn a profile's colours into sRGB; one that is not for them, or unreadable, is left out."""
    if not profile or len(profile) > MAX_PROFILE:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _written(image: Image.Image) -> Picture:
    # A copy without `info`: what the file knew beside its pixels is not written on
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), *bare.size)


def _refused(why: str, **params: object) -> BadInput:
    return BadInput(f"photo.{why}", field="photo", **params)
