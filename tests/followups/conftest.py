"""A report that is due, with the officer who asks for it and the partner who writes it."""

import re
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.timezone import now

from followups.actions import (
    AnswersDraft,
    Hand,
    Invitation,
    Seen,
    make_link,
    save_answers,
    send_link,
    submit_report,
)
from followups.models import FollowUpReport
from tests.accounts.factories import UserFactory
from tests.followups.factories import AT, FollowUpPlanFactory, agreement_in_force, report_on

INVITATION = Invitation("forening@example.org", "sv", 30, "Hör av er.")


@pytest.fixture(autouse=True)
def _no_misses():
    """The wrong links of another test are not counted in this one."""
    cache.clear()


@pytest.fixture
def agreement(committee):
    return agreement_in_force(committee=committee)


@pytest.fixture
def plan(agreement):
    return FollowUpPlanFactory(agreement=agreement)


@pytest.fixture
def report(plan):
    return report_on(plan)


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def user(report):
    return UserFactory(municipality=report.agreement.municipality)


@pytest.fixture
def address(report, user, mailoutbox):
    """The path in the letter."""
    make_and_send(report, INVITATION, by=user)
    return re.search(r"https?://[^/]+(/\S+)", mailoutbox[-1].body)[1]


@pytest.fixture
def partner(client, address):
    """A browser in which the link is opened."""
    client.post(address)
    return client


def make_and_send(report, invitation, *, by):
    """A new link to the report, and its letter."""
    send_link(make_link(report, invitation, by=by, at=now()), by=by, at=now())


def url(name, *args):
    return reverse(f"followups:{name}", args=args)


def text_of(response):
    return response.content.decode()


def hand_in(report, officer):
    fresh = FollowUpReport.objects.with_answers().get(pk=report.pk)
    draft = AnswersDraft(
        values={row.pk: (Decimal(21), "") for row in fresh.values.all()},
        texts={row.pk: "Bra." for row in fresh.answers.all()},
    )
    save_answers(fresh, draft, seen=Seen(fresh.edition), by=officer)
    submit_report(fresh, hand=Hand(officer, AT))
    return fresh


def edition_of(report):
    """What the page of a decision tells of the report that was read."""
    return {"edition": FollowUpReport.objects.get(pk=report.pk).edition}


def page_of(report):
    return reverse("followups:handin", args=[report.pk])


def answers(report, *, step="save", **more):
    """Everything that the partner's form sends."""
    fresh = FollowUpReport.objects.get(pk=report.pk)
    first, second = fresh.values.all()
    typed = {
        "edition": fresh.edition,
        "page": "sida",
        f"value-{first.pk}": "25",
        f"value_comment-{first.pk}": "",
        f"value-{second.pk}": "3,5",
        f"value_comment-{second.pk}": "",
        f"text-{fresh.answers.get().pk}": "Det gick bra.",
        "deviations": "Inga.",
        "step": step,
    }
    for use in fresh.uses.all():
        typed |= {f"use-{use.pk}": "100 000", f"use_comment-{use.pk}": ""}
    return {**typed, **more}
