"""The guard's policy in a real browser: Streamlit works under it, and what slips in does nothing."""

import os
import re
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import until
from tests.browser.serving import ROOT

APP = """
    import streamlit as st
    import xstatic.pkg.leaflet
    from starlette.middleware import Middleware
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles
    from pages.api.security import Guard

    mounts = [Mount("/vendor/leaflet", StaticFiles(directory=xstatic.pkg.leaflet.BASE_DIR))]
    app = st.App("main.py", routes=mounts, middleware=[Middleware(Guard, uploads=True)])
"""
MAIN = """
    import folium
    import streamlit as st
    from streamlit_folium import st_folium

    folium.Map.default_js = [("leaflet", "/vendor/leaflet/leaflet.js")]
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
def guarded(tmp_path_factory):
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
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", *flags],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _awake(f"http://127.0.0.1:{port}", folder / "log")
    finally:
        process.terminate()
        process.wait(20)


def _awake(url, log):
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return url
    pytest.fail(f"the server did not start: {log.read_text()}")


@pytest.fixture
def page(guarded, browser):
    """A page that notes what the policy refuses and who else is asked."""
    opened = browser.new_page()
    opened.refused, opened.foreign = [], []
    opened.on("console", lambda line: opened.refused.append(line.text))
    opened.on("pageerror", lambda error: opened.refused.append(str(error)))
    opened.on("request", lambda request: opened.foreign.append(request.url))
    yield opened
    opened.close()


def refused(page):
    return [line for line in page.refused if "policy" in line.lower()]


def test_streamlit_works_under_the_policy_without_one_violation(page, guarded):
    page.goto(guarded)
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
    ours = (guarded, guarded.replace("http", "ws"), "data:", "blob:")
    assert [url for url in page.foreign if not url.startswith(ours)] == []


def test_what_slips_into_a_page_runs_nothing_and_asks_nobody(page, guarded):
    asked = []
    page.route(re.compile("evil"), lambda route: (asked.append(route.request.url), route.abort()))
    page.goto(guarded)
    page.get_by_text("inject").click()
    expect(page.locator("img[src*=evil]")).to_be_attached(timeout=30_000)
    until(page, "document.querySelector('img[src*=evil]').complete")
    assert page.title() != "1"
    assert asked == []
    assert any("evil.example" in line for line in refused(page))
