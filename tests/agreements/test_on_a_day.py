"""What applied on a day: certain, uncertain with its candidates, agreed but not yet in force."""

from datetime import date

import pytest

from agreements.documents import facts_of, fetch_with_facts
from agreements.models import Agreement, AgreementOn, Status
from partnerships.dates import ApproximateDate
from tests.agreements.factories import RevisionFactory
from tests.demo.kept import load_demo

pytestmark = pytest.mark.django_db


def revision_from(agreement, text, **facts):
    return RevisionFactory(
        agreement=agreement, decided=True, in_force_from=ApproximateDate.parse(text), **facts
    )


def on(agreement, day):
    (whole,) = fetch_with_facts(Agreement.objects.filter(pk=agreement.pk))
    return AgreementOn(facts_of(whole), date.fromisoformat(day)).revision


@pytest.fixture
def hoppfull_framtid(db):
    load_demo()
    return Agreement.objects.get(name="Hoppfull framtid")


def test_the_original_target_group_applied_before_the_revision(hoppfull_framtid):
    answer = on(hoppfull_framtid, "2019-03-01")

    assert answer.revision.target_group == "främst nyanlända flyktingar"
    assert (answer.is_uncertain, answer.agreed) == (False, None)


def test_between_agreement_and_force_the_original_applied_and_the_next_was_agreed(hoppfull_framtid):
    answer = on(hoppfull_framtid, "2019-04-20")

    assert answer.revision.number == 1
    assert answer.agreed.number == 2


@pytest.mark.parametrize("day", ["2019-05-01", "2019-05-15", "2021-12-31"])
def test_a_month_counts_from_its_first_day(hoppfull_framtid, day):
    answer = on(hoppfull_framtid, day)

    assert (answer.revision.number, answer.is_uncertain) == (2, False)


@pytest.mark.parametrize("day", ["2017-11-30", "2022-01-01"])
def test_nothing_applied_before_the_start_or_after_the_end(hoppfull_framtid, day):
    assert on(hoppfull_framtid, day).revision is None


@pytest.mark.parametrize(
    ("day", "numbers"),
    [
        ("2016-08-31", [1]),
        ("2016-09-01", [1, 2]),
        ("2016-10-15", [1, 2]),
        ("2016-11-29", [1, 2]),
        ("2016-11-30", [2]),
        ("2016-12-15", [2]),
    ],
)
def test_within_a_season_both_are_named(agreement, day, numbers):
    revision_from(agreement, "2007-01-01")
    revision_from(agreement, "hösten 2016")

    answer = on(agreement, day)

    assert [candidate.number for candidate in answer.candidates] == numbers
    assert answer.is_uncertain == (len(numbers) > 1)


def test_within_the_first_revisions_vague_start_it_is_uncertain_whether_anything_applied(agreement):
    revision_from(agreement, "2007")

    answer = on(agreement, "2007-06-30")

    assert answer.is_uncertain
    assert on(agreement, "2008-01-01").is_uncertain is False


def test_a_draft_and_a_revision_without_start_answer_nothing(agreement):
    RevisionFactory(agreement=agreement, decided=True, in_force_from=None)
    RevisionFactory(agreement=agreement)

    assert on(agreement, "2030-01-01").candidates == ()


@pytest.mark.parametrize(
    ("day", "said", "unsaid"),
    [
        ("2019-03-01", "främst nyanlända flyktingar", "980\u00a0500"),
        ("2019-04-20", "Revision 2 blev överenskommen", "980\u00a0500"),
        ("2019-05-15", "framgår inte av källan", "främst nyanlända"),
        ("2022-01-01", "Ingen beslutad revision gällde", "Vad som gäller"),
    ],
)
def test_the_page_answers_for_the_chosen_day(client, hoppfull_framtid, day, said, unsaid):
    client.force_login(hoppfull_framtid.officer)

    page = client.get(hoppfull_framtid.get_absolute_url(), {"on": day}).content.decode()

    assert said in page
    assert unsaid not in page.split("Revisioner")[0]


def test_the_page_says_when_it_cannot_read_the_day_and_answers_for_today(client, hoppfull_framtid):
    client.force_login(hoppfull_framtid.officer)

    response = client.get(hoppfull_framtid.get_absolute_url(), {"on": "04/05/2019"})

    assert response.context["asked"].is_today
    assert response.context["asked"].form.errors


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2019-12-31", Status.ACTIVE),
        ("2020-01-01", Status.TERMINATED),
        ("2017-06-30", Status.ACTIVE),
    ],
)
def test_the_ended_membership_was_in_force_to_its_last_day(hoppfull_framtid, day, status):
    agreements = Agreement.objects.with_status(date.fromisoformat(day))

    assert agreements.get(diary_number="KS 2007-388").status == status
