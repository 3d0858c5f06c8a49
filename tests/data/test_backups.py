"""Backups: sealed, whole, turned over, tried out, and restored without losing what was there."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import (
    aside,
    audit,
    backups,
    manifest,
    passphrase,
    pins,
    restoring,
    rotation,
    safety,
    sealed,
)
from data.backups import Plan
from data.problems import BadInput, Conflict, StoreTrouble
from data.rotation import Keep
from data.safety import What
from data.store import Store

WORDS = "Sieben Schwäne schlafen am Mariannenplatz"
SECRET = "00000-11111-22222-33333-44444"
SALT = bytes(range(16))


@pytest.fixture(scope="module")
def office_file(tmp_path_factory, area, office, visitor, house, draft, now) -> Path:
    """A folder with an office's database, closed, and its first backup."""
    folder = tmp_path_factory.mktemp("office")
    database = folder / "here" / "kiezkarte.duckdb"
    store = Store.open(database)
    drafts = [draft(WORDS, id="pin-1"), draft("Zu laut", id="pin-2")]
    pins.add(store, office, area, drafts, now=now)
    pins.release(store, office, ["pin-1", "pin-2"], now=now)
    pins.add(store, visitor, area, [draft(id="mine", code="7Q2MX-9D4RT-0KB")], now=now)
    audit.seal(store)
    store.close()
    shutil.copytree(folder / "here", folder / "there")
    store = Store.open(folder / "there" / "kiezkarte.duckdb")
    wanted = Plan(folder / "there" / "kiezkarte.duckdb", folder / "stick", area.name, SECRET)
    report = backups.make(store, house, wanted, report_id="b-1", salt=SALT, now=now)
    store.close()
    assert report.ok, report.details
    left = [one.name for one in (folder / "there").iterdir()]
    assert sorted(left) == ["kiezkarte.duckdb", "kiezkarte.duckdb.safe"]  # nothing plain
    assert [one.name for one in (folder / "stick").iterdir()] == [report.details["file"]]
    return folder


