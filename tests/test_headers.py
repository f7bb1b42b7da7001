"""The headers that every answer has, and the rules that no page may break."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.permissions import Role
from tests.accounts.factories import UserFactory, member_of
from tests.operations.test_production import SAFE, STARTED, python

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ANYBODYS = ("accounts:sign_in", "accounts:password_reset", "verify", "accessibility", "healthz")
OFFICERS = ("start", "agreements:agreement_list", "worklist:worklist", "report:edition_list")
ADMINISTRATORS = (
    "admin:index",
    "admin:organisations_committee_changelist",
    "admin:accounts_user_add",
)
pytestmark = pytest.mark.django_db


def answers(client, committee):
    """An answer of every sort: open, signed in, the admin, refused, not found, a file."""
    yield from (client.get(reverse(name)) for name in ANYBODYS)
    client.force_login(member_of(committee, Role.OFFICER))
    yield from (client.get(reverse(name)) for name in OFFICERS)
    yield client.get("/ingenstans/")
    yield client.get(reverse("admin:index"))
    yield client.get(reverse("agreements:agreement_export", args=["csv"]))
    client.force_login(member_of(committee, Role.ADMIN))
    yield from (client.get(reverse(name)) for name in ADMINISTRATORS)


def test_every_answer_has_the_headers_that_protect_it(client, committee):
    for answer in answers(client, committee):
        where = answer.request["PATH_INFO"]
        assert {name: answer.get(name) for name in EVERYWHERE} == EVERYWHERE, where
        assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}, where
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy, where
        for rule in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert rule in policy, where


def test_no_page_has_code_or_style_that_the_policy_would_stop(client, committee):
    for answer in answers(client, committee):
        if answer["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", page)
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", page)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SESSION_COOKIE_NAME", "__Host-session"),
        ("CSRF_COOKIE_NAME", "__Host-csrf"),
        ("SESSION_COOKIE_SECURE", "True"),
        ("CSRF_COOKIE_SECURE", "True"),
        ("SESSION_COOKIE_HTTPONLY", "True"),
        ("SECURE_SSL_REDIRECT", "True"),
        ("SECURE_HSTS_SECONDS", "31536000"),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "True"),
    ],
)
def test_cookies_and_transport_are_safe_outside_of_a_laptop(setting, value):
    assert python("-c", STARTED.format(setting), **SAFE).stdout.strip() == value


def test_no_cookie_is_sent_with_requests_from_elsewhere():
    assert {settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE} == {"Lax"}


@pytest.mark.parametrize("host", ["elsewhere.example", "testserver.elsewhere.example", "a b", "["])
def test_a_request_for_another_host_is_not_answered_and_sends_no_letter(client, mailoutbox, host):
    person = UserFactory()

    answer = client.post(
        reverse("accounts:password_reset"), {"email": person.email}, headers={"Host": host}
    )

    assert answer.status_code == 400
    assert mailoutbox == []


@pytest.mark.parametrize(
    "there", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/", "x:y"]
)
def test_changing_the_language_leads_nowhere_else(client, there):
    answer = client.post(reverse("set_language"), {"language": "en", "next": there})

    assert answer.url == "/"
