"""What must hold of a partner's entry over time: merging, names of their day, erased contacts."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import given, strategies as st

from accounts.permissions import Role
from agreements.documents import agreement_sheet
from agreements.documents.facts import facts_of, fetch_with_facts
from agreements.models import Agreement, AgreementOn
from organisations.actions import (
    PartnersNotMergeableError,
    erase_contact,
    erase_expired_contacts,
    merge_partners,
)
from organisations.documents import history_of
from organisations.duplicates import similar_partners
from organisations.fields import PartnerField
from organisations.models import Contact, Erasure, Partner, PartnerName, PartnerProject
from partnerships.dates import ApproximateDate
from tests.accounts.factories import member_of
from tests.agreements.factories import (
    AgreementFactory,
    ContributionFactory,
    RevisionFactory,
    decide,
)
from tests.organisations.factories import (
    ContactFactory,
    PartnerFactory,
    PartnerNameFactory,
    PartnerProjectFactory,
    RegistrationFactory,
)

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = date(2026, 3, 1)


@pytest.fixture
def admin(committee):
    return member_of(committee, Role.ADMIN)


def merge(duplicate, into, by):
    return merge_partners(duplicate, into=into, by=by, reason="Samma organisation")


# ---- Merging


def test_everything_that_belongs_to_the_duplicate_moves_with_its_history(admin):
    duplicate, into = PartnerFactory(name="Stadsmisionen"), PartnerFactory()
    PartnerNameFactory(partner=duplicate, name="Mission 1990")
    rows = [
        PartnerProjectFactory(partner=duplicate),
        RegistrationFactory(partner=duplicate),
        ContactFactory(partner=duplicate),
    ]

    merge(duplicate, into, admin)

    for row in rows:
        row.refresh_from_db()
        assert row.partner == into
        move = row.history.first()
        assert (move.history_user, move.history_change_reason) == (admin, "Samma organisation")
        assert move.prev_record.partner_id == duplicate.pk
    assert {(name.name, name.kind) for name in into.names.all()} == {
        ("Stadsmisionen", PartnerName.Kind.ALIAS),
        ("Mission 1990", PartnerName.Kind.FORMER),
    }


def test_what_was_written_with_the_duplicate_stays_and_is_found_from_both(admin, committee):
    duplicate, into = PartnerFactory(), PartnerFactory()
    agreement = AgreementFactory(committee=committee, partner=duplicate)

    merge(duplicate, into, admin)

    assert agreement.partners.get() == duplicate
    assert set(Partner.objects.same_as(into)) == {duplicate, into}
    assert list(Partner.objects.current()) == [into]
    assert PartnerField().clean(duplicate.name) == into


def test_the_history_of_the_entry_that_remains_tells_of_both(admin):
    duplicate, into = PartnerFactory(name="Före"), PartnerFactory(name="Efter")

    merge(duplicate, into, admin)

    entries = history_of(into)
    assert {"Före", "Efter"} <= {entry.subject.split("”")[1] for entry in entries}
    assert "Samma organisation" in {entry.reason for entry in entries}


def test_one_who_was_merged_before_follows_along(admin):
    first, second, third = (PartnerFactory() for _number in range(3))

    merge(first, second, admin)
    merge(second, third, admin)

    assert set(Partner.objects.same_as(third)) == {first, second, third}
    assert Partner.objects.get(pk=first.pk).survivor == third


def test_a_project_that_both_own_is_kept_once_with_what_remains(admin):
    duplicate, into = PartnerFactory(), PartnerFactory()
    for partner in (duplicate, into):
        PartnerProjectFactory(partner=partner, name="Språkcaféet")

    merge(duplicate, into, admin)

    assert into.projects.count() == 1
    assert PartnerProject.objects.count() == 2  # what names the other one keeps it


@pytest.mark.parametrize(
    ("facts", "match"),
    [
        (({"org_number": "802439-9704"}, {"org_number": "212000-0142"}), "olika organisationsnum"),
        (({"org_number": "802439-9704"}, {}), "Slå i stället ihop"),
    ],
)
def test_two_organisations_are_not_made_one(admin, facts, match):
    duplicate, into = (PartnerFactory(**row) for row in facts)

    with pytest.raises(PartnersNotMergeableError, match=match):
        merge(duplicate, into, admin)

    assert Partner.objects.current().count() == 2


def test_an_entry_is_merged_once_and_never_into_itself_or_a_merged_one(admin):
    first, second, third = (PartnerFactory() for _number in range(3))
    merge(first, second, admin)

    for duplicate, into in ((first, third), (third, first), (third, third)):
        with pytest.raises(PartnersNotMergeableError):
            merge(duplicate, into, admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Partner.objects.filter(pk=third.pk).update(merged_into=third)


# ---- Names of their day (BR-22)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2006, 12, 31), "Ostan"),
        (date(2007, 1, 1), "Ostan"),  # some day in 2007 it changed; what it was is still said
        (date(2008, 1, 1), "Mitten"),
        (date(2015, 12, 31), "Mitten"),
        (date(2016, 7, 1), "Nytt"),
        (date(2026, 1, 1), "Nytt"),
    ],
)
@pytest.mark.django_db
def test_a_partner_is_called_what_it_was_called_on_the_day(day, expected):
    partner = PartnerFactory(name="Nytt", named_from=ApproximateDate.parse("2016-07-01"))
    PartnerNameFactory(partner=partner, name="Ostan", ends=ApproximateDate.parse("2007"))
    PartnerNameFactory(
        partner=partner,
        name="Mitten",
        starts=ApproximateDate.parse("2008-01-01"),
        ends=ApproximateDate.parse("2016-06-30"),
    )
    PartnerNameFactory(partner=partner, name="Smeknamn", kind=PartnerName.Kind.ALIAS)

    assert partner.name_on(day) == expected


@pytest.mark.django_db
def test_a_former_name_without_dates_replaces_nothing_that_is_known():
    partner = PartnerFactory(name="Nytt")
    PartnerNameFactory(partner=partner, name="Gammalt")

    assert partner.name_on(date(1990, 1, 1)) == "Nytt"


@pytest.mark.django_db
def test_the_sheet_of_an_agreement_bears_the_names_of_its_day(committee):
    partner = PartnerFactory(name="Nytt", named_from=ApproximateDate.parse("2024-07-01"))
    PartnerNameFactory(partner=partner, name="Gammalt")
    revision = RevisionFactory(agreement=AgreementFactory(committee=committee, partner=partner))
    ContributionFactory(revision=revision, by_partner=True)
    decide(revision)

    def names(day):
        facts = facts_of(*fetch_with_facts(Agreement.objects.all()))
        sheet = agreement_sheet(AgreementOn(facts, day), [], known=None, at=AT)
        header = next(field for field in sheet.header_fields if field.label == "Parter")
        table = sheet.sections[2].blocks[0]
        return [*header.lines, table.label_heading]

    assert names(date(2024, 6, 30)) == ["Gammalt", "Gammalt"]
    assert names(date(2024, 7, 1)) == ["Nytt", "Nytt"]


# ---- Contacts are erased, also from the history


def rows_with(text):
    """Every row of every table of the register in which the text stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found += [table for row in cursor.fetchall() if text in " ".join(map(str, row))]
    return found