@pytest.fixture
def store(office_file, tmp_path):
    shutil.copytree(office_file / "here", tmp_path / "here")
    opened = Store.open(tmp_path / "here" / "kiezkarte.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def wanted(tmp_path: Path) -> Plan:
    database = tmp_path / "here" / "kiezkarte.duckdb"
    return Plan(database, tmp_path / "stick", "mariannenplatz", SECRET)


@pytest.fixture
def made(office_file, tmp_path) -> Path:
    """The backup, as it lies on the stick."""
    shutil.copytree(office_file / "stick", tmp_path / "stick")
    return next((tmp_path / "stick").iterdir())


def restored(file: Path, to: Path, now: datetime, *, secret: str = SECRET, replace: bool = False):
    return restoring.restore(file, to, passphrase=secret, replace=replace, now=now)


# --- the sealed file -------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 5_000, 3 * sealed.CHUNK + 7])
def test_what_is_sealed_comes_out_as_it_was(tmp_path, size):
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(os.urandom(size))
    with target.open("wb") as out:
        sealed.seal(source, out, {"x": "ü"}, passphrase=SECRET, salt=SALT)
    with (tmp_path / "c").open("wb") as out:
        assert sealed.unseal(target, out, passphrase=SECRET) == {"x": "ü"}
    assert (tmp_path / "c").read_bytes() == source.read_bytes()
    assert sealed.read_head(target, passphrase=SECRET) == {"x": "ü"}


def test_no_byte_of_a_sealed_file_can_be_changed(tmp_path):
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(os.urandom(40))
    with target.open("wb") as out:
        sealed.seal(source, out, {}, passphrase=SECRET, salt=SALT)
    whole = target.read_bytes()
    # the salt and the cost make another key, which is told as a wrong passphrase; each costs a
    # third of a second, so that of them one is tried, and of the rest every one
    places = [0, 9, *range(sealed._HEAD.size, len(whole))]
    keys = sealed._keys(SECRET, SALT, sealed.COST)
    for at in places:
        target.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.MonkeyPatch.context() as patch, (tmp_path / "c").open("wb") as out:
            if at >= sealed._HEAD.size:
                patch.setattr(sealed, "_keys", lambda *_: keys)
            with pytest.raises(BadInput):
                sealed.unseal(target, out, passphrase=SECRET)


def test_chunks_cannot_be_left_out_swapped_cut_off_or_added(tmp_path, monkeypatch):
    monkeypatch.setattr(sealed, "CHUNK", 64)
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(os.urandom(300))
    with target.open("wb") as out:
        sealed.seal(source, out, {}, passphrase=SECRET, salt=SALT)
    whole = target.read_bytes()
    chunks, at = [], sealed._HEAD.size
    while at < len(whole):
        size = 4 + int.from_bytes(whole[at : at + 4], "big")
        chunks.append(whole[at : at + size])
        at += size
    keys = sealed._keys(SECRET, SALT, sealed.COST)
    monkeypatch.setattr(sealed, "_keys", lambda *_: keys)
    assert len(chunks) > 4
    bent = [
        chunks[:-1],
        chunks[1:],
        [*chunks[:2], *chunks[3:]],
        [chunks[0], chunks[2], chunks[1], *chunks[3:]],
        [*chunks, chunks[-1]],
        [*chunks, b"\0"],
        chunks[:1],
        [],
    ]
    for one in bent:
        target.write_bytes(whole[: sealed._HEAD.size] + b"".join(one))
        with pytest.raises(BadInput), (tmp_path / "c").open("wb") as out:
            sealed.unseal(target, out, passphrase=SECRET)


def test_a_forged_file_cannot_ask_for_all_memory(tmp_path):
    file = tmp_path / "x.kiez"
    file.write_bytes(sealed._HEAD.pack(sealed.MAGIC, SALT, 40, bytes(16)) + bytes(100))
    with pytest.raises(BadInput, match=r"backup\.not_ours"):
        sealed.read_head(file, passphrase=SECRET)


# --- making one ------------------------------------------------------------------------


def test_a_backup_holds_no_word_that_can_be_read(made):
    content = made.read_bytes()
    assert b"Mariannenplatz" not in content
    assert "Schwäne".encode() not in content
    if os.name == "posix":
        assert made.stat().st_mode & 0o077 == 0


def test_a_backup_without_a_passphrase_is_not_made_but_reported(store, wanted, house, now):
    report = backups.make(
        store, house, replace(wanted, passphrase=""), report_id="b-1", salt=SALT, now=now
    )
    assert not report.ok
    assert report.details == {"problem": "backup.passphrase_missing"}
    assert safety.last(store, What.BACKUP) == report


def test_a_folder_that_cannot_be_written_is_reported(store, wanted, house, now, tmp_path):
    (tmp_path / "file").write_text("x")
    there = replace(wanted, folder=tmp_path / "file" / "backups")
    report = backups.make(store, house, there, report_id="b-1", salt=SALT, now=now)
    assert report.details == {"problem": "backup.not_writable"}


def test_too_little_room_is_reported_before_anything_is_written(
    store, wanted, house, now, monkeypatch
):
    monkeypatch.setattr(backups, "RESERVE", 1 << 60)
    report = backups.make(store, house, wanted, report_id="b-1", salt=SALT, now=now)
    assert report.details == {"problem": "backup.disk_full"}
    assert list(wanted.folder.iterdir()) == []


def test_the_same_report_twice_is_one(store, house, now):
    one = safety.Report("r", What.DRILL, now, 1.0, True)
    safety.keep(store, one)
    safety.keep(store, one)
    assert safety.listing(store, house, What.DRILL) == [one]


def test_a_nightly_backup_is_due_once_a_night(store, house, now):
    started = datetime(2026, 5, 4, 8, tzinfo=UTC)
    assert not backups.due(store, started=started, now=started + timedelta(minutes=29))
    assert backups.due(store, started=started, now=started + timedelta(minutes=30))
    safety.keep(store, safety.Report("a", What.BACKUP, started, 1.0, True))
    assert not backups.due(store, started=started, now=datetime(2026, 5, 5, 0, 59, tzinfo=UTC))
    night = datetime(2026, 5, 5, 1, 0, tzinfo=UTC)  # three o'clock in Berlin
    assert backups.due(store, started=started, now=night)
    safety.keep(store, safety.Report("b", What.BACKUP, night, 1.0, False))
    assert not backups.due(store, started=started, now=night + timedelta(minutes=59))
    # it failed in the night; the next one is the next night's


def test_a_backup_that_was_missed_is_made_soon_after_the_start(store, now):
    safety.keep(store, safety.Report("a", What.BACKUP, now, 1.0, True))
    started = now + timedelta(days=3)
    assert not backups.due(store, started=started, now=started + timedelta(minutes=1))
    assert backups.due(store, started=started, now=started + timedelta(minutes=2))


def test_old_backups_go_and_other_files_stay(tmp_path, now):
    folder, days = tmp_path, [now - timedelta(days=days) for days in range(400)]
    for moment in days:
        (folder / rotation.name("mariannenplatz", moment)).touch()
    others = ["brief.txt", "kiezkarte-mariannenplatz-x.kiez", rotation.name("wedding", days[300])]
    for name in others:
        (folder / name).touch()
    gone = rotation.turn(folder, "mariannenplatz", Keep(7, 4, 6), now=now)
    stay = rotation.found(folder, "mariannenplatz")
    assert gone == 400 - len(stay)
    assert 12 <= len(stay) <= 17
    assert set(days[:7]) <= {
        moment.replace(microsecond=now.microsecond) for moment in stay.values()
    }
    assert min(stay.values()) >= now - timedelta(days=Keep(7, 4, 6).longest)
    assert all((folder / name).exists() for name in others)


def test_the_newest_backup_stays_however_old(tmp_path, now):
    old = now - timedelta(days=2000)
    (tmp_path / rotation.name("mariannenplatz", old)).touch()
    assert rotation.turn(tmp_path, "mariannenplatz", Keep(), now=now) == 0


def test_the_settings_are_checked(store, admin, now, tmp_path):
    with pytest.raises(BadInput, match="folder_relative"):
        backups.choose(store, admin, folder="backups", hour="3", keep="7,4,6", now=now)
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="folder_unusable"):
        backups.choose(
            store, admin, folder=str(tmp_path / "file" / "x"), hour="3", keep="7,4,6", now=now
        )
    with pytest.raises(BadInput, match="folder_unusable"):
        backups.choose(store, admin, folder="/\0", hour="3", keep="7,4,6", now=now)
    with pytest.raises(BadInput, match=r"setting\.unknown"):
        backups.choose(store, admin, folder="", hour="24", keep="7,4,6", now=now)
    backups.choose(store, admin, folder=str(tmp_path / "new"), hour="1", keep="7,2,1", now=now)
    found = backups.plan(store, tmp_path / "k.duckdb", "mariannenplatz", SECRET)
    assert (found.folder, found.keep) == (tmp_path / "new", Keep(7, 2, 1))


