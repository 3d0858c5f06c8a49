"""Templates for answers, by field of action and language: a set that is shipped, and the office's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from data import answers, rules, trail
from data.fields import FIELDS
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import LANGUAGES, clean

MAX_TITLE = 100
# The shipped ones: `answers.template.<key>` names it for the office, `template.<key>` is its text
SHIPPED: dict[str, str] = {  # key: field of action, '' = every one
    "thanks": "",
    "looked": "",
    "handed_on": "",
    "not_possible": "",
    "money": "",
    "discussed": "",
    "done": "",
    "in_meeting": "IN",
    "in_room": "IN",
    "bi_school": "BI",
    "bi_help": "BI",
    "oer_clean": "OER",
    "oer_repair": "OER",
    "oer_traffic": "OER",
    "gb_place": "GB",
    "gb_offer": "GB",
    "bvk_join": "BVK",
    "bvk_partner": "BVK",
}


@dataclass(frozen=True)
class Template:
    """A template of the office's own, its words by language."""

    id: str
    field: str  # '' = every field of action
    title: str
    words: Mapping[str, str]
    version: int


def shipped(field: str = "") -> list[str]:
    """List the keys of the shipped templates for a field: its own first, then the general ones."""
    own = [key for key, about in SHIPPED.items() if about and about == field]
    return [*own, *(key for key, about in SHIPPED.items() if not about)]


def listing(store: Store, actor: Actor, *, field: str | None = None) -> list[Template]:
    """List the office's own templates by title; for a field: its own and the general ones."""
    rules.check(actor, Act.ANSWER_GIVE)
    rows = store.read(
        "select id, lang, field, title, words, changed_at from answer_template "
        "where $every or field = '' or field = $field order by lower(title), id",
        {"every": field is None, "field": field or ""},
    )
    return [_template([row for row in rows if row[0] == one]) for one in _ids(rows)]


def save(
    store: Store,
    actor: Actor,
    template_id: str,
    *,
    field: str,
    title: str,
    words: Mapping[str, str],
    seen: int,
    now: datetime,
) -> Template:
    """Make a template of the office's own, or change it as it was at the version `seen` (0 = new).

    Raises BadInput without a title or German words, Conflict when it was changed meanwhile.
    """
    rules.check(actor, Act.ANSWER_GIVE)
    line = _title(title)
    said = answers.checked(words)
    if field not in ("", *FIELDS):
        raise BadInput("pin.field_unknown", field="field")

    def job(tx: Transaction) -> None:
        stands = _stored(tx, template_id)
        if stands and (stands.field, stands.title, dict(stands.words)) == (field, line, said):
            return
        if (stands.version if stands else 0) != seen:
            raise Conflict("template.changed_meanwhile")
        at = max(now, answers.moment(seen + 1))
        _delete(tx, template_id)
        for lang, text in said.items():
            tx.execute(
                "insert into answer_template values ($id, $lang, $field, $title, $words, $now)",
                {"id": template_id, "lang": lang, "field": field, "title": line}
                | {"words": text, "now": trail.utc(at)},
            )
        trail.note(tx, actor, Act.ANSWER_GIVE, "answer_template", template_id, now=now)

    store.write(job)
    return next(one for one in listing(store, actor) if one.id == template_id)


def delete(store: Store, actor: Actor, template_id: str, *, seen: int, now: datetime) -> None:
    """Delete a template of the office's own; Conflict when somebody changed it meanwhile."""
    rules.check(actor, Act.ANSWER_GIVE)

    def job(tx: Transaction) -> None:
        stands = _stored(tx, template_id)
        if stands is None:
            raise NotFound("template.not_found")
        if stands.version != seen:
            raise Conflict("template.changed_meanwhile")
        _delete(tx, template_id)
        details = {"title": stands.title, "deleted": dict(stands.words)}
        trail.note(
            tx, actor, Act.ANSWER_GIVE, "answer_template", template_id, now=now, details=details
        )

    store.write(job)


# --- inside -----------------------------------------------------------------


def _title(typed: str) -> str:
    line = " ".join(clean(typed[: 20 * MAX_TITLE]).split())
    if not line:
        raise BadInput("template.title_missing", field="title")
    if len(line) > MAX_TITLE:
        raise BadInput("title.too_long", field="title", limit=MAX_TITLE, length=len(line))
    return line


def _ids(rows: list[tuple]) -> list[str]:
    return list(dict.fromkeys(row[0] for row in rows))


def _template(rows: list[tuple]) -> Template:
    template_id, _, field, title, _, _ = rows[0]
    at = max(row[5] for row in rows).replace(tzinfo=UTC)
    said = {row[1]: row[4] for row in rows}
    words = {lang: said[lang] for lang in LANGUAGES if lang in said}
    return Template(template_id, field, title, words, answers.version(at))


def _stored(tx: Transaction, template_id: str) -> Template | None:
    rows = tx.execute(
        "select id, lang, field, title, words, changed_at from answer_template where id = $id",
        {"id": template_id},
    )
    return _template(rows) if rows else None


def _delete(tx: Transaction, template_id: str) -> None:
    tx.execute("delete from answer_template where id = $id", {"id": template_id})
