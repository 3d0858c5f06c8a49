"""Hostile words at every door of data/: in each text that a door takes, and nothing breaks."""

import dataclasses
import importlib
import inspect
import logging
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import data
from data.problems import Problem
from data.rules import Actor
from data.store import Store
from tests.data.rehearsal import Rehearsal
from tests.data.test_rules import EXPECTED, actor_of, doors
from tests.hostile import CORPUS, sample

__all__ = ["doors"]
NO_PART = "TypeError: no part of an application"  # code says it, nobody types it
STEP = 320  # a slice of the corpus for each text; the next text takes the next slice
SLOW = {"people.add", "people.change_password"}  # a password is hashed slowly on purpose
NEEDS_A_FILE = {"backups.make"}  # its texts are folders of the machine's, not words


class _CaughtError(Exception):
    """Carries what a door was called with."""


def _caught(function: Callable) -> Callable:
    def instead(*args: Any, **kwargs: Any) -> None:
        raise _CaughtError(function, args, kwargs)

    return instead


@pytest.fixture
def calls(store, office_day, doors) -> dict[str, tuple]:
    """Return, by door, the function behind it, who may call it, and what the rights matrix gives it."""
    modules = [
        importlib.import_module(f"data.{m.name}") for m in pkgutil.iter_modules(data.__path__)
    ]
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        for module in modules:
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if {"store", "actor"} <= inspect.signature(function).parameters.keys():
                    patch.setattr(module, name, _caught(function))
        for name, (act, knock) in doors.items():
            actor = next(actor_of(role) for role in EXPECTED if act in EXPECTED[role])
            with pytest.raises(_CaughtError) as caught:
                knock(actor)
            found[name] = (act, *caught.value.args)
    return found


def texts_in(value: Any) -> Iterator[Callable[[str], Any]]:
    """Yield, for each text inside a value, what makes the value anew with another text there."""
    if isinstance(value, Actor | Store | logging.Logger):
        return
    if isinstance(value, str):
        yield lambda text: text
    elif isinstance(value, dict):
        for name, inner in value.items():
            for put in texts_in(inner):
                yield lambda text, name=name, put=put: {**value, name: put(text)}
        if value:
            yield lambda text: {text: next(iter(value.values()))}
    elif isinstance(value, list | tuple) and type(value) in (list, tuple):
        for n, inner in enumerate(value):
            for put in texts_in(inner):
                yield lambda text, n=n, put=put: type(value)(
                    [*value[:n], put(text), *value[n + 1 :]]
                )
    elif dataclasses.is_dataclass(value) and type(value).__module__ != "geo.area":
        for one in dataclasses.fields(value):
            if one.init:
                for put in texts_in(getattr(value, one.name)):
                    yield lambda text, one=one, put=put: dataclasses.replace(
                        value, **{one.name: put(text)}
                    )


def ways(args: tuple, kwargs: dict) -> Iterator[Callable[[str], tuple[tuple, dict]]]:
    """Yield what makes a call's arguments anew with another text in each place that takes one."""
    for put in texts_in(list(args[2:])):
        yield lambda text, put=put: ((*args[:2], *put(text)), kwargs)
    for name, value in kwargs.items():
        for put in texts_in(value):
            yield lambda text, name=name, put=put: (args, {**kwargs, name: put(text)})


def knock(store: Store, function: Callable, actor: Actor, args: tuple, kwargs: dict) -> str:
    """Call a door in a rehearsal; returns 'taken' or the refusal's key, and raises anything else."""
    rehearsed = Rehearsal(store)
    try:
        result = function(rehearsed, actor, *args[2:], **kwargs)
        if inspect.isgenerator(result):
            list(result)
    except Problem as refused:
        return refused.key
    except StopIteration:  # it wrote, and reads again what the rehearsal has undone
        assert rehearsed.written
    return "taken"


def every_text(store: Store, calls: dict, step: int) -> Iterator[str]:
    """Put hostile words into each text of each door, and yield what broke; quiet when nothing did."""
    slot = 0
    for name, (act, function, args, kwargs) in calls.items():
        if name in NEEDS_A_FILE:
            continue
        allowed = [actor_of(role) for role in EXPECTED if act in EXPECTED[role]]
        taken = [one for one in allowed if knock(store, function, one, args, kwargs) == "taken"]
        actor = (taken or allowed)[-1]
        for way in ways(args, kwargs):
            slot += 1
            for text in sample(slot, step * 10 if name in SLOW else step):
                try:
                    said = knock(store, function, actor, *way(text))
                except Exception as error:
                    said = f"{type(error).__name__}: {error}"
                if (said.startswith("store.") or ":" in said) and NO_PART not in said:
                    yield f"{name}: {said[:300]} from text {slot}, {text[:60]!r}"
    assert slot > 250  # that the texts were found at all


def test_no_text_at_any_door_is_more_than_refused(store, calls, caplog, fingerprint) -> None:
    with caplog.at_level(logging.WARNING):
        before = fingerprint(store)
        assert list(every_text(store, calls, STEP)) == []
        assert fingerprint(store) == before
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.thorough
@pytest.mark.timeout(3600)
def test_the_whole_corpus_at_every_door(store, calls, caplog) -> None:
    assert len(CORPUS) > 800
    with caplog.at_level(logging.WARNING):
        assert list(every_text(store, calls, 1)) == []
    assert [record.getMessage() for record in caplog.records] == []