# --- the passphrase --------------------------------------------------------------------


def test_the_passphrase_is_made_once_and_is_its_owners_alone(tmp_path):
    passphrase.keep(tmp_path, "first")
    passphrase.keep(tmp_path, "second")
    assert passphrase.of(tmp_path) == "first"
    assert passphrase.of(tmp_path, "given") == "given"
    if os.name == "posix":
        assert (tmp_path / passphrase.FILE).stat().st_mode & 0o777 == 0o600


def test_the_passphrase_is_shown_until_it_is_noted(store, admin, tmp_path, now):
    passphrase.keep(tmp_path, SECRET)
    assert passphrase.to_note(store, admin, tmp_path) == SECRET
    assert passphrase.to_note(store, admin, tmp_path, "given") == ""
    passphrase.noted(store, admin, tmp_path, now=now)
    assert passphrase.to_note(store, admin, tmp_path) == ""
    (tmp_path / passphrase.FILE).unlink()
    assert passphrase.to_note(store, admin, tmp_path) == ""
    passphrase.keep(tmp_path, "another one")
    assert passphrase.to_note(store, admin, tmp_path) == "another one"
    assert SECRET not in repr(store.read("select * from trail")) + repr(
        store.read("select * from setting")
    )


# --- restoring -------------------------------------------------------------------------


