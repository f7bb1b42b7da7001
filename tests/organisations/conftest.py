"""What the tests of the partners' pages share."""

import pytest
from django.urls import reverse

from organisations.models import LegalForm


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def url(name, row=None):
    return reverse(f"organisations:{name}", args=[row.pk] if row else [])


def page(response):
    return response.content.decode().replace("\u00a0", " ")


def row_of(prefix, row=None, **values):
    """One row of one of the lists, as the browser sends it."""
    data = {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 1 if row else 0}
    if row:
        data[f"{prefix}-0-id"] = row.pk
    return data | {f"{prefix}-0-{name}": value for name, value in values.items()}


def form_data(**changed):
    """What the browser sends for a new partner."""
    return {
        "name": "Föreningen Prov",
        "org_number": "",
        "legal_form": LegalForm.FOUNDATION,
        "web_address": "",
        **{
            f"{name}-{count}": "0"
            for name in ("names", "projects", "registrations")
            for count in ("TOTAL_FORMS", "INITIAL_FORMS")
        },
        **changed,
    }


def own_data(partner, **changed):
    """What the browser sends when nothing of the partner is changed."""
    return form_data(
        name=partner.name,
        org_number=partner.org_number or "",
        legal_form=partner.legal_form or "not_known",
        **changed,
    )
