import logging
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from components.words import LANGUAGES, Words
from data import audit, engine, pins, references
from data.problems import BadInput, StoreTrouble
from data.store import Store

ROOT = Path(__file__).parents[2]


def put(key, value="x"):
    return lambda tx: tx.execute(
        "insert into setting values ($key, $value)", {"key": key, "value": value}
    )


def keys(store):
    return {row[0] for row in store.read("select key from setting")}


# --- opening ----------------------------------------------------------------


def test_what_was_stored_is_there_after_reopening(tmp_path):
    path = tmp_path / "new folder" / "kiez.duckdb"
    first = Store.open(path)
    first.write(put("a"))
    first.close()
    second = Store.open(path)
    assert keys(second) == {"a"}
    second.close()


def test_migrations_run_once(tmp_path):
    path = tmp_path / "kiez.duckdb"
    names = []
    for _ in range(3):
        opened = Store.open(path)
        names = [row[0] for row in opened.read("select name from schema_migration order by name")]
        opened.close()
    assert names == sorted(file.name for file in engine.SCHEMA.glob("*.sql"))


def test_a_changed_migration_is_refused(tmp_path):
    path = tmp_path / "kiez.duckdb"
    opened = Store.open(path)
    opened.write(lambda tx: tx.execute("update schema_migration set sha256 = 'another'"))
    opened.close()
    with pytest.raises(StoreTrouble) as refusal:
        Store.open(path)
    assert refusal.value.key == "store.schema_changed"
    assert refusal.value.params["name"] == "0001_start.sql"


def test_a_broken_migration_leaves_nothing_behind(tmp_path, monkeypatch):
    path, schema = tmp_path / "kiez.duckdb", tmp_path / "schema"
    schema.mkdir()
    shutil.copy(engine.SCHEMA / "0006_journal.sql", schema)
    (schema / "0001_a.sql").write_text("create table a (id integer);")
    (schema / "0002_b.sql").write_text("create table b (id integer); create table a (id integer);")
    monkeypatch.setattr(engine, "SCHEMA", schema)
    with pytest.raises(StoreTrouble):
        Store.open(path)
    (schema / "0002_b.sql").write_text("create table b (id integer);")
    opened = Store.open(path)
    assert opened.read("select * from a") == opened.read("select * from b") == []
    opened.close()


def test_a_file_that_is_no_database_is_told_and_kept(tmp_path):
    path = tmp_path / "kiez.duckdb"
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreTrouble) as refusal:
        Store.open(path)
    assert refusal.value.key == "store.unreadable"
    assert path.read_bytes() == b"not a database" * 1000


def test_a_second_process_is_told_in_one_sentence(tmp_path):
    path = tmp_path / "kiez.duckdb"
    first = Store.open(path)
    code = (
        "import sys; from pathlib import Path; from data.store import Store;"
        "from data.problems import StoreTrouble\n"
        "try: Store.open(Path(sys.argv[1]))\n"
        "except StoreTrouble as trouble: print(trouble.key)"
    )
    second = subprocess.run(
        [sys.executable, "-c", code, path], cwd=ROOT, capture_output=True, text=True, check=True
    )
    first.close()
    assert second.stdout.strip() == "store.busy"
    trouble = StoreTrouble("store.busy", path=str(path))
    said = {lang: Words(lang).problem(trouble) for lang in LANGUAGES}
    assert all(str(path) in sentence for sentence in said.values())
    assert len(set(said.values())) == len(LANGUAGES)


def test_the_database_reads_no_files(store, tmp_path):
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    with pytest.raises(duckdb.Error):
        store.read(f"select * from read_csv('{tmp_path / 'secret.csv'}')")
    with pytest.raises(duckdb.Error):
        store.read("set enable_external_access = true")


# --- writing ----------------------------------------------------------------


def in_memory(store):
    sql = "select memory_usage_bytes from duckdb_memory() where tag = 'BASE_TABLE'"
    return store.read(sql)[0][0]


def test_what_queries_leave_behind_is_let_go_of_once_in_a_while(tmp_path, monkeypatch):
    monkeypatch.setattr("data.store.RELEASE_EVERY", 3)
    path = tmp_path / "kiez.duckdb"
    first = Store.open(path)
    first.write(put("a", "x" * 100_000))
    first.close()
    opened = Store.open(path)
    assert keys(opened) == {"a"}
    assert in_memory(opened) > 0
    assert not opened.release()  # two queries: not due yet
    assert keys(opened) == {"a"}
    with opened._gate.cursor():
        assert not opened.release()  # somebody asks just now
    assert opened.release()
    assert in_memory(opened) == 0
    assert not opened.release()  # and not due again
    limit = "select current_setting('memory_limit')"
    assert opened.read(limit) == duckdb.connect(config=engine.SETTINGS).execute(limit).fetchall()
    assert keys(opened) == {"a"}
    opened.close()


