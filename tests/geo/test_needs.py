"""Pins are grouped into suggested needs."""

import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import meaning
from geo.heaps import CROWD
from geo.kinship import FEW, WIDEST
from geo.needs import Voice, suggest
from geo.points import LonLat, metres
from tests.bench import score
from tests.bench.voices import placed

SQUARE = LonLat(13.4205, 52.5025)
METRE = 1 / 67_700  # degrees of longitude


def at(east: float) -> LonLat:
    """A place so many metres east of the square."""
    return LonLat(SQUARE.lon + east * METRE, SQUARE.lat)


def pin(name: str, words: str = "", east: float = 0.0, **more: object) -> Voice:
    """A pin with the usual rest."""
    usual = Voice(name, at(east), "problem", "OER", "de", words)
    return replace(usual, **more)  # pyright: ignore[reportArgumentType]


WORDS = st.sampled_from(
    [
        "",
        "Müll überall",
        "Çok çöp var",
        "مظلم",
        "no light",
        "Bänke fehlen",
        "keep it",
        "🚮",
        "\0\u202e",
        "so",
    ]
)
VOICES = st.lists(
    st.builds(
        Voice,
        id=st.integers(0, 999).map(str),
        at=st.builds(
            LonLat,
            st.floats(13.41, 13.43).map(lambda x: round(x, 5)),
            st.floats(52.500, 52.504).map(lambda x: round(x, 5)),
        ),
        kind=st.sampled_from(["strength", "problem", "idea"]),
        field=st.sampled_from(["IN", "OER"]),
        lang=st.sampled_from(["de", "tr", "ar", "en"]),
        words=WORDS,
        day=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    ),
    max_size=40,
    unique_by=lambda voice: voice.id,
)


def test_nothing_makes_no_group() -> None:
    assert suggest([]) == []


def test_one_pin_is_no_group_unless_asked() -> None:
    assert suggest([pin("a", "Müll")]) == []
    (alone,) = suggest([pin("a", "Müll")], at_least=1)
    assert (alone.ids, alone.width_m) == (("a",), 0.0)


def test_problem_and_idea_about_one_concern_meet_across_languages() -> None:
    voices = [
        pin("a", "Die Papierkörbe quellen über"),
        pin("b", "Daha çok çöp kutusu lazım", 20, kind="idea", lang="tr"),
        pin("c", "القمامة في كل مكان", 30, lang="ar"),
    ]
    (group,) = suggest(voices)
    assert group.ids == ("a", "b", "c")
    assert group.subjects == ("rubbish",)
    assert group.words["tr"] == ("çöp",)
    assert not group.strength


def test_two_concerns_at_one_place_are_two_needs() -> None:
    rubbish = [pin(f"r{n}", "Überall Müll", n) for n in range(4)]
    noise = [pin(f"n{n}", "Nachts so laut, kein Schlaf", n, field="GB") for n in range(4)]
    assert [len(group.ids) for group in suggest(rubbish + noise)] == [4, 4]


def test_one_concern_at_two_places_is_two_needs() -> None:
    here = [pin(f"h{n}", "Überall Müll", n) for n in range(3)]
    there = [pin(f"t{n}", "Überall Müll", 200 + n) for n in range(3)]
    assert [group.ids for group in suggest(here + there)] == [
        ("h0", "h1", "h2"),
        ("t0", "t1", "t2"),
    ]


def test_praise_and_complaint_about_one_thing_are_two_needs() -> None:
    voices = [
        pin("a", "Der Markt ist teuer"),
        pin("b", "Markt zu teuer"),
        pin("c", "Schöner Markt", kind="strength"),
        pin("d", "Den Markt mag ich", kind="strength"),
    ]
    assert {(group.ids, group.strength) for group in suggest(voices)} == {
        (("a", "b"), False),
        (("c", "d"), True),
    }


def test_an_idea_that_only_asks_to_keep_counts_as_praise() -> None:
    voices = [
        pin("a", "Schöner Spielplatz", kind="strength"),
        pin("b", "Der Spielplatz soll bleiben", kind="idea"),
    ]
    (group,) = suggest(voices)
    assert group.strength


def test_all_on_one_spot_with_the_same_words_are_one_group() -> None:
    (group,) = suggest([pin(f"{n:03}", "Müll") for n in range(300)])
    assert (len(group.ids), group.width_m) == (300, 0.0)
    assert group.centre == pytest.approx(SQUARE)


def test_two_thousand_pins_along_a_street_do_not_chain() -> None:
    groups = suggest([pin(f"{n:04}", "Müll", n) for n in range(2000)])
    assert max(group.width_m for group in groups) <= WIDEST
    assert sum(len(group.ids) for group in groups) == 2000


def test_more_pins_than_are_compared_at_once_are_halved() -> None:
    rng = random.Random(4)
    voices = [pin(str(n), "Müll", rng.uniform(0, 9000)) for n in range(CROWD + 50)]
    groups = suggest(voices)
    assert max(group.width_m for group in groups) <= WIDEST
    names = [name for group in groups for name in group.ids]
    assert len(names) == len(set(names))


