"""How long grouping takes for 5,000 made-up pins, with and without vectors of their words."""

import random

import numpy as np

from data import samples
from geo.meaning import SIZE
from geo.needs import Voice, suggest
from tests.bench import measure

COUNT = 5000
MOST = 5  # seconds
RUNS = 3


def run() -> None:
    """Group the same pins several times."""
    voices = made_up(COUNT)
    vectors = made_up_vectors(voices)
    _measure("grouping", voices, vectors)
    _measure("grouping by subjects alone, no vectors", voices, None)


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
    """Make up unit vectors: one direction a saying, and every pin some way beside it."""
    chance = np.random.default_rng(measure.SEED)
    ways: dict[str, np.ndarray] = {}
    found = {}
    for voice in voices:
        way = ways.setdefault(voice.words[:20], chance.normal(size=SIZE))
        vector = way + 0.6 * chance.normal(size=SIZE)
        found[voice.id] = (vector / np.linalg.norm(vector)).astype(np.float32)
    return found


def _measure(name: str, voices: list[Voice], vectors: dict[str, np.ndarray] | None) -> None:
    groups: list[int] = []
    times = [
        measure.timed(lambda: groups.append(len(suggest(voices, vectors=vectors)))) / 1000
        for _ in range(RUNS)
    ]
    measure.judge(
        f"{name}, {len(voices)} pins",
        measure.median(times),
        "s, median",
        most=MOST,
        slowest=round(max(times), 2),
        groups=groups[0],
        runs=RUNS,
    )
