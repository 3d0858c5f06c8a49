"""Acts of our own scripts: only from our pages, bounded, and a refusal is one translated sentence."""

import asyncio
import logging

import httpx
import pytest
from starlette.applications import Starlette

from data.problems import BadInput, Conflict, NotFound, Problem, StoreTrouble, TooMany
from pages.api import acts

OURS = {"x-kiezkarte": "1"}
REFUSALS = [
    (BadInput("pin.words_missing", field="words"), 422),
    (NotFound("pin.not_found"), 404),
    (Conflict("pin.moved_on"), 409),
    (TooMany("too_many"), 429),
    (StoreTrouble("store.disk_full"), 503),
]


def ask(deed, path: str = "/act", **given: object) -> httpx.Response:
    app = Starlette(routes=[acts.acting("/act", deed, most=100)])

    async def post() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://kiez") as browser:
            return await browser.post(path, **given)  # type: ignore[arg-type]

    return asyncio.run(post())


def echo(_, body: bytes) -> dict[str, int]:
    return {"bytes": len(body)}


def test_an_act_of_our_own_script_is_done() -> None:
    answer = ask(echo, content=b"x" * 100, headers=OURS)
    assert (answer.status_code, answer.json()) == (200, {"bytes": 100})
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("headers", [{}, {**OURS, "sec-fetch-site": "cross-site"}])
def test_what_comes_from_elsewhere_is_refused_and_not_done(headers) -> None:
    done = []
    answer = ask(lambda _, body: done.append(body), headers=headers)
    assert answer.status_code == 403
    assert done == []


def test_a_body_beyond_its_bound_is_refused() -> None:
    answer = ask(echo, "/act?lang=en", content=b"x" * 101, headers=OURS)
    assert answer.status_code == 422
    assert answer.json()["error"] == "form.too_big"


@pytest.mark.parametrize(("problem", "status"), REFUSALS, ids=lambda given: str(given))
def test_a_refusal_is_a_sentence_in_the_language_asked_for(problem: Problem, status: int) -> None:
    def refuse(*_: object) -> None:
        raise problem

    told = [ask(refuse, f"/act?lang={lang}", headers=OURS) for lang in ("de", "tr")]
    assert [answer.status_code for answer in told] == [status, status]
    german, turkish = (answer.json()["sentence"] for answer in told)
    assert german != turkish
    assert problem.key not in german


def test_what_breaks_tells_a_number_and_nothing_else(caplog) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("secret words")

    with caplog.at_level(logging.ERROR, logger="kiezkarte.acts"):
        answer = ask(breaks, headers=OURS)
    assert answer.status_code == 500
    assert answer.json()["reference"] in caplog.text
    assert "secret" not in answer.text
