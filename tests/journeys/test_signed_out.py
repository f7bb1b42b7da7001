"""Somebody is signed out while they write, and loses nothing."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from dialogues.models import Dialogue

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_written_when_the_session_ends_is_sent_after_signing_in(
    page, portal, sign_in, axe, console
):
    person = sign_in("officer")
    page.goto(portal + reverse("dialogues:dialogue_create"))
    page.get_by_label("Namn", exact=True).fill("Fler i arbete")
    page.locator("[name=need]").fill("En rad.\n\nOch en till.")
    page.get_by_label("Nämnd", exact=True).select_option("arbetsmarknadsnämnden")
    Session.objects.all().delete()

    page.get_by_label("Organisation eller projekt").press_sequentially("Coompanion Östergötland")
    expect(page.get_by_text("Du har blivit utloggad.")).to_be_visible()
    assert page.locator("[name=need]").input_value() == "En rad.\n\nOch en till."
    assert axe() == []
    page.get_by_role("button", name="Starta dialogen").click()
    expect(page.get_by_text("Du hade loggats ut")).to_be_visible()
    assert axe() == []
    page.get_by_label("E-postadress").fill(person.email)
    page.get_by_label("Lösenord").fill(person.password)
    page.get_by_role("button", name="Logga in").click()
    assert axe() == []
    page.get_by_role("button", name="Skicka igen").click()

    expect(page.get_by_role("heading", name="Fler i arbete", level=1)).to_be_visible()
    assert Dialogue.objects.get(name="Fler i arbete").need.splitlines() == [
        "En rad.", "", "Och en till.",
    ]  # fmt: skip
    assert [line for line in console if "403" not in line] == []
