"""What the tests of the dialogues' pages share."""

import pytest
from django.urls import reverse

from tests.dialogues.factories import DialogueFactory


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def dialogue(committee, officer):
    return DialogueFactory(committee=committee, created_by=officer)


def url(name, row=None):
    return reverse(f"dialogues:{name}", args=[row.pk] if row else [])


def facts(committee, partner, **changed):
    """What the form of a dialogue sends."""
    return {
        "subject": partner.name,
        "name": "Läxhjälp",
        "kind": "dialogue",
        "committee": committee.pk,
        "officer": "",
        "diary_number": "",
        "initiative": "partner",
        "initiative_note": "Genom brev",
        "started_on": "våren 2022",
        "need": "Fler klarar skolan.",
    } | changed


def meeting_data(*participants, **changed):
    """What the form of a meeting sends."""
    data = {
        "held_on": "2022-03-14",
        "said": "Parterna berättade om sig.",
        "participants-TOTAL_FORMS": len(participants),
        "participants-INITIAL_FORMS": 0,
    }
    for index, (side, function) in enumerate(participants):
        data |= {
            f"participants-{index}-side": side,
            f"participants-{index}-function": function,
        }
    return data | changed


def page(response):
    return response.content.decode().replace("\u00a0", " ")
