"""What a linter cannot see."""

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet

from accounts.forms import SignInForm
from meetings.forms.meeting import TimesMixin
from organisations.fields import DiaryNumberMixin
from partnerships.editing.forms import Compared
from partnerships.editing.rows import ComparedRows

ROOT = Path(__file__).resolve().parent.parent
APPS = (
    "meetings",
    "followups",
    "steering",
    "memos",
    "assessments",
    "dialogues",
    "governance",
    "worklist",
    "payments",
    "report",
    "agreements",
    "accounts",
    "organisations",
    "operations",
    "submissions",
    "audit",
    "demo",
)
# What is mixed into forms and is none itself, and signing in.
STORES_NOTHING = {DiaryNumberMixin, TimesMixin, SignInForm}
SOURCES = [path for app in (*APPS, "partnerships") for path in (ROOT / app).rglob("*.py")]
TEMPLATES = [
    path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*")
]
USED_BY_DJANGO = re.compile(
    r"(400|403|403_csrf|404|500)\.html|django/.*|admin/.*|simple_history/.*|forms/.*"
)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_migration_is_named_by_the_machine():
    named = [path.name for app in APPS for path in (ROOT / app).glob("migrations/0*.py")]

    assert not [name for name in named if re.search(r"_auto_|_\d{8}", name)]


def test_every_model_of_ours_keeps_history():
    models = [
        model
        for app in APPS
        if app not in {"audit", "submissions", "operations"}  # nothing that is registered
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.startswith("Historical")
    ]

    assert models
    assert not [model.__name__ for model in models if not hasattr(model, "history")]


def those_under(kind):
    """The classes that inherit from it, without Django's own and those of tests."""
    for heir in kind.__subclasses__():
        yield from those_under(heir)
        is_named = getattr(sys.modules[heir.__module__], heir.__name__, None) is heir
        is_djangos = heir.__module__.startswith("django.") and is_named  # not made by a factory
        is_for_a_test = getattr(heir, "form", heir).__module__.startswith("tests.")
        if not (is_djangos or is_for_a_test):
            yield heir


def test_every_form_of_ours_is_compared_with_what_it_was_opened_on():
    for path in SOURCES:
        if "forms" in {path.stem, path.parent.name} or path.stem == "admin":
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))

    bare = [heir for heir in those_under(BaseForm) if not issubclass(heir, Compared)]
    bare += [heir for heir in those_under(BaseFormSet) if not issubclass(heir, ComparedRows)]

    assert set(bare) == STORES_NOTHING


def test_every_template_is_used():
    text = "\n".join(path.read_text() for path in SOURCES)
    text += "\n".join((ROOT / "templates" / name).read_text() for name in TEMPLATES)

    unused = [name for name in TEMPLATES if name not in text and not USED_BY_DJANGO.fullmatch(name)]

    assert not unused


def test_no_inline_script_or_style_in_templates():
    for name in TEMPLATES:
        text = (ROOT / "templates" / name).read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text), name
