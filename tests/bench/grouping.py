"""How long grouping takes, and how much memory: 330, 5,000 and 50,000 made-up pins."""

import json
import random
import resource
import subprocess
import sys
import time

import numpy as np

from data import samples
from geo.meaning import SIZE
from geo.needs import Voice, steps
from tests.bench import measure

SIZES = {330: 1.0, 5000: 5.0, 50_000: 60.0}  # pins, and the seconds that it may take
MOST_MB = 600  # of the whole process
RUNS = 3


def run() -> None:
    """Group made-up pins of every size, each in a process of its own, so that memory is its own."""
    for count, most in SIZES.items():
        for vectors in (False, True):
            _judge(count, most, vectors=vectors)


def _judge(count: int, most: float, *, vectors: bool) -> None:
    runs = 1 if count > 5000 else RUNS
    found = [_apart(count, vectors=vectors) for _ in range(runs)]
    name = f"grouping {count} pins, " + ("with vectors" if vectors else "by subjects alone")
    seconds = [one["seconds"] for one in found]
    more = {"groups": found[0]["groups"], "longest_step": max(one["step"] for one in found)}
    measure.judge(name, measure.median(seconds), "s", most=most, runs=runs, **more)
    memory = max(one["mb"] for one in found)
    measure.judge(f"{name}: memory", memory, "MB", most=MOST_MB, runs=runs)


def _apart(count: int, *, vectors: bool) -> dict:
    order = [sys.executable, "-m", "tests.bench.grouping", str(count), str(int(vectors))]
    return json.loads(subprocess.run(order, check=True, capture_output=True, text=True).stdout)


def once(count: int, *, vectors: bool) -> dict[str, float]:
    """Group once: seconds, the longest step, groups, and the most memory in MB (Linux: kB)."""
    voices = made_up(count)
    known = made_up_vectors(voices) if vectors else None
    began = last = time.perf_counter()
    longest, groups = 0.0, 0
    for _, some in steps(voices, vectors=known):
        now = time.perf_counter()
        longest, last, groups = max(longest, now - last), now, groups + len(some)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = round(time.perf_counter() - began, 2)
    return {"seconds": seconds, "step": round(longest, 2), "groups": groups, "mb": round(peak)}


def made_up(count: int) -> list[Voice]:
    """Make up pins that each say two things, in words that hardly repeat."""
    chance = random.Random(measure.SEED)
    drafts = list(samples.sample(measure.area(), count, measure.SEED, now=measure.NOW))
    return [
        Voice(
            id=draft.id,
            at=draft.at,
            kind=draft.kind,
            field=draft.field,
            lang=draft.lang,
            words=f"{draft.words} {chance.choice(drafts).words} {number}",
            day=(draft.created_at or measure.NOW).date(),
        )
        for number, draft in enumerate(drafts)
    ]


def made_up_vectors(voices: list[Voice]) -> dict[str, np.ndarray]:
    """Make up unit vectors as they are kept: one direction a saying, and every pin beside it."""
    chance = np.random.default_rng(measure.SEED)
    ways: dict[str, np.ndarray] = {}
    found = {}
    for voice in voices:
        way = ways.setdefault(voice.words[:20], chance.normal(size=SIZE))
        vector = way + 0.6 * chance.normal(size=SIZE)
        found[voice.id] = (vector / np.linalg.norm(vector)).astype(np.float16)
    return found


if __name__ == "__main__":
    print(json.dumps(once(int(sys.argv[1]), vectors=sys.argv[2] == "1")))