def test_an_erased_contact_stands_nowhere_in_the_database(committee, officer):
    contact = ContactFactory(municipality=committee.municipality, name="Zafira Qvist")
    contact.phone = "013-998877"
    contact.save()
    assert len(rows_with("Zafira")) == 5  # the row, its two versions, and the log of both

    erasure = erase_contact(contact, by=officer, at=AT, reason="Har slutat")

    assert rows_with("Zafira") == rows_with("998877") == []
    assert erasure.versions == 2


def test_that_it_was_erased_is_kept_with_who_when_and_why(committee, officer):
    contact = ContactFactory(municipality=committee.municipality)

    erase_contact(contact, by=officer, at=AT, reason="Har slutat")

    erasure = Erasure.objects.get()
    assert (erasure.erased_by, erasure.erased_at, erasure.reason) == (officer, AT, "Har slutat")
    assert (erasure.municipality, erasure.partner) == (contact.municipality, contact.partner)
    assert erasure.history.get().history_user == officer


@given(st.integers(-3, 3))
@pytest.mark.django_db
def test_a_contact_is_kept_through_its_last_day(days):
    with transaction.atomic():
        contact = ContactFactory(keep_until=TODAY + timedelta(days=days))

        erased = erase_expired_contacts(on=TODAY, at=AT)

        assert erased == (1 if days < 0 else 0)
        assert Contact.objects.filter(pk=contact.pk).exists() is (days >= 0)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_scheduled_work_erases_what_has_run_out_and_says_how_many():
    ContactFactory(keep_until=date(2020, 1, 1))
    kept = ContactFactory(keep_until=date(2099, 1, 1))
    out = StringIO()

    call_command("scheduled_work", stdout=out)

    assert "1 contacts erased" in out.getvalue()
    assert list(Contact.objects.all()) == [kept]
    assert Erasure.objects.get().erased_by is None


@pytest.mark.django_db
def test_contacts_are_not_in_the_partners_history():
    contact = ContactFactory(name="Zafira Qvist")

    assert "Zafira" not in str(history_of(contact.partner))


# ---- Likeness


@given(st.text(max_size=80))
@pytest.mark.django_db
def test_likeness_takes_any_text(text):
    assert similar_partners(text, other_than=Partner()) == []


@pytest.mark.django_db
def test_the_likest_come_first_and_at_most_three():
    names = ["Kvinnojouren i Linköping", "Kvinnojouren Linköping", "Kvinnojouren, Linköping"]
    partners = {name: PartnerFactory(name=name) for name in [*names, "Kvinnojouren i Linköping 2"]}

    found = similar_partners("Kvinnojouren i Linköping", other_than=Partner())

    assert found[0] == partners["Kvinnojouren i Linköping"]
    assert len(found) == 3
