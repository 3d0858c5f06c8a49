"""An offer of help as the office reads it."""

from html import escape

from components import cards
from components.words import Words
from data.offers import Offer, OfferState


def html(words: Words, offer: Offer) -> str:
    """Return an offer's card: with what, in whose words, how to be reached, since when."""
    helps = "".join(
        f'<li class="kk-help kk-help-{kind}">{escape(words(f"offer.{kind}"))}</li>'
        for kind in offer.kinds
    )
    said = cards.own_words(offer.words, offer.lang) if offer.words else ""
    return (
        f'<ul class="kk-helps">{helps}</ul>{said}{_contact(words, offer)}'
        f'<p class="kk-facts">{escape(about(words, offer))} · {escape(words.day(offer.created_at))}</p>'
        + (cards.own_words(offer.note, "de", "kk-note") if offer.note else "")
    )


def about(words: Words, offer: Offer) -> str:
    """Say with which pin or need an offer wants to help."""
    number = offer.number
    if offer.thing == "need":
        return words("offers.about_need", number=number)
    return words("offers.about_pin", number=number)


def _contact(words: Words, offer: Offer) -> str:
    if offer.state != OfferState.OPEN:
        return ""
    if not offer.contact:
        return f'<p class="kk-facts">{escape(words("offers.no_contact"))}</p>'
    label = escape(words("offers.contact"))
    return f'<p class="kk-contact">{label} <bdi dir="auto">{escape(offer.contact)}</bdi></p>'
