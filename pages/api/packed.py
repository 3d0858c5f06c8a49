"""Streamlit's own scripts and styles, compressed once: a room's Wi-Fi carries a third of the bytes.

A first visit loads 2.3 MB of them in some sixty files, which Streamlit sends as they are.
"""

import gzip
import re
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

FILES = Path(streamlit.__file__).parent / "static" / "static"
KINDS = {".js": "text/javascript", ".css": "text/css"}
HEADERS = {
    "content-encoding": "gzip",
    "vary": "accept-encoding",
    "cache-control": "public, immutable, max-age=31536000",  # their names hold their hash
}
_kept: dict[str, bytes] = {}  # at most what Streamlit brings: 6 MB


class Packed:
    """Answers for Streamlit's scripts and styles where the browser takes them compressed."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        name = _wanted(scope)
        found = _kept.get(name)
        if name and found is None:
            found = await run_in_threadpool(packed, name)
        if found is None:
            await self._app(scope, receive, send)
            return
        answer = Response(found, media_type=KINDS[Path(name).suffix], headers=HEADERS)
        await answer(scope, receive, send)


def packed(name: str) -> bytes | None:
    """Compress a file of Streamlit's and keep it; None when there is none of this name.

    >>> packed("js/../../index.html") is None, packed("js/none.js") is None
    (True, True)
    """
    file = (FILES / name).resolve()
    if not (file.is_relative_to(FILES.resolve()) and file.is_file()):
        return None
    return _kept.setdefault(name, gzip.compress(file.read_bytes(), 6))


def pack_first() -> None:
    """Compress what every first visit loads, before anybody comes."""
    index = (FILES.parent / "index.html").read_text(encoding="utf-8")
    for name, _ in re.findall(r'"\./static/([^"]+\.(js|css))"', index):
        packed(name)


def _wanted(scope: Scope) -> str:
    if scope["type"] != "http" or scope["method"] != "GET":
        return ""
    name = scope["path"].rpartition("/static/")[2]
    headers = Headers(scope=scope)
    taken = "gzip" in headers.get("accept-encoding", "") and "range" not in headers
    return name if taken and Path(name).suffix in KINDS and "/static/" in scope["path"] else ""
