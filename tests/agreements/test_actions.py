"""Registering, amending, deciding and discarding."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from agreements.actions import (
    ContributionDraft,
    RevisionFrozenError,
    RevisionNotDecidableError,
    RevisionOutdatedError,
    TooManyDraftsError,
    amend,
    bring_up_to_date,
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
    TermFactory,
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


def test_amend_begins_from_a_decided_revision_only(officer):
    draft = RevisionFactory()

    with pytest.raises(TooManyDraftsError, match="utkast"):
        amend(draft.agreement, by=officer)


def test_a_few_drafts_may_lie_beside_each_other(officer):
    agreement = RevisionFactory(decided=True).agreement

    drafts = [amend(agreement, by=officer) for _number in range(5)]

    assert {draft.number for draft in drafts} == {2}
    with pytest.raises(TooManyDraftsError):
        amend(agreement, by=officer)


def drafts_beside_each_other(agreement, officer):
    """Two drafts from the same decided revision, in force from a later day."""
    drafts = amend(agreement, by=officer), amend(agreement, by=officer)
    for draft in drafts:
        draft.in_force_from = ApproximateDate.parse("2025-01-01")
        draft.save()
    return drafts


def test_a_draft_that_others_have_overtaken_is_brought_up_to_date_before_it_is_decided(officer):
    original = RevisionFactory(purpose="Mötas.", target_group="unga")
    ContributionFactory(revision=original, label="Hyra", stated_amount=100)
    ContributionFactory(revision=original, label="Lön", stated_amount=200)
    agreement = decide(original).agreement
    first, second = drafts_beside_each_other(agreement, officer)
    first.purpose = "Mötas och arbeta."
    first.save()
    first.contributions.filter(label="Hyra").update(stated_amount=110)
    second.target_group = "alla"
    second.save()
    second.contributions.filter(label="Lön").update(stated_amount=220)
    decide_revision(first, by=officer, at=AT)

    with pytest.raises(RevisionOutdatedError, match="Revision 2"):
        decide_revision(second, by=officer, at=AT)
    assert bring_up_to_date(second, by=officer) == []
    decided = decide_revision(second, by=officer, at=AT)

    assert decided.number == 3
    assert (decided.purpose, decided.target_group) == ("Mötas och arbeta.", "alla")
    amounts = dict(decided.contributions.values_list("label", "stated_amount"))
    assert amounts == {"Hyra": 110, "Lön": 220}


def test_what_both_have_changed_is_named_and_the_drafts_own_stands(officer):
    original = RevisionFactory(purpose="Mötas.")
    ContributionFactory(revision=original, label="Hyra", stated_amount=100)
    agreement = decide(original).agreement
    first, second = drafts_beside_each_other(agreement, officer)
    for draft, purpose, amount in ((first, "Ett.", 110), (second, "Två.", 120)):
        draft.purpose = purpose
        draft.save()
        draft.contributions.update(stated_amount=amount)
    decide_revision(first, by=officer, at=AT)

    conflicts = bring_up_to_date(second, by=officer)

    second.refresh_from_db()
    assert conflicts == ["purpose", "Hyra"]
    assert (second.purpose, second.contributions.get().stated_amount) == ("Två.", 120)
    assert decide_revision(second, by=officer, at=AT).number == 3


def test_the_database_lets_two_decided_revisions_not_share_a_number():
    revision = RevisionFactory(decided=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        RevisionFactory(agreement=revision.agreement, decided=True, number=1, kind="original")


def test_the_database_refuses_a_term_that_ends_before_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        TermFactory(
            starts=ApproximateDate.parse("maj 2019"), ends=ApproximateDate.parse("2019-04-30")
        )


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
