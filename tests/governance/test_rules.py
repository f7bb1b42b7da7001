"""What the database refuses, and what is derived from a document, an activity or a transfer."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, strategies as st

from governance.models import ActionPlanActivity, Arrangement, GoverningDocument, Validity
from partnerships.dates import ApproximateDate
from tests.governance.factories import (
    ActionPlanActivityFactory,
    ArrangementFactory,
    GoverningDocumentFactory,
    ServiceTransferFactory,
)

parse = ApproximateDate.parse
days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
vague = st.one_of(
    days.map(ApproximateDate.exactly),
    days.map(lambda day: ApproximateDate(f"{day:%Y-%m}")),
    days.map(lambda day: ApproximateDate(f"{day:%Y}")),
    st.none(),
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [
        {"is_open_ended": True, "valid_until": parse("2026")},
        {"valid_from": parse("2026"), "valid_until": parse("december 2025")},
        {"paragraph": 0},
    ],
)
def test_the_database_refuses_a_document_that_cannot_be(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        GoverningDocumentFactory(**facts)


@pytest.mark.django_db
def test_the_database_refuses_a_document_that_follows_from_itself():
    document = GoverningDocumentFactory()
    document.parent = document

    with pytest.raises(IntegrityError), transaction.atomic():
        document.save()


@pytest.mark.django_db
@pytest.mark.parametrize("facts", [{"former_amount": -1}, {"new_amount": Decimal("-0.01")}])
def test_the_database_refuses_a_transfer_with_negative_funding(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceTransferFactory(**facts)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [
        {"count": 0},
        {"post_share": 0},
        {"months": 0},
        {"starts_on": parse("våren 2015"), "review_on": parse("2014")},
    ],
)
def test_the_database_refuses_an_arrangement_that_cannot_be(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        ArrangementFactory(**facts)


@pytest.mark.parametrize(
    ("facts", "on", "validity"),
    [
        ({"adopted_on": "2017-01-17", "is_open_ended": True}, "2026-11-23", Validity.IN_FORCE),
        ({"adopted_on": "2017-01-17", "is_open_ended": True}, "2017-01-16", Validity.UPCOMING),
        ({"adopted_on": "2012"}, "2026-11-23", Validity.UNKNOWN),
        ({"adopted_on": "2012", "is_open_ended": True}, "2012-06-01", Validity.UNKNOWN),
        ({"adopted_on": "2012", "valid_from": "2013-01-01"}, "2012-06-01", Validity.UPCOMING),
        ({"valid_from": "2013", "valid_until": "2016"}, "2015-01-01", Validity.IN_FORCE),
        ({"valid_from": "2013", "valid_until": "hösten 2016"}, "2016-10-01", Validity.UNKNOWN),
        ({"valid_until": "2016"}, "2017-01-01", Validity.ENDED),
        ({"is_open_ended": True}, "2017-01-01", Validity.UNKNOWN),
        ({}, "2017-01-01", Validity.UNKNOWN),
    ],
)
def test_a_document_says_whether_it_applies_on_a_day_or_that_it_is_not_known(facts, on, validity):
    read = {
        name: parse(value) if isinstance(value, str) else value for name, value in facts.items()
    }

    assert GoverningDocument(**read).validity(date.fromisoformat(on)) == validity


@given(start=vague, end=vague, is_open_ended=st.booleans(), on=days)
def test_a_document_in_force_has_begun_and_not_ended_however_its_dates_are_read(
    start, end, is_open_ended, on
):
    document = GoverningDocument(
        valid_from=start, valid_until=end, is_open_ended=is_open_ended and end is None
    )

    validity = document.validity(on)

    if validity == Validity.IN_FORCE:
        assert start.certainly_from <= on
        assert document.is_open_ended or on <= end.earliest
    if validity == Validity.ENDED:
        assert end.latest < on
    if validity == Validity.UPCOMING:
        assert on < start.earliest


@pytest.mark.parametrize(
    ("due_on", "state", "overdue"),
    [
        ("2026-11-22", "", True),
        ("2026-11-23", "under_way", False),
        ("hösten 2026", "planned", False),
        ("2025", "planned", True),
        ("2025", "done", False),
        ("2025", "abandoned", False),
        (None, "planned", False),
    ],
)
def test_an_activity_is_overdue_only_when_its_last_possible_day_has_passed(due_on, state, overdue):
    activity = ActionPlanActivity(due_on=due_on and parse(due_on), state=state)

    assert activity.is_overdue(date(2026, 11, 23)) is overdue


@given(due=vague, state=st.sampled_from(["", *ActionPlanActivity.State.values]), on=days)
def test_an_overdue_activity_stays_overdue(due, state, on):
    activity = ActionPlanActivity(due_on=due, state=state)

    if activity.is_overdue(on):
        assert activity.is_overdue(on + timedelta(days=1))


@pytest.mark.parametrize(
    ("starts_on", "months", "review_on", "review"),
    [
        ("våren 2015", 18, None, "hösten 2016"),
        ("våren 2015", 18, "januari 2017", "januari 2017"),
        ("våren 2015", 17, None, "None"),
        ("våren 2015", None, None, "None"),
        (None, 18, None, "None"),
    ],
)
def test_a_review_is_as_stated_else_as_computed_else_not_known(
    starts_on, months, review_on, review
):
    arrangement = Arrangement(
        starts_on=starts_on and parse(starts_on),
        months=months,
        review_on=review_on and parse(review_on),
    )

    assert str(arrangement.review) == review


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("counts", "together"), [([4, 1], 5), ([4, None], None), ([], None), ([None], None)]
)
def test_those_concerned_are_counted_only_when_every_count_is_known(counts, together):
    transfer = ServiceTransferFactory()
    for count in counts:
        ArrangementFactory(transfer=transfer, count=count)

    assert transfer.recipient_count == together


@pytest.mark.parametrize(
    ("before", "after", "freed"),
    [(500, 300, 200), (300, 500, -200), (None, 1, None), (1, None, None)],
)
def test_a_difference_in_funding_needs_both_amounts(before, after, freed):
    transfer = ServiceTransferFactory.build(
        municipality=None, former_amount=before, new_amount=after
    )

    assert transfer.freed_amount == freed


@pytest.mark.django_db
def test_the_documents_above_an_activity_are_given_from_the_first():
    accord = GoverningDocumentFactory(kind="accord")
    plan = GoverningDocumentFactory(municipality=accord.municipality, parent=accord)
    activity = ActionPlanActivityFactory(document=plan)

    transfer = ServiceTransferFactory(municipality=accord.municipality, activity=activity)

    assert transfer.documents == [accord, plan]
    assert ServiceTransferFactory().documents == []


@pytest.mark.django_db
def test_documents_that_follow_from_each_other_are_still_listed_once():
    first = GoverningDocumentFactory()
    second = GoverningDocumentFactory(municipality=first.municipality, parent=first)
    GoverningDocument.objects.filter(pk=first.pk).update(parent=second)
    first.refresh_from_db()

    assert first.ancestors == [second]
