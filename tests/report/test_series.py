"""How often the report comes, and which edition is next."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partnerships.dates import ApproximateDate
from tests.report.factories import EditionFactory, ReportFigureFactory, SeriesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def series():
    """Yearly from 2017, every second year from 2020, with the editions that were noted."""
    series = SeriesFactory(rhythm=[("2017-01-17", 1), ("2020", 2)])
    for noted, years in (
        ("2018", (None, None)),
        ("2020", (2019, 2019)),
        ("2022-05-24", (2020, 2021)),
        ("2024-05-21", (2022, 2023)),
    ):
        EditionFactory(
            series=series,
            year_from=years[0],
            year_to=years[1],
            noted_on=ApproximateDate.parse(noted),
        )
    return series


@pytest.mark.parametrize(
    ("on", "period", "due_year"),
    [
        (date(2017, 6, 1), "2017", 2018),
        (date(2018, 6, 1), "2018", 2019),
        (date(2021, 1, 1), "2020–2021", 2022),
        (date(2022, 5, 23), "2020–2021", 2022),
        (date(2022, 5, 24), "2022–2023", 2024),
        (date(2024, 5, 21), "2024–2025", 2026),
    ],
)
def test_next_edition_follows_the_rhythm_that_applies_and_what_was_noted(
    series, on, period, due_year
):
    following = series.next_edition(on)

    assert (following.period, following.due_year) == (period, due_year)


def test_nothing_is_due_before_the_first_rhythm(series):
    assert series.next_edition(date(2017, 1, 16)) is None


def test_previous_edition_is_the_one_about_the_years_before(series):
    edition = EditionFactory(series=series, year_from=2024, year_to=2025)

    assert edition.previous.years == (2022, 2023)


@pytest.mark.parametrize(
    "fields",
    [
        {"source": "computed", "measure": ""},
        {"source": "computed", "measure": "paid", "value": 5},
        {"value": -1},
        {"year_from": 2023, "year_to": 2022},
        {"year_from": 2023},
        {"measure": "in_force", "unit": "kronor"},
        {"measure": "paid", "unit": "number"},
    ],
)
def test_the_database_refuses_a_figure_that_contradicts_itself(fields):
    edition = EditionFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ReportFigureFactory(edition=edition, **fields)


@pytest.mark.parametrize(
    "fields",
    [{"year_to": None}, {"year_from": 2026, "year_to": 2025}, {"frozen_at": "2026-01-01T00:00Z"}],
)
def test_the_database_refuses_an_edition_that_contradicts_itself(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionFactory(**fields)
