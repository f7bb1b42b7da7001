"""What goes wrong is told in plain words, in the reader's language, and without what is inside."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.permissions import Role
from tests.accounts.factories import member_of

pytestmark = pytest.mark.django_db
SIGN_IN = "accounts:sign_in"
WORDS = {
    400: ("Begäran kunde inte läsas", "The request could not be read"),
    "csrf": ("Sidan hade varit öppen för länge", "The page had been open too long"),
    403: ("Du får inte göra det här", "You may not do this"),
    404: ("Sidan finns inte", "There is no such page"),
    500: ("Något gick fel", "Something went wrong"),
}


def answer_of(kind, client, committee):
    """An answer of the kind, brought about as in life."""
    if kind == 400:
        return client.post(reverse(SIGN_IN), {"row": ["x"] * 5001})
    if kind == "csrf":
        return client.post(reverse(SIGN_IN), {"username": "somebody"})
    client.force_login(member_of(committee, Role.READER))
    return client.get(
        {403: reverse("admin:index"), 404: "/nowhere/", 500: "/readyz"}[kind], follow=True
    )


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", WORDS)
def test_a_page_for_what_goes_wrong_says_so_plainly(kind, language, committee, monkeypatch):
    def broken():
        raise ZeroDivisionError("password=hemligt")

    monkeypatch.setattr("operations.views.readiness", broken)
    client = Client(
        enforce_csrf_checks=kind == "csrf",
        raise_request_exception=False,
        headers={"Accept-Language": language},
    )

    answer = answer_of(kind, client, committee)

    page = answer.content.decode()
    assert answer.status_code == (403 if kind == "csrf" else kind)
    assert f'<html lang="{language}"' in page
    assert WORDS[kind][language == "en"] in re.search(r"<h1>(.*?)</h1>", page)[1]
    assert not re.search(r"hemligt|Traceback|Error|Exception|{{|{%", page)