def test_nothing_else_of_the_database_can_be_set(store):
    for setting in (
        "threads = 8",
        "enable_external_access = true",
        "allowed_configs = ['threads']",
    ):
        with pytest.raises(duckdb.Error, match="configuration has been locked"):
            store.read(f"set {setting}")


def test_a_refused_job_undoes_its_own_statements_only(store):
    def refuse(tx):
        put("refused")(tx)
        raise BadInput("pin.words_missing")

    store.write(put("before"))
    with pytest.raises(BadInput):
        store.write(refuse)
    store.write(put("after"))
    assert keys(store) == {"before", "after"}


def test_a_failing_job_in_a_shared_commit_harms_no_other(store):
    begun, gate = threading.Event(), threading.Event()

    def wait(tx):
        begun.set()
        gate.wait(5)

    def fail(tx):
        put("failed")(tx)
        raise BadInput("pin.words_missing")

    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(store.write, wait)  # holds the writer until the others are queued
        assert begun.wait(5)
        good = [pool.submit(store.write, put(f"good-{i}")) for i in range(3)]
        bad = pool.submit(store.write, fail)
        more = [pool.submit(store.write, put(f"more-{i}")) for i in range(2)]
        for _ in range(400):
            if store.pending() == 6:
                break
            time.sleep(0.01)
        assert store.pending() == 6
        gate.set()
        for future in (first, *good, *more):
            future.result(timeout=5)
        assert isinstance(bad.exception(timeout=5), BadInput)
    assert keys(store) == {"good-0", "good-1", "good-2", "more-0", "more-1"}


def test_a_database_error_is_a_trouble_without_inner_words(store, caplog):
    store.write(put("a"))
    with caplog.at_level(logging.CRITICAL), pytest.raises(StoreTrouble) as refusal:
        store.write(put("a"))
    assert refusal.value.key == "store.failed"
    assert refusal.value.params == {}


def test_a_programming_error_is_raised_as_it_is_and_the_writer_lives_on(store):
    with pytest.raises(ZeroDivisionError):
        store.write(lambda tx: 1 / 0)
    store.write(put("later"))
    assert keys(store) == {"later"}


def test_twenty_threads_with_fifty_writes_each_count_exactly(store):
    store.write(put("count", "0"))

    def one(tx):
        [[before]] = tx.execute("select value from setting where key = 'count'")
        tx.execute("update setting set value = $v where key = 'count'", {"v": str(int(before) + 1)})

    def many(number):
        for i in range(50):
            store.write(one)
            store.write(put(f"{number}-{i}"))

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(many, range(20)))
    assert store.read("select value from setting where key = 'count'") == [("1000",)]
    assert len(keys(store)) == 1001


def test_readers_see_whole_writes_only(store):
    def pair(number):
        def job(tx):
            put(f"{number}-left")(tx)
            put(f"{number}-right")(tx)

        return job

    stop = threading.Event()
    odd = []

    def watch():
        while not stop.is_set():
            if store.read("select count(*) from setting")[0][0] % 2:
                odd.append(1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: store.write(pair(n)), range(100)))
    stop.set()
    watcher.join()
    assert odd == []


def test_the_revision_tells_that_something_changed(store):
    before = store.revision
    store.write(put("a"))
    store.write(put("b"))  # the first write's revision is counted by now
    assert store.revision > before


def test_what_changes_nothing_that_is_shown_makes_no_answer_old(store, visitor, area, now, draft):
    pins.add(store, visitor, area, [draft()], now=now)
    before, sealed = store.revision, store.last_change("trail_seal")
    assert audit.seal(store) == 1
    store.write(lambda tx: tx.execute("select count(*) from pin"))
    assert store.revision == before
    assert store.last_change("trail_seal") > sealed  # who asks for the seals is told
    pins.add(store, visitor, area, [draft(id="draft-2")], now=now)
    assert store.revision > store.last_change("trail_seal") > before


# --- references -------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("update pin set need_id = 'gone' where need_id is not null", "pin.need_id"),
        ("update pin set status = 'read' where need_id is not null", "pin.status"),
        ("insert into receipt values ('hash', 'gone')", "receipt.pin_id"),
        ("insert into project_need values ('project-1', 'gone')", "project_need.need_id"),
        ("insert into project_need values ('gone', 'need-1')", "project_need.project_id"),
        (
            "insert into login_session select 'h', 'gone', created_at, created_at from need",
            "login_session.person_id",
        ),
        ("delete from pin", "trail.pin"),
        ("delete from need", "trail.need"),
        ("delete from project", "trail.project"),
    ],
)
def test_a_loose_reference_is_found(store, office_day, statement, name):
    assert references.dangling(store) == {}
    store.write(lambda tx: tx.execute(statement))
    assert name in references.dangling(store)


def test_a_store_that_takes_no_more_writes_says_so():
    store = Store.open()
    store.check()
    store.close()
    with pytest.raises(StoreTrouble):
        store.check()
