"""The doors of answers, templates and promises, for the rights matrix: each door's act, and how to knock."""

from datetime import timedelta

from data import answers, promises, templates
from data.filters import local_day
from data.rules import Act


def doors(store, area, now, draft):
    """Return the doors; pin-2 is public."""
    pin = {"thing": "pin", "thing_id": "pin-2"}
    text = {"field": "", "title": "Dank", "words": {"de": "Danke"}, "seen": 0, "now": now}
    day = local_day(now)
    later = {"day": day + timedelta(days=90), "reason": "talks", "seen": day + timedelta(days=42)}
    knocks = {
        "answers.get": lambda a: answers.get(store, a, **pin),
        "answers.spoken": lambda a: answers.spoken(store, a, **pin),
        "answers.give": lambda a: answers.give(
            store, a, **pin, words={"de": "Danke"}, seen=0, now=now
        ),
        "templates.listing": lambda a: templates.listing(store, a),
        "templates.save": lambda a: templates.save(store, a, "template-1", **text),
        "templates.delete": lambda a: templates.delete(store, a, "template-1", seen=0, now=now),
        "promises.due": lambda a: promises.due(store, a, until=day, now=now),
        "promises.counts": lambda a: promises.counts(store, a, now=now),
        "promises.day_of": lambda a: promises.day_of(store, a, **pin),
        "promises.postpone": lambda a: promises.postpone(store, a, **pin, **later, now=now),
    }
    return {name: (Act.ANSWER_GIVE, knock) for name, knock in knocks.items()}
