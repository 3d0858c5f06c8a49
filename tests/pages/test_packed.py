"""Streamlit's own files come compressed, the same, and nothing else of this machine with them."""

import asyncio

import httpx
import pytest
from starlette.responses import PlainTextResponse

from pages.api.packed import FILES, Packed

SCRIPT = next(FILES.glob("js/index.*.js"))
PACKED = {"accept-encoding": "gzip"}


def ask(path: str, **headers: str) -> httpx.Response:
    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(app=Packed(PlainTextResponse("passed on")))
        async with httpx.AsyncClient(transport=transport, base_url="http://kiez") as browser:
            return await browser.get(path, headers={"accept-encoding": "", **headers})

    return asyncio.run(get())


@pytest.mark.parametrize("base", ["", "/qm"])
def test_a_script_is_the_same_in_fewer_bytes(base: str) -> None:
    answer = ask(f"{base}/static/js/{SCRIPT.name}", **PACKED)
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert int(answer.headers["content-length"]) < SCRIPT.stat().st_size / 2
    assert answer.content == SCRIPT.read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/none.js",
        "/static/js/%2e%2e/%2e%2e/%2e%2e/%2e%2e/__init__.js",
        "/static//etc/passwd.css",
        "/static/media/font.woff2",
        "/assets/map.js",
        "/",
    ],
)
def test_anything_else_is_passed_on(path: str) -> None:
    assert ask(path, **PACKED).text == "passed on"


def test_who_takes_nothing_compressed_or_only_a_part_is_passed_on() -> None:
    path = f"/static/js/{SCRIPT.name}"
    assert ask(path).text == "passed on"
    assert ask(path, **PACKED, range="bytes=0-9").text == "passed on"
