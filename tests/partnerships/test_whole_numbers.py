"""A number that a request carries is one, or none; it never makes a fault."""

import pytest
from django.urls import reverse
from hypothesis import given, strategies as st

from partnerships.whole_numbers import whole_number


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", " 1", "1.0", "x", "²", "٣", "1_0", "9" * 19, "1" * 5000]
)
def test_what_is_no_number_or_too_large_is_none(text):
    assert whole_number(text) is None


@given(st.integers(0, 10**18 - 1))
def test_every_key_that_a_database_can_have_is_read(number):
    assert whole_number(str(number)) == number


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["assessments:assessment_create", "memos:memo_create"])
def test_a_page_opened_from_a_row_that_cannot_be_is_the_page_itself(client, officer, page):
    client.force_login(officer)

    told = {"dialogue": "1" * 5000, "agreement": "1" * 5000}

    assert client.get(reverse(page), told).status_code == 200
