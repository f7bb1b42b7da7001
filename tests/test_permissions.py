"""Every URL × role, compared with the URL resolver so that none can be forgotten."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.addresses import (
    ANONYMOUS,
    MEMBERS,
    PUBLIC,
    READER,
    STRANGER,
    TABLE,
    WITH_ARGUMENTS,
    asked,
    names_of,
)

pytestmark = pytest.mark.django_db
THROUGH, SIGN_IN = 200, "asked to sign in"
# Where the role is asked for before the memo is looked up.
WRITERS_ONLY = {
    "memos:memo_edit",
    "memos:memo_review",
    "memos:memo_correct",
    "memos:memo_decide",
    "memos:memo_template",
    "memos:memo_discard",
}
TOO_FAR = 10**20  # for any key
# What is one person's own does not exist for others, whatever their role.
PERSONAL = {"worklist:saved_view_delete"}


def test_every_url_has_a_row_in_the_table():
    names = {name for name in names_of(get_resolver()) if not name.startswith("admin:")}

    assert names == set(TABLE) | PUBLIC


def is_sign_in(response):
    """Does it lead to the sign-in page, or is it that page, which keeps the form that was sent?"""
    if response.status_code == 302:
        return response.url.startswith(reverse("accounts:sign_in"))
    return response.status_code == 403 and 'name="password"' in response.text


def met_by(person, method, url, data):
    """What the person meets there; whatever the request changed is undone."""
    client = Client()
    if person:
        client.force_login(person)
    with transaction.atomic():
        response = getattr(client, method)(url, data)
        transaction.set_rollback(True)
    if is_sign_in(response):
        return SIGN_IN
    return THROUGH if response.status_code in (200, 302) else response.status_code


def meant_for(role, name):
    """What the table says that the role meets."""
    method, argument, allowed, _stranger = TABLE[name]
    if role in allowed:
        return THROUGH
    is_draft = argument == "memo" and method == "get" and name not in WRITERS_ONLY
    does_not_exist = name in PERSONAL or (role == READER and is_draft)
    return 404 if does_not_exist else 403


@pytest.mark.parametrize("name", TABLE)
def test_each_gets_through_exactly_where_the_table_says(world, stranger, name):
    there = asked(world, name)

    met = {role: met_by(world["people"][role], *there) for role in MEMBERS}
    met[STRANGER] = met_by(stranger, *there)
    met[ANONYMOUS] = met_by(None, *there)

    assert met == {
        **{role: meant_for(role, name) for role in MEMBERS},
        STRANGER: TABLE[name][3],
        ANONYMOUS: SIGN_IN,
    }


@pytest.mark.parametrize("name", sorted(PUBLIC - WITH_ARGUMENTS))
def test_a_public_url_answers_without_signing_in(client, name):
    try:
        response = client.get(reverse(name))
    except NoReverseMatch:
        pytest.fail(f"{name} needs arguments: move it to the table")

    assert response.status_code in (200, 302, 405)


def test_a_private_page_is_not_kept_by_the_browser(client, officer):
    client.force_login(officer)

    assert "no-store" in client.get(reverse("start"))["Cache-Control"]


@pytest.mark.parametrize("role", sorted(MEMBERS))
def test_a_key_that_no_database_can_hold_leads_nowhere(client, world, role):
    client.force_login(world["people"][role])
    met = {}
    for name, (_query, argument, _allowed, _stranger) in TABLE.items():
        kept = world[argument] if argument else []
        far = [TOO_FAR if isinstance(each, int) else each for each in kept]
        if far != list(kept):
            address = reverse(name, args=far)
            answers = [client.get(address), client.post(address)]
            met[name] = {answer.status_code for answer in answers}

    assert met
    assert {name: codes for name, codes in met.items() if codes - {403, 404, 405}} == {}
