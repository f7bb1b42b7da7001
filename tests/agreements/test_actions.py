"""Registering, amending, deciding and discarding."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from agreements.actions import (
    ContributionDraft,
    DraftExistsError,
    RevisionFrozenError,
    RevisionNotDecidableError,
    amend,
    decide_revision,
    discard_draft,
    save_agreement,
    save_revision,
)
from agreements.documents import history_of
from agreements.models import Agreement, Contribution, Revision
from partnerships.dates import ApproximateDate
from tests.agreements.factories import (
    AgreementFactory,
    CalculationPartFactory,
    ContributionFactory,
    RevisionFactory,
    decide,
)
from tests.organisations.factories import PartnerFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


def test_a_new_agreement_gets_its_partners_in_order_and_a_first_draft(committee, officer):
    first, second = PartnerFactory(), PartnerFactory()
    agreement = Agreement(kind=Agreement.Kind.GRANT, name="Nytt", committee=committee)

    save_agreement(agreement, partners=[second, first], by=officer, reason="Registrerat")

    assert [party.partner for party in agreement.parties.all()] == [second, first]
    assert agreement.draft.number == 1
    assert agreement.history.get().history_change_reason == "Registrerat"


def test_changing_the_partners_keeps_the_one_that_left_in_history(agreement, officer):
    newcomer = PartnerFactory()
    left = agreement.parties.get()

    save_agreement(agreement, partners=[newcomer], by=officer, reason="Byte av part")

    assert [party.partner for party in agreement.parties.all()] == [newcomer]
    assert left.history.model.objects.filter(id__isnull=False, history_type="-").count() == 1


def test_amend_starts_from_the_latest_contributions(officer):
    original = RevisionFactory(target_group="nyanlända")
    line = ContributionFactory(revision=original)
    CalculationPartFactory(contribution=line, unit_price=7)
    decide(original)

    amendment = amend(original.agreement, by=officer)

    copied = amendment.contributions.get()
    assert amendment.number == original.number + 1
    assert amendment.target_group == "nyanlända"
    assert (copied.label, copied.stated_amount) == (line.label, line.stated_amount)
    assert copied.parts.get().unit_price == 7
    assert original.contributions.get() == line


def test_amend_refuses_a_second_draft(officer):
    draft = RevisionFactory()

    with pytest.raises(DraftExistsError):
        amend(draft.agreement, by=officer)


def test_the_database_refuses_a_second_draft():
    draft = RevisionFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        RevisionFactory(agreement=draft.agreement)


def test_the_database_refuses_a_revision_that_ends_before_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        RevisionFactory(in_force_from=ApproximateDate.parse("maj 2019"), ends_on=date(2019, 4, 30))


def test_decide_revision_says_when_and_by_whom(officer):
    draft = RevisionFactory()

    decide_revision(draft, by=officer, at=AT, reason="Nämnden 2026-05-04 § 12")

    decided = Revision.objects.get()
    assert (decided.decided_at, decided.decided_by) == (AT, officer)
    assert decided.history.first().history_change_reason == "Nämnden 2026-05-04 § 12"


@pytest.mark.parametrize(
    ("trait", "sentence"),
    [
        ({"decided": True}, "redan"),
        ({"in_force_from": None}, "från när"),
    ],
)
def test_decide_revision_refuses_what_is_not_ready(officer, trait, sentence):
    revision = RevisionFactory(**trait)

    with pytest.raises(RevisionNotDecidableError, match=sentence):
        decide_revision(revision, by=officer, at=AT)


def test_decide_revision_refuses_a_partnership_with_someone_of_unknown_legal_form(officer):
    agreement = AgreementFactory(partner=PartnerFactory(legal_form=""))
    revision = RevisionFactory(agreement=agreement)

    with pytest.raises(RevisionNotDecidableError, match="juridiska personer"):
        decide_revision(revision, by=officer, at=AT)


def test_save_revision_refuses_a_decided_one_and_changes_nothing(officer):
    revision = RevisionFactory(decided=True, purpose="före")
    revision.purpose = "efter"

    with pytest.raises(RevisionFrozenError):
        save_revision(revision, contributions=[], removed=[], stated_totals=[], by=officer)

    assert Revision.objects.get().purpose == "före"


def test_save_revision_writes_lines_in_their_order(officer):
    revision = RevisionFactory()
    second = ContributionFactory(revision=revision, position=1)
    first = Contribution(party="municipality", kind="cash", label="Först")

    save_revision(
        revision,
        contributions=[ContributionDraft(first), ContributionDraft(second)],
        removed=[],
        stated_totals=[],
        by=officer,
    )

    assert [line.label for line in revision.contributions.all()] == ["Först", second.label]


def test_discard_draft_keeps_its_history(officer):
    original = RevisionFactory()
    ContributionFactory(revision=original)
    draft = amend(decide(original).agreement, by=officer)

    discard_draft(draft, by=officer)

    assert list(original.agreement.revisions.all()) == [original]
    removed = [
        entry for entry in history_of(original.agreement) if entry.reason == "Utkastet kasserat"
    ]
    assert removed


@pytest.mark.parametrize("trait", [{"decided": True}, {"number": 1}])
def test_discard_draft_refuses_what_must_stay(officer, trait):
    revision = RevisionFactory(**trait)

    with pytest.raises(RevisionFrozenError):
        discard_draft(revision, by=officer)

    assert Revision.objects.exists()
