"""From when to when: status, terms and last days, by rule and for any dates."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from agreements.documents import facts_of, fetch_with_facts
from agreements.models import (
    Agreement,
    AgreementOn,
    Life,
    NoticePeriod,
    Party,
    Revision,
    Term,
    Termination,
    keep_life,
)
from agreements.models.deadlines import Why, end_deadline, last_day_of_notice, notice_deadlines
from partnerships.dates import ApproximateDate
from tests.agreements.factories import (
    AgreementFactory,
    ResponsibilityFactory,
    RevisionFactory,
    TermFactory,
)

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 12, 31))
DATES = st.one_of(
    DAYS.map(lambda day: day.isoformat()),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    DAYS.map(lambda day: f"{day:%Y}"),
    DAYS.map(lambda day: f"hösten {day:%Y}"),
    DAYS.map(lambda day: f"{day:%Y-%m} ?"),
).map(ApproximateDate.parse)


def notice(length, unit=NoticePeriod.Unit.MONTHS, party=Party.MUNICIPALITY):
    return NoticePeriod(party=party, length=length, unit=unit)


def life_ending(day):
    revision = Revision(number=1, decided_at=day, in_force_from=ApproximateDate.parse("2000-01-01"))
    term = Term(number=0, ends=ApproximateDate.exactly(day))
    return Life.of([revision], [term], [])


@pytest.mark.parametrize(
    ("last_day", "length", "expected"),
    [
        ("2019-12-31", 6, "2019-06-30"),
        ("2019-12-31", 3, "2019-09-30"),
        ("2024-02-29", 1, "2024-01-31"),
        ("2024-03-30", 1, "2024-02-28"),
        ("2021-12-31", 12, "2020-12-31"),
        ("2020-02-29", 12, "2019-02-28"),
        ("2019-12-31", 0, "2019-12-31"),
    ],
)
def test_the_whole_notice_period_lies_before_the_end(last_day, length, expected):
    found = last_day_of_notice(date.fromisoformat(last_day), notice(length))

    assert found.isoformat() == expected


@given(DAYS, st.integers(0, 60))
def test_notice_is_given_on_the_last_day_or_before_and_leaves_the_whole_period(last_day, months):
    found = last_day_of_notice(last_day, notice(months))

    assert found <= last_day
    assert (last_day - found).days >= months * 28
    assert (last_day - found).days <= months * 31


@given(DAYS, st.integers(0, 400))
def test_a_notice_period_in_days_is_counted_to_the_day(last_day, days):
    found = last_day_of_notice(last_day, notice(days, NoticePeriod.Unit.DAYS))

    assert (last_day - found).days == days


@given(st.lists(DAYS, min_size=1, max_size=5), st.integers(0, 24))
def test_the_last_day_follows_the_latest_term_and_never_one_before_it(ends, months):
    terms = [
        Term(number=number, ends=ApproximateDate.exactly(day)) for number, day in enumerate(ends)
    ]
    life = Life.of([], terms, [])

    found = notice_deadlines(life, [notice(months)])[0]

    assert end_deadline(life).on == ends[-1]
    assert found.on == last_day_of_notice(ends[-1], notice(months))


def test_without_a_notice_period_or_an_end_no_last_day_is_made_up():
    ending, endless = life_ending(date(2019, 12, 31)), Life.of([], [], [])

    assert [row.why for row in notice_deadlines(ending, [])] == [Why.NO_NOTICE, Why.NO_NOTICE]
    assert notice_deadlines(endless, [notice(3)])[0].why == Why.NO_END
    assert end_deadline(endless).why == Why.NO_END


def test_a_vague_end_gives_no_last_day():
    term = Term(number=0, ends=ApproximateDate.parse("hösten 2025"))
    life = Life.of([], [term], [])

    assert end_deadline(life).why == Why.UNCERTAIN_END
    assert notice_deadlines(life, [notice(3)])[0].why == Why.UNCERTAIN_END


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    starts=st.lists(st.none() | DATES, max_size=3),
    ends=st.none() | DATES,
    stops=st.none() | DATES,
    on=DAYS,
)
def test_the_register_says_the_same_of_any_agreement_as_its_page(
    committee, starts, ends, stops, on
):
    agreement = AgreementFactory(committee=committee)
    for start in starts:
        RevisionFactory(agreement=agreement, decided=True, in_force_from=start)
    if ends:
        TermFactory(agreement=agreement, starts=None, ends=ends)
    if stops:
        Termination.objects.create(
            agreement=agreement, scope="full", by="municipality", effective_from=stops
        )
        keep_life(agreement)

    row = Agreement.objects.with_status(on).get(pk=agreement.pk)
    life = Life.of(agreement.revisions.all(), agreement.terms.all(), agreement.terminations.all())

    assert row.status == life.status_on(on).status


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    starts=st.lists(DATES, min_size=1, max_size=3),
    bearers=st.lists(DATES, max_size=2),
    ends=st.none() | DATES,
    on=DAYS,
)
def test_the_register_answers_for_a_day_as_the_page_does(committee, starts, bearers, ends, on):
    agreement = AgreementFactory(committee=committee)
    for start in starts:
        RevisionFactory(agreement=agreement, decided=True, in_force_from=start)
    for start in bearers:
        ResponsibilityFactory(agreement=agreement, starts=start)
    if ends:
        TermFactory(agreement=agreement, starts=None, ends=ends)

    row = Agreement.objects.as_of(on).get(pk=agreement.pk)
    (whole,) = fetch_with_facts(Agreement.objects.filter(pk=agreement.pk))
    answer = AgreementOn(facts_of(whole), on)

    possible = answer.revision.revision
    assert row.revision_number == (possible.number if possible else None)
    assert (row.bears_cost is None) == (not answer.cost.candidates)
    if answer.revision.certain:
        assert row.certain_revision_number == answer.revision.certain.number
    assert (row.revision_number == row.certain_revision_number) == (
        not answer.revision.is_uncertain
    )


@given(starts=DATES, ends=DATES, stops=st.none() | DATES, on=DAYS)
def test_a_status_is_certain_exactly_when_one_is_possible(starts, ends, stops, on):
    revision = Revision(number=1, decided_at=on, in_force_from=starts)
    stop = [Termination(scope="full", effective_from=stops)] if stops else []
    found = Life.of([revision], [Term(number=0, ends=ends)], stop).status_on(on)

    assert found.candidates
    assert found.is_uncertain == (len(set(found.candidates)) > 1)


def test_a_termination_ends_the_agreement_from_its_first_day_without():
    day = date(2020, 1, 1)
    revision = Revision(number=1, decided_at=day, in_force_from=ApproximateDate.parse("2007-01-01"))
    stop = Termination(scope="full", effective_from=ApproximateDate.exactly(day))
    life = Life.of([revision], [], [stop])

    assert life.status_on(day - timedelta(days=1)).status == "active"
    assert life.status_on(day).status == "terminated"


def test_a_partial_termination_leaves_the_agreement_in_force():
    day = date(2020, 1, 1)
    revision = Revision(number=1, decided_at=day, in_force_from=ApproximateDate.parse("2007-01-01"))
    stop = Termination(scope="partial", what="en del", effective_from=ApproximateDate.exactly(day))

    assert Life.of([revision], [], [stop]).status_on(day).status == "active"
