"""What somebody sent while they were signed out, or signed in anew, is not lost."""

import html
import re
import time

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from accounts.guessing import OF_AN_ACCOUNT
from accounts.interrupted import Interrupted
from accounts.permissions import Role
from organisations.models import Partner
from tests.accounts.factories import member_of
from tests.organisations.conftest import form_data

pytestmark = pytest.mark.django_db
PASSWORD = "ett-hemligt-ord-som-ingen-gissar"
WRITTEN = form_data(name='Föreningen "Två\r\nrader" & <b>')
SIGN_IN, ADD = "/account/sign-in/", "/partners/new/"
OURS = {"Origin": "http://testserver"}
HTMX = {"HX-Request": "true"}
OLD = "x" * 64


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture(autouse=True)
def _nobody_has_guessed():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def officer(committee):
    return with_password(member_of(committee, Role.OFFICER))


@pytest.fixture
def strict():
    """A browser; the test client does not ask for tokens unless it is told to."""
    return Client(enforce_csrf_checks=True)


def fields_of(answer, action):
    """What the page's form to the address would send, value by value."""
    form = re.search(
        rf'<form[^>]*method="post"[^>]*action="{re.escape(action)}".*?</form>', answer.text, re.S
    )
    inputs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form[0])
    fields = MultiValueDict()
    for name, value in inputs:
        fields.appendlist(name, html.unescape(value))
    return fields


