"""`make meeting` and `make certificate`: a room by any address, with and without https and network."""

import json
import os
import re
import shutil
import ssl
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from commands import authority, meeting, network
from components.words import words
from data import meetings
from data.meetings import Plan, State
from data.rules import HOUSE
from data.store import Store
from tests.browser.serving import free_port

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
ELSEWHERE = "127.0.0.2"  # this machine, but not by the name that Streamlit knows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with_meetings(tmp_path, "room-1")
    return tmp_path


def with_meetings(folder: Path, *codes: str, **plan: str) -> None:
    store = Store.open(folder / "kiezkarte.duckdb")
    for code in codes:
        meetings.create(
            store, HOUSE, meeting_id=f"id-{code}", code=code, plan=Plan("Kiezwerkstatt", date(2026, 5, 4), **plan),
            pin="2468", now=NOW,
        )  # fmt: skip
    store.close()


@contextmanager
def running(folder: Path, *before: str, **environ: str) -> Iterator[tuple[str, Callable[[], str]]]:
    """Run `make meeting`; gives its port and what it has printed, once it is ready."""
    port, log = str(free_port()), folder / "told.log"
    env = {
        **os.environ,
        "PORT": port,
        "KIEZKARTE_DATABASE": str(folder / "kiezkarte.duckdb"),
        "KIEZKARTE_DEMO_PASSWORD": "nur-fuer-tests",
        "MEETING": "room-1",  # the demo has one as well
        **environ,
    }
    with log.open("wb") as out:
        command = [*before, sys.executable, "-m", "commands.meeting"]
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
    try:
        for _ in range(900):
            if process.poll() is not None or "Die Daten liegen in" in log.read_text("utf-8"):
                break
            time.sleep(0.1)
        assert process.poll() is None, log.read_text("utf-8")
        yield port, lambda: log.read_text("utf-8")
    finally:
        process.terminate()
        process.wait(90)  # a line that the other side leaves open is waited for, 30 s


def health(base: str, trusted: ssl.SSLContext | None = None) -> dict:
    with urllib.request.urlopen(f"{base}/api/health", timeout=20, context=trusted) as answer:
        assert "strict-transport-security" not in answer.headers
        return json.load(answer)


def opened(base: str, origin: str = "", trusted: ssl.SSLContext | None = None) -> None:
    """Open Streamlit's socket as a page of `origin` would."""
    with connect(
        base.replace("http", "ws", 1) + "/_stcore/stream",
        subprotocols=["streamlit", "none"],  # type: ignore[list-item]
        origin=origin or base,  # type: ignore[arg-type]
        ssl=trusted,
    ):
        pass


def test_a_room_is_served_under_an_address_that_is_not_localhost(folder: Path) -> None:
    with running(folder, ADDRESS=ELSEWHERE, WLAN="Kiez Netz", WLAN_PASSWORD="geheim-123") as (
        port,
        told,
    ):
        base = f"http://{ELSEWHERE}:{port}"
        assert health(base)["ok"]
        opened(base)
        opened(f"http://localhost:{port}")
        with pytest.raises(InvalidStatus):
            opened(base, origin="http://evil.example")
        for part in ("tablet", "desk", "wall"):
            assert f"{base}/{part}?m=room-1" in told()
        assert len(re.findall("^▀+$", told(), re.MULTILINE)) == 2  # the Wi-Fi, the tablets' page
        assert "Kiez Netz" in told()
        assert "geheim-123" not in told()


