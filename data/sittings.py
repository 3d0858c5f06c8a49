"""Sittings of a body: one name for planning, leading, attending and deciding them.

Planned by the office; led by the office, the administration, or a member who is the chair; voted
by members alone. What happens is an event and stays; where a sitting stands follows from its
events (data/deciding.py). `seen` is the `Standing.last` that was shown to who acts: Conflict when
somebody else led on meanwhile.
"""

from data.sitting_casting import vote
from data.sitting_decisions import begin_item, change_sum, decide, postpone, set_conditions
from data.sitting_plan import change, get, listing, papers_due, plan, put_on, send_papers
from data.sitting_presence import WHYS, close, come, leave, open_, recuse, reopen, unrecuse
from data.sitting_ranking import begin_ranking, decide_ranking, end_ranking, rank, settle_ranking
from data.sitting_record import Item, Sitting
from data.sitting_standing import recount, stamp, standing, voted
from data.sitting_votes import begin_vote, break_tie, count_hands, end_vote, void_vote

__all__ = [
    "WHYS",
    "Item",
    "Sitting",
    "begin_item",
    "begin_ranking",
    "begin_vote",
    "break_tie",
    "change",
    "change_sum",
    "close",
    "come",
    "count_hands",
    "decide",
    "decide_ranking",
    "end_ranking",
    "end_vote",
    "get",
    "leave",
    "listing",
    "open_",
    "papers_due",
    "plan",
    "postpone",
    "put_on",
    "rank",
    "recount",
    "recuse",
    "reopen",
    "send_papers",
    "set_conditions",
    "settle_ranking",
    "stamp",
    "standing",
    "unrecuse",
    "void_vote",
    "vote",
    "voted",
]
