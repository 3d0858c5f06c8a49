"""What the fields of action are called: the office's own titles, and those of older generations."""

from components import words
from data import action_fields
from data.fields import FIELDS
from data.store import Store


def refresh(store: Store) -> None:
    """Take over the titles stored now: of renamed fields, and of codes that are not of today.

    What was never renamed keeps the shipped words, which easy German has too.
    """
    named = {
        f"field.{one.code}": one
        for one in reversed(action_fields.listing(store))  # the newest generation has the last word
        if one.code not in FIELDS or (one.generation == action_fields.TODAY and one.version > 1)
    }
    words.name_anew(
        {(lang, key): one.title(lang) for key, one in named.items() for lang in words.LANGUAGES}
    )
