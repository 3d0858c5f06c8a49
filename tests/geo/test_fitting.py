"""Free pins find the needs that they fit."""

import random

import numpy as np
import pytest

from geo.fitting import AT_ONCE, fitting, steps, together
from geo.needs import Voice
from tests.geo.test_needs import pin

NEED = [pin(f"n{n}", "Zu dunkel, keine Laterne", 5 * n) for n in range(4)]


def test_nothing_fits_nothing() -> None:
    assert fitting([], {"need": NEED}) == []
    assert fitting([pin("a", "dunkel")], {}) == []
    assert fitting([pin("a", "dunkel")], {"empty": []}) == []
    assert together([], {"need": NEED}) == []


def test_a_pin_fits_the_need_about_its_concern_with_why() -> None:
    litter = [pin(f"l{n}", "Überall Müll", 5 * n) for n in range(4)]
    (fit,) = fitting([pin("a", "Burası çok karanlık", 30, lang="tr")], {"x": litter, "y": NEED})
    assert (fit.pin, fit.need, fit.subjects, fit.same_field) == ("a", "y", ("light",), True)
    assert fit.words == (("tr", "karanlık"),)
    assert fit.theirs == (("de", "dunkel"), ("de", "Laterne"))
    assert fit.metres == pytest.approx(15, abs=1)


@pytest.mark.parametrize(
    "far",
    [pin("a", "Zu dunkel", 300), pin("a", "Zu dunkel", kind="strength")],
    ids=["far", "praise"],
)
def test_what_is_far_or_praise_fits_no_problem(far: Voice) -> None:
    assert fitting([far], {"need": NEED}) == []
    assert together([far], {"need": NEED}) == []


def test_praise_fits_praise() -> None:
    good = [pin(f"g{n}", "Schöner Garten", n, kind="strength") for n in range(3)]
    (fit,) = fitting([pin("a", "Der Garten ist toll", kind="strength")], {"need": good})
    assert fit.subjects == ("greenery",)


def test_a_pin_at_one_end_of_a_long_street_still_fits() -> None:
    street = [pin(f"s{n}", "Autos rasen hier durch", 30 * n) for n in range(8)]
    assert fitting([pin("a", "Autos rasen hier", 0)], {"need": street})
    assert fitting([pin("a", "Autos rasen hier", 215)], {"need": street})


def test_place_and_field_alone_are_half_as_sure() -> None:
    (named,) = fitting([pin("a", "Zu dunkel")], {"need": NEED})
    (silent,) = fitting([pin("a", "So geht das nicht")], {"need": NEED})
    assert silent.sureness < named.sureness / 2
    assert silent.subjects == silent.words == ()


def test_a_group_fits_as_a_whole_and_names_no_pin() -> None:
    (fit,) = together([pin("a", "Kein Licht", 10), pin("b", "Lampe aus", 20)], {"need": NEED})
    assert (fit.pin, fit.need, fit.subjects) == ("", "need", ("light",))


def test_order_does_not_matter() -> None:
    voices = [pin(f"v{n}", words, 9 * n) for n, words in enumerate(("dunkel", "Müll", "Lampe"))]
    needs = {"x": NEED, "y": [pin("l", "Müll", 20)]}
    found = fitting(voices, needs)
    shuffled = {key: random.Random(1).sample(some, len(some)) for key, some in needs.items()}
    assert [(f.pin, f.need) for f in fitting(voices[::-1], shuffled)] == [
        (f.pin, f.need) for f in found
    ]


def test_many_pins_are_looked_at_in_steps() -> None:
    voices = [pin(f"v{n}", "Zu dunkel", n % 50) for n in range(AT_ONCE + 10)]
    shares = [share for share, _ in steps(voices, {"need": NEED})]
    assert len(shares) == 2
    assert shares == sorted(shares)
    assert len(fitting(voices, {"need": NEED})) == len(voices)


def test_vectors_speak_for_words_that_the_table_does_not_know() -> None:
    same, other = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    need = [pin(f"n{n}", "xyz", n) for n in range(4)]
    voices = [pin("like", "xyz", 20), pin("unlike", "xyz", 20)]
    voices += [pin(f"far{n}", "xyz", 5_000 + 1_000 * n) for n in range(20)]
    vectors = {voice.id: same for voice in need} | {"like": same, "unlike": other}
    vectors |= {f"far{n}": (same, other)[n % 2] for n in range(20)}
    assert [fit.pin for fit in fitting(voices, {"need": need}, vectors=vectors)] == ["like"]
