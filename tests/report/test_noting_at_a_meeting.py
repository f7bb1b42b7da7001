"""The board's decision on the report's memo notes the edition, in one transaction."""

import json
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from meetings.actions import (
    DecisionRefusedError,
    hold_meeting,
    number_items,
    put_on_agenda,
    record_decision,
)
from meetings.bindings import bindings_of
from meetings.models import AgendaItem, Decision, Meeting
from memos.models import Memo
from partnerships.dates import ApproximateDate
from report.actions import memo_from
from report.models import Edition
from tests.meetings.conftest import draft_of
from tests.meetings.factories import HELD_ON, MeetingFactory
from tests.memos.factories import MemoTemplateFactory, VersionFactory
from tests.report.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(edition, committee, secretary, grant):
    """The memo on the edition, on the agenda of a meeting that is being held."""
    memo = VersionFactory(memo__committee=committee, memo__title="Exempelrapporten").memo
    Edition.objects.filter(pk=edition.pk).update(memo=memo)
    meeting = MeetingFactory(committee=committee, people=True)
    item = put_on_agenda(memo, meeting, by=secretary, at=NOW)
    Meeting.objects.update(state="called")
    hold_meeting(Meeting.objects.get(), by=secretary, at=NOW)
    return AgendaItem.objects.with_everything().get(pk=item.pk)


def noted(item, secretary, **fields):
    draft = draft_of(**fields)
    draft.bindings = bindings_of(item)
    return record_decision(item, draft, by=secretary, at=NOW)


def test_the_decision_notes_the_edition_and_keeps_it_with_its_pdf(item, edition, secretary):
    noted(item, secretary, outcome="noted")

    edition.refresh_from_db()
    assert edition.is_frozen
    assert edition.noted_on == ApproximateDate.exactly(HELD_ON)
    assert edition.noted_in == item
    assert edition.frozen_by == secretary
    with edition.pdf.open("rb") as file, pikepdf.open(BytesIO(file.read())) as pdf:
        data = json.loads(pdf.attachments["report.json"].get_file().read_bytes())
    assert data == edition.snapshot


def test_its_paragraph_is_the_items_once_the_minutes_are_numbered(item, edition, secretary):
    noted(item, secretary, outcome="noted")
    before = Edition.objects.get(pk=edition.pk).noted_under

    number_items(item.meeting, {item.pk: 149}, by=secretary)

    assert before is None
    assert Edition.objects.get(pk=edition.pk).noted_under == 149


def test_a_matter_that_is_put_off_notes_nothing(item, edition, secretary):
    with pytest.raises(DecisionRefusedError):
        noted(item, secretary, outcome="tabled")

    edition.refresh_from_db()
    assert edition.is_draft


def test_an_edition_that_is_not_ready_refuses_the_whole_decision(item, edition, secretary):
    edition.sections.update(text="")

    with pytest.raises(DecisionRefusedError, match=edition.title):
        noted(item, secretary, outcome="noted")

    edition.refresh_from_db()
    item.memo.refresh_from_db()
    assert edition.is_draft
    assert item.memo.state == Memo.State.ON_AGENDA
    assert not Decision.objects.exists()


def decision_data(**changed):
    """What the browser sends from the page, with the boxes as they are shown."""
    rows = {
        f"{prefix}-{name}": value
        for prefix in ("points", "conditions", "recipients")
        for name, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))
    }
    point = {"points-TOTAL_FORMS": "1", "points-0-text": "Rapporten noteras."}
    return {
        "outcome": "noted",
        "order": "only_one",
        "proposed_by": "Kontoret",
        **rows,
        **point,
    } | changed


def test_the_page_says_what_is_noted_and_does_it(client, item, edition, secretary):
    client.force_login(secretary)
    address = reverse("meetings:item_decide", args=[item.pk])

    page = client.get(address)
    box = f"report-{edition.pk}-is_chosen"
    client.post(address, decision_data(**{box: "on"}))

    edition.refresh_from_db()
    assert f'name="{box}" ' in page.content.decode()
    assert edition.title in page.content.decode()
    assert edition.noted_in == item
    after = client.get(item.get_absolute_url()).content.decode()
    assert edition.get_absolute_url() in after


def test_an_unticked_box_leaves_the_edition_a_draft(client, item, edition, secretary):
    client.force_login(secretary)

    client.post(reverse("meetings:item_decide", args=[item.pk]), decision_data())

    edition.refresh_from_db()
    assert Decision.objects.exists()
    assert edition.is_draft


def test_the_memo_comes_out_of_the_edition(edition, committee, officer):
    long = MemoTemplateFactory(municipality=committee.municipality, name="Lång")
    long.sections.create(heading="Bakgrund", position=9)
    short = MemoTemplateFactory(municipality=committee.municipality, name="Kort")
    office = committee.municipality.offices.create(name="kommunledningsförvaltningen")
    type(edition.series).objects.update(office=office)

    memo = memo_from(Edition.objects.get(), by=officer, at=NOW)

    text = memo.sections.get().text.replace("\u00a0", " ")
    assert (memo.template, memo.title, memo.office) == (short, "Exempelrapporten", office)
    assert text.startswith("Det gick cirka 50 miljoner kronor per år till föreningar.")
    assert "Kommunledningsförvaltningen" in text
    assert [str(point) for point in memo.proposal_points.all()] == [
        "Exempelrapporten 2024-2025 noteras."
    ]
