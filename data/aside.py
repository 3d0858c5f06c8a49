"""Heavy work in a process of its own, behind everything else: sealing a backup and trying it out.

The server's threads share one lock; a minute of packing and comparing in them would be felt on
every tablet. What is secret goes over the pipe, never into the list of processes.
"""

import contextlib
import errno
import importlib
import json
import logging
import os
import subprocess
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

from data.problems import BadInput, Problem, StoreTrouble

ROOT = Path(__file__).parent.parent
LONGEST = 30 * 60  # seconds
JOBS = {"pack": ("data.packing", "pack"), "drill": ("data.drill", "tried")}
log = logging.getLogger("kiezkarte.aside")
_child: subprocess.Popen[str] | None = None
_one, _stopped = threading.Lock(), threading.Event()


def run(job: str, **given: Any) -> dict[str, Any]:
    """Do a job elsewhere and return what it says; its refusal is raised here.

    Raises StoreTrouble("backup.failed") when it ended without a word, and ("backup.stopped") when
    the server closes.
    """
    global _child
    with _one:
        if _stopped.is_set():
            raise StoreTrouble("backup.stopped")
        _child = subprocess.Popen(
            [sys.executable, "-m", "data.aside", job],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # an error may quote what somebody wrote
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )
        try:
            said, _ = _child.communicate(json.dumps(given), timeout=LONGEST)
        except subprocess.TimeoutExpired:
            _child.kill()
            said = ""
        finally:
            _child.wait()
            _child = None
    if _stopped.is_set():
        raise StoreTrouble("backup.stopped")
    return _heard(said)


def stop() -> None:
    """End the work under way, and take no more, as the server closes."""
    _stopped.set()
    if _child is not None:
        with contextlib.suppress(OSError):
            _child.kill()


def start() -> None:
    """Take work again."""
    _stopped.clear()


def main() -> None:
    """Do one job in this process: what it needs comes in as JSON, what it says goes out so."""
    if hasattr(os, "nice"):
        os.nice(15)
    module, name = JOBS[sys.argv[1]]
    given = json.loads(sys.stdin.read())
    try:
        answer = {"said": getattr(importlib.import_module(module), name)(**given)}
    except Problem as problem:
        answer = {"refused": problem.key, "params": problem.params}
    except OSError as error:
        answer = {"refused": _trouble(error), "params": {}}
    except Exception as error:  # its message may quote what somebody wrote: kind and place suffice
        places = [
            f"{one.filename}:{one.lineno}" for one in traceback.extract_tb(error.__traceback__)
        ]
        answer = {"broke": [type(error).__name__, *places]}
    print(json.dumps(answer, default=str))


def _trouble(error: OSError) -> str:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return "backup.disk_full" if full else "backup.not_writable"


def _heard(said: str) -> dict[str, Any]:
    try:
        answer = json.loads(said)
    except ValueError:
        raise StoreTrouble("backup.failed") from None
    if "broke" in answer:
        log.error("work aside broke: %s", " ".join(answer["broke"]))
        raise StoreTrouble("backup.failed")
    if "refused" in answer:
        sort = BadInput if answer["refused"] in ("backup.damaged", "backup.not_ours") else None
        raise (sort or StoreTrouble)(answer["refused"], **answer["params"])
    return answer["said"]


if __name__ == "__main__":
    main()
