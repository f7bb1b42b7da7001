"""What somebody writes for a partner, however hostile, is found or complained of."""

import pytest
from django import forms

from organisations.fields import PartnerField, PartnerOrProjectField
from organisations.models import Contact
from partnerships.editing.words import who_removed
from tests.organisations.factories import PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["\x00" + "1" * 5000, "\x00", "x" * 100_000, "(", "212000-0142)"])
def test_what_is_no_partner_is_complained_of(typed):
    with pytest.raises(forms.ValidationError):
        PartnerOrProjectField().clean(typed)


def complaint_of(typed):
    with pytest.raises(forms.ValidationError) as raised:
        PartnerField().clean(typed)
    return raised.value


def test_the_only_partner_that_is_called_something_like_it_is_asked_about_and_not_taken():
    PartnerFactory(name="Föreningen Ljuset", org_number="802439-9704")
    PartnerFactory(name="Föreningen Mörkret")

    complaint = complaint_of("ljus")

    assert complaint.code == "alike"
    assert "Menade du Föreningen Ljuset (802439-9704)?" in complaint.messages[0]


def test_several_partners_that_are_called_something_like_it_are_named():
    PartnerFactory(name="Föreningen Ljuset")
    PartnerFactory(name="Föreningen Mörkret")

    complaint = complaint_of("föreningen")

    assert complaint.code == "several"
    assert "Föreningen Ljuset; Föreningen Mörkret" in complaint.messages[0]


@pytest.mark.parametrize("key", ["x", "\x00", "1e5", "9" * 5000, "", None])
def test_nobody_has_removed_a_row_that_never_was(key):
    assert who_removed(Contact, key) == "Någon annan"
