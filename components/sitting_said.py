"""What a sitting has come to, in words: who is here, what a vote needs, what it came to and by which rule."""

from components.words import Words
from data.deciding_rules import Base, Majority, Outcome, Rules, Tally, Tie, needed
from data.deciding_standing import Count, ItemStanding, Standing, Vote, Way


def presence(words: Words, count: Count) -> str:
    """Say who is here and whether it can be voted: "7 von 12 da, beschlussfähig. ..."."""
    here, numbers = len(count.entitled), words.number
    key = "quorate" if count.quorum else "too_few"
    said = words(
        f"sitting.here.{key}",
        n=numbers(here),
        all=numbers(count.seats),
        needed=numbers(count.needed),
    )
    if not here or not count.residents_needed:
        return said
    key = "residents" if count.resident_majority else "residents_few"
    told = {"n": numbers(count.residents), "all": numbers(here)}
    return f"{said} {words(f'sitting.here.{key}', **told, needed=numbers(count.residents_needed))}"


def item_short(words: Words, item: ItemStanding) -> str:
    """Say why this one item cannot be voted on when those who stepped aside are missing, else ""."""
    return "" if item.count.able else presence(words, item.count)


def votes_needed(words: Words, rules: Rules, count: Count) -> str:
    """Say before a vote how many may vote and how many yes votes a proposal needs."""
    may = len(count.entitled)
    of_all = rules.majority == Majority.ABSOLUTE or rules.base == Base.ENTITLED
    enough = needed(rules, max(count.seats, may) if of_all else may)
    free = not of_all and rules.base == Base.CAST
    key = "sitting.needed.free" if free else "sitting.needed"
    return words.many("sitting.may_vote", may) + " " + words.many(key, enough)


def voted(words: Words, vote: Vote) -> str:
    """Say how many have voted, never who: "8 von 9 haben abgestimmt"."""
    return words("sitting.voted", n=words.number(vote.given), all=words.number(len(vote.present)))


def counted(words: Words, tally: Tally) -> str:
    """Say the votes counted: "5 Ja, 1 Nein, 1 Enthaltung"."""
    parts = [
        words("sitting.count.yes", n=words.number(tally.yes)),
        words("sitting.count.no", n=words.number(tally.no)),
        words.many("sitting.count.abstain", tally.abstain),
    ]
    return words("sitting.comma").join(parts)


def result(words: Words, vote: Vote) -> str:
    """Say what a vote came to."""
    if not vote.tally or not vote.outcome:
        return ""
    return words(f"sitting.outcome.{vote.outcome}", votes=counted(words, vote.tally))


def rule(words: Words, rules: Rules, vote: Vote) -> str:
    """Say the rule that decided, with its number: how many yes were needed, what a tie means."""
    said = words(f"sitting.rule.{_majority(rules)}") + " "
    said += words.many("sitting.rule.needed", vote.needed)
    tally = vote.tally
    if tally and tally.yes == tally.no and vote.outcome != Outcome.ACCEPTED:
        tie = rules.tie if vote.outcome == Outcome.TIE else Tie.REJECTED
        said += " " + words(f"sitting.tie.{tie}")
    return said


def _majority(rules: Rules) -> str:
    if rules.majority == Majority.ABSOLUTE:
        return "absolute"
    return f"{rules.majority}.{rules.base}"


def vote_running(words: Words, standing: Standing) -> str:
    """Say how a running vote stands; a show of hands is only counted at its end."""
    vote = standing.vote
    if not vote:
        return ""
    return voted(words, vote) if vote.way == Way.DEVICES else words(f"sitting.way.{vote.way}")
