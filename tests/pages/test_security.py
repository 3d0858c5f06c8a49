import re
import warnings
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect

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


@pytest.mark.parametrize("host", ["evil.example", "kiez.example.evil.example", "", "a b", "x/y"])
@pytest.mark.parametrize("path", ["/", "/api/health", "/auth/login", "/_stcore/health"])
def test_another_sites_name_gets_nothing_and_is_told_which_setting_decides(client, host, path):
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == 421
    assert answer.json() == {"error": "host", "setting": "KIEZKARTE_HOSTS"}
    assert EVERYWHERE.items() <= dict(answer.headers).items()


@pytest.mark.parametrize("host", ["192.168.178.20:8501", "[fe80::1]", "laptop", "kiez.local:8501"])
def test_the_rooms_own_names_are_answered(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_name_set_by_the_office_is_answered(monkeypatch):
    monkeypatch.setenv("KIEZKARTE_HOSTS", "karte.example")
    app = Starlette(routes=[Route("/", named)], middleware=[Middleware(Guard)])
    named_client = TestClient(app)
    assert named_client.get("/", headers={"host": "karte.example"}).status_code == 200
    assert named_client.get("/", headers={"host": "andere.example"}).status_code == 421


def test_a_socket_of_another_sites_name_is_closed(client):

    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect("/_stcore/stream", headers={"host": "evil.example"}),
    ):
        pass
    assert refused.value.code == 1008
