"""Crowds are cut, and what lies at the cut is joined again."""

import random

import pytest

from geo import heaps
from geo.kinship import WIDEST
from geo.needs import Voice, describe, steps, suggest
from tests.bench import score
from tests.bench.voices import placed
from tests.geo.test_needs import pin


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut crowds of more than twenty."""
    monkeypatch.setattr(heaps, "CROWD", 20)
    monkeypatch.setattr(heaps, "SAMPLE", 4)


def clumps(number: int, size: int, gap: float = 260) -> list[Voice]:
    return [
        pin(f"{clump:02}-{n:02}", "Überall Müll", gap * clump + 3 * n)
        for clump in range(number)
        for n in range(size)
    ]


def test_a_group_at_a_cut_stays_whole(small: None) -> None:
    groups = suggest(clumps(7, 9))  # a cut lies in the middle of the fourth
    assert [len(group.ids) for group in groups] == [9] * 7


def test_a_group_bigger_than_a_crowd_is_one(small: None) -> None:
    (group,) = suggest([pin(f"{n:03}", "Müll", n % 5) for n in range(130)])
    assert len(group.ids) == 130


def test_what_is_cut_is_nearly_what_it_is_uncut(monkeypatch: pytest.MonkeyPatch) -> None:
    voices, _ = placed(1)
    number = {name: n for n, group in enumerate(suggest(voices)) for name in group.ids}
    monkeypatch.setattr(heaps, "CROWD", 40)
    cut = {name: n for n, group in enumerate(suggest(voices)) for name in group.ids}
    whole, parts = [[some.get(v.id, -1) for v in voices] for some in (number, cut)]
    assert score.rate(whole, parts)["b3_f1"] >= 0.85


def test_mending_keeps_groups_apart_that_are_two(small: None) -> None:
    voices = [
        pin(f"{n:02}-{m}", text, 5 * n, field=field)
        for n in range(15)
        for m, (text, field) in enumerate((("Überall Müll", "OER"), ("Nachts so laut", "GB")))
    ]
    groups = suggest(voices)
    assert [len(group.ids) for group in groups] == [15, 15]
    assert all(group.width_m <= WIDEST for group in groups)


def test_no_pin_is_lost_or_doubled_by_cutting(small: None) -> None:
    chance = random.Random(7)
    voices = [pin(f"{n:03}", "Müll", chance.uniform(0, 2000)) for n in range(200)]
    names = [name for group in suggest(voices, at_least=1) for name in group.ids]
    assert sorted(names) == sorted(voice.id for voice in voices)


def test_steps_tell_how_far_it_is_and_find_what_is_found_at_once(small: None) -> None:
    voices = clumps(5, 8)
    found = list(steps(voices))
    shares = [share for share, _ in found]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    ids = {group.ids for _, some in found for group in some}
    assert ids == {group.ids for group in suggest(voices)}


def test_pins_put_together_are_described_whatever_they_are() -> None:
    assert describe([]) is None
    alone = describe([pin("a", "Müll")])
    assert alone is not None
    assert (alone.ids, alone.width_m) == (("a",), 0.0)
    both = describe([pin("a", "Müll"), pin("b", "Zu laut", 300, field="GB")])
    assert both is not None
    assert both.width_m == pytest.approx(300, abs=2)
    assert both.sureness < 0.1
