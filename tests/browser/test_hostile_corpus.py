"""The whole corpus of hostile words on every page: repeats test_hostile.py with twelve times as many."""

from collections.abc import Iterator

import pytest

from tests import hostile_kiez
from tests.browser.conftest import DESKTOP, PHONE, Server, start_server, stop_server
from tests.browser.hostile_page import VISITS
from tests.browser.test_hostile import opened, walk
from tests.hostile import CORPUS

__all__ = ["opened"]
pytestmark = [pytest.mark.thorough, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("corpus")
    hostile_kiez.settle(folder, CORPUS, every=16)
    running = start_server(folder, KIEZKARTE_DEMO="0")
    yield running
    stop_server(running)


@pytest.mark.parametrize(("size", "lang"), [(PHONE, "de"), (DESKTOP, "ar")], ids=["phone", "wide"])
@pytest.mark.parametrize("name", VISITS)
def test_a_page_shows_the_corpus_and_nothing_more(opened, name, size, lang) -> None:
    visit = VISITS[name]
    assert walk(opened(visit.who, size), visit, lang) == []


def test_the_log_says_neither_trouble_nor_words(server) -> None:
    log = server.log.read_text(encoding="utf-8", errors="replace")
    for sign in ("unexpected trouble", "Traceback", "Uncaught", "pwned()"):
        assert sign not in log
