"""What is decided is what the page showed to whoever decided it."""

import pytest
from django.urls import reverse

from agreements.actions import RevisionNotDecidableError, decide_revision
from agreements.documents import revision_sha256
from agreements.models import Revision
from partnerships.dates import ApproximateDate
from tests.agreements.factories import (
    DECIDED_AT,
    CalculationPartFactory,
    ContributionFactory,
    RevisionFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(agreement):
    revision = RevisionFactory(agreement=agreement)
    ContributionFactory(revision=revision, stated_amount=550_000)
    TermFactory(agreement=revision.agreement)
    return revision


def fresh(revision):
    return Revision.objects.with_contributions().get(pk=revision.pk)


def test_an_open_page_does_not_decide_what_a_colleague_has_saved_since(client, draft, officer):
    client.force_login(officer)
    url = reverse("agreements:revision_decide", args=[draft.pk])
    shown = client.get(url).context["shown"]
    draft.contributions.update(stated_amount=9_999_999)

    refused = client.post(url, {"reason": "§ 12", "shown": shown})

    page = refused.content.decode()
    assert "Revisionen har ändrats sedan du öppnade sidan" in page
    assert "9\u00a0999\u00a0999" in page
    assert fresh(draft).is_draft
    client.post(url, {"reason": "§ 12", "shown": refused.context["shown"]})
    assert not fresh(draft).is_draft


def test_a_form_that_does_not_say_what_was_shown_decides_nothing(client, draft, officer):
    client.force_login(officer)

    client.post(reverse("agreements:revision_decide", args=[draft.pk]), {"reason": "§ 12"})

    assert fresh(draft).is_draft


def changes_a_word(draft):
    draft.purpose = "Något annat."
    draft.save()


def changes_the_day(draft):
    draft.in_force_from = ApproximateDate.parse("2024-02")
    draft.save()


def changes_the_last_day(draft):
    term = draft.agreement.terms.get()
    term.ends = ApproximateDate.parse("2030-12-31")
    term.save()


@pytest.mark.parametrize(
    "change",
    [
        changes_a_word,
        changes_the_day,
        changes_the_last_day,
        lambda draft: ContributionFactory(revision=draft, by_partner=True, stated_amount=None),
        lambda draft: CalculationPartFactory(contribution=draft.contributions.get()),
        lambda draft: draft.stated_totals.create(party="municipality", amount=1, label="Summa"),
        lambda draft: draft.contributions.all().delete(),
    ],
)
def test_whatever_the_revision_says_otherwise_is_not_decided(draft, officer, change):
    shown = revision_sha256(fresh(draft))
    change(draft)

    with pytest.raises(RevisionNotDecidableError):
        decide_revision(draft, by=officer, at=DECIDED_AT, shown=shown)

    now = revision_sha256(fresh(draft))
    assert not decide_revision(draft, by=officer, at=DECIDED_AT, shown=now).is_draft
