"""Which of several periods held on a day, certain or not."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, strategies as st

from partnerships.dates import ApproximateDate, RowsOn
from partnerships.dates.periods import certainly_covers, certainly_overlap, possibly_covers

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 12, 31))
DATES = st.one_of(
    DAYS.map(str), DAYS.map(lambda day: f"{day:%Y-%m}"), DAYS.map(lambda day: f"{day:%Y}")
)


@dataclass(frozen=True)
class Row:
    name: str
    starts: ApproximateDate | None = None
    ends: ApproximateDate | None = None


def row(name, starts="", ends=""):
    return Row(
        name,
        ApproximateDate.parse(starts) if starts else None,
        ApproximateDate.parse(ends) if ends else None,
    )


PERIODS = st.builds(row, st.just("x"), st.just("") | DATES, st.just("") | DATES)
HANDED_OVER = [
    row("A", "2007", "hösten 2016"),
    row("B", "hösten 2016", "2018-12-31"),
    row("C", "2019-01-01", "2019-12-31"),
]


@pytest.mark.parametrize(
    ("day", "names", "is_uncertain"),
    [
        ("2006-12-31", [], False),
        ("2007-06-30", ["A"], True),
        ("2016-06-30", ["A"], False),
        ("2016-10-15", ["A", "B"], True),
        ("2016-12-15", ["B"], False),
        ("2018-12-31", ["B"], False),
        ("2019-01-01", ["C"], False),
        ("2020-01-01", [], False),
    ],
)
def test_a_vague_handover_is_uncertain_within_and_certain_outside(day, names, is_uncertain):
    found = RowsOn.among(HANDED_OVER, date.fromisoformat(day))

    assert [candidate.name for candidate in found.candidates] == names
    assert found.is_uncertain == is_uncertain
    assert (found.certain is None) == (is_uncertain or not names)


def test_one_whose_start_is_not_known_is_always_uncertain():
    found = RowsOn.among([row("A", "", "2018-12-31")], date(2010, 1, 1))

    assert found.may_be_none


@given(PERIODS, DAYS)
def test_what_certainly_holds_possibly_holds(period, day):
    assert not certainly_covers(period, day) or possibly_covers(period, day)


@given(PERIODS, PERIODS, DAYS)
def test_two_that_certainly_hold_on_a_day_certainly_overlap(first, second, day):
    if certainly_covers(first, day) and certainly_covers(second, day):
        assert certainly_overlap(first, second)
    assert certainly_overlap(first, second) == certainly_overlap(second, first)


@given(st.lists(PERIODS, max_size=5), DAYS)
def test_an_answer_is_made_of_what_is_possible_and_certain_only_when_alone(periods, day):
    found = RowsOn.among(periods, day)

    assert all(possibly_covers(candidate, day) for candidate in found.candidates)
    assert found.certain is None or certainly_covers(found.certain, day)


@pytest.mark.parametrize(
    ("typed", "edtf", "certainly_from"),
    [
        ("maj 2019", "2019-05", date(2019, 5, 1)),
        ("maj 2019 ?", "2019-05?", date(2019, 5, 31)),
        ("hösten 2016 = 2016-09", "2016-09", date(2016, 9, 1)),
        ("hösten 2016 = 2016-10-15", "2016-10-15", date(2016, 10, 15)),
        ("hösten 2016?", "2016-23", date(2016, 11, 30)),
    ],
)
def test_how_a_date_counts_can_be_said_for_one_fact(typed, edtf, certainly_from):
    value = ApproximateDate.parse(typed)

    assert (value.edtf, value.certainly_from) == (edtf, certainly_from)
    assert ApproximateDate.parse(value.typed) == value


def test_the_words_of_the_source_are_kept_when_it_counts_otherwise():
    assert str(ApproximateDate.parse("hösten 2016 = 2016-09")) == "hösten 2016"
