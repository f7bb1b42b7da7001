"""The interface is complete in Swedish, and English can be chosen."""

from django.urls import reverse

from tools.messages import problems


def test_every_text_of_the_interface_is_translated_and_compiled():
    assert problems() == []


def test_swedish_is_the_default_and_english_can_be_chosen(client, db):
    swedish = client.get(reverse("accounts:sign_in")).content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": reverse("accounts:sign_in")})

    english = client.get(reverse("accounts:sign_in")).content.decode()

    assert "Logga in" in swedish
    assert "Sign in" in english
    assert "Logga in" not in english