def test_a_backup_restores_into_a_new_place_row_for_row(made, store, tmp_path, now, fingerprint):
    to = tmp_path / "new" / "kiezkarte.duckdb"
    done = restored(made, to, now)
    assert (done.pins, done.erased_again, done.aside) == (3, 0, None)
    opened = Store.open(to)
    found = opened.read("select number, words from pin order by number")
    opened.close()
    assert found == store.read("select number, words from pin order by number")
    assert (1, WORDS) in found


def test_nobody_is_logged_in_after_a_restore(made, store, wanted, house, tmp_path, now):
    sql = "insert into login_session values ('t', 'p', $now, $now)"
    store.write(lambda tx: tx.execute(sql, {"now": now.replace(tzinfo=None)}))
    report = backups.make(
        store, house, wanted, report_id="b-2", salt=SALT, now=now + timedelta(days=1)
    )
    to = tmp_path / "new" / "kiezkarte.duckdb"
    restored(wanted.folder / report.details["file"], to, now)
    opened = Store.open(to)
    assert opened.read("select count(*) from login_session") == [(0,)]
    opened.close()


def test_a_database_is_not_overwritten_without_being_told_so(made, tmp_path, now):
    to = tmp_path / "other" / "kiezkarte.duckdb"
    Store.open(to).close()
    before = to.read_bytes()
    with pytest.raises(Conflict, match=r"restore\.exists"):
        restored(made, to, now)
    assert to.read_bytes() == before


def test_what_is_replaced_is_kept_aside(made, tmp_path, now, area, visitor, draft):
    to = tmp_path / "other" / "kiezkarte.duckdb"
    old = Store.open(to)
    pins.add(old, visitor, area, [draft("Das Alte", id="old")], now=now)
    old.close()
    done = restored(made, to, now, replace=True)
    assert done.aside is not None
    kept = Store.open(done.aside / "kiezkarte.duckdb")
    assert kept.read("select words from pin") == [("Das Alte",)]
    kept.close()
    opened = Store.open(to)
    assert opened.read("select count(*) from pin") == [(3,)]
    opened.close()


def test_a_database_in_use_is_not_replaced(made, tmp_path, now):
    to = tmp_path / "busy" / "kiezkarte.duckdb"
    hold = (
        "import sys, pathlib; from data.store import Store; "
        "store = Store.open(pathlib.Path(sys.argv[1])); print('open', flush=True); "
        "sys.stdin.read(); store.close()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", hold, str(to)], stdin=pipe, stdout=pipe) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(StoreTrouble, match=r"store\.busy"):
            restored(made, to, now, replace=True)
        assert to.exists()


