"""A server of its own for the journeys: started, asked whether it is ready, stopped."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PASSWORD = "nur-fuer-tests"
SESSIONS: dict[str, dict[str, str]] = {}  # who is logged in where: by server and account


@dataclass
class Server:
    """A running Kiezkarte."""

    url: str
    process: subprocess.Popen
    log: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


MAKE_DEMO = """
from pathlib import Path
import sys
from commands import start
from components.words import words
from data.instance import Settings
trouble = start.ready(words("de"), Settings(Path(sys.argv[1]), demo_password=sys.argv[2]), sys.argv[3])
sys.exit(trouble or 0)
"""


def _demo(folder: Path) -> Path:
    """Make the demo's database once a run, for all workers: growing it takes ten seconds."""
    run = folder.parents[1] if "PYTEST_XDIST_WORKER" in os.environ else folder.parent
    made, lock = run / "demo" / "kiezkarte.duckdb", run / "demo.lock"
    with contextlib.suppress(FileExistsError):
        lock.touch(exist_ok=False)
        made.parent.mkdir()
        new = made.with_name("new.duckdb")
        asked = [sys.executable, "-c", MAKE_DEMO, str(new), PASSWORD, str(free_port())]
        subprocess.run(asked, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        new.rename(made)
    for _ in range(2500):
        if made.exists():
            return made
        time.sleep(0.1)
    raise AssertionError("no demo was made")


def start_server(folder: Path, *, filled: bool = False, **environ: str) -> Server:
    """Start Kiezkarte as `make run` does and wait until it is ready.

    A database that is `filled` is served as it lies there: what `make run` does before that finds
    nothing to do, in two seconds of processor.
    """
    port, database = free_port(), folder / "kiezkarte.duckdb"
    if not database.exists() and not {"KIEZKARTE_DEMO", "KIEZKARTE_AREA"} & set(environ):
        shutil.copyfile(_demo(folder), database)
        filled = True
    log = folder / f"server-{port}.log"
    env = {
        **os.environ,
        "PORT": str(port),
        "KIEZKARTE_DATABASE": str(database),
        "KIEZKARTE_DEMO_PASSWORD": PASSWORD,
        **environ,
    }
    with log.open("wb") as out:
        run = ["streamlit", "run", "app.py", "--server.port", str(port)]
        command = [sys.executable, "-m", *(run if filled else ["commands.start"])]
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
    server = Server(f"http://localhost:{port}", process, log)
    SESSIONS.pop(server.url, None)  # an address may have been another server's
    for _ in range(600):
        if process.poll() is not None or _healthy(server.url):
            break
        time.sleep(0.1)
    assert _healthy(server.url), log.read_text()
    return server


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/api/health", timeout=2) as answer:
            return json.load(answer)["ok"]
    except OSError:
        return False


def stop_server(server: Server) -> None:
    server.process.terminate()
    server.process.wait(20)
