"""A running server backs up when it is asked, tells its health, and writes no word of it into its log."""

import json
import logging
import time
import urllib.request
from pathlib import Path

import pytest

from data import audit, passphrase, slips
from data.slips import Slip
from data.store import Store
from pages.api import logs
from tests.browser.conftest import PASSWORD, start_server, stop_server
from tests.pages.conftest import CODE, FORM, SECRET_WORDS, Kiez, settle


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A server of its own that has made a backup; what it said of it, and its folder."""
    folder = tmp_path_factory.mktemp("house")
    settle(folder)
    database = folder / "kiezkarte.duckdb"
    running = start_server(folder)
    kiez = Kiez(running, folder)
    cookie = kiez.log_in("admin")
    for n in range(2):
        kiez.log_in("Geheimname", f"Geheimwort-{n}", source="198.51.100.77")
    kiez.ask(f"/follow?code={CODE}", cookie=cookie)
    kiez.ask("/api/map/pins?view=x&text=Geheimsuche")
    kiez.ask("/api/rooms/GEHEIM00/pins", "POST", b"\xff{", x_kiezkarte="1", content_type=FORM)
    slip = Slip("slip-1", str(folder / "stick"))
    slips.ask(database, slip)
    said = _waited(lambda: slips.heard(database, slip))
    yield kiez, said, cookie
    stop_server(running)


def _waited(ask, seconds: float = 120):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if (found := ask()) is not None:
            return found
        time.sleep(0.2)
    raise AssertionError("nobody answered")


def test_the_server_makes_the_backup_that_was_asked_for_and_tries_it_out(house) -> None:
    kiez, said, _ = house
    assert said["ok"], said
    assert said["drill"]["ok"], said
    assert (kiez.folder / "stick" / said["file"]).is_file()
    assert said["pins"] == 8


def test_health_tells_the_backup_and_nothing_private(house) -> None:
    kiez, said, _ = house
    with urllib.request.urlopen(f"{kiez.url}/api/health", timeout=20) as answer:
        told = json.load(answer)
    assert told["live"]
    assert told["ready"]
    assert told["last_backup"]["ok"]
    assert told["last_drill"]["ok"]
    assert set(told["last_backup"]) == {"at", "ok"}
    assert set(told) == {
        *("ok", "live", "ready", "public_pins", "waiting_writes", "last_backup", "last_drill"),
    }
    assert said["file"] not in repr(told)


def test_the_lines_of_the_trail_are_sealed_while_it_runs(house) -> None:
    kiez, *_ = house

    def sealed() -> bool | None:
        with kiez.opened() as store:
            return True if not audit.waiting(store) and audit.chain(store).ok else None

    assert _waited(sealed)


def test_the_log_of_a_walked_journey_knows_nobody(house) -> None:
    kiez, _, cookie = house
    text = kiez.log()
    secret = passphrase.of(kiez.folder)
    assert secret
    session = cookie.split("=")[1]
    for word in (
        *("127.0.0.1", "::1", "198.51", "eheim", CODE, CODE.replace("-", ""), SECRET_WORDS),
        *(PASSWORD, secret, secret.replace("-", ""), session, "Frau admin", "Traceback"),
    ):
        assert word not in text, word


def test_a_line_of_the_log_is_one_json_object_even_of_an_error_with_words() -> None:
    before = logging.getLogRecordFactory()
    logs.keep_to_places()
    try:
        try:
            raise ValueError(SECRET_WORDS)
        except ValueError as error:
            caught = (type(error), error, error.__traceback__)
        make = logging.getLogRecordFactory()
        record = make("kiezkarte.x", logging.ERROR, "f", 1, "trouble %s", ("4711",), caught)
    finally:
        logging.setLogRecordFactory(before)
    line = logs.Lines().format(record)
    assert len(line.splitlines()) == 1
    told = json.loads(line)
    assert (told["level"], told["part"], told["said"]) == ("error", "kiezkarte.x", "trouble 4711")
    assert "ValueError" in told["where"]
    assert SECRET_WORDS not in line


def test_an_end_while_a_backup_is_made_leaves_the_office_whole(tmp_path: Path) -> None:
    settle(tmp_path)
    running = start_server(tmp_path)
    slips.ask(tmp_path / "kiezkarte.duckdb", Slip("slip-1", str(tmp_path / "stick")))
    _waited(lambda: True if list(tmp_path.glob("backup-work-*")) else None)
    running.process.terminate()
    running.process.wait(120)
    store = Store.open(tmp_path / "kiezkarte.duckdb")
    assert store.read("select count(*) from pin") == [(8,)]
    assert not audit.waiting(store)
    assert audit.chain(store).ok
    assert store.read("select count(*) from safety_report where not ok") == [(0,)]
    store.close()
