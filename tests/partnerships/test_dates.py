"""Approximate dates: what people type, what is kept, what is refused."""

from contextlib import suppress
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from partnerships.dates import AmbiguousDateError, ApproximateDate, UnreadableDateError
from partnerships.dates.exact import DayFormField
from partnerships.dates.fields import ApproximateDateFormField


@pytest.mark.parametrize(
    ("text", "edtf", "earliest", "latest"),
    [
        ("2019-01-01", "2019-01-01", date(2019, 1, 1), date(2019, 1, 1)),
        ("1 jan 2019", "2019-01-01", date(2019, 1, 1), date(2019, 1, 1)),
        ("1 januari 2023", "2023-01-01", date(2023, 1, 1), date(2023, 1, 1)),
        ("maj 2019", "2019-05", date(2019, 5, 1), date(2019, 5, 31)),
        ("December 2017", "2017-12", date(2017, 12, 1), date(2017, 12, 31)),
        ("2019-05", "2019-05", date(2019, 5, 1), date(2019, 5, 31)),
        ("hösten 2016", "2016-23", date(2016, 9, 1), date(2016, 11, 30)),
        ("under hösten 2016", "2016-23", date(2016, 9, 1), date(2016, 11, 30)),
        ("våren 2015", "2015-21", date(2015, 3, 1), date(2015, 5, 31)),
        ("vintern 2015", "2015-24", date(2015, 12, 1), date(2016, 2, 29)),
        ("under 2018", "2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2007", "2007", date(2007, 1, 1), date(2007, 12, 31)),
        ("feb 2020", "2020-02", date(2020, 2, 1), date(2020, 2, 29)),
    ],
)
def test_parse_reads_what_sources_write(text, edtf, earliest, latest):
    value = ApproximateDate.parse(text)

    assert (value.edtf, value.earliest, value.latest) == (edtf, earliest, latest)
    assert str(value) == text


@pytest.mark.parametrize("text", ["04/05/2019", "4/5", "04.05.2019", "1/12 2019"])
def test_parse_refuses_what_can_mean_two_days(text):
    with pytest.raises(AmbiguousDateError, match="2019-05-04"):
        ApproximateDate.parse(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/12 2027", "Menade du 2027-12-31"),
        ("12.31.2027", "Menade du 2027-12-31"),
        ("2027/12/31", "Menade du 2027-12-31"),
        ("4/4 2019", "Menade du 2019-04-04"),
        ("31/4 2019", "finns inte i kalendern"),
        ("32/13 2019", "finns inte i kalendern"),
        ("2019/2/30", "finns inte i kalendern"),
        ("31/12", "är inget datum"),
        ("2019/05", "är inget datum"),
        ("04.05.19", "på två sätt"),
        ("0/0", "på två sätt"),
    ],
)
def test_parse_says_of_two_ways_only_where_there_are_two(text, sentence):
    with pytest.raises(UnreadableDateError, match=sentence):
        ApproximateDate.parse(text)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2016-02-31", "no_such_day"),
        (" 2016-13-01 ", "no_such_day"),
        ("0000-01-01", "no_such_day"),
        ("31/2 2016", "no_such_day"),
        ("9" * 5000, "invalid"),
        ("2016-02-31\x00", "invalid"),
    ],
)
def test_a_day_that_is_not_in_the_calendar_is_told_from_one_that_is_written_otherwise(typed, code):
    with pytest.raises(ValidationError) as raised:
        DayFormField().clean(typed)

    assert raised.value.code == code


@pytest.mark.parametrize(
    "text",
    [
        "snart",
        "2019-13-01",
        "2019-02-30",
        "30 februari 2019",
        "31 jun 2020",
        "2016-23",
        "",
        "20190101",
    ],
)
def test_parse_refuses_what_is_no_date(text):
    with pytest.raises(UnreadableDateError):
        ApproximateDate.parse(text)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_precise_date_stays_precise(day):
    value = ApproximateDate.parse(day.isoformat())

    assert value.is_exact
    assert value.earliest == day


@given(st.text(max_size=40))
def test_parse_reads_or_refuses_any_text_and_never_fails_otherwise(text):
    with suppress(UnreadableDateError):
        value = ApproximateDate.parse(text)
        assert value.earliest <= value.latest


def test_the_form_field_keeps_what_was_typed():
    field = ApproximateDateFormField()

    assert field.prepare_value(field.clean("hösten 2016")) == "hösten 2016"
