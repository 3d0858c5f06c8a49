"""The legal pages: the blanks that the office fills in, and own texts in place of the templates."""

from collections.abc import Mapping
from datetime import datetime

from data import rules, trail
from data.problems import BadInput
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import bounded

PAGES = ("privacy", "imprint", "accessibility", "netiquette")
LANGUAGES = ("de", "en", "tr", "ar", "ls")
BLANKS = (
    "controller",
    "address",
    "phone",
    "email",
    "represented",
    "responsible",
    "register",
    "dpo",
    "hosting",
    "statement_on",
)
MAX_BLANK = 300
MAX_TEXT = 30_000


def blanks(store: Store) -> dict[str, str]:
    """Read the blanks that are filled in, by name; anybody may, they stand on public pages."""
    return _under(store, "legal.blank.")


def missing(filled: Mapping[str, str]) -> tuple[str, ...]:
    """Return the blanks that are still to be filled in, in their order.

    >>> missing(dict.fromkeys(BLANKS[1:], "x")), missing({}) == BLANKS
    (('controller',), True)
    """
    return tuple(name for name in BLANKS if not filled.get(name))


def own_text(store: Store, page: str, lang: str) -> str:
    """Read the office's own text of a page in a language; '' means that the template stands."""
    return _under(store, "legal.text.").get(f"{page}.{lang}", "")


def own_texts(store: Store) -> tuple[str, ...]:
    """Read which pages have a text of the office's own, as `page.language`."""
    return tuple(sorted(_under(store, "legal.text.")))


def fill(store: Store, actor: Actor, given: Mapping[str, str], *, now: datetime) -> None:
    """Fill in blanks ('' empties one); BadInput for an unknown or too long one, then none is."""
    rules.check(actor, Act.SETTING_CHANGE)
    checked = {f"legal.blank.{name}": _checked_blank(name, text) for name, text in given.items()}
    store.write(lambda tx: _keep(tx, actor, checked, now=now))


def replace(store: Store, actor: Actor, *, page: str, lang: str, text: str, now: datetime) -> None:
    """Put an own plain text in place of a page's template; '' goes back to the template."""
    rules.check(actor, Act.SETTING_CHANGE)
    if page not in PAGES or lang not in LANGUAGES:
        raise BadInput("legal.page_unknown", field="page")
    cleaned = bounded(text, MAX_TEXT, "text", typed=2 * MAX_TEXT)
    store.write(lambda tx: _keep(tx, actor, {f"legal.text.{page}.{lang}": cleaned}, now=now))


def _checked_blank(name: str, text: str) -> str:
    if name not in BLANKS:
        raise BadInput("legal.blank_unknown", field=name)
    return bounded(text, MAX_BLANK, name, typed=2 * MAX_BLANK)


def _under(store: Store, start: str) -> dict[str, str]:
    found = store.read(
        "select key, value from setting where starts_with(key, $start) and value <> ''",
        {"start": start},
    )
    return {key.removeprefix(start): value for key, value in found}


def _keep(tx: Transaction, actor: Actor, given: Mapping[str, str], *, now: datetime) -> None:
    for key, value in given.items():
        before = tx.execute("select value from setting where key = $key", {"key": key})
        old = before[0][0] if before else ""
        if old == value:
            continue
        tx.execute(
            "insert into setting values ($key, $value) "
            "on conflict (key) do update set value = excluded.value",
            {"key": key, "value": value},
        )
        told = {"value": value, "before": old}
        trail.note(tx, actor, Act.SETTING_CHANGE, "setting", key, now=now, details=told)
