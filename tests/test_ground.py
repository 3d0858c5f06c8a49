"""What is wrong where Kiezkarte is to start is told in one sentence that says what to do."""

import errno
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

import commands
from commands import authority, ground, meeting
from components.words import LANGUAGES, words
from data.instance import Settings

ROOT = Path(__file__).parents[1]
SAY = words("de")


def one_sentence(text: str) -> bool:
    return bool(text.strip()) and len(text.strip().splitlines()) == 1 and "Traceback" not in text


def test_an_old_python_is_told_and_where_to_get_a_new_one() -> None:
    said = commands.trouble((3, 10, 12), "")
    assert "3.10.12" in said
    assert "python.org" in said
    assert commands.trouble(sys.version_info, "") == ""


def test_an_old_python_ends_every_command_with_one_sentence() -> None:
    code = "import sys; sys.version_info = (3, 9, 1, 'final', 0); import commands.start"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "3.9.1" in done.stderr


def test_a_missing_package_is_named() -> None:
    said = commands.trouble(sys.version_info, "streamlit==1.0\n# no-such-thing\nno-such-thing==2\n")
    assert "no-such-thing" in said
    assert "streamlit" not in said
    assert "make install" in said


def test_what_other_systems_need_is_not_missed(monkeypatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert commands.named('a==1; sys_platform != "win32"\nb\n') == ["b"]


def test_everything_that_is_required_is_here() -> None:
    assert commands.trouble(sys.version_info, (ROOT / "requirements.in").read_text()) == ""


@pytest.mark.parametrize("content", ['[server\nheadless = "x', "[server]\nheadless = ja\n"])
def test_a_broken_config_is_told_with_its_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(content)
    said = ground.config(SAY, file)
    assert str(file) in said
    assert "Zeile" in said
    assert one_sentence(said)


def test_a_missing_config_is_told(tmp_path: Path) -> None:
    assert "fehlt" in ground.config(SAY, tmp_path / "config.toml")
    assert ground.config(SAY, ground.CONFIG) == ""


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    said = ground.trouble(SAY, tmp_path / "file" / "here" / "k.duckdb")
    assert "kann nicht geschrieben werden" in said
    assert one_sentence(said)
    assert ground.trouble(SAY, tmp_path / "new" / "k.duckdb") == ""
    assert list((tmp_path / "new").iterdir()) == []  # the trial leaves nothing behind


def test_a_read_only_folder_is_told_by_the_command(tmp_path: Path) -> None:
    """Root writes anywhere but where the system itself has nothing to write to."""
    env = {"KIEZKARTE_DATABASE": "/proc/kiezkarte/k.duckdb", "PORT": "8998", "PATH": ""}
    if not Path("/proc/version").exists():
        pytest.skip("no /proc here")
    done = subprocess.run(
        [sys.executable, "-m", "commands.start"],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "kann nicht geschrieben werden" in done.stderr


def test_a_full_disk_is_told_before_anything_is_opened(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=12_000_000))
    said = ground.trouble(SAY, tmp_path / "k.duckdb")
    assert "12 MB frei" in said
    assert "200 MB" in said
    assert one_sentence(said)


def test_a_disk_without_a_byte_is_told_as_full(tmp_path: Path, monkeypatch) -> None:
    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    assert "0 MB frei" in ground.writable(SAY, tmp_path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_says_it(tmp_path: Path, lang: str) -> None:
    assert one_sentence(ground.config(words(lang), tmp_path / "none"))


def test_an_expired_certificate_is_told_with_its_day(tmp_path: Path, monkeypatch) -> None:
    where = authority.Files(tmp_path / "tls")
    authority.make(where, [], now=datetime.now(UTC) - timedelta(days=500))
    monkeypatch.setenv("TLS", "1")
    with pytest.raises(SystemExit) as stopped:
        meeting._room(SAY, Settings(database=tmp_path / "k.duckdb"))
    assert "abgelaufen" in str(stopped.value)
    assert "make certificate" in str(stopped.value)
