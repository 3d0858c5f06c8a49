"""What letters quote of residents' words: known by pin, so that it goes when the words go."""

from collections.abc import Mapping

from data.rules import PinId
from data.store import Transaction

GONE = "[…]"  # stands where somebody took the words back


def keep(tx: Transaction, route_id: str, quoted: Mapping[PinId, str]) -> None:
    """Note inside a write which words of which pins stand in a letter."""
    for pin_id, words in quoted.items():
        if words:
            tx.execute(
                "insert into route_quote values ($route, $pin, $words) "
                "on conflict (route_id, pin_id) do update set words = excluded.words",
                {"route": route_id, "pin": pin_id, "words": words},
            )


def erase(tx: Transaction, pin_id: PinId) -> None:
    """Take a pin's words out of every letter that quotes them, inside a write."""
    _replace(tx, pin_id, GONE)
    tx.execute("delete from route_quote where pin_id = $id", {"id": pin_id})


def black_out(tx: Transaction, pin_id: PinId, words: str) -> None:
    """Let every letter quote a pin as it reads since some of its words were blacked out."""
    instead = " ".join(words.split()) or GONE
    _replace(tx, pin_id, instead)
    tx.execute(
        "update route_quote set words = $words where pin_id = $id", {"id": pin_id, "words": instead}
    )


def _replace(tx: Transaction, pin_id: PinId, instead: str) -> None:
    rows = tx.execute("select route_id, words from route_quote where pin_id = $id", {"id": pin_id})
    for route_id, words in rows:
        tx.execute(
            "update route set letter = replace(letter, $words, $instead), "
            "reminder = replace(reminder, $words, $instead), version = version + 1 "
            "where id = $id and (contains(letter, $words) or contains(reminder, $words))",
            {"id": route_id, "words": words, "instead": instead},
        )
