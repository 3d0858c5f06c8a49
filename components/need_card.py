"""A need for action on the office's board."""

from collections.abc import Mapping
from datetime import date
from html import escape

from components import cards, desk
from components.words import Words
from data.needs import Need
from data.texts import lang_of


def html(
    words: Words,
    need: Need,
    kinds: Mapping[str, int],
    *,
    tag: str = "strong",
    helping: int = 0,
    late: date | None = None,
) -> str:
    """Return the card of the board: title, field, who is behind it, who helps, where it stands.

    `late` is the day by which an answer was promised, once it is over.
    """
    tags = [words(f"need_status.{need.status}")]
    if helping:
        tags.append(words.many("offers.of_need", helping))
    body = need.authority or need.responsible
    if body:
        tags.append(words(f"authority.{body}"))
    if need.climate:
        tags.append(words("need.climate_short"))
    if need.demo:
        tags.append(words("demo.label"))
    shown = "".join(map(cards.tag, tags))
    if late:
        said = escape(words("need.overdue", day=words.day(late)))
        shown = f'<span class="kk-tag kk-late">{said}</span>{shown}'
    return (
        f'<div class="kk-need"><p class="kk-facts">{escape(words("pin.number", number=need.number))}'
        f" · {escape(words(f'field.{need.field}'))}</p>{title(need, tag)}"
        f'<p class="kk-kinds">{desk.counted(words, dict(kinds)) or escape(words("need.no_pins"))}</p>'
        f'<p class="kk-tags">{shown}</p></div>'
    )


def title(need: Need, tag: str = "strong") -> str:
    """Return a need's title, which somebody typed, as HTML that is only words."""
    return f'<{tag} class="kk-need-title" {cards.speech(need.title)}>{escape(need.title)}</{tag}>'


def answer(words: Words, need: Need) -> str:
    """Return whom a need that was handed on went to and what the public was told, as HTML."""
    if not need.authority:
        return ""
    told = escape(words("need.told", authority=words(f"authority.{need.authority}")))
    sentence = f'<p class="kk-answer" {cards.speech(need.public_sentence)}>'
    return f'<p class="kk-label">{told}</p>{sentence}{escape(need.public_sentence)}</p>'


def ending(need: Need) -> str:
    """Return the sentence that was told when a need was closed, as HTML."""
    lang = lang_of(need.ending, "de")
    return f'<p class="kk-answer" lang="{lang}" dir="auto">{escape(need.ending)}</p>'
