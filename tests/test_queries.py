"""How many queries a page makes: as many for a full page as for a few rows, and as few as agreed.

`tests/queries.txt` is the agreement: a line for each page. A page that needs more, or fewer, than
its line says fails here; change the line in the same commit, so that a reader sees it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Agreement
from meetings.models import Meeting
from tests.agreements.factories import (
    ContributionFactory,
    ObligationFactory,
    ResponsibilityFactory,
    RevisionFactory,
    TermFactory,
)
from tests.assessments.factories import assessment_of
from tests.dialogues.factories import DialogueFactory
from tests.followups.factories import FollowUpPlanFactory, report_on
from tests.meetings.factories import MeetingFactory
from tests.memos.factories import MemoFactory
from tests.payments.factories import BatchFactory, SourceFactory, payment_on
from tests.report.factories import EditionFactory

AGREED = Path(__file__).with_name("queries.txt")
FEW, MANY = 2, 12
MOST = 8
FIRST = date(2026, 1, 13)


def agreed() -> dict[str, int]:
    """How many queries each page makes."""
    lines = (line.rsplit(maxsplit=1) for line in AGREED.read_text().splitlines())
    return {page: int(count) for page, count in lines}


def as_text(counts: dict[str, int]) -> str:
    """A line for each page, as the file has them."""
    return "".join(f"{page} {count}\n" for page, count in counts.items())


PAGES: dict[str, Callable[[Agreement], str]] = {
    "register": lambda a: reverse("agreements:agreement_list"),
    "register on a day": lambda a: reverse("agreements:agreement_list") + "?on=2024-06-30",
    "register searched": lambda a: reverse("agreements:agreement_list") + "?q=exempel",
    "agreement": lambda a: a.get_absolute_url(),
    "agreement on a day": lambda a: a.get_absolute_url() + "?on=2024-06-30",
    "agreement's history": lambda a: reverse("agreements:agreement_history", args=[a.pk]),
    "memos": lambda a: reverse("memos:memo_list"),
    "dialogues": lambda a: reverse("dialogues:dialogue_list"),
    "assessments": lambda a: reverse("assessments:assessment_list"),
    "meetings": lambda a: reverse("meetings:meeting_list"),
    "partners": lambda a: reverse("organisations:partner_list"),
    "payments": lambda a: reverse("payments:payment_list"),
    "follow-up reports": lambda a: reverse("followups:report_list"),
    "sector reports": lambda a: reverse("report:edition_list"),
    "worklist": lambda a: reverse("worklist:worklist"),
    "start": lambda a: reverse("start"),
}


def fill(committee, officer, rows: int) -> None:
    """So many rows more of everything that the pages list, the agreements the officer's own."""
    ours = {"agreement__committee": committee, "agreement__officer": officer}
    source = SourceFactory(municipality=committee.municipality)
    batch = BatchFactory(source=source)
    for _row in range(rows):
        agreement = RevisionFactory(**ours, decided=True).agreement
        TermFactory(agreement=agreement)
        MemoFactory(agreement=agreement)
        DialogueFactory(committee=committee)
        MeetingFactory(committee=committee, held_on=FIRST + timedelta(Meeting.objects.count()))
        assessment_of(committee)
        payment_on(agreement, source=source, batch=batch)
        report_on(FollowUpPlanFactory(agreement=agreement), by=officer)
        EditionFactory(series__committee=committee)
        fill_agreement(Agreement.objects.order_by("pk").first())


def fill_agreement(agreement: Agreement) -> None:
    """One more of each fact of the agreement."""
    ObligationFactory(agreement=agreement)
    ResponsibilityFactory(agreement=agreement, committee=agreement.committee)
    draft = RevisionFactory(agreement=agreement)
    ContributionFactory(revision=draft)


def queries_of(client, url: str) -> int:
    assert client.get(url).status_code == 200  # what is made once a process is made now
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


@pytest.fixture
def visits(client, committee, officer):
    """The queries of every page with a few rows, and with many."""
    client.force_login(officer)

    def visited():
        agreement = Agreement.objects.order_by("pk").first()
        return {page: queries_of(client, url(agreement)) for page, url in PAGES.items()}

    fill(committee, officer, FEW)
    with_few = visited()
    fill(committee, officer, MANY - FEW)
    return with_few, visited()


def test_a_full_page_makes_as_many_queries_as_one_with_a_few_rows_and_as_agreed(visits):
    with_few, with_many = visits

    assert with_many == with_few
    assert as_text(with_many) == AGREED.read_text()


def test_none_of_the_pages_makes_more_than_eight_queries():
    assert max(agreed().values()) <= MOST
