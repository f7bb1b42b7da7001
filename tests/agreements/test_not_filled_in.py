"""Before anything is decided, nothing is said of a source: what is empty is not filled in."""

import pytest

from agreements.documents import agreement_sheet
from agreements.words import deadlines_words
from tests.agreements.conftest import answer
from tests.agreements.factories import AgreementFactory, RevisionFactory, decide
from tests.memos.factories import AT

pytestmark = pytest.mark.django_db

DAY = AT.date().isoformat()


@pytest.fixture
def draft(committee):
    return RevisionFactory(
        agreement=AgreementFactory(committee=committee, diary_number=""),
        target_group="",
        purpose="",
    )


def test_a_new_agreement_says_what_is_not_filled_in(signed_in, draft):
    page = signed_in.get(draft.agreement.get_absolute_url()).content.decode()

    assert "källan" not in page
    assert page.count("inte ifyllt") >= 7  # purpose, target group, notices twice, and their flags
    assert "Uppsägningstid är inte ifylld (kommunen), så ingen sista dag räknas fram." in page


def test_the_sheet_of_a_new_agreement_says_so_too(draft):
    found = answer(draft.agreement, DAY)

    assert [day for _what, day in deadlines_words(found)][:2] == ["inte ifyllt"] * 2
    assert "källan" not in str(agreement_sheet(found, [], known=None, at=AT))


def test_when_it_is_decided_the_source_is_what_lacks_it(signed_in, draft):
    decide(draft)

    page = signed_in.get(draft.agreement.get_absolute_url()).content.decode()

    assert "inte ifyllt" not in page
    assert "Uppsägningstid saknas i källan (kommunen)" in page
