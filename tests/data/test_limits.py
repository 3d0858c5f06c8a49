import threading

import pytest

from data.limits import TABLE, Limits
from data.problems import TooMany


@pytest.fixture
def clock(monkeypatch):
    """A clock of the limiter that the test moves."""
    moment = [1_000_000.0 - 1_000_000.0 % 900]
    monkeypatch.setattr("limits.storage.memory.time.time", lambda: moment[0])

    def wait(seconds):
        moment[0] += seconds

    return wait


def tries(limits, act, *of, number):
    """Tell how many of a number of tries were taken."""
    taken = 0
    for _ in range(number):
        try:
            limits.hit(act, *of)
            taken += 1
        except TooMany:
            pass
    return taken


@pytest.mark.parametrize(
    ("act", "allowed"),
    [("login", 5), ("login.name", 20), ("login.source", 30), ("receipt", 10), ("setup", 5)],
)
def test_an_act_is_taken_so_often_in_a_minute_and_no_more(clock, act, allowed):
    assert tries(Limits(), act, "somebody", number=100) == allowed


def test_the_refusal_says_to_wait_a_minute(clock):
    limits = Limits()
    tries(limits, "receipt", "here", number=10)
    with pytest.raises(TooMany) as refused:
        limits.hit("receipt", "here")
    assert refused.value.key == "too_many"


def test_two_minutes_later_it_is_taken_again(clock):
    limits = Limits()
    tries(limits, "receipt", "here", number=10)
    clock(121)
    limits.hit("receipt", "here")


def test_a_thousand_guesses_in_ten_minutes_are_ten_tries(clock):
    limits, taken = Limits(), 0
    for _ in range(1000):
        taken += tries(limits, "login", "anna", "here", number=1)
        clock(0.6)
    assert taken == 10


def test_the_longer_limit_says_to_wait_longer(clock):
    limits = Limits()
    for _ in range(3):
        tries(limits, "login", "anna", "here", number=5)
        clock(121)
    with pytest.raises(TooMany) as refused:
        limits.hit("login", "anna", "here")
    assert refused.value.key == "too_many_long"


def test_who_is_guessed_at_from_elsewhere_is_not_locked_out(clock):
    limits = Limits()
    tries(limits, "login", "anna", "there", number=50)
    limits.check("login", "anna", "here")


def test_one_source_does_not_use_up_anothers_tries(clock):
    limits = Limits()
    tries(limits, "setup", "there", number=50)
    limits.hit("setup", "here")


def test_what_is_said_of_whom_cannot_be_mixed_up(clock):
    limits = Limits()
    tries(limits, "login", "a/b", "c", number=50)
    limits.hit("login", "a", "b/c")


def test_a_right_try_clears_the_counter(clock):
    limits = Limits()
    tries(limits, "login", "anna", "here", number=5)
    limits.clear("login", "anna", "here")
    assert tries(limits, "login", "anna", "here", number=50) == 5


def test_checking_counts_nothing(clock):
    limits = Limits()
    for _ in range(100):
        limits.check("receipt", "here")
    limits.hit("receipt", "here")


def test_many_at_once_are_counted_exactly(clock):
    limits, taken = Limits(), []
    crowd = [
        threading.Thread(target=lambda: taken.append(tries(limits, "receipt", "x", number=5)))
        for _ in range(20)
    ]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    assert sum(taken) == 10


def test_no_address_or_name_is_kept_in_clear(clock):
    limits = Limits()
    limits.hit("login", "anna.kowalski", "192.0.2.7")
    kept = str(vars(limits._counters.storage))
    assert "anna" not in kept
    assert "192.0.2.7" not in kept


@pytest.mark.parametrize("source", ["", "\x00", "\ud800", "x" * 100_000, "../" * 9])
def test_hostile_sources_are_sources_like_any_other(clock, source):
    assert tries(Limits(), "receipt", source, number=20) == TABLE["receipt"][0].amount


def test_an_act_without_a_limit_is_a_mistake_in_the_code(clock):
    with pytest.raises(KeyError):
        Limits().hit("no.such.act", "here")
