"""Two officers who have the same page open: neither overwrites the other unseen, on any page."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from tests.accounts.factories import member_of
from tests.agreements.factories import (
    AgreementFactory,
    CalculationPartFactory,
    ContributionFactory,
    RevisionFactory,
)
from tests.assessments.factories import assessment_of
from tests.dialogues.factories import DialogueFactory
from tests.followups.factories import FollowUpPlanFactory
from tests.officers import opened
from tests.organisations.factories import PartnerFactory
from tests.report.factories import EditionFactory, ReportSectionFactory

pytestmark = pytest.mark.django_db
TAKEN_OVER = "Andra har ändrat det här medan din sida var öppen, och det står kvar:"
KEPT = "Det du skrev står kvar här men är inte sparat"


@pytest.fixture
def colleague(committee):
    return member_of(committee, Role.OFFICER, first_name="Karin", last_name="Kollegasson")


def of_agreement(committee, person):
    row = AgreementFactory(committee=committee, name="Läxhjälp", diary_number="KS 2020-1")
    return row, "agreements:agreement_edit", ("name", "Läxhjälpen"), ("diary_number", "KS 2021-2")


def of_revision(committee, person):
    row = RevisionFactory(
        agreement=AgreementFactory(committee=committee), purpose="Syftet", target_group="Unga"
    )
    return row, "agreements:revision_edit", ("purpose", "Ett syfte"), ("target_group", "Alla")


def of_partner(committee, person):
    row = PartnerFactory(name="Föreningen Ett", org_number="802439-9704")
    return row, "organisations:partner_edit", ("name", "Föreningen Två"), ("org_number", "")


def of_plan(committee, person):
    plan = FollowUpPlanFactory(agreement=AgreementFactory(committee=committee), note="Från början")
    names = ("note", "Ändrat"), ("days_to_hand_in", "61")
    return plan, "followups:plan_edit", *names


def of_dialogue(committee, person):
    row = DialogueFactory(committee=committee, name="Dialogen", need="Behovet")
    return row, "dialogues:dialogue_edit", ("name", "Samtalet"), ("need", "Ett annat behov")


def of_assessment(committee, person):
    row = assessment_of(committee)
    return row, "assessments:assessment_edit", ("why_form", "Därför"), ("summary", "Kort sagt")


def of_edition(committee, person):
    row = EditionFactory(series__committee=committee, title="Rapporten")
    ReportSectionFactory(edition=row, text="Det gick bra.")
    return row, "report:edition_edit", ("title", "En rapport"), ("number", "7")


PAGES = [
    of_agreement,
    of_revision,
    of_partner,
    of_plan,
    of_dialogue,
    of_assessment,
    of_edition,
]


@pytest.fixture(params=PAGES, ids=lambda page: page.__name__.removeprefix("of_"))
def both(request, committee, officer, colleague):
    """Both have it open, with two boxes and what is typed in them."""
    role = Role.SECRETARY if request.param is of_edition else Role.OFFICER
    if role is Role.SECRETARY:
        for person in (officer, colleague):
            person.memberships.update(role=role)
    row, name, one, other = request.param(committee, officer)
    url = reverse(name, args=[row.agreement_id if name == "followups:plan_edit" else row.pk])
    return row, opened(officer, url), opened(colleague, url), one, other


def now(row, name):
    value = getattr(type(row).objects.get(pk=row.pk), name)
    return "" if value is None else str(value)


def test_what_each_changed_by_itself_is_kept(both):
    row, mine, theirs, (one, typed), (other, written) = both
    assert theirs.send(**{other: written}).status_code == 302

    answer = mine.send(**{one: typed})

    assert answer.status_code == 302
    assert (now(row, one), now(row, other)) == (typed, written)
    assert TAKEN_OVER in mine.client.get(answer.url).content.decode()


def test_what_both_changed_is_told_and_kept_and_not_saved(both):
    row, mine, theirs, (one, typed), _other = both
    assert theirs.send(**{one: f"{typed} från kollegan"}).status_code == 302

    answer = mine.send(**{one: typed})

    assert answer.fields[one] == [typed]
    assert "Karin Kollegasson ändrade det här" in answer.text
    assert f"{typed} från kollegan" in answer.text
    assert KEPT in answer.text
    assert now(row, one) == f"{typed} från kollegan"


def test_what_is_saved_again_stands(both):
    row, mine, theirs, (one, typed), (other, written) = both
    theirs.send(**{one: f"{typed} från kollegan", other: written})
    told = mine.send(**{one: typed})

    answer = told.send()

    assert answer.status_code == 302
    assert (now(row, one), now(row, other)) == (typed, written)


def test_a_third_who_saves_meanwhile_is_told_of_too(both):
    row, mine, theirs, (one, typed), _other = both
    theirs.send(**{one: f"{typed} från kollegan"})
    told = mine.send(**{one: typed})
    opened(theirs.response.wsgi_request.user, theirs.url).send(**{one: f"{typed} en gång till"})

    answer = told.send()

    assert f"{typed} en gång till" in answer.text
    assert now(row, one) == f"{typed} en gång till"


def test_a_form_that_does_not_say_what_it_was_opened_on_is_let_through(both):
    row, mine, theirs, (one, typed), _other = both
    theirs.send(**{one: f"{typed} från kollegan"})

    answer = mine.client.post(
        mine.url,
        {name: value for name, value in mine.fields.items() if name != "seen"} | {one: typed},
    )

    assert answer.status_code == 302
    assert now(row, one) == typed


@pytest.fixture
def revision(committee):
    revision = RevisionFactory(agreement=AgreementFactory(committee=committee))
    for label in ("Hyra", "Lön"):
        ContributionFactory(revision=revision, label=label)
    return revision


@pytest.fixture
def two(revision, officer, colleague):
    url = reverse("agreements:revision_edit", args=[revision.pk])
    return opened(officer, url), opened(colleague, url)


def test_asking_for_another_row_does_not_pass_for_having_seen(revision, two):
    mine, theirs = two
    theirs.send(purpose="Deras syfte")
    grown = mine.send(purpose="Mitt syfte", add_row="contributions")

    told = grown.send()

    assert KEPT not in grown.text
    assert KEPT in told.text
    assert now(revision, "purpose") == "Deras syfte"


def test_a_complaint_of_something_else_does_not_hide_that_a_removed_row_was_changed(revision, two):
    mine, theirs = two
    theirs.send(**{"contributions-0-label": "Hyra och el"})

    told = mine.send(**{"contributions-0-DELETE": "on", "in_force_from": "ingen dag"})

    assert "Hyra och el" in told.text


def labels(revision):
    return list(revision.contributions.values_list("label", flat=True))


ADDED = {
    "contributions-TOTAL_FORMS": "3",
    "contributions-2-side": "municipality",
    "contributions-2-kind": "cash",
    "contributions-2-form": "",
    "contributions-2-stated_amount": "100",
    "contributions-2-period_basis": "year",
}


def test_rows_that_both_add_are_both_kept(revision, two):
    mine, theirs = two
    shape = {
        key: mine.fields["contributions-0-" + key.rpartition("-")[2]]
        for key in ADDED
        if "-2-" in key
    }
    added = ADDED | shape
    theirs.send(**added, **{"contributions-2-label": "Deras"})

    answer = mine.send(**added, **{"contributions-2-label": "Min"})

    assert answer.status_code == 302
    assert labels(revision) == ["Hyra", "Lön", "Deras", "Min"]


def test_a_row_that_another_removes_is_gone_when_nobody_wrote_in_it(revision, two):
    mine, theirs = two
    theirs.send(**{"contributions-0-DELETE": "on"})

    answer = mine.send(**{"contributions-1-label": "Löner"})

    assert answer.status_code == 302
    assert labels(revision) == ["Löner"]


def test_a_row_that_another_removes_is_kept_as_a_new_one_when_somebody_wrote_in_it(revision, two):
    CalculationPartFactory(contribution=revision.contributions.first())
    mine, theirs = (opened(page.response.wsgi_request.user, page.url) for page in two)
    theirs.send(**{"contributions-0-DELETE": "on"})

    told = mine.send(**{"contributions-0-label": "Hyror"})

    assert "Karin Kollegasson har tagit bort en rad som du har skrivit i" in told.text
    assert labels(revision) == ["Lön"]
    assert told.send().status_code == 302
    assert labels(revision) == ["Lön", "Hyror"]
    assert revision.contributions.last().parts.count() == 1


def test_a_row_that_another_changed_is_not_removed_unseen(revision, two):
    mine, theirs = two
    theirs.send(**{"contributions-0-label": "Hyra och el"})

    told = mine.send(**{"contributions-0-DELETE": "on"})

    assert "Hyra och el" in told.text
    assert labels(revision) == ["Hyra och el", "Lön"]
    assert told.send().status_code == 302
    assert labels(revision) == ["Lön"]


@pytest.fixture
def with_parties(committee, officer, colleague):
    PartnerFactory(name="Föreningen Två")
    PartnerFactory(name="Föreningen Tre")
    agreement = AgreementFactory(committee=committee, partner=PartnerFactory(name="Föreningen Ett"))
    url = reverse("agreements:agreement_edit", args=[agreement.pk])
    return agreement, opened(officer, url), opened(colleague, url)


def parties(agreement):
    return [partner.name for partner in agreement.partners.all()]


def test_rows_that_are_replaced_as_a_whole_are_taken_over_where_nobody_wrote(with_parties):
    agreement, mine, theirs = with_parties
    theirs.send(**{"parties-TOTAL_FORMS": "2", "parties-1-partner": "Föreningen Två"})

    answer = mine.send(name="Nytt namn")

    assert answer.status_code == 302
    assert parties(agreement) == ["Föreningen Ett", "Föreningen Två"]


def test_rows_that_are_replaced_as_a_whole_are_told_of_where_both_wrote(with_parties):
    agreement, mine, theirs = with_parties
    theirs.send(**{"parties-0-partner": "Föreningen Två"})

    told = mine.send(**{"parties-0-partner": "Föreningen Tre"})

    assert "Nu står det: Föreningen Två" in told.text
    assert parties(agreement) == ["Föreningen Två"]
    assert told.send().status_code == 302
    assert parties(agreement) == ["Föreningen Tre"]


@pytest.fixture
def in_the_admin(officer, colleague, reader):
    for person in (officer, colleague):
        person.memberships.update(role=Role.ADMIN)
    url = reverse("admin:accounts_user_change", args=[reader.pk])
    return opened(officer, url), opened(colleague, url)


def test_what_each_changed_in_the_admin_is_kept(in_the_admin, reader):
    mine, theirs = in_the_admin
    theirs.send(first_name="Berit")

    answer = mine.send(last_name="Bok")

    reader.refresh_from_db()
    assert answer.status_code == 302
    assert (reader.first_name, reader.last_name) == ("Berit", "Bok")


def test_what_both_changed_in_the_admin_is_told_and_stands_when_it_is_saved_again(
    in_the_admin, reader
):
    mine, theirs = in_the_admin
    theirs.send(first_name="Berit")

    told = mine.send(first_name="Bodil")

    reader.refresh_from_db()
    assert reader.first_name == "Berit"
    assert "Karin Kollegasson ändrade det här" in told.text
    assert KEPT in told.text
    assert told.send().status_code == 302
    reader.refresh_from_db()
    assert reader.first_name == "Bodil"


def test_rows_that_both_changed_in_the_admin_are_told(in_the_admin, reader):
    mine, theirs = in_the_admin
    theirs.send(**{"memberships-0-role": "secretary"})

    told = mine.send(**{"memberships-0-role": "admin"})

    assert KEPT in told.text
    assert reader.memberships.get().role == "secretary"
