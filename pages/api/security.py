"""The guard before every HTTP answer: what a page may do, and no word about what went wrong."""

import base64
import hashlib
import json
import logging
import os
import re
import secrets
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.api import hosts

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:]+\](:\d+)?")
HIDDEN = ("/_stcore/metrics", "/_stcore/agent")
# No page takes a file yet, but Streamlit would keep whatever a session sends it, without a bound
UPLOADS = ("/_stcore/upload_file",)
UPLOAD_COOKIE = "_streamlit_xsrf="  # protects Streamlit's uploads alone

# st_folium evaluates the map's script inside its own frame; the page around it may not
COMPONENT = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
MEDIA = "default-src 'none'; sandbox; frame-ancestors 'none'"
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": (
        "camera=(self), fullscreen=(self), geolocation=(self), screen-wake-lock=(self), "
        "microphone=(), payment=(), usb=(), serial=(), midi=(), display-capture=()"
    ),
}


log = logging.getLogger("kiezkarte.http")


def inline_hashes(html: str) -> list[str]:
    """Return the CSP sources of a page's inline scripts.

    >>> inline_hashes("<script>let a = 1</script><script src='x.js'></script>")
    ["'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ='"]
    """
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(html))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def _page_policy() -> str:
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = " ".join(inline_hashes(index.read_text(encoding="utf-8")))
    return (
        # blob: is how Streamlit imports the script of a components.v2 component
        f"default-src 'none'; script-src 'self' blob: {scripts}; "
        # Streamlit's widgets write their styles while they are drawn
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "media-src 'self' blob:; worker-src 'self' blob:; manifest-src 'self'; "
        "frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
        "connect-src 'self'"
    )


class Guard:
    """Adds the headers, hides what is not for visitors, and answers for what breaks."""

    def __init__(self, app: ASGIApp, *, uploads: bool = False) -> None:
        """Stand before an app; `uploads` lets Streamlit take files."""
        self._app = app
        self._uploads = uploads
        self._hidden = HIDDEN if uploads else HIDDEN + UPLOADS
        self._page = _page_policy()
        self._named = hosts.from_environment(os.environ)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "websocket" and not self._is_ours(scope):
            await receive()  # "websocket.connect"
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message.setdefault("headers", [])
                self._mark(scope, MutableHeaders(scope=message))
            await send(message)

        if not self._is_ours(scope):
            await _answer(guarded, 421, b'{"error": "host", "setting": "KIEZKARTE_HOSTS"}')
            return
        if any(hidden in scope["path"] for hidden in self._hidden):
            await _answer(guarded, 404, b"")
            return
        try:
            await self._app(scope, receive, guarded)
        except Exception:
            reference = secrets.token_hex(3)
            log.exception("unexpected trouble %s", reference)
            if begun:  # half an answer is out; only breaking off tells that it is not whole
                raise
            told = json.dumps({"error": "unexpected", "reference": reference}).encode()
            await _answer(guarded, 500, told)

    def _is_ours(self, scope: Scope) -> bool:
        return hosts.is_ours(Headers(scope=scope).get("host", ""), self._named)

    def _mark(self, scope: Scope, headers: MutableHeaders) -> None:
        path = scope["path"]
        headers.update(ALWAYS)
        headers["x-frame-options"] = "SAMEORIGIN" if path.startswith("/component/") else "DENY"
        headers.setdefault("content-security-policy", self._policy(scope))  # a page may be stricter
        if path.startswith("/media/"):
            headers["cache-control"] = "no-store, private"
        if "server" in headers:
            del headers["server"]
        if not self._uploads and headers.get("set-cookie", "").startswith(UPLOAD_COOKIE):
            del headers["set-cookie"]  # who only reads gets no cookie, as our privacy notice says

    def _policy(self, scope: Scope) -> str:
        if scope["path"].startswith("/component/"):
            return COMPONENT
        if scope["path"].startswith("/media/"):
            return MEDIA
        return self._page + _sockets(Headers(scope=scope).get("host", ""))


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _sockets(host: str) -> str:
    # Older tablets (Safari before 15.4) do not count the page's own socket as 'self'
    return f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
