"""A partner on screen: what it is, where, in which fields and languages, and how to reach it."""

from collections.abc import Sequence
from html import escape

from components import cards
from components.map import Mark
from components.projects import apart
from components.words import Words
from data.partners import Partner
from data.texts import lang_of


def html(words: Words, partner: Partner, *, more: str = "", tag: str = "strong") -> str:
    """Return a partner's card; `more` is HTML before its place, `tag` that of its name."""
    tags = [words(f"partner_kind.{partner.kind}")]
    if not partner.active:
        tags.append(words("partners.inactive"))
    if partner.demo:
        tags.append(words("demo.label"))
    shown = "".join(map(cards.tag, tags))
    fields = " ".join(cards.field(words, name) for name in partner.fields)
    return (
        f'<article class="kk-partner">{name(partner, tag)}'
        f"{_where(words, partner, more)}{_about(partner)}"
        f'<p class="kk-facts kk-partner-fields">{fields}</p>{_languages(words, partner)}'
        f'{contact(words, partner)}<p class="kk-tags">{shown}</p></article>'
    )


def name(partner: Partner, tag: str = "strong") -> str:
    """Return a partner's name, which somebody typed, as HTML that is only words."""
    lang = lang_of(partner.name, "de")
    return f'<{tag} class="kk-need-title" lang="{lang}" dir="auto">{escape(partner.name)}</{tag}>'


def contact(words: Words, partner: Partner) -> str:
    """Return how the office reaches a partner; nothing for who may not see it."""
    if not partner.contact:
        return ""
    label = escape(words("partners.contact"))
    said = f'<bdi dir="auto">{escape(partner.contact)}</bdi>'
    return f'<p class="kk-contact">{label} {said}</p>'


def languages(words: Words, partner: Partner) -> str:
    """Name the languages that are spoken at a partner; '' when nobody wrote them down."""
    comma = "، " if words.dir == "rtl" else ", "
    return comma.join(words(f"language.{lang}") for lang in partner.languages)


def marks(found: Sequence[Partner], chosen: str) -> list[Mark]:
    """Return partners as marks on the map, those of one place moved apart; one is chosen."""
    first = sorted(found, key=lambda one: one.id != chosen)
    return apart([Mark(one.id, one.at, "partner", _look(one, chosen)) for one in first])


def _look(partner: Partner, chosen: str) -> str:
    if partner.id == chosen:
        return "chosen"
    return "" if partner.active else "dim"


def _where(words: Words, partner: Partner, more: str) -> str:
    """Say where a partner is, unless its name is that of the place."""
    place = "" if str(partner.place) == partner.name else escape(words.place(partner.place))
    return f'<p class="kk-facts">{more}{place}</p>' if more or place else ""


def _about(partner: Partner) -> str:
    if not partner.about:
        return ""
    return cards.own_words(partner.about, lang_of(partner.about, "de"), "kk-partner-about")


def _languages(words: Words, partner: Partner) -> str:
    said = languages(words, partner)
    return (
        f'<p class="kk-facts">{escape(words("partners.speak", languages=said))}</p>' if said else ""
    )
