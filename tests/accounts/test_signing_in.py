"""Who guesses is held back before anything is hashed; who has the password gets in."""

import pytest
from django.contrib.auth import hashers
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.guessing import COOKIE, OF_A_BROWSER, OF_ALL_IN_A_MINUTE, OF_AN_ACCOUNT, OF_AN_ADDRESS
from tests.accounts.factories import UserFactory

PASSWORD = "ett-hemligt-ord-som-ingen-gissar"
SIGN_IN = "/account/sign-in/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_guessed():
    cache.clear()
    yield
    cache.clear()


def somebody():
    """A user who signs in with PASSWORD."""
    user = UserFactory()
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def user():
    return somebody()


@pytest.fixture
def hashed(monkeypatch):
    """Every password that is hashed to be compared."""
    seen = []
    for hasher in (hashers.PBKDF2PasswordHasher, hashers.MD5PasswordHasher):
        encode = hasher.encode

        def counted(self, password, *args, encode=encode, **kwargs):
            seen.append(password)
            return encode(self, password, *args, **kwargs)

        monkeypatch.setattr(hasher, "encode", counted)
    return seen


def sign_in(client, email, password, address="203.0.113.1"):
    typed = {"username": email, "password": password}
    return client.post(reverse("accounts:sign_in"), typed, REMOTE_ADDR=address)


def guess(email, times, address="203.0.113.1"):
    return [sign_in(Client(), email, f"gissning-{n}", address).status_code for n in range(times)]


def test_who_has_the_password_gets_in(user):
    assert sign_in(Client(), user.email, PASSWORD).status_code == 302


def test_after_ten_misses_an_account_is_closed_to_unknown_browsers_unhashed(user, hashed):
    guess(user.email, OF_AN_ACCOUNT)
    assert len(hashed) == OF_AN_ACCOUNT
    hashed.clear()

    refused = sign_in(Client(), user.email, PASSWORD, address="198.51.100.7")

    assert refused.status_code == 429
    assert "För många felaktiga lösenord" in refused.content.decode()
    assert hashed == []


def test_the_owner_gets_in_all_the_while_in_a_browser_that_is_known(user):
    own = Client()
    sign_in(own, user.email, PASSWORD)
    own.post(reverse("accounts:sign_out"))
    guess(user.email, OF_AN_ACCOUNT + 5)

    assert sign_in(own, user.email, PASSWORD).status_code == 302


def test_a_known_browser_guesses_no_more_than_others(user):
    own = Client()
    sign_in(own, user.email, PASSWORD)
    own.post(reverse("accounts:sign_out"))

    answers = [sign_in(own, user.email, "fel").status_code for _time in range(OF_A_BROWSER + 1)]

    assert answers == [200] * OF_A_BROWSER + [429]


@pytest.mark.parametrize("cookie", ["", "forged", "a:b:c", "[]"])
def test_a_forged_cookie_makes_no_browser_known(user, cookie):
    guess(user.email, OF_AN_ACCOUNT)
    forger = Client()
    forger.cookies[COOKIE] = cookie

    assert sign_in(forger, user.email, PASSWORD).status_code == 429


def test_one_persons_browser_is_not_known_for_another(user):
    browser = Client()
    sign_in(browser, somebody().email, PASSWORD)
    browser.post(reverse("accounts:sign_out"))
    guess(user.email, OF_AN_ACCOUNT)

    assert sign_in(browser, user.email, PASSWORD).status_code == 429


def test_one_address_guesses_at_many_accounts_in_vain(user):
    for number in range(OF_AN_ADDRESS):
        guess(f"nagon-{number}@exempelby.example", 1)

    assert sign_in(Client(), user.email, PASSWORD).status_code == 429
    assert sign_in(Client(), user.email, PASSWORD, address="198.51.100.7").status_code == 302


def test_a_flood_from_everywhere_is_not_hashed(hashed):
    for number in range(OF_ALL_IN_A_MINUTE):
        guess(f"nagon-{number}@exempelby.example", 1, address=f"203.0.113.{number}")
    hashed.clear()

    assert guess("en-till@exempelby.example", 3, address="198.51.100.7") == [429] * 3
    assert hashed == []


def test_the_answer_does_not_tell_whether_the_account_exists(user):
    def told(email):
        answer = sign_in(Client(), email, "fel")
        return answer.status_code, answer.context["form"].non_field_errors()

    assert told(user.email) == told("ingen@exempelby.example")


def test_every_attempt_is_logged_without_the_address_and_the_password(user, caplog):
    with caplog.at_level("INFO", logger="portal.sign_in"):
        guess(user.email, OF_AN_ACCOUNT + 1)
        sign_in(Client(), somebody().email, PASSWORD)

    lines = [record.getMessage() for record in caplog.records if record.name == "portal.sign_in"]
    assert [line.partition(":")[0] for line in lines] == [
        *["sign-in failed"] * OF_AN_ACCOUNT, "sign-in refused", "signed in",
    ]  # fmt: skip
    assert not [line for line in lines if user.email in line or "gissning" in line]


def test_signing_in_gives_the_session_a_new_key(user):
    client = Client()
    client.get(reverse("accounts:sign_in"))
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key

    sign_in(client, user.email, PASSWORD)

    assert client.session.session_key != planted


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_leads_nowhere_else(user, target):
    typed = {"username": user.email, "password": PASSWORD, "next": target}

    answer = Client().post(reverse("accounts:sign_in"), typed)

    assert answer.url == reverse("start")


def test_a_foreign_host_is_not_answered(client, settings):
    settings.ALLOWED_HOSTS = ["portal.example.se"]

    assert client.get(SIGN_IN, headers={"host": "evil.example"}).status_code == 400


def test_letters_for_new_passwords_are_not_sent_without_end(user, mailoutbox):
    url = reverse("accounts:password_reset")

    answers = [Client().post(url, {"email": user.email}).status_code for _time in range(12)]

    assert answers == [302] * 10 + [429] * 2
    assert len(mailoutbox) == 10


def test_a_wrong_password_gets_a_sentence_in_the_portals_own_words(client, user):
    page = sign_in(client, user.email, "fel").content.decode()

    assert "Fel e-postadress eller lösenord." in page
    assert "korrekt" not in page
