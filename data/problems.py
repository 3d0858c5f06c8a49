"""The refusals of the data layer: each is a key into locales/<lang>/problems.po plus parameters.

Problem
├── NotAllowed       this person may not do this
├── NotFound         there is no such thing (or not for this person)
├── BadInput         what was given cannot be taken; `field` names where it stood
├── Conflict         the thing has changed or moved on since it was shown
├── TooMany          a limit was reached; try later
└── StoreTrouble     the database cannot take or give anything right now
"""


class Cents(int):
    """An amount in a refusal, in cents: the sentence says it as money."""


class Problem(Exception):
    """A refusal that a person is told about in one translated sentence."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


class NotAllowed(Problem):
    """This person may not do this."""


class NotFound(Problem):
    """There is no such thing, or not for this person."""


class BadInput(Problem):
    """What was given cannot be taken."""

    def __init__(self, key: str, *, field: str = "", **params: object) -> None:
        super().__init__(key, **params)
        self.field = field


class Conflict(Problem):
    """The thing has changed since it was shown."""


class TooMany(Problem):
    """A limit was reached."""


class StoreTrouble(Problem):
    """The database cannot take or give anything right now."""
