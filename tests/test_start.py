"""`make run`: prepares once, says how to log in once, and refuses in one sentence."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from commands import start
from components.words import words
from data import areas, people, pins
from data.filters import Filter
from data.instance import Instance, Settings, settings_from
from data.limits import Limits
from data.rules import HOUSE
from data.store import Store

ROOT = Path(__file__).parents[1]


@pytest.fixture
def make(tmp_path: Path):
    opened: list[Store] = []

    def instance(**more: object) -> Instance:
        settings = Settings(database=tmp_path / "kiezkarte.duckdb", **more)  # type: ignore[arg-type]
        store = Store.open(settings.database)
        opened.append(store)
        return Instance(settings, areas.load("mariannenplatz"), store, Limits())

    yield instance
    for store in opened:
        store.close()


def test_the_first_start_seeds_the_demo_and_prints_each_password_once(make, capsys) -> None:
    here = make()
    start.prepare(words("de"), here, "8501")
    told = capsys.readouterr().out
    assert [person.login for person in people.listing(here.store, HOUSE)] == [
        "office",
        "jury",
        "admin",
    ] or {person.login for person in people.listing(here.store, HOUSE)} == {
        "office",
        "jury",
        "admin",
    }
    passwords = re.findall(r"^  (?:office|jury|admin) +(\S+)$", told, re.MULTILINE)
    assert len(set(passwords)) == 3
    assert pins.count(here.store, HOUSE, Filter()) == 60


def test_a_second_start_changes_nothing_and_says_no_password(make, capsys) -> None:
    here = make()
    start.prepare(words("de"), here, "8501")
    before = here.store.revision
    capsys.readouterr()
    start.prepare(words("de"), here, "8501")
    assert here.store.revision == before
    assert capsys.readouterr().out == ""


def test_a_given_password_is_never_printed(make, capsys) -> None:
    start.prepare(words("de"), make(demo_password="sehr-geheim-1"), "8501")
    assert "sehr-geheim-1" not in capsys.readouterr().out


def test_an_empty_office_gets_one_link_for_its_first_admin(make, capsys) -> None:
    here = make(demo=False)
    start.prepare(words("de"), here, "8600")
    assert "http://localhost:8600/auth/setup/" in capsys.readouterr().out
    assert people.is_empty(here.store)
    assert pins.count(here.store, HOUSE, Filter()) == 0


def test_the_environment_is_read() -> None:
    settings = settings_from({"KIEZKARTE_DEMO": "0", "KIEZKARTE_DATABASE": "x.duckdb"})
    assert settings == Settings(database=Path("x.duckdb"), demo=False)


@pytest.mark.parametrize("given", [{}, {"MALLOC_ARENA_MAX": "8", "FORWARDED_ALLOW_IPS": "*"}])
def test_what_the_office_sets_itself_is_kept(monkeypatch, given: dict[str, str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(os, "environ", dict(given))
    command = start.serving("8501", ["--server.address", "localhost"])
    assert command[-4:] == ["--server.port", "8501", "--server.address", "localhost"]
    usual = {"MALLOC_ARENA_MAX": "2", "FORWARDED_ALLOW_IPS": start.PROXIES}
    assert os.environ == usual | given


def run(folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "KIEZKARTE_DATABASE": str(folder / "k.duckdb"), **environ}
    return subprocess.run(
        [sys.executable, "-m", "commands.start"], cwd=ROOT, env=env, capture_output=True, text=True
    )


def test_a_taken_port_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        done = run(tmp_path, PORT=str(other.getsockname()[1]))
    assert done.returncode == 1
    assert "ist belegt" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_port_that_is_none_is_told_in_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, PORT="achtzig")
    assert done.returncode == 1
    assert "keine Portnummer" in done.stderr


def test_a_second_process_on_the_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "k.duckdb")
    done = run(tmp_path, PORT="8999")
    store.close()
    assert done.returncode == 1
    assert "schon in einem anderen Kiezkarte-Fenster" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_unknown_area_is_told_in_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, PORT="8999", KIEZKARTE_AREA="nirgendwo")
    assert done.returncode == 1
    assert "nirgendwo" in done.stderr
    assert "Traceback" not in done.stderr
