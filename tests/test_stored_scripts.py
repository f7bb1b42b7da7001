"""Whatever somebody managed to store in any text: it is shown as what was written, and never runs."""

import re

import pytest
from django.db import models
from django.db.models.signals import pre_save
from lxml import etree, html

from audit.tables import logged_models
from partnerships.dates import ApproximateDateField
from tests.hostile.inputs import Sent
from tests.hostile.places import everywhere
from tests.hostile.portal import Portal
from tests.hostile.world import whole_world
from tests.organisations.factories import CommitteeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SCRIPT = '"><script>alert(1)</script>'
ADDRESS = "javascript:alert(1)"
SUM, ITS_RESULT = "z!{{7*7}}!z", "z!49!z"
ESCAPED = "&lt;script&gt;alert(1)"
IN_FULL = f"{SCRIPT}{SUM}[a]({ADDRESS})<img src=x onerror=alert(2)>"
SHORT = SCRIPT
# What the portal itself makes, or holds to a form by a constraint.
NOT_TEXTS = re.compile(
    r"sha256|password|colour|diary_pattern|diary_prefix|slug|_key$|^key$|code|number$|"
    r"saved_from|^query$|accounts?$|recipient|org_number|email"
)
ADDRESSES = re.compile(r"^web_address$")
RUNS = ("href", "src", "action", "formaction", "xlink:href", "data", "hx-get", "hx-post")


def spoiled(sender, instance, raw=False, **_kwargs):
    """Before a new row is saved: every text in it that somebody can have written."""
    if not instance._state.adding:
        return
    for field in instance._meta.concrete_fields:
        if is_free_text(field) and (getattr(instance, field.name) or not is_constrained(field)):
            length = field.max_length or 500
            text = IN_FULL if length >= len(IN_FULL) + 20 else SHORT
            if length >= len(SHORT) + 8:
                unique = f" {getattr(instance, field.name)}"
                setattr(instance, field.name, (text + unique)[:length])
        elif ADDRESSES.match(field.name):
            setattr(instance, field.name, ADDRESS)


def is_constrained(field):
    """Does a rule of the database say when the field is empty?"""
    checks = [c for c in field.model._meta.constraints if isinstance(c, models.CheckConstraint)]
    return any(f"'{field.name}'" in str(check.condition) for check in checks)


def is_free_text(field):
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
    is_other = isinstance(field, ApproximateDateField | models.JSONField | models.URLField)
    return is_text and not is_other and not NOT_TEXTS.search(field.name)


@pytest.fixture
def world():
    """A world in which every text is hostile."""
    committee = CommitteeFactory()
    spoilt = [model for model in logged_models() if not model._meta.auto_created]
    for model in spoilt:
        pre_save.connect(spoiled, sender=model)
    try:
        yield whole_world(committee)
    finally:
        for model in spoilt:
            pre_save.disconnect(spoiled, sender=model)


def what_runs(page):
    """Everything on the page that a browser would carry out or follow into code."""
    tree = html.fromstring(page)
    for element in tree.iter(etree.Element):
        for name, value in element.items():
            if name.startswith("on") or (name in RUNS and is_code(value)):
                yield f"{element.tag} {name}={value[:60]}"
    for script in tree.iter("script"):
        if not script.get("src") and script.get("type") != "application/json":
            yield f"script {script.text[:60]}"


def is_code(address):
    return (
        re.sub(r"[\x00-\x20]", "", address)
        .lower()
        .startswith(("javascript:", "data:text", "vbscript:"))
    )


def test_no_stored_text_runs_anywhere(world):
    shown, found = set(), []
    portal = Portal(world)
    for place in everywhere(world):
        answer = portal.looks(place.who, Sent("GET", place.url, "looked at"))
        kind = answer.get("Content-Type", "").split(";")[0]
        if kind == "text/html" and answer.body.strip():
            page = answer.body.decode()
            found += [(place.url, what) for what in dangers(page)]
            shown |= {place.name} if ESCAPED in page else set()
        elif kind in {"text/csv", "application/json", "application/ld+json"}:
            assert answer["X-Content-Type-Options"] == "nosniff", place.url

    assert found == []
    assert len(shown) > 100


def dangers(page):
    """What would run, and what a template has taken for its own."""
    yield from what_runs(page)
    yield from (text for text in (SCRIPT, ITS_RESULT) if text in page)
