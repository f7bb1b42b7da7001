"""What somebody wrote while they were signed out, or signed in anew, is not lost."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.interrupted import Interrupted
from accounts.permissions import Role
from organisations.models import Partner
from tests.accounts.factories import member_of
from tests.organisations.conftest import form_data

pytestmark = pytest.mark.django_db
PASSWORD = "ett-hemligt-ord-som-ingen-gissar"
WRITTEN = form_data(name='Föreningen "Två\r\nrader" & <b>')
SIGN_IN = "/account/sign-in/"


@pytest.fixture
def officer(committee):
    user = member_of(committee, Role.OFFICER)
    user.set_password(PASSWORD)
    user.save()
    return user


def sent_by_nobody(browser, address, written, **headers):
    """The answer to a form from a page that was opened while its sender was signed in."""
    browser.get(SIGN_IN)
    token = browser.cookies["csrftoken"].value
    return browser.post(address, written | {"csrfmiddlewaretoken": token}, headers=headers)


def fields_of(answer, action):
    """What the page's form to the address would send."""
    form = re.search(
        rf'<form method="post" action="{re.escape(action)}".*?</form>', answer.text, re.S
    )[0]
    inputs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in inputs}


def test_a_form_that_comes_after_the_session_ended_is_sent_after_signing_in(officer):
    browser = Client(enforce_csrf_checks=True)
    address = reverse("organisations:partner_create")

    asked = sent_by_nobody(browser, address, WRITTEN)
    assert asked.status_code == 403
    assert not Partner.objects.exists()
    who = {"username": officer.email, "password": PASSWORD}
    wrong = browser.post(SIGN_IN, fields_of(asked, SIGN_IN) | who | {"password": "fel"})
    shown = browser.post(SIGN_IN, fields_of(wrong, SIGN_IN) | who)
    assert not Partner.objects.exists()
    kept = fields_of(shown, address)
    done = browser.post(address, kept)

    assert kept.items() >= WRITTEN.items()
    assert done.status_code == 302
    assert Partner.objects.get().name.split() == WRITTEN["name"].split()


def test_a_page_from_before_the_last_sign_in_is_sent_again(officer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)
    address = reverse("organisations:partner_create")
    old = WRITTEN | {"csrfmiddlewaretoken": "x" * 64}

    elsewhere = browser.post(address, old, headers={"Origin": "https://elsewhere.example"})
    nowhere = browser.post(address, old)
    asked = browser.post(address, old, headers={"Origin": "http://testserver"})

    for refused in (elsewhere, nowhere):
        assert refused.status_code == 403
        assert "Två" not in refused.text
    assert asked.status_code == 403
    assert not Partner.objects.exists()
    assert browser.post(address, fields_of(asked, address)).status_code == 302
    assert Partner.objects.count() == 1


def test_a_password_is_never_kept():
    browser = Client()
    typed = {
        "old_password": "hemligt-1",
        "new_password1": "hemligt-2",
        "new_password2": "hemligt-2",
    }

    answer = sent_by_nobody(browser, reverse("accounts:password_change"), typed)

    assert answer.status_code == 302
    assert answer.url.startswith(SIGN_IN)


def test_what_was_not_signed_here_leads_nowhere(officer):
    browser = Client()
    who = {"username": officer.email, "password": PASSWORD}
    text = Interrupted("https://elsewhere.example/", [("name", "x")], has_files=False).text

    answer = browser.post(SIGN_IN, who | {Interrupted.NAME: text[:-1] + "x"})

    assert (answer.status_code, answer.url) == (302, "/")


def test_files_are_said_to_be_lost(officer):
    browser = Client()
    upload = {"file": SimpleUploadedFile("betalningar.csv", b"a;b")}

    asked = sent_by_nobody(browser, reverse("organisations:partner_create"), WRITTEN | upload)
    who = {"username": officer.email, "password": PASSWORD}
    shown = browser.post(SIGN_IN, fields_of(asked, SIGN_IN) | who)

    assert "Filerna" in shown.text


def test_a_part_of_a_page_says_that_its_reader_is_signed_out():
    browser, address = Client(), reverse("organisations:partner_create")

    written = sent_by_nobody(browser, address, WRITTEN, **{"HX-Request": "true"})
    shown = browser.get(address, headers={"HX-Request": "true"})

    assert written.headers["HX-Retarget"] == "#interruption"
    assert "<form" not in written.text
    assert shown.headers["HX-Refresh"] == "true"
