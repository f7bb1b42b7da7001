"""What somebody writes for a partner, however hostile, is found or complained of."""

import pytest
from django import forms

from organisations.fields import PartnerOrProjectField
from organisations.models import Contact
from partnerships.editing.words import who_removed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["\x00" + "1" * 5000, "\x00", "x" * 100_000, "(", "212000-0142)"])
def test_what_is_no_partner_is_complained_of(typed):
    with pytest.raises(forms.ValidationError):
        PartnerOrProjectField().clean(typed)


@pytest.mark.parametrize("key", ["x", "\x00", "1e5", "9" * 5000, "", None])
def test_nobody_has_removed_a_row_that_never_was(key):
    assert who_removed(Contact, key) == "Någon annan"
