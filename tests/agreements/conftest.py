"""What the tests of an agreement's pages share."""

from datetime import date

import pytest
from django.urls import reverse

from agreements.documents import facts_of, fetch_with_facts
from agreements.models import Agreement, AgreementOn


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def url(name, agreement):
    return reverse(f"agreements:{name}", args=[agreement.pk])


def rows(prefix, *filled, initial=0):
    """A formset's data."""
    data = {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": initial}
    for index, row in enumerate(filled):
        data |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return data


def answer(agreement, day):
    (whole,) = fetch_with_facts(Agreement.objects.filter(pk=agreement.pk))
    return AgreementOn(facts_of(whole), date.fromisoformat(day))
