"""What people send as a photo, and what attackers do."""

import io
import struct
import zlib

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from data import picture_files, pictures
from data.problems import BadInput

PLAIN = (320, 240)


def made(kind="JPEG", size=PLAIN, mode="RGB", colour="teal", **more) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **more)
    return out.getvalue()


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", PLAIN, colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def opened(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(pictures.taken(raw).jpeg))


def segment(code: int, body: bytes) -> bytes:
    return bytes((0xFF, code)) + struct.pack(">H", len(body) + 2) + body


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def jpeg_said_to_be(width: int, height: int) -> bytes:
    raw = bytearray(made())
    at = raw.index(b"\xff\xc0") + 5
    raw[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(raw)


def webp_said_to_be(width: int, height: int) -> bytes:
    raw = bytearray(made("WEBP", lossless=True))
    at = raw.index(b"VP8L") + 9
    kept = int.from_bytes(raw[at : at + 4], "little") & ~0xFFFFFFF
    raw[at : at + 4] = (kept | (width - 1) | (height - 1) << 14).to_bytes(4, "little")
    return bytes(raw)


def with_directory(entries: int) -> bytes:
    """Return EXIF data whose every entry points at the same megabytes."""
    head = b"MM\0*\0\0\0\x08" + struct.pack(">H", entries)
    each = (struct.pack(">HHII", i + 1, 7, 1_900_000, 100) for i in range(entries))
    return head + b"".join(each) + bytes(2_000_000)


def in_many_passes() -> bytes:
    raw = made(progressive=True)
    last = raw[raw.rindex(b"\xff\xda") : -2]
    return raw[:-2] + last * 3000 + b"\xff\xd9"


def large_in_passes() -> bytes:
    return made(size=(9000, 7000), progressive=True, subsampling=0)


JPEG, PNG, WEBP = made(), made("PNG"), made("WEBP")
HEIC = b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + bytes(400)
REFUSED = {
    "nothing": (b"", "empty"),
    "one byte": (b"\xff", "no_picture"),
    "zeroes": (bytes(5000), "no_picture"),
    "words": (b"Das ist ein Foto, ehrlich.", "no_picture"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "no_picture"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>", "no_picture"),
    "svg with xml": (b"<?xml version='1.0'?><svg onload='x'/>", "no_picture"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "no_picture"),
    "zip": (b"PK\x03\x04" + bytes(200), "no_picture"),
    "program": (b"\x7fELF" + bytes(200), "no_picture"),
    "gif": (made("GIF"), "no_picture"),
    "moving gif": (moving("GIF"), "no_picture"),
    "bmp": (made("BMP"), "no_picture"),
    "tiff": (made("TIFF"), "no_picture"),
    "icon": (made("ICO", size=(64, 64)), "no_picture"),
    "jpeg 2000": (made("JPEG2000"), "no_picture"),
    "pcx": (made("PCX"), "no_picture"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no_picture"),
    "gif before a jpeg": (made("GIF") + JPEG, "no_picture"),
    "page before a jpeg": (b"<script>x</script>" + JPEG, "no_picture"),
    "film": (b"\0\0\0\x20ftypisom" + bytes(300), "no_picture"),
    "heic": (HEIC, "heic"),
    "heif": (HEIC.replace(b"heic", b"mif1"), "heic"),
    "heic sequence": (HEIC.replace(b"heic", b"hevc"), "heic"),
    "avif": (made("AVIF"), "heic"),
    "moving png": (moving("PNG"), "animated"),
    "moving webp": (moving("WEBP"), "animated"),
    "half a jpeg": (JPEG[: len(JPEG) // 2], "broken"),
    "jpeg without its end": (JPEG[:-30], "broken"),
    "jpeg head alone": (JPEG[:20], "broken"),
    "two bytes of a jpeg": (b"\xff\xd8", "no_picture"),
    "three bytes of a jpeg": (b"\xff\xd8\xff", "broken"),
    "jpeg full of zeroes": (JPEG[:4] + bytes(3000), "broken"),
    "half a png": (PNG[: len(PNG) // 2], "broken"),
    "png head alone": (PNG[:8], "broken"),
    "png without pixels": (png(300, 300), "broken"),
    "png with rubbish": (png(300, 300, chunk(b"IDAT", b"no zlib at all")), "broken"),
    "png with a wrong sum": (PNG.replace(PNG[37:41], b"abcd", 1), "broken"),
    "half a webp": (WEBP[: len(WEBP) // 2], "broken"),
    "webp head alone": (WEBP[:12], "broken"),
    "webp of rubbish": (WEBP[:20] + bytes(500), "broken"),
    "sound": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(100), "no_picture"),
    "tiny file, huge jpeg": (jpeg_said_to_be(65_000, 65_000), "too_many_pixels"),
    "tiny file, huge png": (png(60_000, 60_000, chunk(b"IDAT", b"")), "too_many_pixels"),
    "png bomb": (
        png(30_000, 30_000, chunk(b"IDAT", zlib.compress(bytes(3_000_000)))),
        "too_many_pixels",
    ),
    "png of 36 megapixels": (png(6000, 6000, chunk(b"IDAT", b"")), "too_many_pixels"),
    "tiny file, huge webp": (webp_said_to_be(16_000, 16_000), "too_many_pixels"),
    "webp of 9 megapixels": (webp_said_to_be(3000, 3000), "too_many_pixels"),
    "jpeg in 3000 passes": (in_many_passes(), "too_many_pixels"),
    "large jpeg in passes": (large_in_passes(), "too_many_pixels"),
    "jpeg of a million comments": (JPEG[:2] + b"\xff\xfe\0\x02" * 1_000_000 + JPEG[2:], "broken"),
    "png of many pieces": (PNG[:33] + chunk(b"prVt", b"") * 200_000 + PNG[33:], "broken"),
    "one pixel": (made(size=(1, 1)), "too_small"),
    "a stripe": (made(size=(4000, 60)), "too_small"),
    "too many bytes": (JPEG + bytes(pictures.MAX_BYTES), "too_big"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused_with_its_own_sentence(name) -> None:
    raw, why = REFUSED[name]
    with pytest.raises(BadInput) as refused:
        pictures.taken(raw)
    assert (refused.value.key, refused.value.field) == (f"photo.{why}", "photo")


def test_there_are_enough_attacks() -> None:
    assert len(REFUSED) >= 40


TAKEN = {
    "jpeg": JPEG,
    "png": PNG,
    "webp": WEBP,
    "lossless webp": made("WEBP", lossless=True),
    "grey": made(mode="L", colour=90),
    "cmyk": made(mode="CMYK", colour=(200, 0, 0, 0)),
    "palette": made("PNG", mode="P", colour=3),
    "black and white": made("PNG", mode="1", colour=1),
    "16 bits": made("PNG", mode="I;16", colour=40_000),
    "grey and see-through": made("PNG", mode="LA", colour=(90, 120)),
    "see-through": made("PNG", mode="RGBA", colour=(9, 9, 9, 0)),
    "in passes": made(progressive=True),
    "upright panorama": made(size=(240, 3000)),
    "with rubbish behind it": JPEG + b"<script>alert(1)</script>",
    "with a zip behind it": PNG + b"PK\x03\x04" + bytes(500),
    "filled with ff": JPEG[:2] + b"\xff" * 40 + JPEG[2:],
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_a_phone_makes_becomes_a_small_plain_jpeg(name) -> None:
    picture = pictures.taken(TAKEN[name])
    with Image.open(io.BytesIO(picture.jpeg)) as image:
        image.load()
        assert (image.format, image.mode, image.size) == (
            "JPEG",
            "RGB",
            (picture.width, picture.height),
        )
        assert max(image.size) <= pictures.SIDE
    assert b"script" not in picture.jpeg
    assert b"PK\x03\x04" not in picture.jpeg


def test_what_is_see_through_lies_on_white() -> None:
    assert opened(TAKEN["see-through"]).getpixel((9, 9)) == (255, 255, 255)


def test_sixteen_bits_keep_their_brightness() -> None:
    grey = opened(TAKEN["16 bits"]).getpixel((9, 9))
    assert abs(grey[0] - 40_000 / 256) < 4


def test_fifty_megapixels_are_taken() -> None:
    picture = pictures.taken(made(size=(8160, 6120)))
    assert (picture.width, picture.height) == (1600, 1200)


def with_everything() -> bytes:
    """Return a phone's photo: place, name, thumbnail, colour profile, comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = "Herr Geheim"
    exif[ExifTags.Base.Make] = "Telefon"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {1: "N", 2: (52.0, 30.0, 7.4), 3: "E", 4: (13, 25, 2)}
    )
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    raw = made(exif=exif, icc_profile=profile, comment=b"Naunynstrasse 99", dpi=(72, 72))
    return raw[:2] + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>Geheim</x>") + raw[2:]


def test_of_place_and_name_nothing_is_left() -> None:
    raw = with_everything()
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    picture = pictures.taken(raw)
    found = Image.open(io.BytesIO(picture.jpeg))
    assert dict(found.getexif()) == {}
    assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for left in (b"Exif", b"Geheim", b"Telefon", b"Naunyn", b"ICC_PROFILE", b"adobe"):
        assert left not in picture.jpeg


def test_of_a_pngs_words_nothing_is_left() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Herr Geheim")
    assert b"Geheim" not in pictures.taken(made("PNG", pnginfo=info)).jpeg


CORNERS = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}


@pytest.mark.parametrize("turned", CORNERS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stands_upright(turned, kind) -> None:
    image = Image.new("RGB", PLAIN, "white")
    image.paste("red", (0, 0, 60, 60))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    found = opened(out.getvalue())
    assert found.size == (PLAIN if turned < 5 else PLAIN[::-1])
    across, down = CORNERS[turned]
    place = (across * (found.width - 40) + 20, down * (found.height - 40) + 20)
    red, green, _ = found.getpixel(place)
    assert red > 200 > 60 > green


@pytest.mark.parametrize("exif", [b"", b"MM", b"II*\0\xff\xff\xff\xff", bytes(40), b"MM\0*" * 40])
def test_strange_exif_is_upright(exif) -> None:
    assert picture_files.turned(exif) == 1


def test_a_directory_that_points_at_megabytes_is_never_read() -> None:
    blob = with_directory(60_000)
    parts = [blob[i : i + 65_000] for i in range(0, len(blob), 65_000)]
    raw = JPEG[:2] + b"".join(segment(0xE1, b"Exif\0\0" + part) for part in parts) + JPEG[2:]
    assert pictures.taken(raw).width == PLAIN[0]
    assert pictures.taken(PNG[:33] + chunk(b"eXIf", blob) + PNG[33:]).width == PLAIN[0]


def test_a_phones_second_picture_is_left_behind() -> None:
    second = Image.new("RGB", (160, 120), "red")
    out = io.BytesIO()
    Image.new("RGB", PLAIN, "blue").save(out, "MPO", save_all=True, append_images=[second])
    assert Image.open(io.BytesIO(out.getvalue())).n_frames == 2
    assert opened(out.getvalue()).getpixel((9, 9))[2] > 200


def test_wide_colours_become_ours() -> None:
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    plain = made(colour=(200, 40, 40))
    assert (
        abs(
            opened(made(colour=(200, 40, 40), icc_profile=bytes(swapped))).getpixel((9, 9))[0] - 200
        )
        < 6
    )
    for strange in (b"no profile", bytes(300), bytes(swapped[:200])):
        assert opened(made(colour=(200, 40, 40), icc_profile=strange)).getpixel((9, 9)) == opened(
            plain
        ).getpixel((9, 9))


# --- black parts --------------------------------------------------------------


def test_a_blacked_out_part_has_no_pixel_left() -> None:
    jpeg = pictures.taken(made(colour="white", size=(800, 600))).jpeg
    found = Image.open(io.BytesIO(pictures.blacked_out(jpeg, [(0.25, 0.5, 0.25, 0.25)])))
    inside = found.crop((208, 308, 392, 442)).getextrema()
    assert all(high < 12 for _, high in inside)
    assert found.getpixel((100, 100)) == (255, 255, 255)


@pytest.mark.parametrize(
    "given",
    [
        None, {}, "abc", 5, [[0, 0, 1]], [[0, 0, 1, 1, 1]], [["0", 0, 1, 1]], [[True, 0, 1, 1]],
        [[-0.1, 0, 1, 1]], [[0, 0, 1.1, 1]], [[float("nan"), 0, 1, 1]], [[0, float("inf"), 1, 1]],
        [[0, 0, 1, None]], [[0, 0, 1, 1]] * 41, [5], [{}],
    ],
)  # fmt: skip
def test_strange_rectangles_are_refused(given) -> None:
    with pytest.raises(BadInput) as refused:
        pictures.rectangles(given)
    assert refused.value.key == "photo.rectangles"


def test_rectangles_are_cut_to_the_picture() -> None:
    assert pictures.rectangles([]) == ()
    assert pictures.rectangles([[0.75, 0.5, 1, 1]]) == ((0.75, 0.5, 0.25, 0.5),)
