"""Documents as accessible PDFs (tagged, PDF/UA-1): our layout, everybody's words only as data."""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import typst
from starlette.responses import Response

from components.words import Words

LAYOUT = Path(__file__).with_name("document.typ")
FONTS = ("fontpkg_noto_sans", "fontpkg_amiri")  # the second has the Arabic letters
KEPT = 64  # documents, some 60 KB each

Block = dict[str, Any]  # `is` names it, see document.typ
Run = str | dict[str, Any]  # our words, or somebody's with their language

_kept: OrderedDict[str, bytes] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class Document:
    """What a PDF says; `draft` is written across every page, '' for none."""

    title: str
    brand: str
    blocks: Sequence[Block]
    foot: str
    moment: datetime  # of what it tells: the same document is the same file
    draft: str = ""


def theirs(text: str, lang: str) -> Run:
    """Return somebody's own words, which keep their language and direction."""
    return {"t": text, "lang": lang if lang in ("de", "en", "tr", "ar") else "de",
            "rtl": lang == "ar"}  # fmt: skip


def drawn(say: Words, document: Document) -> bytes:
    """Return a document as PDF; drawn once as long as it says the same (a tenth of a second)."""
    given = {
        "lang": say.html_lang,
        "rtl": say.dir == "rtl",
        "title": document.title,
        "author": document.brand,
        "brand": document.brand,
        "blocks": list(document.blocks),
        "foot": document.foot,
        "draft": document.draft,
    }
    coded = json.dumps(given, ensure_ascii=False, sort_keys=True)
    name = hashlib.sha256(f"{document.moment.isoformat()} {coded}".encode()).hexdigest()
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    made = _compiled(coded, document.moment)
    with _lock:
        _kept[name] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def answer(made: bytes, name: str) -> Response:
    """Return a PDF for the browser to show, kept by nobody on the way."""
    headers = {
        "content-disposition": f'inline; filename="{name}"',
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }
    return Response(made, media_type="application/pdf", headers=headers)


def _compiled(coded: str, moment: datetime) -> bytes:
    try:
        return _made(coded, moment, "ua-1")
    except typst.TypstError:
        # A sign that no font here has, as in 👍: the paper is needed all the same
        return _made(coded, moment, None)


def _made(coded: str, moment: datetime, standard: Literal["ua-1"] | None) -> bytes:
    made = typst.compile(
        str(LAYOUT),
        root=str(LAYOUT.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": coded},
        pdf_standards=[standard] if standard else [],
        timestamp=int(moment.timestamp()),
    )
    return bytes(made or b"")


@cache
def _fonts() -> list[str]:
    return [str(files(name) / "files") for name in FONTS]
