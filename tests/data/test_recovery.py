"""What a start makes of a damaged, lost, old, restored or full database; what erasing leaves."""

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from components.words import LANGUAGES, words
from data import bases, engine, journal, keeper, pins, probe, recovery, redactions
from data.problems import StoreTrouble
from data.rules import Actor, PinId, Role
from data.store import Store
from tests.torture import cuts, kills, trouble
from tests.torture.load import totals

ROOT = Path(__file__).parents[2]
SECRET = b"Geheimnis von Frau Beispiel"
# Writes a setting per line of input, tells it, and dies without closing
WRITE = """
import os, sys
from pathlib import Path
from data.store import Store
store = Store.open(Path(sys.argv[1]))
for key in sys.argv[2:]:
    store.write(lambda tx: tx.execute("insert into setting values ($key, 'x')", {"key": key}))
os._exit(9)
"""


def write_and_die(path: Path, *given: str) -> None:
    subprocess.run([sys.executable, "-c", WRITE, path, *given], cwd=ROOT, check=False)


def put(key: str):
    return lambda tx: tx.execute("insert into setting values ($key, 'x')", {"key": key})


def stored(path: Path) -> set[str]:
    with contextlib.closing(Store.open(path)) as store:
        return {row[0] for row in store.read("select key from setting")}


def spoil(file: Path, at: int = 12288, size: int = 4096) -> None:
    with file.open("rb+") as opened:
        opened.seek(at)
        opened.write(b"\xaa" * size)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "k.duckdb"


@pytest.fixture(scope="module")
def left(tmp_path_factory) -> Path:
    """The folder of a database that was closed, and then written by a process that died."""
    folder = tmp_path_factory.mktemp("left")
    with contextlib.closing(Store.open(folder / "k.duckdb")) as store:
        store.write(put("a"))
    write_and_die(folder / "k.duckdb", "b", "c")
    return folder


@pytest.fixture
def used(left, path: Path) -> Path:
    """A copy of it, for one test."""
    shutil.copytree(left, path.parent, dirs_exist_ok=True)
    return path


# --- repair -----------------------------------------------------------------


def test_a_process_that_died_needs_no_repair_and_nothing_is_missing(used):
    assert stored(used) == {"a", "b", "c"}
    report = recovery.last_report(used)
    assert report is None or not report.base


def test_a_damaged_database_is_made_again_from_base_and_journal(used):
    spoil(used)
    damaged = used.read_bytes()
    assert stored(used) == {"a", "b", "c"}
    report = recovery.last_report(used)
    assert report
    assert report.base
    assert report.at
    aside = [file for file in bases.folder(used).glob("aside-*/k.duckdb")]
    assert [file.read_bytes() for file in aside] == [damaged]


def test_a_database_that_is_gone_is_made_again(used):
    used.unlink()
    assert stored(used) == {"a", "b", "c"}


def test_a_lost_log_is_made_good_from_the_journal(used):
    bases.wal(used).unlink(missing_ok=True)
    assert stored(used) == {"a", "b", "c"}
    report = recovery.last_report(used)
    assert report
    assert report.replayed == 2
    assert not report.base


def test_a_log_with_an_empty_end_is_cut_and_nothing_is_missing(used):
    with bases.wal(used).open("ab") as file:
        file.write(bytes(2048))
    assert stored(used) == {"a", "b", "c"}


def test_a_lost_journal_is_begun_anew_while_the_database_is_sound(used):
    for file in bases.line_of(bases.folder(used)):
        file.unlink()
    assert stored(used) == {"a", "b", "c"}
    used.unlink()  # and the new base is enough
    assert stored(used) == {"a", "b", "c"}


def test_nothing_is_opened_when_acts_would_be_missing(used):
    spoil(used)
    segment = journal.segments(bases.folder(used))[-1]
    content = segment.read_bytes()
    segment.write_bytes(b"x" + content[1:])  # the first line of two
    for _ in range(2):  # and not at the second try either
        with pytest.raises(StoreTrouble, match=r"store\.incomplete"):
            Store.open(used)


def test_an_older_copy_in_the_place_of_the_database_is_not_believed(used, tmp_path):
    stored(used)
    older = tmp_path / "older"
    shutil.copy(used, older)
    with contextlib.closing(Store.open(used)) as store:
        store.write(put("d"))
    shutil.copy(older, used)
    assert stored(used) == {"a", "b", "c", "d"}


