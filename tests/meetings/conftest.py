"""A secretary, and matters on their way to minutes."""

import pytest
from django.utils import translation

from accounts.permissions import Role
from meetings.actions import DecisionDraft, record_decision
from meetings.models import Decision, DecisionRecipient
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


def draft_of(points=(("Nämnden noterar informationen.", ""),), recipients=(), **fields):
    """A decision to be recorded."""
    rows = [DecisionRecipient(function=function) for function in recipients]
    decision = Decision(**{"outcome": "decided", "proposed_by": "Kontoret", **fields})
    return DecisionDraft(decision, list(points), recipients=ListDraft(rows=rows))


def decided(item, secretary, **fields):
    """The item with a decision recorded."""
    record_decision(item, draft_of(**fields), by=secretary, at=AT)
    return type(item).objects.with_everything().get(pk=item.pk)
