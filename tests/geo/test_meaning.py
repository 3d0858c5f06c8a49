"""Words in four languages find their subjects, and hostile ones do no harm."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import meaning
from geo.subjects import SUBJECTS


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("Die Mülltonnen quellen über", "rubbish"),
        ("Muelleimer fehlt", "rubbish"),
        ("Çöpler toplanmıyor", "rubbish"),
        ("cop kutusu yok", "rubbish"),
        ("الزبالة في كل مكان", "rubbish"),
        ("zbale 3al tari2", "rubbish"),
        ("Please empty the bins", "rubbish"),
        ("Sokak lambası yanmıyor", "light"),
        ("sokak lambasi yanmiyor", "light"),
        ("الشارع مظلم ليلا", "light"),
        ("Gehwegschäden: überall Stolperkanten", "footway"),
        ("Radfahrende auf dem Bürgersteig", "cycling"),
        ("Fußgängerampel zu kurz", "crossing"),
        ("Yaya geçidi istiyoruz", "crossing"),
        ("نريد مقاعد أكثر", "benches"),
        ("Die Mieten steigen", "housing"),
        ("Kiralar çok yüksek", "housing"),
        ("الإيجارات غالية", "housing"),
        ("Hundekot auf der Wiese", "dogs"),
        ("Deutschkurs am Abend", "language"),
        ("Der Gehweg war spiegelglatt", "winter"),
        ("Kaldırım buzlu ve kaygan", "winter"),
        ("انزلقت على الثلج", "winter"),
        ("Nobody clears the snow", "winter"),
        ("Seit Tagen kein Warmwasser", "housing"),
        ("Der Tunnel ist unheimlich", "safety"),
    ],
)
def test_a_subject_is_found_in_every_language_and_spelling(words: str, subject: str) -> None:
    assert subject in meaning.subjects_of(words)


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("Ich bin ratlos", "rubbish"),
        ("Der Quartiersrat tagt", "rats"),
        ("Wir kochen gemeinsam", "loneliness"),
        ("35 Grad im Schatten", "cycling"),
        ("Das habe ich gehört", "childcare"),
        ("Das ist vielleicht Pflicht", "light"),
        ("öffentlicher Transport", "sport"),
        ("The traffic light is broken", "light"),
        ("هذا صحيح", "health"),
        ("مطبخ جديد", "speed"),
        ("aşırı pahalı", "health"),
        ("Nobody cares", "cars"),
        ("Mein Sohn sucht Freunde", "drugs"),
        ("Was ist hier los", "light"),
        ("Ice cream for everybody", "winter"),
    ],
)
def test_a_false_friend_is_no_subject(words: str, subject: str) -> None:
    assert subject not in meaning.subjects_of(words)


def test_a_text_may_mix_languages() -> None:
    assert {"rubbish", "benches"} <= meaning.subjects_of("Zu wenig Bänke ve her yerde çöp var")


def test_telling_words_stay_as_they_were_written() -> None:
    assert ("parking", "zweiter Reihe") in meaning.telling_words("Autos in zweiter Reihe!")


@pytest.mark.parametrize(
    "words", ["Bitte nichts ändern", "Aynen kalsın", "Please keep it", "ليبقى كما هو"]
)
def test_a_wish_to_keep_is_heard(words: str) -> None:
    assert meaning.wants_to_keep(words)


def test_every_subject_knows_all_four_languages() -> None:
    assert {key: len(lines) for key, lines in SUBJECTS.items() if len(lines) < 4} == {}


def test_no_stem_is_so_short_that_it_finds_everything() -> None:
    stems = [stem for lines in SUBJECTS.values() for stem in " ".join(lines).split()]
    lone = [stem for stem in stems if not {"_", "-"} & set(stem) and not stem.endswith(".")]
    assert [stem for stem in lone if len(stem.strip("*")) < 3] == []


@given(st.text(max_size=1500))
def test_any_text_can_be_read(words: str) -> None:
    assert meaning.subjects_of(words) <= SUBJECTS.keys()
    assert meaning.subjects_of(words) == meaning.subjects_of(words)


def test_without_the_model_there_are_no_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "find_spec", lambda name: None)
    assert not meaning.available()
    assert meaning.vectors(["Müll"]) is None


@pytest.mark.skipif(not meaning.available(), reason="no wheel of the model for this system")
def test_vectors_bring_the_same_concern_together_across_languages() -> None:
    found = meaning.vectors(["Die Bank ist kaputt", "The bench is broken", "Live music tonight"])
    assert found is not None
    assert (found.shape, found.dtype) == ((3, meaning.SIZE), np.dtype("float32"))
    assert found[0] @ found[1] > found[0] @ found[2]


@pytest.mark.skipif(not meaning.available(), reason="no wheel of the model for this system")
def test_hostile_words_have_vectors_and_none_has_none() -> None:
    found = meaning.vectors(["", "\0", "🚮🚮", "\u202eabc", "a" * 5000])
    assert found is not None
    assert np.isfinite(found).all()
    empty = meaning.vectors([])
    assert empty is not None
    assert empty.shape == (0, meaning.SIZE)