@pytest.mark.parametrize(
    ("bend", "key"),
    [
        (lambda whole: whole[:-1], "backup.damaged"),
        (lambda whole: whole[: len(whole) // 2], "backup.damaged"),
        (lambda whole: whole[:300] + bytes([whole[300] ^ 1]) + whole[301:], "backup.damaged"),
        (lambda whole: whole + b"x", "backup.damaged"),
        (lambda whole: b"PK" + whole, "backup.not_ours"),
        (lambda _: b"", "backup.not_ours"),
    ],
)
def test_a_damaged_file_is_refused_and_changes_nothing(made, tmp_path, now, bend, key):
    made.write_bytes(bend(made.read_bytes()))
    to = tmp_path / "new" / "kiezkarte.duckdb"
    with pytest.raises(BadInput, match=key):
        restored(made, to, now)
    assert list(to.parent.iterdir()) == []


def test_a_wrong_passphrase_is_told_as_such(made, tmp_path, now):
    with pytest.raises(BadInput, match=r"backup\.passphrase_wrong"):
        restored(made, tmp_path / "new" / "k.duckdb", now, secret="falsch")


def test_a_missing_file_is_told_as_such(tmp_path, now):
    with pytest.raises(BadInput, match=r"restore\.no_file"):
        restored(tmp_path / "nichts.kiez", tmp_path / "k.duckdb", now)


def test_a_backup_of_a_newer_kiezkarte_is_refused(made, tmp_path, now, monkeypatch):
    real = restoring.SCHEMA
    fewer = tmp_path / "schema"
    shutil.copytree(real, fewer)
    (fewer / "0006_audit.sql").unlink()
    monkeypatch.setattr(restoring, "SCHEMA", fewer)
    with pytest.raises(BadInput, match=r"restore\.newer"):
        restored(made, tmp_path / "new" / "k.duckdb", now)


def test_words_taken_back_after_a_backup_do_not_come_back(
    made, store, wanted, house, tmp_path, now
):
    pins.withdraw(store, pins.by_receipt(store, "7Q2MX-9D4RT-0KB"), now=now)
    later = now + timedelta(days=1)
    assert backups.make(store, house, wanted, report_id="b-2", salt=SALT, now=later).ok
    to = tmp_path / "new" / "kiezkarte.duckdb"
    assert restored(made, to, now).erased_again == 1
    opened = Store.open(to)
    assert opened.read("select status, words from pin where id = 'mine'") == [("withdrawn", "")]
    opened.close()


# --- the drill -------------------------------------------------------------------------


def test_the_drill_finds_a_good_backup_good(made, store, wanted, house, now):
    report = backups.drill(store, house, wanted, report_id="d-1", now=now)
    assert report.ok, report.details
    assert report.details["differs"] == []
    assert report.details["file"] == made.name
    assert report.details["lines"] == store.read("select count(*) from trail_seal")[0][0]
    assert safety.last(store, What.DRILL) == report


def test_the_drill_finds_a_damaged_backup(made, store, wanted, house, now):
    whole = made.read_bytes()
    made.write_bytes(whole[:-40])
    report = backups.drill(store, house, wanted, report_id="d-1", now=now)
    assert not report.ok
    assert report.details == {"problem": "backup.damaged"}


def test_the_drill_without_a_backup_says_so(store, wanted, house, now):
    wanted.folder.mkdir()
    report = backups.drill(store, house, wanted, report_id="d-1", now=now)
    assert report.details == {"problem": "backup.none"}


def test_the_drill_names_what_is_not_as_the_manifest_says(
    made, store, wanted, house, now, tmp_path
):
    """A backup whose content and manifest do not belong together, both well sealed."""
    plain = tmp_path / "plain"
    with plain.open("wb") as out:
        told = sealed.unseal(made, out, passphrase=SECRET)
    told["tables"]["pin"][0] += 1
    told["reported"]["figures"] = "0"
    told["seal"] = [1, "0"]
    with made.open("wb") as out:
        sealed.seal(plain, out, told, passphrase=SECRET, salt=SALT)
    report = backups.drill(store, house, wanted, report_id="d-1", now=now)
    assert report.details["differs"] == ["table.pin", "report.figures"]


def test_a_figure_that_cannot_be_reckoned_costs_no_backup_but_is_told(
    store, area, now, monkeypatch
):
    def broken(*_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setitem(manifest.REPORTED, "figures", broken)
    told = manifest.taken(store, area, now=now)
    assert told["reported"]["figures"] == manifest.UNKNOWN
    assert manifest.figures_differ(told, store, area) == ["figures"]
    assert manifest.counts_differ(told, store) == []


def test_the_drill_notices_a_trail_that_was_rewritten_as_a_whole(made, store, wanted, house, now):
    """Who can change the file can make every seal anew; the backup of the day before knows better."""

    def rewrite(tx):
        tx.execute("update trail set person_id = 'somebody-else' where id = 1")
        tx.execute("delete from trail_seal")

    store.write(rewrite)
    audit.seal(store)
    assert audit.chain(store).ok
    later = now + timedelta(days=1)
    assert backups.make(store, house, wanted, report_id="b-2", salt=SALT, now=later).ok
    report = backups.drill(store, house, wanted, report_id="d-2", now=later)
    assert report.details["differs"] == ["trail.rewritten"]


def test_work_in_another_process_that_ends_without_a_word_is_trouble():
    with pytest.raises(StoreTrouble, match=r"backup\.failed"):
        aside.run("drill", nonsense=True)
