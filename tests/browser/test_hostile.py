"""Hostile words in every place that shows somebody's words: they are words, and stay as they are."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data import areas, bodies, members, needs, people, pins, projects, sittings
from data.deciding_standing import ItemId, MemberId
from data.pins import Draft
from data.rules import HOUSE, VISITOR, Actor, PersonId, PinId, Role
from data.store import Store
from data.texts import clean
from geo.points import LonLat
from tests.browser.conftest import (
    DESKTOP,
    PASSWORD,
    PHONE,
    Server,
    log_in,
    settled,
    start_server,
    stop_server,
)

EVIL = "https://evil.example/x"
TEXTS = [
    "<script>pwned()</script>",
    "</p></article><script>pwned()</script>",
    "<img src=x onerror=pwned()>",
    f'<img src="{EVIL}.png">',
    "<svg onload=pwned()>",
    "<svg><script>pwned()</script></svg>",
    "<iframe srcdoc='<script>parent.pwned()</script>'></iframe>",
    f"<iframe src={EVIL}></iframe>",
    f"<link rel=stylesheet href={EVIL}.css>",
    "<style>* {display: none}</style>",
    f"<style>@import '{EVIL}.css'</style>",
    f"<meta http-equiv=refresh content='0;url={EVIL}'>",
    "<base href=https://evil.example/>",
    f"<form action={EVIL}><input name=a autofocus onfocus=pwned()></form>",
    "<details open ontoggle=pwned()>",
    "<video><source onerror=pwned()></video>",
    "<a href='javascript:pwned()'>hier</a>",
    '" onmouseover="pwned()" x="',
    "' onfocus='pwned()' autofocus='",
    "--><script>pwned()</script><!--",
    "</style><script>pwned()</script>",
    "</textarea><script>pwned()</script>",
    "<math><mtext><img src=x onerror=pwned()></mtext></math>",
    "&lt;script&gt;pwned()&lt;/script&gt; &amp;amp; &#60;b&#62;",
    "javascript:pwned()",
    "data:text/html,<script>parent.pwned()</script>",
    f"![Bild]({EVIL}.png)",
    f"[Klick]({EVIL}) [js](javascript:pwned())",
    f"{EVIL} www.evil.example mailto:a@evil.example",
    "# Titel\n## Titel\n- Punkt\n1. Punkt\n> Zitat",
    "**fett** *schräg* ~~weg~~ `code` $x^2$ :red[rot] :material/home: :smile:",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "```html\n<script>pwned()</script>\n```",
    "---\n***\n___",
    f"[^1]: {EVIL}\n<{EVIL}>",
    "-> <- == != >= <= ~= (c) --",
    "{{7*7}} {% for x in range(9) %}x{% endfor %}",
    "{{ self.__init__.__globals__.__builtins__ }}",
    "{{config}} {# weg #} {%raw%}",
    "${7*7} ${pwned()} `${pwned()}`",
    "#{7*7} <%= 7*7 %> @(7*7) [[7*7]] {7*7}",
    "{number} {0} {n!r} {title.__class__} %s %(x)d %n",
    "\\u003cscript\\u003epwned()\\u003c/script\\u003e",
    "\\'); pwned(); //",
    '"); pwned(); ("',
    "'; drop table pin; --",
    "' or '1'='1",
    "x' union select password_hash from person --",
    '=HYPERLINK("https://evil.example","hier")',
    "+1+1\t-1+1\t@SUM(1)",
    "=cmd|' /C calc'!A0",
    "\u202eumgedreht\u202c und weiter",
    "\u2066eingerückt\u2069 \u200fRTL\u200e",
    "الطريق مظلم dark طريق 123 (abc) [x] <y>",
    "עברית and العربية und Türkçe İıŞş",
    "Z" + "\u0300\u0301\u0302\u0303" * 12 + "algo",
    "Nu\x00ll und \x1b[31mrot\x07",
    "\u2028Zeile\u2029Absatz\u0085",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏿" * 20,
    "\ufeff\u200b\u200d\u2060unsichtbar",
    "\ufffe\uffff\U0010ffff Rand",
    "ﷺ" * 40 + "𝕬𝖑𝖑𝖊𝖘 ﬁn",
    "W" * 1000,
    "العربية" * 140,
    "a\n" * 60 + "viele Zeilen",
    "..\\..\\..\\etc/passwd %00 %2e%2e%2f",
    "constructor __proto__ toString",
    "NaN undefined null true -0 1e999",
]  # fmt: skip
LONG = max((clean(text) for text in TEXTS), key=len)
CODE = "7Q2MX-9D4RT-0KB"
STORED = [clean(text) for text in TEXTS]
TITLES = [" ".join(clean(text).split())[:200] for text in TEXTS]
SOURCE = "window.pwned = () => { window.__pwned = (window.__pwned || 0) + 1 }"


def settle(folder: Path) -> None:
    """Store each text as a pin, a need's title, a project's title and text, a person's name."""
    now, area = datetime.now(UTC), areas.load("mariannenplatz")
    office = Actor(Role.OFFICE, person=PersonId("person-office"), name="Büro")
    store = Store.open(folder / "kiezkarte.duckdb")

    def draft(name: str, words: str, n: int) -> Draft:
        at = LonLat(13.4225 + n % 9 * 0.0006, 52.5005 + n // 9 * 0.0003)
        return Draft(PinId(name), ("problem", "idea", "strength")[n % 3], words, at)

    drafts = [draft(f"pin-{n}", text, n) for n, text in enumerate(TEXTS)]
    pins.add(store, VISITOR, area, drafts, now=now)
    pins.release(store, office, [one.id for one in drafts], now=now, note=TEXTS[0])
    everything = "\n".join(TEXTS)[:1000]
    pins.add(
        store,
        VISITOR,
        area,
        [Draft(PinId("own"), "idea", everything, drafts[0].at, code=CODE)],
        now=now,
    )
    for n, title in enumerate(TITLES):
        needs.create(
            store, office, need_id=needs.NeedId(f"need-{n}"), title=title, field="OER",
            priority="now", pin_ids=[PinId(f"pin-{n}")], now=now,
        )  # fmt: skip
    for n, title in enumerate(TITLES):
        projects.create(
            store, office, project_id=projects.ProjectId(f"project-{n}"), title=title,
            description=TEXTS[n], fund="baufonds", cents=60_000_00, field="OER", climate=False,
            at=drafts[n].at, area=area, now=now, applicant=TITLES[n][:80],
            details={"period": title, "costs": [{"item": title, "cents": 100}]},
            need_ids=[needs.NeedId(f"need-{m}") for m in range(len(TITLES))] if n == 0 else [],
        )  # fmt: skip
    for n, login in enumerate(("office", "jury", "admin", *(f"p{n}" for n in range(6)))):
        people.add(
            store, HOUSE, person_id=PersonId(f"person-{login}"), login=login,
            name=TITLES[n * 5 + 2][:80], role=login if n < 3 else "jury", password=PASSWORD,
            demo=True, now=now,
        )  # fmt: skip
    hold(store, office, now)
    store.close()


def hold(store: Store, office: Actor, now: datetime) -> None:
    """Plan a sitting in which body, members, title, place and every item are hostile."""
    bodies.add(
        store, office, body_id=bodies.BodyId("evil"), kind="jury", title=TITLES[0], now=now,
        valid_from=date(2026, 1, 1),
    )  # fmt: skip
    for n, name in enumerate(TITLES[:12]):
        members.add(
            store, office, member_id=MemberId(f"m{n}"), body_id=bodies.BodyId("evil"),
            name=name[:80], resident=True, substitute=False, chair=n == 0, now=now,
            term_from=date(2026, 1, 1), term_to=date(2099, 12, 31),
        )  # fmt: skip
    planned = sittings.plan(
        store, office, sitting_id="evil", body_id=bodies.BodyId("evil"), title=TITLES[2],
        place=TITLES[6], held_at=now + timedelta(days=8), public=False, now=now,
    )  # fmt: skip
    items = [sittings.Item(ItemId(f"i{n}"), "talk", title) for n, title in enumerate(TITLES[:60])]
    sittings.put_on(store, office, planned.id, items=items, version=planned.version, now=now)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile")
    settle(folder)
    running = start_server(folder)
    yield running
    stop_server(running)


def opened(watched, size: dict) -> Page:
    """Open a page that notes every script that somebody's words would run."""
    page, _ = watched(size)
    page.context.add_init_script(SOURCE)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    return page


def harmless(page: Page, address: str) -> None:
    """Go to an address and check that no word there did anything, and nothing sticks out."""
    page.goto(address)
    settled(page)
    expect(page.locator(".kk-brand").first).to_be_attached()
    unmoved(page, address)


def unmoved(page: Page, address: str) -> None:
    ran = [frame.evaluate("window.__pwned || 0") for frame in page.frames]
    assert set(ran) == {0}, address
    assert page.locator("[data-testid=stException]").count() == 0, address
    # 16: a scrollbar's width, which takes from what is inside
    wide = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll(
             "[data-testid=stMain], [data-testid=stVerticalBlock]")]
             .filter(e => e.scrollWidth > Math.max(e.clientWidth, 1) + 16 && e.clientWidth > 0
                       && getComputedStyle(e).overflowX !== "visible")
             .map(e => `${e.className} ${e.scrollWidth} > ${e.clientWidth}`)"""
    )
    page_width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert page_width[0] <= page_width[1], (address, page_width)
    assert wide == [], (address, wide)
    assert page.locator("style:text('display: none}'), base, meta[http-equiv=refresh]").count() == 0


def words_on(page: Page) -> set[str]:
    return set(page.locator(".kk-words").all_text_contents())


def one_line(texts: list[str]) -> set[str]:
    return {" ".join(text.replace("\u2060", "").split()) for text in texts}


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_residents_words_are_words_for_residents(watched, lang) -> None:
    page = opened(watched, PHONE)
    harmless(page, f"/?lang={lang}&view=list")
    for shown in (50, len(STORED)):
        page.locator(".st-key-residents-more button").click()
        expect(page.locator(".kk-words")).to_have_count(min(shown, len(STORED)))
    settled(page)
    assert words_on(page) == set(STORED)
    unmoved(page, "list")
    harmless(page, f"/follow?lang={lang}&code={CODE}")
    assert words_on(page) == {clean("\n".join(TEXTS)[:1000])}
    for address in ("", "results", "funded"):
        harmless(page, f"/{address}?lang={lang}")


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=pwned()>", "{{7*7}}", "%00%ED%A0%80", "${pwned()}"]
)
def test_a_hostile_address_is_a_filter_that_finds_nothing(watched, text) -> None:
    page = opened(watched, DESKTOP)
    value = (
        text if text.startswith("%") else re.sub(r"[<>{}$ =]", lambda m: f"%{ord(m[0]):02x}", text)
    )
    harmless(page, f"/?lang=de&view=list&text={value}&kind={value}&field={value}&box={value}")
    harmless(page, f"/follow?lang={value}&code={value}")


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_residents_words_are_words_for_the_office(watched, lang) -> None:
    page = opened(watched, DESKTOP)
    log_in(page, "admin")
    harmless(page, f"/inbox?lang={lang}")
    assert clean("\n".join(TEXTS)[:1000]) in words_on(page)
    harmless(page, f"/pins?lang={lang}")
    page.locator("[class*=st-key-pins-open-] button").first.click()
    expect(page.locator(".st-key-kk-opened")).to_be_visible()
    unmoved(page, "opened pin")
    assert words_on(page) <= {*STORED, clean("\n".join(TEXTS)[:1000])}
    for address in (
        "groups",
        "needs",
        "needs?need=need-4",
        "projects",
        "projects?project=1",
        "figures",
        "bodies",
        "sittings",
        "sittings?sitting=evil",
        "people",
    ):
        harmless(page, f"/{address}{'&' if '?' in address else '?'}lang={lang}")
    names = one_line(page.locator(".kk-person").all_text_contents())
    assert {TITLES[n * 5 + 2][:80].strip() for n in range(9)} <= names


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_residents_words_are_words_for_the_jury(watched, lang) -> None:
    page = opened(watched, DESKTOP)
    log_in(page, "jury")
    harmless(page, f"/proposals?lang={lang}")
    harmless(page, f"/proposals?lang={lang}&project=1")
    assert one_line(page.locator(".kk-needs strong").all_text_contents()) == {
        " ".join(title.replace("\u2060", "").split()) for title in TITLES
    }
    for n in (4, TEXTS.index("W" * 1000) + 1):
        harmless(page, f"/proposals?lang={lang}&project={n}")
        assert page.locator(".kk-proposal .kk-words").first.text_content() == STORED[n - 1]
