"""What a linter cannot see."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

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


def test_every_template_is_used():
    text = "\n".join(path.read_text() for path in SOURCES)
    text += "\n".join((ROOT / "templates" / name).read_text() for name in TEMPLATES)

    unused = [name for name in TEMPLATES if name not in text and not USED_BY_DJANGO.fullmatch(name)]

    assert not unused


def test_no_inline_script_or_style_in_templates():
    for name in TEMPLATES:
        text = (ROOT / "templates" / name).read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text), name