def test_every_repair_is_said_in_one_sentence_in_every_language():
    for report in (recovery.Report(base=True), recovery.Report(replayed=3)):
        said = {words(lang)(report.key) for lang in LANGUAGES}
        assert len(said) == len(LANGUAGES)
    assert recovery.Report().key == ""


def test_a_probe_tells_what_is_wrong(used):
    stored(used)
    assert probe.look(used) == probe.SOUND
    spoil(used)
    assert probe.look(used) != probe.SOUND


def test_a_clean_start_asks_nobody(used, monkeypatch):
    stored(used)
    monkeypatch.setattr(probe, "ask", lambda path: pytest.fail("a process was started"))
    assert stored(used) == {"a", "b", "c"}


# --- updates and restores -----------------------------------------------------


def test_an_update_keeps_the_database_as_it_was_before(used, tmp_path, monkeypatch):
    schema = tmp_path / "schema"
    shutil.copytree(engine.SCHEMA, schema)
    (schema / "9999_more.sql").write_text("create table more (id integer);")
    monkeypatch.setattr(engine, "SCHEMA", schema)
    assert stored(used) == {"a", "b", "c"}
    [before] = bases.folder(used).glob("aside-*/before.duckdb")
    with contextlib.closing(engine.connect(before)) as connection:
        assert not engine.has_table(connection, "more")
    used.unlink()  # the base is of the new schema
    with contextlib.closing(Store.open(used)) as store:
        assert store.read("select * from more") == []


def test_an_update_that_fails_changes_nothing(used, tmp_path, monkeypatch):
    schema = tmp_path / "schema"
    shutil.copytree(engine.SCHEMA, schema)
    (schema / "9999_more.sql").write_text("create table more (id integer); create nonsense;")
    with monkeypatch.context() as patched:
        patched.setattr(engine, "SCHEMA", schema)
        with pytest.raises(StoreTrouble) as refusal:
            Store.open(used)
    assert refusal.value.key == "store.update_failed"
    assert not list(used.parent.glob("*.migrating*"))
    assert stored(used) == {"a", "b", "c"}


def test_a_snapshot_stands_for_itself_and_begins_anew_where_it_is_put(used, tmp_path):
    copy = tmp_path / "copy.duckdb"
    with contextlib.closing(Store.open(used)) as store:
        seq = store.snapshot(copy)
        assert seq == store.position
        store.write(put("later"))
    shutil.copy(copy, used)  # as restoring does
    assert stored(used) == {"a", "b", "c"}
    assert stored(copy) == {"a", "b", "c"}


def test_a_database_in_memory_has_no_snapshot(store, tmp_path):
    with pytest.raises(ValueError, match="memory"):
        store.snapshot(tmp_path / "copy.duckdb")


# --- erasing ----------------------------------------------------------------


def holding(folder: Path, secret: bytes = SECRET) -> list[str]:
    return [
        file.name for file in folder.rglob("*") if file.is_file() and secret in file.read_bytes()
    ]


def wait_until_forgotten(folder: Path) -> None:
    for _ in range(600):
        with contextlib.suppress(FileNotFoundError):  # files go meanwhile
            if not holding(folder):
                return
        time.sleep(0.05)
    pytest.fail(f"still in {holding(folder)}")


@pytest.fixture
def told(path, area, office, visitor, draft, now, monkeypatch):
    """An open store with a pin that says something secret, in a file of every sort."""
    monkeypatch.setattr(keeper, "REST", 0.05)
    monkeypatch.setattr(keeper, "PAUSE", 0)
    store = Store.open(path)
    pins.add(store, visitor, area, [draft(SECRET.decode(), id="pin-1", code="c")], now=now)
    pins.add(store, visitor, area, [draft("Bleibt", id="pin-2")], now=now)
    yield store
    store.close()


def test_withdrawn_words_are_in_no_file_seconds_later(told, path, now):
    assert holding(path.parent)
    keeper.make_base(path, told._writer)
    assert any(name.startswith("base") for name in holding(path.parent))
    pins.withdraw(told, Actor(Role.SENDER, pin=PinId("pin-1")), now=now)
    wait_until_forgotten(path.parent)
    told.write(put("after"))  # the store goes on with the exchanged file
    assert told.read("select words from pin order by id") == [("",), ("Bleibt",)]
    told.close()
    assert stored(path) == {"after"}