@pytest.mark.skipif(
    not shutil.which("unshare") or os.getuid() != 0, reason="needs a network of its own"
)
def test_without_any_network_it_says_so_and_serves_this_machine(folder: Path) -> None:
    alone = ["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    with running(folder, *alone) as (port, told):
        assert f"http://localhost:{port}/tablet?m=room-1" in told()
        assert "mit keinem Netz verbunden" in told()


def test_https_is_ours_and_sockets_go_with_it(folder: Path) -> None:
    where = authority.Files(folder / "tls")
    authority.make(where, [], now=datetime.now(UTC))
    trusted = ssl.create_default_context(cafile=str(where.ca))
    with running(folder, ADDRESS="127.0.0.1", TLS="1") as (port, told):
        base = f"https://127.0.0.1:{port}"
        assert health(base, trusted)["ok"]
        opened(base, trusted=trusted)
        with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
            health(base)
        with urllib.request.urlopen(
            f"{base}/api/prints/ca.crt", context=trusted, timeout=20
        ) as answer:
            assert answer.read() == where.ca.read_bytes()
        with urllib.request.urlopen(f"{base}/auth/login", context=trusted, timeout=20) as answer:
            assert "Secure" in answer.headers["set-cookie"]
        assert f"{base}/tablet?m=room-1" in told()


def refused(folder: Path, **environ: str) -> str:
    env = {
        **os.environ,
        "PORT": str(free_port()),
        "KIEZKARTE_DATABASE": str(folder / "kiezkarte.duckdb"),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "commands.meeting"],
        cwd=ROOT, env={**env, **environ}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    return ended.stderr.strip()


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"ADDRESS": "http://x y"}, "ADDRESS=http://x ist keine Adresse"),
        ({"ADDRESS": "192.168.1.7", "TLS": "1"}, "noch kein gültiges Zertifikat"),
        ({"PORT": "ha"}, "keine Portnummer"),
        ({"MEETING": "nope", "KIEZKARTE_DEMO": "0"}, "MEETING=nope"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(folder: Path, environ: dict, sentence: str) -> None:
    assert sentence in refused(folder, **environ)


def test_a_certificate_of_another_address_is_refused(folder: Path) -> None:
    authority.make(authority.Files(folder / "tls"), [], now=datetime.now(UTC))
    said = refused(folder, ADDRESS="192.168.77.7", TLS="1")
    assert "192.168.77.7" in said
    assert "make certificate" in said


def test_an_address_that_no_certificate_of_ours_can_name_is_told_so(folder: Path) -> None:
    authority.make(authority.Files(folder / "tls"), [], now=datetime.now(UTC))
    said = refused(folder, ADDRESS="198.51.100.7", TLS="1")
    assert "198.51.100.7" in said
    assert "make certificate" not in said  # it would lead back here


# --- which meeting ------------------------------------------------------------


def chosen(folder: Path, monkeypatch: pytest.MonkeyPatch, asked: str = "") -> meeting.Room:
    monkeypatch.setenv("MEETING", asked)
    room = meeting.Room(words("de"), "8501", None, ["192.168.1.7"])
    store = Store.open(folder / "kiezkarte.duckdb")
    try:
        meeting._choose(room, type("Here", (), {"store": store})())  # type: ignore[arg-type]
    finally:
        store.close()
    return room


def test_the_only_planned_meeting_is_taken_with_its_wifi(tmp_path: Path, monkeypatch) -> None:
    with_meetings(tmp_path, "room-1", wifi_name="Saal", wifi_password="geheim-9")
    room = chosen(tmp_path, monkeypatch)
    assert room.meeting is not None
    assert room.meeting.code == "room-1"
    text = meeting.told(room, reached=True, folder="/daten")
    assert "„Saal“" in text
    assert "geheim-9" not in text
    assert "geheim-9" not in repr(room)


def test_of_two_meetings_none_is_taken_unasked(tmp_path: Path, monkeypatch) -> None:
    with_meetings(tmp_path, "room-1", "room-2")
    assert chosen(tmp_path, monkeypatch).meeting is None
    asked = chosen(tmp_path, monkeypatch, "room-2").meeting
    assert asked is not None
    assert asked.code == "room-2"


def test_a_meeting_that_is_over_is_not_taken(tmp_path: Path, monkeypatch) -> None:
    with_meetings(tmp_path, "room-1")
    store = Store.open(tmp_path / "kiezkarte.duckdb")
    for state in (State.OPEN, State.CLOSED):
        meetings.move(store, HOUSE, "id-room-1", to=state, now=NOW)
    store.close()
    assert chosen(tmp_path, monkeypatch).meeting is None


def test_what_is_told_without_a_meeting_leads_to_the_offices_page() -> None:
    room = meeting.Room(words("de"), "80", None, ["192.168.1.7", "10.0.0.4"])
    text = meeting.told(room, reached=False, folder="/daten")
    assert "http://192.168.1.7/meetings" in text
    assert "http://10.0.0.4" in text
    assert "antwortet der Server noch nicht" in text


# --- addresses ----------------------------------------------------------------


def test_the_machine_knows_its_addresses_but_not_itself() -> None:
    assert all(re.fullmatch(r"\d+\.\d+\.\d+\.\d+", one) for one in network.addresses())
    assert not [one for one in network.addresses() if one.startswith("127.")]


def test_a_real_private_card_comes_before_all_others(monkeypatch) -> None:
    cards = [
        ("docker0", "172.17.0.1"), ("eth0", "203.0.113.9"), ("eth1", "169.254.3.4"),
        ("wlan1", "192.168.9.9"), ("wlan0", "192.168.1.7"),
    ]  # fmt: skip
    monkeypatch.setattr(network, "_cards", lambda: cards)
    monkeypatch.setattr(network, "_default", lambda: "192.168.9.9")
    assert network.addresses() == [
        "192.168.9.9", "192.168.1.7", "203.0.113.9", "172.17.0.1", "169.254.3.4",
    ]  # fmt: skip


# --- certificates -------------------------------------------------------------


def certificate(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def test_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    where = authority.Files(tmp_path / "tls")
    authority.make(where, ["192.168.1.7"], now=NOW)
    assert stat.S_IMODE(where.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in where.folder.iterdir()} == {0o600}
    assert {file.name for file in where.folder.iterdir()} == {
        "ca.crt", "ca.key", "server.crt", "server.key",
    }  # fmt: skip


def test_a_certificate_lasts_no_longer_than_browsers_allow(tmp_path: Path) -> None:
    where = authority.Files(tmp_path)
    authority.make(where, [], now=NOW)
    server = certificate(where.server)
    assert server.not_valid_after_utc - server.not_valid_before_utc <= timedelta(days=397)
    assert authority.hosts_of(where, now=NOW) == ["kiezkarte.local", "localhost", "127.0.0.1"]
    assert authority.hosts_of(where, now=NOW + timedelta(days=398)) == []


def test_a_renewal_keeps_the_authority_that_tablets_trust(tmp_path: Path) -> None:
    where = authority.Files(tmp_path)
    authority.make(where, ["192.168.1.7"], now=NOW)
    before, first = where.ca.read_bytes(), where.server.read_bytes()
    hosts = authority.make(where, ["10.1.2.3"], now=NOW + timedelta(days=300))
    assert where.ca.read_bytes() == before
    assert where.server.read_bytes() != first
    assert "10.1.2.3" in hosts
    certificate(where.server).verify_directly_issued_by(certificate(where.ca))


def test_the_authority_vouches_for_private_networks_only(tmp_path: Path) -> None:
    where = authority.Files(tmp_path)
    hosts = authority.make(where, ["203.0.113.9", "evil.example"], now=NOW)
    assert hosts == ["kiezkarte.local", "localhost", "127.0.0.1"]
    limits = certificate(where.ca).extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    permitted = {str(one.value) for one in limits.value.permitted_subtrees or ()}
    assert permitted == {*authority.NAMES, *authority.NETS}


def test_the_command_says_how_tablets_come_to_trust_it(tmp_path: Path) -> None:
    env = {**os.environ, "KIEZKARTE_DATABASE": str(tmp_path / "kiezkarte.duckdb")}
    ended = subprocess.run(
        [sys.executable, "-m", "commands.certificate"],
        cwd=ROOT, env={**env, "ADDRESS": "192.168.1.7 203.0.113.9"}, capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    for part in ("192.168.1.7", "Android", "iPad", "Windows", str(tmp_path / "tls" / "ca.crt")):
        assert part in ended.stdout
    assert "Nicht enthalten, weil keine private Adresse: 203.0.113.9" in ended.stdout
    assert "PRIVATE KEY" not in ended.stdout
