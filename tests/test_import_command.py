"""`make import`: its report, its exit codes, and a database that somebody else holds."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from commands import import_pins
from components.words import LANGUAGES

SQUARE = "13.4247,52.5025"
FLAGS = ["--words", "Text", "--place", "Ort", "--kind", "=problem", "--id", "Nr"]
CONTENT = f'Nr,Text,Ort\n1,Zu laut,"{SQUARE}"\n2,Zu weit,"11.5,48.1"\n3,,"52.5025,13.4247"\n'


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "Meldungen.csv"
    path.write_text(CONTENT, encoding="utf-8")
    return path


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(folder: Path, *argv: object, err: io.StringIO | None = None) -> tuple[int, str, str]:
    out, err = io.StringIO(), err or io.StringIO()
    environ = {"KIEZKARTE_DATABASE": str(folder / "kiezkarte.duckdb")}
    return (
        import_pins.main([str(arg) for arg in argv], environ, out, err),
        out.getvalue(),
        err.getvalue(),
    )


def test_the_report_says_what_became_of_every_row(tmp_path: Path, table: Path) -> None:
    code, out, err = run(tmp_path, table, *FLAGS, "--lang", "en")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Import of Meldungen.csv (mapping: meldungen)",
        "  3 records read",
        "  1 newly stored",
        "  0 were already there",
        "  2 refused",
        "",
        "Reasons for refusing (a record can have several):",
        "  1 × outside the map: no. 2",
        "  1 × swapped coordinates (longitude and latitude): no. 3",
        "  1 × no text: no. 3",
        "",
        "Taken, but please note:",
        "  1 without a date: the time of this import is taken",
        "",
        f"All refused records with their reasons: {table}.refused.csv",
    ]


def test_a_second_run_of_the_command_adds_nothing(tmp_path: Path, table: Path) -> None:
    run(tmp_path, table, *FLAGS)
    code, out, _ = run(tmp_path, table, *FLAGS, "--lang", "en")
    assert code == 0
    assert "  0 newly stored\n  1 was already there\n" in out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_has_no_key_in_any_language(tmp_path: Path, table: Path, lang: str) -> None:
    _, out, _ = run(tmp_path, table, *FLAGS, "--lang", lang, "--fix-swapped")
    assert "exchange." not in out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["nicht-da.csv", *FLAGS], "nicht-da.csv"),
        (["Meldungen.csv"], "--words"),
        (["Meldungen.csv", *FLAGS, "--mapping", "keine.json"], "keine.json"),
        (["Meldungen.csv", *FLAGS, "--created", "Datum"], "Datum"),
        (["Meldungen.csv", *FLAGS, "--refused", "Meldungen.csv"], "Meldungen.csv"),
        (["Meldungen.csv", *FLAGS, "--refused", "fehlt/r.csv"], "fehlt"),
    ],
)
def test_unusable_input_is_one_sentence_and_exit_code_2(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(tmp_path, *argv)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert said in err
    assert table.read_text(encoding="utf-8") == CONTENT


def test_an_unknown_area_is_one_sentence(tmp_path: Path, table: Path) -> None:
    err = io.StringIO()
    environ = {"KIEZKARTE_DATABASE": str(tmp_path / "k.duckdb"), "KIEZKARTE_AREA": "atlantis"}
    assert import_pins.main([str(table), *FLAGS], environ, io.StringIO(), err) == 2
    assert "atlantis" in err.getvalue()


def test_a_database_that_another_process_holds_is_one_sentence(tmp_path: Path, table: Path) -> None:
    holder = (
        "import sys, pathlib; from data.store import Store; "
        "Store.open(pathlib.Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holder, str(tmp_path / "kiezkarte.duckdb")]
    root = Path(__file__).parent.parent
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        code, out, err = run(tmp_path, table, *FLAGS)
        other.communicate("")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "kiezkarte.duckdb" in err


def test_a_stopped_import_says_how_to_go_on(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(import_pins.exchange, "take_in", stop)
    code, out, err = run(tmp_path, table, *FLAGS, "--lang", "en")
    assert (code, out) == (130, "")
    assert "The same command again" in err


def test_progress_is_plain_lines_in_a_log_and_one_line_on_a_terminal(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_pins, "EVERY_PLAIN", 0.0)
    monkeypatch.setattr(import_pins, "EVERY", 0.0)
    monkeypatch.setattr(import_pins.exchange, "STEP", 1)
    _, _, log = run(tmp_path, table, *FLAGS, "--lang", "en")
    assert log.endswith("100 %: 3 read, 1 stored, 0 already there, 2 refused\n")
    _, _, live = run(tmp_path, table, *FLAGS, "--lang", "en", err=Terminal())
    assert "\n" not in live
    assert live.endswith("\r\x1b[K")


def test_the_report_names_multi_line_cells_and_mixed_moments(tmp_path: Path) -> None:
    path = tmp_path / "gemischt.csv"
    path.write_text(
        "Nr,Text,Ort,Wann\n"
        f'1,"Zu laut,\njede Nacht","{SQUARE}",2020-09-16T14:52:03.991145+00:00\n'
        f'2,Zu dunkel,"{SQUARE}",2019-09-11T11:37:19+00:00\n'
        f'3,Zu warm,"{SQUARE}",16.09.2020\n',
        encoding="utf-8",
    )
    code, out, _ = run(tmp_path, path, *FLAGS, "--created", "Wann", "--lang", "en")
    assert code == 0
    assert "1 record goes over several lines; it counts as one" in out
    assert "1 × with zone and fractions of a second, 1 × with zone, 1 × written the German" in out


def test_a_tracked_mapping_is_taken_when_the_columns_fit_it(tmp_path: Path) -> None:
    path = tmp_path / "buegel.csv"
    path.write_text(
        "ID,Beschreibung,position,created\n"
        '7,Hier fehlt ein Bügel,"52.5025,13.4247",2019-09-11T11:37:19+00:00\n',
        encoding="utf-8",
    )
    code, out, _ = run(tmp_path, path)
    assert code == 0
    assert "(Zuordnung: radbuegel)" in out
    assert "1 neu gespeichert" in out


def test_a_declared_flag_keeps_a_tracked_mapping_out(tmp_path: Path, table: Path) -> None:
    _, out, _ = run(tmp_path, table, *FLAGS)
    assert "(Zuordnung: meldungen)" in out
