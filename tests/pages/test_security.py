import os
import re
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
import warnings
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import expect, sync_playwright
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute

from pages.api.security import Guard, inline_hashes

with warnings.catch_warnings():  # it would rather have a client that nothing else here needs
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

ROOT = Path(__file__).parents[2]
INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def strict(request):
    return PlainTextResponse("x", headers={"content-security-policy": "default-src 'none'"})


def named(request):
    headers = {"server": "secret/1.0", "cache-control": "public", "x-frame-options": "ALLOWALL"}
    return Response("x", headers=headers)


def broken(request):
    raise RuntimeError


async def echo(websocket):
    await websocket.accept()
    await websocket.send_text("hello")
    await websocket.close()


@pytest.fixture
def client():
    routes = [
        WebSocketRoute("/socket", echo),
        Route("/strict", strict),
        Route("/broken", broken),
        Route("/{path:path}", named, methods=["GET", "POST"]),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Guard)])
    return TestClient(app, raise_server_exceptions=False)


def policy(answer):
    parts = (part.split() for part in answer.headers["content-security-policy"].split(";"))
    return {part[0]: part[1:] for part in parts if part}


@pytest.mark.parametrize(
    "path",
    ["/", "/inbox", "/strict", "/media/a.png", "/component/x/index.html", "/_stcore/metrics"],
)
def test_every_answer_has_the_headers(client, path):
    answer = client.get(path)
    assert EVERYWHERE.items() <= dict(answer.headers).items()
    assert "content-security-policy" in answer.headers
    assert "permissions-policy" in answer.headers
    assert "server" not in answer.headers


@pytest.mark.parametrize("method", ["HEAD", "POST", "DELETE", "OPTIONS"])
def test_other_methods_and_refused_ones_have_them_too(client, method):
    assert EVERYWHERE.items() <= dict(client.request(method, "/x").headers).items()


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/page/_stcore/metrics",
        "/_stcore/agent",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/page/_stcore/agent/interact",
        "/%5fstcore/metrics",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_what_is_not_for_visitors_is_not_there(client, path, method):
    answer = client.request(method, path)
    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config"])
def test_what_the_page_needs_is_there(client, path):
    assert client.get(path).status_code == 200


def test_a_page_allows_no_script_but_ours(client):
    found = policy(client.get("/"))
    assert found["default-src"] == ["'none'"]
    assert "'unsafe-inline'" not in found["script-src"]
    assert "'unsafe-eval'" not in found["script-src"]
    for part in ("base-uri", "frame-ancestors"):
        assert found[part] == ["'none'"]
    assert found["form-action"] == ["'self'"]
    assert "object-src" not in found  # as default-src


@pytest.mark.parametrize("path", ["/", "/media/a", "/component/x", "/_stcore/metrics"])
def test_no_policy_allows_another_site(client, path):
    text = client.get(path).headers["content-security-policy"]
    assert "*" not in text
    assert set(re.findall(r"\w+://[^\s;]*", text)) <= {"ws://testserver", "wss://testserver"}


def test_the_maps_frame_may_evaluate_but_not_leave(client):
    answer = client.get("/component/streamlit_folium.st_folium/index.html")
    found = policy(answer)
    assert "'unsafe-eval'" in found["script-src"]
    assert found["frame-ancestors"] == found["connect-src"] == ["'self'"]
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("path", ["/componentx", "/page/component/", "/Component/x"])
def test_only_component_paths_get_the_loose_policy(client, path):
    assert "'unsafe-eval'" not in client.get(path).headers["content-security-policy"]


def test_what_was_uploaded_is_not_kept_and_runs_nothing(client):
    answer = client.get("/media/abc.html")
    assert answer.headers["cache-control"] == "no-store, private"
    assert {"default-src", "sandbox"} <= policy(answer).keys()
    assert "script-src" not in policy(answer)


def test_a_stricter_policy_of_a_page_stays(client):
    assert client.get("/strict").headers["content-security-policy"] == "default-src 'none'"


def test_a_looser_frame_rule_of_a_page_does_not_stay(client):
    assert client.get("/x").headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "host", ["localhost:8501", "192.0.2.7", "[2001:db8::1]:8501", "kiez.local"]
)
def test_the_pages_own_socket_is_allowed(client, host):
    found = policy(client.get("/", headers={"host": host}))
    assert found["connect-src"] == ["'self'", f"ws://{host}", f"wss://{host}"]


@pytest.mark.parametrize(
    "host", ["", "evil.example; script-src *", "a b", "*", "a/b", "*.evil.example", "x:y"]
)
def test_a_host_that_is_none_changes_no_policy(client, host):
    found = policy(client.get("/", headers={"host": host}))
    assert found["connect-src"] == ["'self'"]
    assert "*" not in found["script-src"]


def test_sockets_pass_unchanged(client):
    with client.websocket_connect("/socket") as socket_:
        assert socket_.receive_text() == "hello"