def test_days_frame_the_group() -> None:
    days = [date(2026, 5, 3), date(2026, 4, 1), None]
    (group,) = suggest([pin(str(n), "Müll", day=day) for n, day in enumerate(days)])
    assert (group.first, group.last) == (date(2026, 4, 1), date(2026, 5, 3))


def test_a_group_no_other_group_is_near_is_surer() -> None:
    clear = [pin(f"a{n}", "Müll", n) for n in range(3)]
    rival = [pin(f"b{n}", "Dreck und Scherben", 90 + n, field="IN") for n in range(3)]
    alone = suggest(clear)[0].sureness
    beside = next(group for group in suggest(clear + rival) if "a0" in group.ids).sureness
    assert 0 <= beside <= alone <= 1


def test_vectors_join_words_that_the_table_does_not_know() -> None:
    same, other = np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0])
    voices = [pin(name, "xyz", 50 * n) for n, name in enumerate("abcd")]
    vectors = {"a": same, "b": other, "c": same, "d": other}
    # far away, each for itself, half of them like each: a mean of a few texts would be none
    voices += [pin(f"far{n}", "xyz", 5_000 + 1_000 * n) for n in range(FEW)]
    vectors |= {f"far{n}": (same, other)[n % 2] for n in range(FEW)}
    assert {group.ids for group in suggest(voices, vectors=vectors)} == {("a", "c"), ("b", "d")}


def test_a_pin_without_a_vector_is_grouped_by_the_rest() -> None:
    voices = [pin(name, "Müll") for name in "abc"]
    (group,) = suggest(voices, vectors={"a": np.ones(3, dtype=np.float32)})
    assert group.ids == ("a", "b", "c")


def test_a_place_that_is_none_is_left_out() -> None:
    lost = pin("x", "Müll", at=LonLat(float("nan"), 52.5))
    (group,) = suggest([lost, pin("a", "Müll"), pin("b", "Müll")])
    assert group.ids == ("a", "b")


@pytest.mark.parametrize(
    "words", ["", "🚮🚮🚮", "x" * 1000, "\0", "\u202etext\u2066", "<b>{{7*7}}</b>", "\ud800"]
)
def test_hostile_words_are_only_words(words: str) -> None:
    groups = suggest([pin("a", words), pin("b", words), pin("c", "Müll", 400)])
    assert [group.ids for group in groups] == [("a", "b")]


@settings(max_examples=40, deadline=None)
@given(VOICES, st.randoms(use_true_random=False))
def test_order_does_not_matter(voices: list[Voice], rng: random.Random) -> None:
    shuffled = rng.sample(voices, len(voices))
    assert suggest(shuffled) == suggest(voices)


@settings(max_examples=40, deadline=None)
@given(VOICES)
def test_names_do_not_matter(voices: list[Voice]) -> None:
    renamed = [replace(voice, id=f"p{1000 - int(voice.id)}") for voice in voices]
    sizes = sorted(len(group.ids) for group in suggest(voices))
    assert sorted(len(group.ids) for group in suggest(renamed)) == sizes


@settings(max_examples=60, deadline=None)
@given(VOICES)
def test_a_pin_is_in_one_group_at_most_and_no_group_mixes_or_sprawls(voices: list[Voice]) -> None:
    by_id = {voice.id: voice for voice in voices}
    seen: set[str] = set()
    for group in suggest(voices):
        assert seen.isdisjoint(group.ids)
        seen.update(group.ids)
        members = [by_id[name] for name in group.ids]
        assert all((m.kind == "strength") <= group.strength for m in members)
        assert all(m.kind != "problem" for m in members) or not group.strength
        assert max(metres(a.at, b.at) for a in members for b in members) <= WIDEST + 1
        assert 0 <= group.sureness <= 1
        assert list(group.ids) == sorted(group.ids)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_invented_needs_are_found_again_without_the_model(seed: int) -> None:
    voices, truth = placed(seed)
    figures = score.rate(truth, score.group(voices, model=False))
    assert figures["b3_f1"] >= 0.85
    assert figures["ari"] >= 0.75


@pytest.mark.skipif(not meaning.available(), reason="no wheel of the model for this system")
def test_invented_needs_that_overlap_are_found_again_with_the_model() -> None:
    voices, truth = placed(1, spots=3)
    figures = score.rate(truth, score.group(voices))
    assert figures["b3_f1"] >= 0.87
    assert figures["ari"] >= 0.75


def test_the_model_does_not_part_two_pins_that_say_the_same_among_a_few() -> None:
    """The mean of two vectors lies between them: centred by it, they would be opposites."""
    here = LonLat(13.42, 52.5)
    pins = [Voice(id, here, "problem", "OER", "de", "Der Trinkbrunnen ist kaputt") for id in "ab"]
    vectors = {"a": np.array([1.0, 0.1], np.float32), "b": np.array([1.0, -0.1], np.float32)}
    assert [group.ids for group in suggest(pins, vectors=vectors)] == [("a", "b")]