def opened(strict, user, **written):
    """The form for a new partner as the user's browser would send it."""
    strict.force_login(user)
    page = strict.get(ADD).text.partition("<main")[2]
    hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|form_key)" value="([^"]*)"', page))
    return WRITTEN | hidden | written


def sign_in(strict, page, user, **changed):
    """Sign in on the page, with what it carries."""
    typed = {"username": user.email, "password": PASSWORD}
    return strict.post(SIGN_IN, fields_of(page, SIGN_IN).dict() | typed | changed, headers=OURS)


def out(strict):
    """The session has ended."""
    del strict.cookies["sessionid"]


def test_a_form_that_comes_after_the_session_ended_is_sent_after_signing_in(strict, officer):
    form = opened(strict, officer, themes=["1", "2"])
    out(strict)

    asked = strict.post(ADD, form)
    wrong = sign_in(strict, asked, officer, password="fel")
    shown = sign_in(strict, wrong, officer)
    assert (asked.status_code, shown.status_code) == (403, 200)
    assert not Partner.objects.exists()
    kept = fields_of(shown, ADD)
    done = strict.post(ADD, kept)

    assert {name: kept.getlist(name) for name in form if name != "csrfmiddlewaretoken"} == {
        name: value if isinstance(value, list) else [value]
        for name, value in form.items()
        if name != "csrfmiddlewaretoken"
    }
    assert done.status_code == 302
    assert Partner.objects.get().name.split() == WRITTEN["name"].split()
    for page in (asked, wrong, shown):
        assert "no-store" in page.headers["Cache-Control"]


def test_it_stays_while_passwords_are_refused(strict, officer):
    form = opened(strict, officer)
    out(strict)
    page = strict.post(ADD, form)

    for _guess in range(OF_AN_ACCOUNT + 1):
        page = sign_in(strict, page, officer, password="fel")

    assert page.status_code == 429
    assert Interrupted.read(fields_of(page, SIGN_IN)[Interrupted.NAME]).fields


def test_a_page_from_before_the_last_sign_in_is_sent_again(strict, officer):
    form = opened(strict, officer, csrfmiddlewaretoken=OLD)

    elsewhere = strict.post(ADD, form, headers={"Origin": "https://elsewhere.example"})
    nowhere = strict.post(ADD, form)
    asked = strict.post(ADD, form, headers=OURS)

    for refused in (elsewhere, nowhere):
        assert refused.status_code == 403
        assert "Två" not in refused.text
    assert asked.status_code == 403
    assert not Partner.objects.exists()
    assert strict.post(ADD, fields_of(asked, ADD)).status_code == 302
    assert Partner.objects.count() == 1


def test_what_was_carried_out_already_is_not_done_again(strict, officer):
    form = opened(strict, officer)
    strict.post(ADD, form)

    asked = strict.post(ADD, form | {"csrfmiddlewaretoken": OLD}, headers=OURS)
    again = strict.post(ADD, fields_of(asked, ADD), follow=True)

    assert Partner.objects.count() == 1
    assert "sparades redan" in again.text


def test_of_two_tabs_that_were_signed_out_both_are_sent(strict, officer):
    first, second = opened(strict, officer), opened(strict, officer, name="Den andra")
    out(strict)
    pages = [strict.post(ADD, form) for form in (first, second)]

    shown = [sign_in(strict, page, officer) for page in pages]
    for page in shown:
        strict.post(ADD, fields_of(page, ADD), headers=OURS)

    assert Partner.objects.count() == 2


def test_an_old_page_of_somebody_signed_out_is_carried_too(strict, officer):
    form = opened(strict, officer, csrfmiddlewaretoken=OLD)
    out(strict)

    asked = strict.post(ADD, form, headers=OURS)
    shown = sign_in(strict, asked, officer)

    assert strict.post(ADD, fields_of(shown, ADD)).status_code == 302
    assert Partner.objects.count() == 1


def test_what_another_user_left_behind_is_not_sent(strict, officer, committee):
    another = with_password(member_of(committee, Role.OFFICER))
    form = opened(strict, another)
    out(strict)

    asked = strict.post(ADD, form)
    shown = sign_in(strict, asked, officer)
    strict.force_login(officer)
    old = strict.post(ADD, form | {"csrfmiddlewaretoken": OLD}, headers=OURS)

    assert (shown.status_code, shown.url) == (302, "/")
    assert (old.status_code, old.url) == (302, "/")
    assert "en annan användares" in strict.get("/").text


def test_a_form_that_was_made_for_nobody_is_not_kept(strict, officer):
    form = opened(strict, officer)
    strict.logout()
    strict.get(SIGN_IN)
    token = strict.cookies["csrftoken"].value

    del form["form_key"]
    answer = strict.post(ADD, form | {"csrfmiddlewaretoken": token})

    assert answer.status_code == 302
    assert answer.url.startswith(SIGN_IN)


def test_a_password_is_never_kept(strict, officer):
    form = opened(strict, officer, new_password1="hemligt-1")
    out(strict)

    answer = strict.post(reverse("accounts:password_change"), form)

    assert answer.status_code == 302
    assert answer.url.startswith(SIGN_IN)


def test_signing_out_twice_is_no_form_to_send(strict, officer):
    form = opened(strict, officer)
    out(strict)

    assert strict.post(reverse("accounts:sign_out"), form).status_code == 302


@pytest.mark.parametrize("spoilt", ["signature", "age", "salt"])
def test_what_was_not_signed_here_today_leads_nowhere(officer, monkeypatch, spoilt):
    with monkeypatch.context() as before:
        if spoilt == "salt":
            before.setattr("accounts.interrupted.SALT", "another")
        if spoilt == "age":
            past = time.time() - 13 * 60 * 60
            before.setattr("time.time", lambda: past)
        text = Interrupted("/partners/new/", [("name", "x")], has_files=False).text
    text = text[:-1] + ("A" if text[-1] != "A" else "B") if spoilt == "signature" else text

    answer = Client().post(
        SIGN_IN, {"username": officer.email, "password": PASSWORD, Interrupted.NAME: text}
    )

    assert (answer.status_code, answer.url) == (302, "/")


def test_files_are_said_to_be_lost(strict, officer):
    form = opened(strict, officer, file=SimpleUploadedFile("betalningar.csv", b"a;b"))
    out(strict)

    shown = sign_in(strict, strict.post(ADD, form), officer)

    assert "Filerna" in shown.text


def test_a_part_of_a_page_says_that_its_reader_is_signed_out(strict, officer):
    form = opened(strict, officer)
    anew = strict.post(ADD, form | {"csrfmiddlewaretoken": OLD}, headers=OURS | HTMX)
    out(strict)

    answers = [
        anew,
        strict.post(ADD, form, headers=HTMX),
        strict.post(ADD, form | {"csrfmiddlewaretoken": OLD}, headers=OURS | HTMX),
        strict.get(reverse("organisations:partner_options"), headers=HTMX),
    ]

    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["HX-Retarget"] == "#interruption"
        assert "<form" not in answer.text
    assert not Partner.objects.exists()