def test_blacked_out_words_leave_the_journal_too(told, path, office, now):
    words = SECRET.decode()
    part = (words.index("Frau"), len(words))
    redactions.black_out(
        told, office, PinId("pin-1"), [part], reason="personal_data", seen=words, now=now
    )
    for _ in range(600):
        if all(SECRET not in one.read_bytes() for one in journal.segments(bases.folder(path))):
            break
        time.sleep(0.05)
    assert not [name for name in holding(path.parent) if name.startswith("journal")]


def test_what_is_erased_just_before_closing_is_gone_when_closed(told, path, now):
    keeper.REST = 1e6
    pins.withdraw(told, Actor(Role.SENDER, pin=PinId("pin-1")), now=now)
    told.close()
    assert holding(path.parent) == []


def test_what_a_repair_put_aside_goes_with_the_next_erasure(used, monkeypatch):
    spoil(used)
    stored(used)
    assert list(bases.folder(used).glob("aside-*"))
    with contextlib.closing(Store.open(used)) as store:
        store.write(lambda tx: (tx.execute("delete from setting where key = 'a'"), tx.forget()))
    assert not list(bases.folder(used).glob("aside-*"))


def test_readers_and_writers_go_on_while_the_file_is_exchanged(told, path, now):
    stop, wrong = threading.Event(), []

    def read():
        while not stop.is_set():
            if told.read("select count(*) from pin") != [(2,)]:
                wrong.append("read")
            time.sleep(0.002)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(2):
        told.write(lambda tx: (tx.execute("update pin set place = place"), tx.forget()))
        erased = told.position
        while (bases.newest(bases.folder(path)) or (0,))[0] < erased:
            told.write(put(f"w{number}-{time.monotonic()}"))
            time.sleep(0.01)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    last = told.position
    told.close()
    assert len(stored(path)) == last - 4  # all but two pins and two erasures


# --- torture, in short --------------------------------------------------------


def test_kills_at_any_moment_lose_and_double_nothing(tmp_path):
    sums = totals(kills.rounds(tmp_path, 4, seed=3))
    assert sums["acked"] > 0
    assert (sums["lost"], sums["doubled"], sums["loose"]) == (0, 0, 0)


def test_power_cuts_lose_and_double_nothing(tmp_path):
    windows, told = cuts.record(tmp_path / "rec" / "k.duckdb", 45)
    for number, (window, _, files) in enumerate(cuts.images(windows, 5, seed=4)):
        found = cuts.try_one(tmp_path / str(number), "k.duckdb", files, told[: window.told])
        assert found.good, found


def test_a_full_disk_is_told_and_the_store_goes_on_when_there_is_space(tmp_path):
    if not trouble.has_small_disk(tmp_path):
        pytest.skip("this machine lets us have no small disk of our own")
    done = trouble.full_disk(tmp_path, seed=2)
    assert done.found.good, done.found
    assert set(done.refused) <= {"store.disk_full", "other"}
    assert done.refused["store.disk_full"] > 0
    assert (done.by, done.waited < 10) == (signal.SIGKILL, True)
    assert (
        done.start == "store.disk_full"
    )  # a damaged file, on a full disk; then all is there again


def test_the_clock_may_be_set_back(tmp_path):
    assert all(found.good for found in trouble.clock_back(tmp_path / "k.duckdb", 6))


def test_who_may_not_write_there_is_told(left):
    with tempfile.TemporaryDirectory() as name:  # others may look into it, unlike pytest's own
        folder = Path(name)
        shutil.copytree(left, folder, dirs_exist_ok=True)
        safe = bases.folder(folder / "k.duckdb")
        for closed in (folder, safe):
            closed.chmod(0o555)
        told, _ = trouble.told_when_opening(folder / "k.duckdb", as_nobody=True)
        for closed in (folder, safe):
            closed.chmod(0o755)
    assert told == "store.read_only"


def test_the_report_of_a_repair_outlives_the_next_start(used):
    spoil(used)
    stored(used)
    stored(used)
    assert json.loads((bases.folder(used) / "report.json").read_text())["base"]
