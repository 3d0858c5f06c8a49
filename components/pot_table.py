"""The pot book as a table: day, what, for which project, how much, what was left, who."""

from collections.abc import Sequence
from html import escape

from components.words import Words
from data.pot_book import Booking

COLUMNS = ("day", "what", "sum", "left", "who")


def html(words: Words, bookings: Sequence[Booking]) -> str:
    """Return bookings as a table in HTML, in their order; titles are data and stay it."""
    if not bookings:
        return f'<div class="kk-empty"><p>{escape(words("funds.book.empty"))}</p></div>'
    head = "".join(
        f'<th scope="col">{escape(words(f"funds.book.{name}"))}</th>' for name in COLUMNS
    )
    rows = "".join(_row(words, one) for one in bookings)
    return (
        f'<table class="kk-book"><caption class="kk-unseen">{escape(words("funds.book"))}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def kind(words: Words, one: Booking) -> str:
    """Say what a booking is about."""
    key = "corrected" if one.corrects else "taken" if one.cents < 0 else "booked"
    if key == "booked":
        return words(f"funds.kind.{one.kind}")
    return words(f"funds.kind.{key}", kind=words(f"funds.kind.{one.kind}"))


def _row(words: Words, one: Booking) -> str:
    gone = ' class="kk-book-gone"' if one.corrected else ""
    named = (
        one.name or words(f"role.{one.role}") if one.role != "house" else words("funds.by_house")
    )
    cells = (
        f'<td data-name="{escape(words("funds.book.day"))}"><time>{escape(words.day(one.at))}'
        f"</time></td><td>{_what(words, one)}</td>"
        f'<td class="kk-cents" data-name="{escape(words("funds.book.sum"))}">'
        f"{_sum(words, one.cents)}</td>"
        f'<td class="kk-cents" data-name="{escape(words("funds.book.left"))}">'
        f"<bdi>{escape(words.money(one.left))}</bdi></td>"
        f'<td data-name="{escape(words("funds.book.who"))}"><bdi>{escape(named)}</bdi></td>'
    )
    return f"<tr{gone}>{cells}</tr>"


def _what(words: Words, one: Booking) -> str:
    said = f"<strong>{escape(kind(words, one))}</strong>"
    if one.number is not None:
        said += f' <span class="kk-facts">{one.number} · <bdi>{escape(one.title)}</bdi></span>'
    if one.reason:
        said += f'<p class="kk-facts"><bdi>{escape(one.reason)}</bdi></p>'
    return said


def _sum(words: Words, cents: int) -> str:
    sign = "−" if cents < 0 else ""
    return f'<bdi dir="ltr">{sign}{escape(words.money(abs(cents)))}</bdi>'
