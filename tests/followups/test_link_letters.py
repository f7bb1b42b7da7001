"""The letter with a link is sent when the form is saved: a silent mail server holds no rows."""

from smtplib import SMTPException

import pytest
from django.core.mail import EmailMessage
from django.db import connection

from followups.models import FollowUpReport, ReportLink
from submissions.digests import KEY
from tests.followups.conftest import edition_of, hand_in, text_of, url

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = {"recipient": "f@example.org", "language": "sv", "days": "14", "message": "", KEY: "en"}


@pytest.fixture
def in_transaction(monkeypatch):
    """Whether each letter was sent in a transaction."""
    found = []
    monkeypatch.setattr(
        EmailMessage, "send", lambda _letter: found.append(connection.in_atomic_block)
    )
    return found


@pytest.fixture
def _no_mail(monkeypatch):
    def fail(_letter):
        raise SMTPException

    monkeypatch.setattr(EmailMessage, "send", fail)


def test_a_link_is_sent_outside_of_the_transaction_that_made_it(signed_in, report, in_transaction):
    page = signed_in.post(url("link_send", report.pk), TYPED, follow=True)

    assert in_transaction == [False]
    assert "Länken är skickad till f@example.org." in text_of(page)


def test_so_is_the_link_of_a_report_that_is_returned(signed_in, officer, report, in_transaction):
    signed_in.post(url("link_send", report.pk), TYPED)
    hand_in(report, officer)

    signed_in.post(
        url("report_return", report.pk),
        {
            "reason": "Mer.",
            "parts": ["figures"],
            "sends_link": "on",
            KEY: "två",
            **edition_of(report),
        },
    )

    assert in_transaction == [False, False]


@pytest.mark.usefixtures("_no_mail")
def test_the_officer_is_told_when_the_letter_could_not_be_sent(signed_in, report):
    page = signed_in.post(url("link_send", report.pk), TYPED, follow=True)

    assert "kunde inte skickas till f@example.org" in text_of(page)
    assert "Länken är skickad" not in text_of(page)
    assert ReportLink.objects.get().revoked_at
    assert FollowUpReport.objects.get().is_open


def test_a_silent_mail_server_is_given_up(settings):
    assert settings.EMAIL_TIMEOUT == 20
