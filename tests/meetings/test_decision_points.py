"""The boxes of a decision's points: the first is needed, and the complaint leads to it."""

import pytest
from django.urls import reverse
from lxml import html

from meetings.models import Decision
from tests.meetings.factories import ItemFactory
from tests.meetings.test_decision_pages import posted

pytestmark = pytest.mark.django_db


def decide(client, item, **changes):
    """The form's page after it was sent, or as it is opened."""
    url = reverse("meetings:item_decide", args=[item.pk])
    response = client.post(url, posted(item, **changes)) if changes else client.get(url)
    return html.fromstring(response.content.decode() or "<p>")


def is_optional(page, number):
    """Is the point's box marked as one that may be left empty?"""
    (box,) = page.xpath(f"//*[@id='id_points-{number}-text']")
    return bool(box.getparent().find_class("optional"))


def test_the_first_point_is_not_called_optional(client, handled, secretary):
    client.force_login(secretary)

    page = decide(client, handled)

    assert not is_optional(page, 0)


def test_an_item_without_proposed_points_has_a_box_for_its_first(client, meeting, secretary):
    client.force_login(secretary)

    page = decide(client, ItemFactory(meeting=meeting))

    assert not is_optional(page, 0)


def test_a_decision_without_points_is_refused_with_one_sentence_that_leads_to_the_box(
    client, handled, secretary
):
    client.force_login(secretary)

    page = decide(client, handled, **{"points-0-text": " "})

    (complaint,) = page.xpath("//*[contains(@class, 'error-summary')]//li")
    assert complaint.find("a").get("href") == "#id_points-0-text"
    assert not Decision.objects.exists()


def test_the_first_point_may_be_emptied_when_another_stands_below(client, handled, secretary):
    client.force_login(secretary)
    below = {"points-TOTAL_FORMS": "2", "points-1-text": "Nämnden avslår förslaget."}

    decide(client, handled, **{"points-0-text": ""}, **below)

    assert Decision.objects.get().points.get().text == "Nämnden avslår förslaget."


def test_a_removed_point_does_not_count_as_one(client, handled, secretary):
    client.force_login(secretary)
    removed = {"points-TOTAL_FORMS": "2", "points-1-text": "Bort.", "points-1-DELETE": "on"}

    decide(client, handled, **{"points-0-text": ""}, **removed)

    assert not Decision.objects.exists()
