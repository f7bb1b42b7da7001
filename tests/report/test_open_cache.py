"""A cache is told of every change of what everyone sees."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction
from django.urls import reverse

from agreements.actions import save_term, terminate
from agreements.models import (
    Agreement,
    Contribution,
    Party,
    Revision,
    StatedTotal,
    Term,
    Termination,
    keep_life,
)
from followups.models import FollowUpPlan
from partnerships.dates import ApproximateDate
from report.models import PublicPage
from tests.agreements.factories import AgreementFactory, ContributionFactory, RevisionFactory
from tests.organisations.factories import CommitteeFactory
from tests.report.factories import PublicPageFactory


@pytest.fixture
def in_force(db):
    """An agreement in force on the open page, with a line that its revision gives."""
    agreement = AgreementFactory(committee=CommitteeFactory(), name="Exempelavtalet")
    PublicPageFactory(municipality=agreement.municipality, slug="exempelby")
    revision = RevisionFactory(agreement=agreement)
    ContributionFactory(revision=revision)
    return agreement


def page(client, **headers):
    return client.get(reverse("report_open:agreement_list", args=["exempelby"]), **headers)


def terminated(agreement, officer):
    row = Termination(
        agreement=agreement,
        scope=Termination.Scope.FULL,
        by=Party.MUNICIPALITY,
        effective_from=ApproximateDate.parse("2024-06-01"),
    )
    terminate(row, ends=[], by=officer)


def with_a_last_day(agreement, officer):
    term = Term(agreement=agreement, basis=Term.Basis.ORIGINAL)
    term.ends = ApproximateDate.parse("2099-12-31")
    save_term(term, by=officer)


def with_a_stated_total(agreement, officer):
    StatedTotal.objects.create(
        revision=agreement.revisions.get(), party=Party.MUNICIPALITY, amount=5, label="Summa"
    )


def with_a_plan(agreement, officer):
    FollowUpPlan.objects.create(agreement=agreement, starts_on=date(2024, 1, 1))


def of_another_municipality_name(agreement, officer):
    agreement.municipality.name = "Nybyns kommun"
    agreement.municipality.save()


def of_another_committee_name(agreement, officer):
    agreement.committee.name = "nynämnden"
    agreement.committee.save()


def of_another_partner_name(agreement, officer):
    partner = agreement.partners.get()
    partner.name = "Nyföreningen"
    partner.save()


def with_another_introduction(agreement, officer):
    PublicPage.objects.update(introduction="Ny inledning")


def without_a_line(agreement, officer):
    Contribution.objects.all().delete()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        terminated,
        with_a_last_day,
        with_a_stated_total,
        with_a_plan,
        of_another_municipality_name,
        of_another_committee_name,
        of_another_partner_name,
        with_another_introduction,
        without_a_line,
    ],
)
def test_whatever_changes_what_the_page_shows_is_told_to_caches(client, in_force, officer, change):
    before = page(client)["ETag"]
    assert page(client, HTTP_IF_NONE_MATCH=before).status_code == 304

    change(in_force, officer)

    assert page(client, HTTP_IF_NONE_MATCH=before).status_code == 200


@pytest.mark.django_db
def test_a_terminated_agreement_is_gone_from_the_page_at_once(client, in_force, officer):
    Revision.objects.update(decided_at="2024-01-01T12:00Z", decided_by=officer)
    keep_life(in_force)
    before = page(client)
    assert "Exempelavtalet" in before.content.decode()

    terminated(in_force, officer)

    after = page(client, HTTP_IF_NONE_MATCH=before["ETag"])
    assert "Exempelavtalet" not in after.content.decode()
    assert after.status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
def test_what_is_committed_after_what_was_begun_later_is_told_to_caches(client, in_force):
    has_written, may_commit = threading.Event(), threading.Event()

    def renames():
        try:
            with transaction.atomic():
                Agreement.objects.update(name="Nytt namn")
                has_written.set()
                may_commit.wait(timeout=10)
        finally:
            connection.close()

    thread = threading.Thread(target=renames)
    thread.start()
    assert has_written.wait(timeout=10)
    PublicPage.objects.update(introduction="Ny inledning")
    before = page(client)["ETag"]
    may_commit.set()
    thread.join()

    assert page(client, HTTP_IF_NONE_MATCH=before).status_code == 200
