"""What an admin can set for the whole office."""

from datetime import datetime

from data import rules, trail, unchanged
from data.problems import BadInput
from data.rules import Act, Actor
from data.store import Store, Transaction

CHOICES = {
    "moderation": ("after_review", "at_once"),
    "photos": ("off", "on"),
    "promise_days": ("14", "28", "42", "56", "84"),
    "backup.hour": tuple(str(hour) for hour in range(24)),
    "backup.keep": ("7,4,6", "14,8,12", "7,4,3", "7,2,1"),  # days, weeks, months
}
DEFAULTS = {
    "moderation": "after_review",
    "photos": "off",
    "promise_days": "42",
    "demo": "",
    "backup.hour": "3",
    "backup.keep": "7,4,6",
}


def get(store: Store, key: str) -> str:
    """Read one setting, or its default."""
    known = unchanged.since(store, ("setting",), "every", lambda: _every(store))
    return known.get(key, DEFAULTS.get(key, ""))


def moderation(store: Store) -> str:
    """Tell when a new pin becomes public: `after_review` or `at_once`."""
    return get(store, "moderation")


def promise_days(store: Store) -> int:
    """Tell within how many days of its release a pin is promised an answer."""
    return int(get(store, "promise_days"))


def change(store: Store, actor: Actor, key: str, value: str, *, now: datetime) -> None:
    """Change one setting; BadInput for a value that it cannot have."""
    rules.check(actor, Act.SETTING_CHANGE)
    if value not in CHOICES.get(key, (value,)):
        raise BadInput("setting.unknown", field=key)

    def job(tx: Transaction) -> None:
        tx.execute(
            "insert into setting values ($key, $value) "
            "on conflict (key) do update set value = excluded.value",
            {"key": key, "value": value},
        )
        trail.note(tx, actor, Act.SETTING_CHANGE, "setting", key, now=now, details={"value": value})

    store.write(job)


def _every(store: Store) -> dict[str, str]:
    return dict(store.read("select key, value from setting"))  # type: ignore[arg-type]
