"""Every page with a form for saving says what it was opened on, and compares when it comes back."""

import json
from contextlib import contextmanager

import pytest
from django.db import transaction

from partnerships.editing import forms as editing
from partnerships.editing.forms import Compared
from partnerships.editing.rows import BaseFormSet, BaseInlineFormSet
from tests.addresses import ADMIN, OFFICER, SECRETARY, TABLE, asked
from tests.officers import OF_THE_FORM, opened

pytestmark = pytest.mark.django_db
KEPT = "Det du skrev står kvar här men är inte sparat"
# Those that compare in a way of their own, and forms that begin something.
OTHERWISE = {
    "memos:memo_edit": "merges (ADR 30)",
    "followups:report_edit": "carries the number of the edition (ADR 22)",
    "followups:plan_create": "begins a plan",
}
# Controls that stand in no form of Django's: what is chosen there is not stored.
CHOSEN_ONLY = {
    "agreements:agreement_transfer",
    "payments:payment_queue",
    "meetings:dispatch",
    "memos:memo_review",
}
OF_WHAT_IS_READ = {"shown"}  # its checksum, which the action compares (ADR 29)
OF_A_FORMSET = ("_FORMS", "-id", "-DELETE")
PAGES = [
    name
    for name, (method, *_rest) in TABLE.items()
    if method == "get" and name not in OTHERWISE.keys() | CHOSEN_ONLY
]


@contextmanager
def noted(monkeypatch):
    """Which boxes say what they were opened on, by their names, while a page is made.

    Those in rows that are replaced as a whole, and in what is not stored yet, come with None.
    """
    said = {}
    boxes, rows, inline = Compared.opened_on, BaseFormSet.hashes, BaseInlineFormSet.hashes

    def of_form(form, **kwargs):
        found = boxes(form, **kwargs)
        where = {box.html_name: (form.seen_key, box.name) for box in form.boxes() if found}
        said.update(dict.fromkeys(where) if form.row_is_new else where)
        return found

    def of_rows(formset, **kwargs):
        said.update({box.html_name: None for form in formset.forms for box in form})
        return rows(formset, **kwargs)

    def of_inline(formset, **kwargs):
        said.update({box.html_name: None for form in formset.extra_forms for box in form})
        said.update({form[formset.fk.name].html_name: None for form in formset.forms})
        return inline(formset, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(Compared, "opened_on", of_form)
        patch.setattr(BaseFormSet, "hashes", of_rows)
        patch.setattr(BaseInlineFormSet, "hashes", of_inline)
        yield said


def page_of(world, name):
    """The page as the first of those who may open it sees it; None for what has no such form."""
    allowed = [role for role in (OFFICER, SECRETARY, ADMIN) if role in TABLE[name][2]]
    if not allowed:
        return None
    page = opened(world["people"][allowed[0]], asked(world, name)[1])
    return page if page.fields else None


def stands_in(page):
    """The boxes in which something stands that the user sees or has chosen."""
    return {
        name
        for name, values in page.fields.items()
        if any(values)
        and name not in OF_THE_FORM | OF_WHAT_IS_READ
        and not name.endswith(OF_A_FORMSET)
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_sent_back_as_it_was_opened_is_not_complained_of(world, name):
    page = page_of(world, name)
    if page is None:
        return

    with transaction.atomic():
        answer = page.send()
        transaction.set_rollback(True)

    assert KEPT not in getattr(answer, "text", "")


@pytest.mark.parametrize("name", PAGES)
def test_every_box_in_which_something_stored_stands_is_compared_when_the_page_comes_back(
    world, name, monkeypatch
):
    with noted(monkeypatch) as said:
        page = page_of(world, name)
    if page is None or not any(said.values()):
        return  # nothing to save, or something new
    told, boxes = set(), stands_in(page) - {box for box, said_by in said.items() if not said_by}
    tell = editing.what_happened
    monkeypatch.setattr(
        editing, "what_happened", lambda box, row: told.add(box.html_name) or tell(box, row)
    )

    with transaction.atomic():
        page.send(**as_if_changed_by_both(page, {box: said.get(box) for box in boxes}))
        transaction.set_rollback(True)

    assert boxes <= told


def as_if_changed_by_both(page, boxes):
    """Another value than the one that is stored was opened, and a third one is typed."""
    seen = page.seen or {}
    for key, name in filter(None, boxes.values()):
        seen[key][name] = "ffffffffffff"
    typed = {box: another(page, box) for box in boxes}
    return {**typed, "seen": json.dumps(seen)}


def another(page, name):
    """Another value for the control than the one that stands there."""
    controls = page.forms[0].xpath(f'.//*[@name="{name}"]')
    if controls[0].tag == "select":
        values = [option.get("value") for option in controls[0].iter("option")]
    else:
        values = [control.get("value") for control in controls]
    others = [value for value in values if value and value not in page.fields[name]]
    if len(values) > 1:
        return others[:1]
    return f"{page.fields[name][0]}9" if controls[0].get("type") != "checkbox" else []
