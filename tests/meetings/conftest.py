"""A secretary, and matters on their way to minutes."""

import pytest
from django.utils import translation

from accounts.permissions import Role
from meetings.actions import (
    DecisionDraft,
    EffectDraft,
    number_items,
    put_on_agenda,
    record_decision,
)
from meetings.documents import extract_document
from meetings.models import Decision, DecisionRecipient, Meeting
from memos.actions import ListDraft
from tests.accounts.factories import member_of
from tests.meetings.factories import ItemFactory, MeetingFactory
from tests.memos.factories import AT, VersionFactory


@pytest.fixture(autouse=True)
def _in_english(settings):
    """The sentences as they stand in the code, whatever is translated."""
    settings.LANGUAGE_CODE = "en"
    translation.activate("en")


@pytest.fixture
def secretary(committee):
    return member_of(committee, Role.SECRETARY)


@pytest.fixture
def meeting(committee):
    return MeetingFactory(committee=committee, people=True)


@pytest.fixture
def memo(agreement):
    """A submitted memo of the committee's, with one point and nobody named to send it to."""
    return VersionFactory(memo__agreement=agreement, memo__title="Exempelärendet").memo


@pytest.fixture
def item(meeting):
    """A matter without a memo on a meeting that has been held."""
    meeting.state = meeting.State.HELD
    meeting.save()
    return ItemFactory(meeting=meeting, title="Information", diary_number="KS 2024-1")


@pytest.fixture
def handled(memo, meeting, secretary):
    """The memo's item, on a meeting that has been held."""
    item = put_on_agenda(memo, meeting, by=secretary, at=AT)
    Meeting.objects.update(state="held")
    return type(item).objects.with_everything().get(pk=item.pk)


@pytest.fixture
def ready(item, secretary):
    """A meeting whose one item is decided and numbered."""
    number_items(item.meeting, {item.pk: 149}, by=secretary)
    return decided(item, secretary, recipients=("Samtliga nämnder",)).meeting


def draft_of(points=(("Nämnden noterar informationen.", ""),), recipients=(), **fields):
    """A decision to be recorded."""
    rows = [DecisionRecipient(function=function) for function in recipients]
    decision = Decision(**{"outcome": "decided", "proposed_by": "Kontoret", **fields})
    return DecisionDraft(decision, list(points), recipients=ListDraft(rows=rows))


def decided(item, secretary, **fields):
    """The item with a decision recorded."""
    record_decision(item, draft_of(**fields), by=secretary, at=AT)
    return type(item).objects.with_everything().get(pk=item.pk)


def with_effect(item, agreement, **effect):
    """A decision that does this in the agreement."""
    draft = draft_of()
    draft.effects = [EffectDraft(agreement, **effect)]
    return draft


def printed(item):
    """The headings and texts of the extract as it stands."""
    document = extract_document(type(item).objects.with_everything().get(pk=item.pk))
    found = {}
    for section in document.printed_sections:
        lines = found.setdefault(section.heading, [])
        for block in section.printed_blocks:
            lines += [str(row) for row in getattr(block, "items", [])] or [
                str(getattr(block, "html", ""))
            ]
    return found
