"""The doors of advice and applications, for the rights matrix: each door's act, and how to knock."""

from datetime import date

from data import (
    advice,
    answerable,
    application_changes,
    application_links,
    applications,
    consultations,
)
from data.advice import Idea
from data.rules import Act, ProjectId


def doors(store, area, now, draft):
    """Return the doors; project-1 is there, and an applicant's own."""
    talk = {"held_on": date(2026, 5, 3), "words": "Beraten", "for_jury": True, "now": now}
    written = {"was": "Lampen", "now": now}
    return {
        "advice.ask": (
            Act.ADVICE_ASK,
            lambda a: advice.ask(
                store,
                a,
                area,
                Idea(ProjectId(f"idea-{a.role}"), "Ein Fest"),
                token="token-1",
                now=now,
            ),
        ),
        "applications.get": (
            Act.APPLICATION_READ,
            lambda a: applications.get(store, a, "project-1"),
        ),
        "applications.write": (
            Act.APPLICATION_WRITE,
            lambda a: applications.write(store, a, area, "project-1", "title", "Licht", **written),
        ),
        "applications.findings": (
            Act.APPLICATION_READ,
            lambda a: applications.findings(store, a, area, "project-1", now=now),
        ),
        "applications.submit": (
            Act.PROJECT_MOVE,
            lambda a: applications.submit(store, a, area, "project-1", now=now),
        ),
        "application_changes.since_sent_back": (
            Act.PROJECT_WRITE,
            lambda a: application_changes.since_sent_back(store, a, "project-1"),
        ),
        "answerable.near": (
            Act.APPLICATION_READ,
            lambda a: answerable.near(store, a, "project-1"),
        ),
        "application_links.renew": (
            Act.PROJECT_WRITE,
            lambda a: application_links.renew(store, a, "project-1", token="token-2", now=now),
        ),
        "application_links.revoke": (
            Act.PROJECT_WRITE,
            lambda a: application_links.revoke(store, a, "project-1", now=now),
        ),
        "application_links.state": (
            Act.PROJECT_WRITE,
            lambda a: application_links.state(store, a, "project-1"),
        ),
        "consultations.write": (
            Act.CONSULTATION_WRITE,
            lambda a: consultations.write(
                store, a, "project-1", consultation_id=f"talk-{a.role}", **talk
            ),
        ),
        "consultations.change": (
            Act.CONSULTATION_WRITE,
            lambda a: consultations.change(store, a, "talk-1", version=1, **talk),
        ),
        "consultations.listing": (
            Act.CONSULTATION_WRITE,
            lambda a: consultations.listing(store, a, "project-1"),
        ),
        "consultations.for_jury": (
            Act.PROJECT_READ,
            lambda a: consultations.for_jury(store, a, "project-1"),
        ),
    }
