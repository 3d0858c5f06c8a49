"""The urn: secret votes are held in memory alone until they are totals; nothing else is kept."""

import threading
from collections.abc import Collection
from weakref import WeakKeyDictionary

from data.deciding_rules import Choice, Tally
from data.deciding_standing import MemberId
from data.problems import Conflict
from data.store import Store


class Urn:
    """The secret votes that run on one database.

    Whoever changes who has a vote, or ends one, holds `lock` from the first look to the last word,
    so that no vote slips in between. A job of a write must not ask the urn: it runs on the writer,
    which would wait for who waits for it.
    """

    def __init__(self) -> None:
        """Begin without a vote."""
        self.lock = threading.RLock()
        # of the votes themselves: the writer's thread looks into the urn while who waits for it
        # holds the other one
        self._own = threading.Lock()
        self._votes: dict[str, dict[MemberId, Choice]] = {}

    def begin(self, vote_id: str) -> None:
        """Take votes from now on."""
        with self._own:
            self._votes.setdefault(vote_id, {})

    def knows(self, vote_id: str) -> bool:
        """Tell whether votes are taken; not after a restart."""
        with self._own:
            return vote_id in self._votes

    def put(self, vote_id: str, member: MemberId, choice: Choice) -> None:
        """Take a vote, once; the same again changes nothing, another one is a Conflict."""
        with self._own:
            if self._votes[vote_id].setdefault(member, choice) != choice:
                raise Conflict("vote.twice")

    def take_out(self, member: MemberId, vote_id: str = "") -> None:
        """Take a member's vote out of one vote, or of all that run."""
        with self._own:
            for name, given in self._votes.items():
                if vote_id in ("", name):
                    given.pop(member, None)

    def voters(self, vote_id: str) -> Collection[MemberId]:
        """Return whose vote is in: to count them and to tell a member of the own one, no more."""
        with self._own:
            return frozenset(self._votes.get(vote_id, ()))

    def given(self) -> int:
        """Count the votes that are in, in whatever runs."""
        with self._own:
            return sum(len(one) for one in self._votes.values())

    def tally(self, vote_id: str) -> Tally:
        """Count the votes."""
        with self._own:
            given = list(self._votes.get(vote_id, {}).values())
        return Tally(*(given.count(one) for one in (Choice.YES, Choice.NO, Choice.ABSTAIN)))

    def forget(self, vote_id: str) -> None:
        """Forget who chose what, for good."""
        with self._own:
            self._votes.pop(vote_id, None)


_urns: WeakKeyDictionary[Store, Urn] = WeakKeyDictionary()
_making = threading.Lock()


def of(store: Store) -> Urn:
    """Return the urn of a database that is open in this process."""
    with _making:
        return _urns.setdefault(store, Urn())
