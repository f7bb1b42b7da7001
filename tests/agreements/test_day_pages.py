"""An agreement on a day, as it was known then and between revisions, through the pages."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from agreements.actions import extend
from agreements.documents import facts_known_at
from agreements.models import Agreement, AgreementOn, Term
from partnerships.dates import ApproximateDate
from tests.agreements.conftest import answer, url
from tests.agreements.factories import (
    AgreementFactory,
    ContributionFactory,
    FlagFactory,
    ResponsibilityFactory,
    RevisionFactory,
    TermFactory,
    decide,
)
from tests.pdf_checks import checks, structure, verapdf

pytestmark = pytest.mark.django_db


def test_the_page_shows_what_the_portal_knew_then(signed_in, officer, committee):
    with time_machine.travel(datetime(2024, 3, 1, 12, tzinfo=UTC)):
        agreement = AgreementFactory(committee=committee)
        revision = RevisionFactory(agreement=agreement, purpose="Mötas.")
        ContributionFactory(revision=revision, stated_amount=100)
        decide(revision)
        TermFactory(agreement=agreement)
    with time_machine.travel(datetime(2025, 12, 1, 12, tzinfo=UTC)):
        term = Term(agreement=agreement, basis="clause")
        term.starts = ApproximateDate.parse("2026-01-01")
        term.ends = ApproximateDate.parse("2027-12-31")
        extend(term, by=officer)
    address = agreement.get_absolute_url()

    then = signed_in.get(address, {"on": "2026-06-01", "known": "2025-11-30"})
    later = signed_in.get(address, {"on": "2026-06-01", "known": "2025-12-01"})
    before = signed_in.get(address, {"known": "2024-02-28"})

    assert then.context["answer"].status.status == "expired"
    assert later.context["answer"].status.status == "active"
    assert "hade inte avtalet" in before.content.decode()
    assert (
        signed_in.get(url("agreement_sheet_pdf", agreement), {"known": "2024-02-28"}).status_code
        == 404
    )


def test_a_term_that_was_agreed_and_has_not_begun_is_shown(signed_in, agreement):
    TermFactory(
        agreement=agreement,
        starts=ApproximateDate.parse("2027-01-01"),
        ends=ApproximateDate.parse("2029-12-31"),
    )

    before, during, after = (
        signed_in.get(agreement.get_absolute_url(), {"on": day}).text
        for day in ("2026-11-28", "2028-01-01", "2030-01-01")
    )

    assert "2027-01-01 – 2029-12-31, inte börjat" in before
    assert "2027-01-01 – 2029-12-31" in during
    assert "inte börjat" not in during
    assert "ingen löper" in after


def test_undertakings_and_flags_are_spoken_of_in_whole_words(signed_in, agreement):
    FlagFactory(agreement=agreement)
    one = signed_in.get(agreement.get_absolute_url())
    flags = one.context["flag_count"]
    FlagFactory(agreement=agreement)

    today = signed_in.get(agreement.get_absolute_url()).content.decode()

    assert "Inget åtagande som gäller är registrerat." in today
    assert f'{flags + 1}<span class="visually-hidden"> öppna</span>' in today


def test_facts_known_now_are_the_facts(agreement):
    line = ContributionFactory(revision=RevisionFactory(agreement=agreement))
    decide(line.revision)
    ResponsibilityFactory(agreement=agreement)
    TermFactory(agreement=agreement)
    later = datetime.now(UTC) + timedelta(minutes=1)

    known = AgreementOn(facts_known_at(agreement, later), date(2024, 6, 1))
    live = answer(agreement, "2024-06-01")

    assert known.status == live.status
    assert known.cost.candidates == live.cost.candidates
    assert known.revision.candidates == live.revision.candidates
    assert known.totals.municipality.amount == live.totals.municipality.amount


def test_the_sheet_of_a_day_is_archival_and_says_what_the_page_says(signed_in, agreement, tmp_path):
    RevisionFactory(agreement=agreement, decided=True, target_group="unga vuxna")
    TermFactory(agreement=agreement)
    ResponsibilityFactory(agreement=agreement)

    response = signed_in.get(url("agreement_sheet_pdf", agreement), {"on": "2024-06-01"})

    text = " ".join(structure.lines(response.content))
    path = tmp_path / "sheet.pdf"
    path.write_bytes(response.content)
    assert "unga vuxna" in text
    assert "2024-06-01" in text
    assert checks.problems(response.content) == []
    if verapdf.is_available():
        assert verapdf.validate([path]) == ""


def test_two_revisions_are_compared_word_by_word_and_in_kronor(signed_in, officer, agreement):
    first = RevisionFactory(agreement=agreement, purpose="Möten för unga varje vecka.")
    ContributionFactory(revision=first, label="Hyra", stated_amount=100_000)
    decide(first)
    second = RevisionFactory(agreement=agreement, purpose="Möten för unga varje dag.")
    ContributionFactory(
        revision=second,
        label="Lokalhyra",
        stated_amount=120_000,
        copied_from=first.contributions.get(),
    )

    page = signed_in.get(url("revision_compare", agreement)).content.decode()

    assert "<del>vecka</del><ins>dag</ins>" in page
    assert "<del>Hyra</del><ins>Lokalhyra</ins>" in page
    assert "+20\u00a0000\u00a0kr" in page


def test_a_revision_without_contributions_is_not_one_that_gives_nothing(signed_in, agreement):
    decide(RevisionFactory(agreement=agreement))
    ContributionFactory(revision=RevisionFactory(agreement=agreement))

    comparison = signed_in.get(url("revision_compare", agreement)).context["comparison"]

    assert comparison.sides[0].before is None
    assert comparison.sides[0].lines[0].amount is None


def test_revisions_of_another_agreement_are_not_compared(signed_in, agreement):
    foreign = RevisionFactory()
    RevisionFactory(agreement=agreement)

    response = signed_in.get(
        url("revision_compare", agreement), {"before": foreign.pk, "after": foreign.pk}
    )

    assert response.context["form"].errors
    assert response.context["comparison"] is None


def test_the_register_answers_for_a_day(signed_in, agreement):
    RevisionFactory(agreement=agreement, decided=True)
    TermFactory(agreement=agreement)
    register = reverse("agreements:agreement_list")

    for day, status in (
        ("2023-12-31", "upcoming"),
        ("2024-06-01", "active"),
        ("2026-01-01", "expired"),
    ):
        response = signed_in.get(register, {"on": day, "status": status})
        assert list(response.context["page"].rows) == [agreement]


def test_a_whole_committee_on_a_day_is_one_query(committee, officer, django_assert_num_queries):
    for _number in range(5):
        agreement = AgreementFactory(committee=committee)
        RevisionFactory(agreement=agreement, decided=True)
        ResponsibilityFactory(agreement=agreement)

    with django_assert_num_queries(1):
        found = list(Agreement.objects.filter(committee=committee).as_of(date(2024, 6, 1)))

    assert {row.status for row in found} == {"active"}
    assert {row.revision_number for row in found} == {1}
    assert {row.bears_cost for row in found} == {committee.name}


def test_a_day_that_is_not_in_the_calendar_is_not_said_to_be_written_wrongly(signed_in, agreement):
    page = signed_in.get(agreement.get_absolute_url(), {"on": "2016-02-31"}).content.decode()

    assert "Dagen ”2016-02-31” finns inte i kalendern." in page
