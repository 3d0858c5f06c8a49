"""`make backup` and `make restore` from a terminal: with a server and without one, in one sentence each."""

import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands import backup
from components.words import words
from data import areas, passphrase, pins, slips
from data.instance import Settings
from data.pins import Draft
from data.rules import VISITOR, PinId
from data.slips import Slip
from data.store import Store
from geo.points import LonLat

ROOT = Path(__file__).parents[1]
WORDS = "Sieben Schwäne am Brunnen"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A closed database with one pin."""
    database = tmp_path / "here" / "kiezkarte.duckdb"
    store = Store.open(database)
    one = Draft(PinId("p"), "problem", WORDS, LonLat(13.42430, 52.50206))
    pins.add(store, VISITOR, areas.load("mariannenplatz"), [one], now=datetime.now(UTC))
    store.close()
    return database


def run(command: str, database: Path, *args: object, **environ: str):
    return subprocess.run(
        [sys.executable, "-m", f"commands.{command}", *map(str, args)],
        cwd=ROOT,
        env={**os.environ, "KIEZKARTE_DATABASE": str(database), **environ},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_a_backup_goes_to_a_stick_and_comes_back_on_a_new_machine(office: Path, tmp_path: Path):
    done = run("backup", office, tmp_path / "stick")
    assert done.returncode == 0, done.stderr
    (file,) = (tmp_path / "stick").iterdir()
    assert str(file) in done.stdout
    assert "Alles stimmt" in done.stdout
    secret = passphrase.of(office.parent)
    assert secret
    assert secret not in done.stdout + done.stderr

    new = tmp_path / "new" / "kiezkarte.duckdb"
    nothing = run("restore", new, file)
    assert nothing.returncode == 1
    assert "Passwort" in nothing.stderr
    wrong = run("restore", new, file, KIEZKARTE_BACKUP_PASSPHRASE="falsch")
    assert (wrong.returncode, new.exists()) == (1, False)
    assert "öffnet die Sicherung nicht" in wrong.stderr
    done = run("restore", new, file, KIEZKARTE_BACKUP_PASSPHRASE=secret.lower().replace("-", " "))
    assert done.returncode == 0, done.stderr
    assert "1 Beiträge" in done.stdout
    if os.name == "posix":  # another account of the machine reads nothing of it
        modes = {one.stat().st_mode & 0o077 for one in (new.parent, *new.parent.rglob("*"))}
        assert modes == {0}
    again = run("restore", new, file, KIEZKARTE_BACKUP_PASSPHRASE=secret)
    assert again.returncode == 1
    assert "REPLACE=1" in again.stderr
    for said in (nothing, wrong, again):
        assert len(said.stderr.strip().splitlines()) == 1
    store = Store.open(new)
    assert store.read("select words from pin") == [(WORDS,)]
    store.close()


def test_without_a_database_nothing_is_backed_up_and_none_is_made(tmp_path: Path) -> None:
    done = run("backup", tmp_path / "k.duckdb")
    assert done.returncode == 1
    assert "noch keine Datenbank" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_restore_without_a_file_says_how(tmp_path: Path) -> None:
    done = run("restore", tmp_path / "k.duckdb", "")
    assert done.returncode == 1
    assert "make restore FROM=" in done.stderr


def test_while_a_server_runs_it_is_asked_by_a_slip_and_answers(office: Path, tmp_path: Path):
    """The server of this test is a thread that does what the real one's loop does."""
    store = Store.open(office)
    slip = Slip("slip-1", str(tmp_path / "stick"))
    seen: list[Slip] = []

    def server() -> None:
        while not seen:
            for one in slips.asked(office):
                seen.append(one)
                slips.answer(office, one, {"ok": True, "file": "x.kiez"})
            time.sleep(0.02)

    thread = threading.Thread(target=server)
    thread.start()
    said = backup._asked(office, slip, patience=30)
    thread.join()
    store.close()
    assert said == {"ok": True, "file": "x.kiez"}
    assert seen == [slip]
    assert slips.asked(office) == []
    assert slips.heard(office, slip) is None  # an answer is taken once


def test_a_server_that_does_not_answer_is_told_and_the_slip_taken_back(office: Path) -> None:
    slip = Slip("slip-1")
    said = backup._asked(office, slip, patience=0)
    assert said == {"ok": False, "problem": "backup.nobody_answers"}
    assert slips.asked(office) == []
    assert "antwortet" in backup.told(words("de"), said)


def test_a_slip_that_cannot_be_read_is_thrown_away(office: Path) -> None:
    slips.ask(office, Slip("good"))
    box = office.with_name(office.name + ".slips")
    for name, content in (("a", b"\xff"), ("b", b"{}"), ("c", b"[]"), ("d", b"")):
        (box / f"{name}.asked").write_bytes(content)
    assert slips.asked(office) == [Slip("good")]
    assert [one.name for one in box.iterdir()] == ["good.asked"]
    if os.name == "posix":
        assert box.stat().st_mode & 0o077 == 0


def test_the_passphrase_is_in_no_text_of_the_settings() -> None:
    assert "geheim" not in repr(Settings(database=Path("x"), passphrase="geheim"))
