"""Counting months from a date that is only as exact as its source."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from partnerships.dates import ApproximateDate
from partnerships.dates.arithmetic import months_after

years, months = st.integers(1900, 2200), st.integers(-600, 600)
starts = st.one_of(
    st.builds("{:04}".format, years),
    st.builds("{:04}-{:02}".format, years, st.integers(1, 12)),
    st.builds("{:04}-{}".format, years, st.integers(21, 24)),
    st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(date.isoformat),
).map(ApproximateDate)


@pytest.mark.parametrize(
    ("start", "count", "written", "edtf"),
    [
        ("våren 2015", 18, "hösten 2016", "2016-23"),
        ("vintern 2015", 3, "våren 2016", "2016-21"),
        ("maj 2017", 24, "maj 2019", "2019-05"),
        ("november 2017", 2, "januari 2018", "2018-01"),
        ("2016", 36, "2019", "2019"),
        ("2024-02-29", 12, "2025-02-28", "2025-02-28"),
        ("31 januari 2024", 1, "2024-02-29", "2024-02-29"),
        ("spring 2015", 0, "våren 2015", "2015-21"),
        ("våren 2015", -3, "vintern 2014", "2014-24"),
    ],
)
def test_months_after_is_as_exact_as_the_start_and_reads_like_a_source(start, count, written, edtf):
    result = months_after(ApproximateDate.parse(start), count)

    assert (str(result), result.edtf) == (written, edtf)


@pytest.mark.parametrize(
    ("start", "count"),
    [
        ("våren 2015", 17),
        ("våren 2015", 1),
        ("2016", 18),
        ("2016", 1),
        ("9999", 12),
        ("hösten 9999", 6),
        ("december 9999", 1),
        ("9999-12-31", 1),
        ("0001", -12),
        ("2016-05-04", 10**12),
    ],
)
def test_months_after_says_nothing_of_what_cannot_be_computed(start, count):
    assert months_after(ApproximateDate.parse(start), count) is None


@given(starts, months)
def test_a_result_is_no_more_and_no_less_exact_than_its_start(start, count):
    result = months_after(start, count)

    if result is not None:
        assert len(result.edtf) == len(start.edtf)
        assert result.is_exact == start.is_exact
        assert (result.edtf[5:6] == "2") == (start.edtf[5:6] == "2")  # both seasons, or neither


@given(starts, months)
def test_a_result_can_be_read_back_from_its_words(start, count):
    result = months_after(start, count)

    if result is not None:
        assert ApproximateDate.parse(str(result)) == result


@given(starts, months)
def test_a_result_begins_so_many_months_after_its_start_begins(start, count):
    result = months_after(start, count)

    if result is not None:
        passed = 12 * (result.earliest.year - start.earliest.year)
        assert passed + result.earliest.month - start.earliest.month == count


@given(starts, st.integers(-50, 50))
def test_whole_years_can_always_be_counted_and_counted_back(start, count):
    there = months_after(start, 12 * count)
    back = months_after(there, -12 * count)

    assert back.edtf == start.edtf or start.edtf.endswith("02-29")
