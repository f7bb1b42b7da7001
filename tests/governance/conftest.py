"""What the tests of governing documents and transfers share."""

import pytest
from django.urls import reverse

ARRANGEMENT = {"count": "4", "recipients": "kooperativ", "description": "De fick handledning."}


@pytest.fixture
def municipality(committee):
    return committee.municipality


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def transfer_data(arrangements=(), outcomes=(), initial=0, **changed):
    """What the form of a transfer sends."""
    data = {"name": "Huset", "label": "avknoppning", "service": "Husets stöd"}
    for prefix, rows in (("arrangements", arrangements), ("outcomes", outcomes)):
        data |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(initial)}
        for index, row in enumerate(rows):
            data |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return data | changed


def create(client, *rows, **changed):
    return client.post(reverse("governance:transfer_create"), transfer_data(*rows, **changed))


def edit(client, transfer, *rows, **changed):
    url = reverse("governance:transfer_edit", args=[transfer.pk])
    return client.post(url, transfer_data(*rows, **changed))
