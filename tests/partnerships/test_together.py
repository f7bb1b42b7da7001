"""What several ask for side by side is fetched with one query for each round."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.models import Committee, Municipality
from partnerships.together import ask, ask_together, attach, fetch_together, just
from tests.organisations.factories import CommitteeFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


def committees_of(name):
    """Asks twice: for the municipality, and for its committees."""
    ((municipality,),) = yield [Municipality.objects.filter(name=name)]
    (committees,) = yield [Committee.objects.filter(municipality=municipality).order_by("name")]
    return [committee.name for committee in committees]


def nothing_to_ask():
    return "at once"
    yield


@pytest.fixture
def two_towns(db):
    for name in ("Påhittby", "Exempelköping"):
        town = MunicipalityFactory(name=name)
        for letter in ("a", "b"):
            CommitteeFactory(municipality=town, name=f"{letter} i {name}")


@pytest.fixture
def queries():
    with CaptureQueriesContext(connection) as captured:
        yield captured


def test_those_who_ask_twice_take_two_queries_however_many_they_are(two_towns, queries):
    asking = [committees_of("Påhittby"), committees_of("Exempelköping"), nothing_to_ask()]

    told = ask_together(asking)

    assert told == [
        ["a i Påhittby", "b i Påhittby"],
        ["a i Exempelköping", "b i Exempelköping"],
        "at once",
    ]
    assert len(queries) == 2


def test_what_cannot_have_rows_is_not_asked_for(two_towns, queries):
    nothing, some = fetch_together([Committee.objects.none(), Committee.objects.all()])

    assert nothing == []
    assert len(some) == 4
    assert len(queries) == 1
    assert fetch_together([Committee.objects.none()]) == [[]]
    assert fetch_together([]) == []


def test_order_limit_annotations_and_relations_are_the_querysets_own(two_towns, queries):
    committees = Committee.objects.select_related("municipality").order_by("-name")

    (rows,) = fetch_together([committees[1:3]])

    assert [row.name for row in rows] == ["b i Exempelköping", "a i Påhittby"]
    assert [row.municipality.name for row in rows] == ["Exempelköping", "Påhittby"]
    assert len(queries) == 1


def test_a_queryset_has_its_rows_from_then_on(two_towns, queries):
    committees = Committee.objects.all()
    fetch_together([committees])

    assert len(committees) == 4
    assert ask(just(committees)) == list(committees)
    assert len(queries) == 1


def test_attached_rows_answer_as_a_prefetch_does(two_towns, queries):
    towns, committees = fetch_together([Municipality.objects.all(), Committee.objects.all()])

    attach(towns, "committees", committees[:1], by="municipality_id")

    assert sorted(len(town.committees.all()) for town in towns) == [0, 1]
    assert len(queries) == 1


def test_an_error_of_one_who_asks_reaches_the_caller(two_towns):
    with pytest.raises(ValueError, match="not enough values"):
        ask(committees_of("Ingenstans"))