def test_streamlits_own_inline_scripts_are_known_by_their_hash(client):
    html = INDEX.read_text(encoding="utf-8")
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", html)
    assert len(inline_hashes(html)) == len(inline) >= 1
    assert set(inline_hashes(html)) <= set(policy(client.get("/"))["script-src"])


def test_a_page_without_inline_scripts_needs_no_hash():
    assert inline_hashes("<script src='a.js'></script>") == inline_hashes("") == []


# --- a real server and a real browser --------------------------------------

APP = """
    import streamlit as st
    import xstatic.pkg.jquery, xstatic.pkg.leaflet
    from starlette.middleware import Middleware
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles
    from pages.api.security import Guard

    vendor = {"leaflet": xstatic.pkg.leaflet.BASE_DIR, "jquery": xstatic.pkg.jquery.BASE_DIR}
    mounts = [Mount(f"/vendor/{k}", StaticFiles(directory=v)) for k, v in vendor.items()]
    app = st.App("main.py", routes=mounts, middleware=[Middleware(Guard, uploads=True)])
"""
MAIN = """
    import folium
    import streamlit as st
    from streamlit_folium import st_folium

    folium.Map.default_js = [
        ("leaflet", "/vendor/leaflet/leaflet.js"), ("jquery", "/vendor/jquery/jquery.min.js")
    ]
    folium.Map.default_css = [("leaflet_css", "/vendor/leaflet/leaflet.css")]
    script = '''export default ({parentElement}) => {
        parentElement.querySelector("p").textContent = "component is alive"
    }'''
    st.components.v2.component("alive", html="<p></p>", css="p {color: green}", js=script)()
    area = folium.Map((52.5, 13.42), zoom_start=15, tiles=None, maxZoom=19)
    folium.CircleMarker((52.5, 13.42)).add_to(area)
    found = st_folium(area, height=300, returned_objects=["last_clicked"])
    st.write("tapped" if (found or {}).get("last_clicked") else "not yet")
    st.bar_chart({"a": [1, 2, 3]})
    given = st.file_uploader("a file")
    st.write(given.name if given else "no file")
    st.download_button("take", b"abc", "a.txt")
    if st.checkbox("inject"):
        st.markdown(
            "<iframe srcdoc='<script>parent.document.title=1</script>'></iframe>"
            "<img src='https://evil.example/beacon.png'>",
            unsafe_allow_html=True,
        )
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "app.py").write_text(textwrap.dedent(APP))
    (folder / "main.py").write_text(textwrap.dedent(MAIN))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }
    flags = [f"--{key}={value}" for key, value in options.items()]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", *flags],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _awake(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(20)


def _awake(url):
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return url
    pytest.fail("the server did not start")


@pytest.fixture
def page(server):
    """A page that notes what the policy refuses and who else is asked."""
    with sync_playwright() as playwright:
        system = os.environ.get("KIEZKARTE_CHROMIUM") or "/usr/bin/chromium"
        path = system if Path(system).exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        opened = browser.new_page()
        opened.refused, opened.foreign = [], []
        opened.on("console", lambda line: opened.refused.append(line.text))
        opened.on("pageerror", lambda error: opened.refused.append(str(error)))
        opened.on("request", lambda request: opened.foreign.append(request.url))
        yield opened
        browser.close()


def refused(page):
    return [line for line in page.refused if "policy" in line.lower()]


@pytest.mark.browser
def test_streamlit_works_under_the_policy_without_one_violation(page, server):
    page.goto(server)
    expect(page.get_by_text("component is alive")).to_be_visible(timeout=60_000)
    frame = page.frame_locator("iframe")
    expect(frame.locator(".leaflet-interactive").first).to_be_visible(timeout=60_000)
    frame.locator(".leaflet-container").click(position={"x": 60, "y": 60})
    expect(page.get_by_text("tapped")).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible(timeout=30_000)
    page.set_input_files(
        "input[type=file]", {"name": "list.txt", "mimeType": "text/plain", "buffer": b"x"}
    )
    expect(page.get_by_text("list.txt", exact=True).last).to_be_visible(timeout=30_000)
    with page.expect_download() as taken:
        page.get_by_text("take", exact=True).click()
    assert taken.value.suggested_filename == "a.txt"
    assert refused(page) == []
    ours = (server, server.replace("http", "ws"), "data:", "blob:")
    assert [url for url in page.foreign if not url.startswith(ours)] == []


@pytest.mark.browser
def test_what_slips_into_a_page_runs_nothing_and_asks_nobody(page, server):
    asked = []
    page.route(re.compile("evil"), lambda route: (asked.append(route.request.url), route.abort()))
    page.goto(server)
    page.get_by_text("inject").click()
    expect(page.locator("img[src*=evil]")).to_be_attached(timeout=30_000)
    page.wait_for_function("() => document.querySelector('img[src*=evil]').complete")
    assert page.title() != "1"
    assert asked == []
    assert any("evil.example" in line for line in refused(page))
