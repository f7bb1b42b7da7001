"""An administrator registers a colleague, who chooses a password by a letter."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role
from tests.accounts.factories import UserFactory, member_of

pytestmark = pytest.mark.django_db
ADD = "admin:accounts_user_add"
PASSWORD = "ett-hemligt-ord-som-ingen-gissar"


@pytest.fixture
def administrator(client, committee):
    user = member_of(committee, Role.ADMIN, first_name="Ada", last_name="Administratör")
    client.force_login(user)
    return user


def facts(committee, **changed):
    """A new officer of the committee, as the page sends it."""
    return {
        "email": "Nils.Ny@Exempel.SE",
        "first_name": "Nils",
        "last_name": "Ny",
        "municipality": committee.municipality_id,
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-committee": committee.pk,
        "memberships-0-role": Role.OFFICER,
        **changed,
    }


def test_a_new_user_gets_a_letter_and_signs_in(
    client, administrator, committee, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse(ADD), facts(committee), follow=True)

    (letter,) = mail.outbox
    assert "nils.ny@exempel.se" in answer.text
    assert letter.to == ["nils.ny@exempel.se"]
    assert "Ada Administratör" in letter.body
    browser = Client()
    chosen = browser.get(re.search(r"/account/password/reset/[^/]+/[^/]+/", letter.body)[0])
    browser.post(chosen.url, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    signed_in = browser.post(
        reverse("accounts:sign_in"), {"username": "NILS.ny@exempel.se", "password": PASSWORD}
    )
    assert signed_in.status_code == 302
    assert User.objects.get(email="nils.ny@exempel.se").memberships.get().role == Role.OFFICER


def test_nobody_signs_in_before_the_password_is_chosen(client, administrator, committee):
    client.post(reverse(ADD), facts(committee))

    user = User.objects.get(email="nils.ny@exempel.se")
    assert not user.check_password("")
    assert user.has_usable_password()  # or “Forgotten password?” would send nothing


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("server", "told"), [("up", "har skickats till nils.ny@"), ("down", "kunde inte skickas")]
)
def test_the_administrator_is_told_whether_the_letter_went(
    client, administrator, committee, monkeypatch, server, told
):
    def refuse(self, letters):
        raise SMTPServerDisconnected

    if server == "down":
        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)

    answer = client.post(reverse(ADD), facts(committee), follow=True)

    assert User.objects.filter(email="nils.ny@exempel.se").exists()
    assert told in answer.text


def test_an_address_in_other_letters_is_the_same_address(client, administrator, committee):
    UserFactory(email="nils.ny@exempel.se")

    answer = client.post(reverse(ADD), facts(committee))

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors.keys() == {"email"}
    assert not mail.outbox


def test_no_letter_goes_when_a_user_is_changed(
    client, administrator, committee, django_capture_on_commit_callbacks
):
    user = member_of(committee, Role.READER)
    page = reverse("admin:accounts_user_change", args=[user.pk])
    changed = facts(committee, email=user.email, is_active="on")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, changed)

    user.refresh_from_db()
    assert user.last_name == "Ny"
    assert not mail.outbox


def test_the_list_shows_everybodys_roles(client, administrator, committee):
    member_of(committee, Role.SECRETARY, email="sanna@exempel.se")

    page = client.get(reverse("admin:accounts_user_changelist")).text

    assert f"sekreterare, {committee}" in page
