"""What the meeting's page leads to when something is lacking."""

import pytest
from django.urls import reverse

from tests.meetings.factories import NoticeFactory
from tests.meetings.test_minutes import ADJUSTED_ON, adjusted

pytestmark = pytest.mark.django_db


def actions_of(client, meeting):
    page = client.get(meeting.get_absolute_url()).content.decode()
    return page.split('<div class="page-actions">')[1].split("</div>")[0]


def test_the_page_leads_to_the_notice_until_it_is_registered(client, ready, reader, secretary):
    client.force_login(secretary)
    before = actions_of(client, ready)
    minutes = adjusted(ready, secretary)
    after = actions_of(client, ready)
    client.force_login(reader)
    of_reader = actions_of(client, ready)
    NoticeFactory(minutes=minutes, posted_on=ADJUSTED_ON)
    client.force_login(secretary)
    posted = actions_of(client, ready)

    url = reverse("meetings:notice_edit", args=[minutes.pk])
    assert f'<a class="ds-button" data-size="sm" href="{url}">Register the notice' in after
    assert all(url not in actions for actions in (before, of_reader, posted))


@pytest.mark.parametrize("name", ["meeting_detail", "meeting_adjust"])
def test_where_adjusters_are_lacking_is_the_way_to_name_them(client, ready, secretary, name):
    client.force_login(secretary)
    url = reverse(f"meetings:{name}", args=[ready.pk])
    link = f'<a class="ds-link" href="{reverse("meetings:meeting_edit", args=[ready.pk])}">'

    with_adjusters = client.get(url).content.decode()
    ready.attendees.update(is_adjuster=False)
    ready.items.update(number=None)
    page = client.get(url).content.decode()

    assert link not in with_adjusters
    assert f"0 are named. {link}Time and people</a></li>" in page
    assert "<li>Some items have no § yet.</li>" in page
