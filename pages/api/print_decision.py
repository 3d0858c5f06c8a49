"""The letter on a decision as a PDF: in the applicant's language, and below it in German."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from components import session
from components.words import Words, words
from data import application_links, decision_letters, instance
from data.decision_letters import Letter, Office
from data.problems import NotFound
from data.rules import Act, Actor, may
from data.texts import isolated, lang_of
from pages.api import acts, pdf
from pages.api.pdf import Block, Document, Run

GRANTED = ("approved", "approved_with_conditions")
NEXT = {"approved": 3, "approved_with_conditions": 4, "rejected": 2, "postponed": 2}  # sentences


def sheet(request: Request) -> Response:
    """Return the letter for the office, or for whoever holds the application's private link."""
    here, project_id = instance.running(), request.query_params.get("project", "")
    told = decision_letters.of(here.store, reader(request), project_id)
    say = words(told.project.lang)
    made = pdf.drawn(say, document(say, told, here.area.title))
    return pdf.answer(made, f"{say('decision.file')}-{told.project.number}.pdf")


def reader(request: Request) -> Actor:
    """Return who asks: somebody of the office, else the applicant by the private link."""
    known = acts.person(request)
    token = request.cookies.get(session.APPLICATION_COOKIE, "")
    if may(known, Act.APPLICATION_READ) or not token:
        return known
    try:
        return application_links.who(instance.running().store, token, now=session.now())
    except NotFound:
        return known


def document(say: Words, told: Letter, area: str) -> Document:
    """Lay a letter out."""
    blocks = [_sender(told, area), *_letter(say, told)]
    if say.html_lang != "de":
        german = words("de")
        below = [{"is": "soft", "t": german("decision.german")}, *_letter(german, told)]
        blocks += [{"is": "rule"}, {"is": "other", "lang": "de", "rtl": False, "blocks": below}]
    return Document(
        title=_subject(say, told),
        brand=f"Kiezkarte · {area}",
        blocks=blocks,
        foot=_subject(say, told),
        moment=told.decided_at,
    )


# --- inside -----------------------------------------------------------------


def _sender(told: Letter, area: str) -> Block:
    office = told.office
    lines = [office.name or area, office.address, office.phone, office.email]
    return {"is": "address", "lines": [pdf.theirs(line, "de") for line in lines if line]}


def _subject(say: Words, told: Letter) -> str:
    title = isolated(told.project.title)
    return say("decision.subject", title=title, number=told.project.number)


def _letter(say: Words, told: Letter) -> Iterator[Block]:
    yield _line(say.day(told.decided_at))
    yield {"is": "heading", "level": 1, "t": _subject(say, told)}
    yield _line(say("decision.dear", name=isolated(told.name)) if told.name
                else say("decision.dear_nobody"))  # fmt: skip
    yield {"is": "strong", "t": say(f"decision.{told.outcome}")}
    if rows := list(_sums(say, told)):
        yield {"is": "facts", "rows": rows}
    yield _line(_by(say, told))
    yield from _words(say, told)
    yield {"is": "heading", "level": 2, "t": say("decision.next")}
    yield {"is": "list", "items": list(_next(say, told))}
    yield from _contact(say, told.office)
    yield _line(say("decision.greeting"))


def _sums(say: Words, told: Letter) -> Iterator[list[Run]]:
    project = told.project
    yield [say("decision.asked"), say.money(project.cents)]
    if told.outcome in GRANTED and project.granted is not None:
        yield [say("decision.granted"), say.money(project.granted)]


def _by(say: Words, told: Letter) -> str:
    if told.body and told.sitting_at:
        day = say.day(told.sitting_at)
        return say("decision.by", body=isolated(told.body), day=day)
    return say("decision.on", day=say.day(told.decided_at))


def _words(say: Words, told: Letter) -> Iterator[Block]:
    """Tell conditions and reason in the words in which they were decided."""
    project = told.project
    for name, text in (("conditions", project.conditions), ("reason", project.reason)):
        if text:
            lang = lang_of(text, "de")
            foreign = say.html_lang != "de" and lang == "de"
            key = f"decision.{name}_german" if foreign else f"decision.{name}"
            yield {"is": "heading", "level": 2, "t": say(key)}
            yield _line(pdf.theirs(text, lang))


def _next(say: Words, told: Letter) -> Iterator[str]:
    for n in range(1, NEXT[told.outcome] + 1):
        yield say(f"decision.next.{told.outcome}.{n}")
    if told.outcome in GRANTED and told.project.starts_on:
        yield say("decision.starts", day=say.day(told.project.starts_on))


def _contact(say: Words, office: Office) -> Iterator[Block]:
    ways = [text for text in (office.address, office.phone, office.email) if text]
    if ways:
        yield _line(say("decision.contact"))
        yield {"is": "address", "lines": [pdf.theirs(one, "de") for one in ways]}
    else:
        yield _line(say("decision.contact_office"))


def _line(text: Run) -> Block:
    return {"is": "line", "t": text}
