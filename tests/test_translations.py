"""The interface is complete in Swedish, and English can be chosen."""

import ast

from django.urls import reverse

from tools.messages import ROOT, problems, sources


def test_every_text_of_the_interface_is_translated_and_compiled():
    assert problems() == []


def test_no_text_hides_in_an_f_string_where_older_pythons_do_not_find_it():
    hidden = [
        f"{path}:{call.lineno}"
        for path in sources(ROOT)
        if path.suffix == ".py"
        for string in ast.walk(ast.parse(path.read_text()))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_"
    ]

    assert hidden == []


def test_swedish_is_the_default_and_english_can_be_chosen(client, db):
    swedish = client.get(reverse("accounts:sign_in")).content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": reverse("accounts:sign_in")})

    english = client.get(reverse("accounts:sign_in")).content.decode()

    assert "Logga in" in swedish
    assert "Sign in" in english
    assert "Logga in" not in english
