"""A decision through its page: the memo's points, what is refused, and where it stands."""

import pytest
from django.urls import reverse

from agreements.models import Revision
from meetings.actions import record_decision
from meetings.models import Decision
from partnerships.dates import ApproximateDate
from tests.agreements.factories import RevisionFactory
from tests.meetings.conftest import with_effect
from tests.meetings.factories import ItemFactory
from tests.memos.factories import AT

pytestmark = pytest.mark.django_db


def posted(item, **changes):
    """What the form of a decision sends when nothing but this is changed."""
    data = {"outcome": "decided", "order": "only_one", "proposed_by": "Kontoret", "order_text": ""}
    for prefix, count in (("points", 1), ("conditions", 0), ("recipients", 1)):
        data |= {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": 0}
    data["points-INITIAL_FORMS"] = len(item.proposed_points)
    data |= {"points-0-text": item.proposed_points[0] if item.memo_version else "En punkt."}
    data |= {"points-0-source": "0", "recipients-0-function": "Samtliga nämnder"}
    return data | changes


def test_the_page_shows_the_memos_points_and_the_change_beside_them(client, handled, secretary):
    client.force_login(secretary)
    url = reverse("meetings:item_decide", args=[handled.pk])
    assert "Exempelnämnden noterar informationen." in client.get(url).content.decode()

    response = client.post(
        url, posted(handled, **{"points-0-text": "Exempelnämnden godkänner informationen."})
    )

    assert response.status_code == 302
    page = client.get(handled.get_absolute_url()).content.decode()
    assert "<del>noterar</del>" in page
    assert "<ins>godkänner</ins>" in page
    assert Decision.objects.get().recipients.get().function == "Samtliga nämnder"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"points-0-text": ""}, "at least one point"),
        ({"order": "vote"}, "in which order"),
        ({"outcome": "nonsense"}, "giltigt val"),
        ({"order_text": "<script>"}, "script"),
        ({"conditions-TOTAL_FORMS": "1", "conditions-0-text": "Villkor"}, "on which day"),
        ({"points-TOTAL_FORMS": "1000000"}, ""),
        ({"points-0-source": "-5"}, ""),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(
    client, handled, secretary, changes, sentence
):
    client.force_login(secretary)

    response = client.post(
        reverse("meetings:item_decide", args=[handled.pk]), posted(handled, **changes)
    )

    assert response.status_code == 200
    if sentence != "giltigt val":
        assert sentence in response.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("changes", "recorded"),
    [
        ({"outcome": "referred_back"}, "Ärendet återremitteras."),
        ({"outcome": "tabled"}, "Ärendet bordläggs."),
        ({"outcome": "tabled", "points-0-text": ""}, "Ärendet bordläggs."),
        ({"outcome": "tabled", "points-0-text": "Till juni."}, "Till juni."),
    ],
)
def test_a_matter_put_off_leaves_the_memos_points_and_gets_its_usual_sentence(
    client, handled, secretary, changes, recorded
):
    client.force_login(secretary)

    client.post(reverse("meetings:item_decide", args=[handled.pk]), posted(handled, **changes))

    assert Decision.objects.get().points.get().text == recorded


def test_the_effect_is_chosen_in_the_form_and_refused_with_the_agreements_sentence(
    client, handled, secretary, agreement
):
    revision = RevisionFactory(agreement=agreement, in_force_from=None)
    client.force_login(secretary)
    url, prefix = reverse("meetings:item_decide", args=[handled.pk]), f"effect-{agreement.pk}"
    data = posted(handled, **{f"{prefix}-kind": "revision", f"{prefix}-revision": revision.pk})

    page = client.post(url, data).content.decode()
    assert "Say from when the revision is in force" in page
    assert not Decision.objects.exists()
    revision.in_force_from = ApproximateDate.parse("2025-01-01")
    revision.save()
    client.post(url, data)

    assert not Revision.objects.get(pk=revision.pk).is_draft


def test_another_agreements_draft_cannot_be_chosen(client, handled, secretary, agreement):
    other = RevisionFactory()
    client.force_login(secretary)
    prefix = f"effect-{agreement.pk}"

    response = client.post(
        reverse("meetings:item_decide", args=[handled.pk]),
        posted(handled, **{f"{prefix}-kind": "revision", f"{prefix}-revision": other.pk}),
    )

    assert response.status_code == 200
    assert Revision.objects.get(pk=other.pk).is_draft


def test_the_decision_stands_on_the_agreements_page_and_timeline(
    client, handled, secretary, agreement
):
    record_decision(handled, with_effect(handled, agreement, kind="noted"), by=secretary, at=AT)
    client.force_login(secretary)

    part = client.get(reverse("meetings:agreement_decisions", args=[agreement.pk])).content.decode()

    assert "Exempelärendet" in part


def test_an_item_without_a_meeting_of_ones_own_does_not_exist(client, secretary):
    client.force_login(secretary)

    assert client.get(ItemFactory().get_absolute_url()).status_code == 404


def test_a_row_that_is_wrong_is_named_by_its_list_and_once(client, handled, secretary):
    client.force_login(secretary)
    typed = posted(handled, outcome="nonsense", **{"recipients-0-function": "x" * 201})

    response = client.post(reverse("meetings:item_decide", args=[handled.pk]), typed)

    page = response.content.decode()
    assert page.count('href="#id_outcome"') == 1
    assert page.count('href="#id_recipients-0-function">Recipient 1, ') == 1
