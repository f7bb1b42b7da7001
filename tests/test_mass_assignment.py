"""A form takes what it asks for and nothing else: no field of a model, and no row of others."""

import re
from functools import partial

import pytest
from django.contrib.admin.helpers import AdminForm, InlineAdminFormSet
from django.db import models
from django.forms import BaseForm, ModelChoiceField
from django.forms.formsets import BaseFormSet
from django.urls import reverse

from accounts.models import User
from audit.models import Entry
from audit.tables import logged_models
from tests.accounts.factories import UserFactory
from tests.agreements.factories import AgreementFactory
from tests.hostile.forms import ROW, forms_of
from tests.hostile.inputs import Sent, encoded
from tests.hostile.places import everywhere
from tests.hostile.portal import Portal
from tests.hostile.world import whole_world
from tests.organisations.factories import CommitteeFactory, MunicipalityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# What is sent in fields that nobody asked for; found again wherever it lands.
ELSEWHERE, NOWHERE = "987651", "987659"
PLANTED = re.compile(rf"PLANTED|1999-09-09|{ELSEWHERE}")
SHOWN_LATER = "form_motivation"  # of an assessment, once its criteria ask for a form
WORDS = {
    models.DateTimeField: "1999-09-09 09:09:09",
    models.DateField: "1999-09-09",
    models.BooleanField: "on",
    models.ForeignKey: ELSEWHERE,
    models.IntegerField: ELSEWHERE,
    models.DecimalField: ELSEWHERE,
}


def planted():
    """A value for each name that a field of any model has."""
    fields = [field for model in logged_models() for field in model._meta.concrete_fields]
    return {
        field.name: next((WORDS[kind] for kind in WORDS if isinstance(field, kind)), "PLANTED")
        for field in fields
        if not field.primary_key
    }


@pytest.fixture
def world():
    """A world, and another municipality's, some rows of which have a key that stands nowhere else."""
    key = int(ELSEWHERE)
    own = whole_world(CommitteeFactory())
    committee = CommitteeFactory(pk=key, municipality=MunicipalityFactory(pk=key))
    UserFactory(pk=key, municipality=committee.municipality)
    AgreementFactory(pk=key, committee=committee)
    whole_world(committee)
    return own


def forms_to_post(portal, place):
    """The forms that are posted from the place, and the answer that they stand in."""
    answer = portal.sends(place.who, Sent("GET", place.url, "looked at"))
    if answer.get("Content-Type", "").startswith("text/html") and answer.body.strip():
        yield from (
            (form, answer) for form in forms_of(answer.body, place.url) if form.method == "post"
        )


def with_extras(form):
    """The form's fields, and beside them those of every model, in every row of it too."""
    prefixes = {"", *(match[1] for name in form.names if (match := ROW.match(name)))}
    extras = [
        (prefix + name, value)
        for prefix in sorted(prefixes)
        for name, value in planted().items()
        if not (prefix and value == ELSEWHERE)  # a row of another list is refused, with the rest
        and prefix + name not in {*form.names, *form.options, SHOWN_LATER}
    ]
    return form.filled + extras[: 4900 - len(form.filled)]


def operators():
    return set(User.objects.filter(is_superuser=True).values_list("pk", flat=True))


def test_no_field_is_set_that_the_form_does_not_ask_for(world):
    portal, found = Portal(world), everywhere(world)
    last, were, landed, carried_out = Entry.objects.latest("pk").pk, operators(), [], []

    def look(form):
        entries = list(Entry.objects.filter(pk__gt=last))
        landed.extend(
            (form.url, e.table_name, e.new) for e in entries if PLANTED.search(e.new or "")
        )
        landed.extend((form.url, "operators") for _new in operators() - were)
        carried_out.extend([form.url] if entries else [])

    for place, form, _answer in every_form(portal, found):
        sent = Sent("POST", form.url, "posted", encoded(with_extras(form)))
        portal.sends(place.who, sent, then=lambda _answer, form=form: look(form))

    assert landed == []
    assert len(carried_out) > 50


def every_form(portal, found):
    """Every form that is posted to the portal, once, with its place and the answer it stands in."""
    done = {reverse("set_language"), reverse("accounts:sign_out")}
    for place in found:
        for form, answer in list(forms_to_post(portal, place)):
            if form.url not in done:
                done.add(form.url)
                yield place, form, answer


def test_no_choice_takes_a_row_that_it_does_not_offer(world):
    portal, found = Portal(world), everywhere(world)
    last, taken, tried = Entry.objects.latest("pk").pk, [], []

    def look(said, form, name, key):
        saved = Entry.objects.filter(pk__gt=last)
        if is_row_of_a_list := name.endswith("-id"):
            saved = saved.filter(row_key=key)  # a row that is not there is left alone
        is_silent = said.status_code == 200 and not is_row_of_a_list and not complains(said, name)
        taken.extend([(form.url, name, key)] if saved.exists() or is_silent else [])
        tried.append(name)

    for place, form, answer in every_form(portal, found):
        keys = foreign_keys(answer, {*form.names, *form.options}, world["people"].get(place.who))
        for name, key in keys.items():
            pairs = [pair for pair in form.filled if pair[0] != name] + [(name, key)]
            sent = Sent("POST", form.url, "posted", encoded(pairs))
            portal.sends(place.who, sent, then=partial(look, form=form, name=name, key=key))

    assert taken == []
    assert len(tried) > 100


def foreign_keys(answer, names, person):
    """For every choice of rows in the form: the key of a row that the person does not see."""
    models_of = {
        form.add_prefix(name): field.queryset.model
        for form in forms_in(answer)
        for name, field in form.fields.items()
        if isinstance(field, ModelChoiceField) and not field.disabled
    }
    return {
        name: key_of_others(models_of[name], person)
        for name in sorted(names & models_of.keys())
        if "__prefix__" not in name
    }


def key_of_others(model, person):
    rows = model._default_manager.order_by("-pk")
    if person is None or not hasattr(rows, "visible_to"):
        return NOWHERE
    others = rows.exclude(pk__in=list(rows.visible_to(person).values_list("pk", flat=True)))
    return str(others.values_list("pk", flat=True).first() or NOWHERE)


def complains(answer, name):
    """Does a form on the page complain of the field?"""
    return any(form.add_prefix(field) == name for form in forms_in(answer) for field in form.errors)


def forms_in(answer):
    """Every form that the page was drawn from."""
    for context in answer.context or []:
        for scope in getattr(context, "dicts", [context]):
            for value in scope.values():
                yield from forms_of_value(value)


def forms_of_value(value):
    """The forms that a variable of a template holds, however it holds them."""
    match value:
        case BaseForm():
            yield value
        case BaseFormSet():
            yield from value.forms
        case AdminForm():
            yield value.form
        case InlineAdminFormSet():
            yield from value.formset.forms
        case list() | tuple():
            for each in value:
                yield from forms_of_value(each)
        case object(__module__=module) if ".forms" in module:
            yield from forms_of_value(list(vars(value).values()))
