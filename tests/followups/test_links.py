"""The link in the partner's letter: a button, a cookie; and every link that opens nothing."""

import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from followups.actions import (
    FollowUpRefusedError,
    Hand,
    Invitation,
    revoke_link,
    submit_report,
)
from followups.handin import cookie_name
from followups.models import FollowUpReport, ReportLink, hashed
from tests.followups.conftest import INVITATION, answers, make_and_send, page_of
from tests.followups.factories import report_on

pytestmark = pytest.mark.django_db


def test_the_letter_says_what_and_until_when_and_its_secret_is_not_kept(
    report, address, mailoutbox
):
    letter = mailoutbox[0]
    secret = address.split("/")[4]

    assert letter.to == ["forening@example.org"]
    assert str(report.agreement) in letter.subject
    assert "Hör av er." in letter.body
    link = ReportLink.objects.get()
    assert link.secret_sha256 == hashed(secret)
    assert len(secret) >= 43
    assert not ReportLink.history.filter(recipient__contains=secret).exists()


def test_looking_at_the_link_uses_nothing_up(client, address):
    first, second = client.get(address), client.head(address)

    assert (first.status_code, second.status_code) == (200, 200)
    assert ReportLink.objects.get().opened_at is None
    assert client.post(address).status_code == 303


def test_the_button_trades_the_secret_for_a_cookie_of_this_report_only(client, report, address):
    response = client.post(address)

    assert (response.status_code, response.url) == (303, page_of(report))
    cookie = response.cookies[cookie_name(report.pk)]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in address
    assert ReportLink.objects.get().cookie_sha256 == hashed(cookie.value)
    assert client.get(page_of(report)).status_code == 200
    other = report_on()
    assert client.get(page_of(other)).status_code == 404


def test_in_production_the_cookie_is_bound_to_the_host(client, settings, address, report):
    settings.SESSION_COOKIE_SECURE = True

    cookie = client.post(address).cookies[f"__Host-handin-{report.pk}"]

    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]


def broken(kind, report, user, address):
    """An address that opens nothing, for each reason."""
    link = ReportLink.objects.get()
    if kind == "unknown":
        return reverse("followups:handin_open", args=["x" * 43])
    if kind == "altered":
        return address.replace(address.split("/")[4], address.split("/")[4][:-1] + "!")
    if kind == "expired":
        ReportLink.objects.update(created_at=now() - timedelta(2), expires_at=now() - timedelta(1))
    if kind == "revoked":
        revoke_link(link, by=user, at=now())
    if kind == "replaced":
        make_and_send(report, INVITATION, by=user)
    return address


KINDS = ("unknown", "altered", "expired", "revoked", "replaced", "replayed")


def told(response):
    """The answer without what differs from one form to the next."""
    text = re.sub(
        r'(csrfmiddlewaretoken" value|X-CSRFToken)"?[=:] ?"[^"]+"', "", response.content.decode()
    )
    text = re.sub(r'name="(next|form_key)" value="[^"]+"', "", text)
    passing = ("Expires", "Content-Length", "X-Request-ID")
    headers = {name: value for name, value in response.items() if name not in passing}
    return response.status_code, headers, text


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_that_opens_nothing_gets_one_and_the_same_answer(
    client, report, user, address, kind
):
    unknown = told(client.post(reverse("followups:handin_open", args=["y" * 43])))
    path = broken(kind, report, user, address)
    if kind == "replayed":
        client.post(address)
        client.cookies.clear()
        client.get(reverse("accounts:sign_in"))
    before = list(FollowUpReport.objects.values()), list(ReportLink.objects.values())

    response = client.post(path.split("?")[0])

    assert told(response) == unknown
    assert response.status_code == 404
    assert "Länken fungerar inte" in response.content.decode()
    assert cookie_name(report.pk) not in response.cookies
    assert before == (list(FollowUpReport.objects.values()), list(ReportLink.objects.values()))


@pytest.mark.parametrize("kind", ["expired", "revoked", "replaced"])
def test_a_cookie_opens_nothing_once_its_link_does_not(partner, report, user, address, kind):
    broken(kind, report, user, address)

    for response in (partner.get(page_of(report)), partner.post(page_of(report), answers(report))):
        assert response.status_code == 404
    assert FollowUpReport.objects.get().edition == report.edition


def test_a_forged_or_foreign_cookie_opens_nothing(client, partner, report):
    other = report_on()
    client.cookies[cookie_name(other.pk)] = partner.cookies[cookie_name(report.pk)].value

    assert client.get(page_of(other)).status_code == 404
    client.cookies[cookie_name(report.pk)] = "påhittad"
    assert client.get(page_of(report)).status_code == 404


def test_many_misses_are_held_back_but_never_a_valid_link(client, report, address):
    wrong = reverse("followups:handin_open", args=["z" * 43])

    statuses = [client.post(wrong).status_code for _each in range(22)]

    assert statuses == [404] * 20 + [429] * 2
    assert client.post(address).status_code == 303
    assert client.get(page_of(report)).status_code == 200


def test_a_link_without_a_letter_is_taken_back(report, user, monkeypatch):
    def fail(self):
        raise SMTPException

    monkeypatch.setattr("followups.actions.links.EmailMessage.send", fail)

    with pytest.raises(FollowUpRefusedError, match="kunde inte skickas"):
        make_and_send(report, INVITATION, by=user)

    assert ReportLink.objects.get().revoked_at


def test_a_name_with_line_breaks_gives_a_letter_and_no_headers(report, user, mailoutbox):
    report.agreement.name = "Ett avtal\nBcc: alla@example.org"
    report.agreement.save()

    make_and_send(FollowUpReport.objects.get(), INVITATION, by=user)

    assert "\n" not in mailoutbox[0].subject
    assert mailoutbox[0].recipients() == ["forening@example.org"]


def test_the_pages_follow_the_letters_language(client, report, user, mailoutbox):
    make_and_send(report, Invitation("a@example.org", "en", 14), by=user)
    path = re.search(r"https?://[^/]+(/\S+)", mailoutbox[-1].body)[1]

    opened = client.get(path).content.decode()
    client.post(path)

    assert "The report is due" in mailoutbox[-1].body
    assert "Open the report" in opened
    assert "Hand in the report" in client.get(page_of(report)).content.decode()


def test_a_post_without_the_token_of_the_page_is_refused(report, address):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(address).status_code == 403
    assert ReportLink.objects.get().opened_at is None


def test_no_link_is_sent_to_what_is_handed_in(report, user, partner):
    partner.post(page_of(report), answers(report, step="submit", name="Eva"))

    with pytest.raises(FollowUpRefusedError):
        make_and_send(report, INVITATION, by=user)
    with pytest.raises(FollowUpRefusedError):
        submit_report(report, hand=Hand(user, now()))
