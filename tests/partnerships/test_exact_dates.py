"""One day and a time of day: what people type, and what is refused with a sentence."""

from datetime import date, time

import pytest
from django import forms
from django.forms import modelform_factory
from django.utils.translation import override

import meetings.forms  # noqa: F401 - among the forms that are asked below
from meetings.models import Meeting
from partnerships.dates import DayFormField, TimeFormField
from partnerships.editing import ModelForm


@pytest.mark.parametrize(
    "text",
    ["2026-12-03", " 20261203 ", "3 december 2026", "3 dec 2026", date(2026, 12, 3)],
)
def test_a_day_is_read_as_people_write_it(text):
    assert DayFormField().clean(text) == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("i höstas", "Skriv dagen som 2026-12-03."),
        ("december 2026", "Skriv dagen som 2026-12-03."),
        ("hösten 2016", "Skriv dagen som 2026-12-03."),
        ("2026", "Skriv dagen som 2026-12-03."),
        ("123", "Skriv dagen som 2026-12-03."),
        ("4/5 2026", "kan läsas på två sätt"),
        ("2026-02-30", "Kontrollera månad och dag"),
        ("20261303", "Kontrollera månad och dag"),
    ],
)
def test_what_is_not_one_day_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(forms.ValidationError, match=sentence), override("sv"):
        DayFormField().clean(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("9", time(9)),
        ("9.00", time(9)),
        ("09:00", time(9)),
        ("kl. 9", time(9)),
        ("Kl 13.30", time(13, 30)),
        ("13:30:15", time(13, 30, 15)),
        (" 9.05 ", time(9, 5)),
        ("0", time(0)),
    ],
)
def test_a_time_is_read_as_people_write_it(text, read):
    assert TimeFormField().clean(text) == read


@pytest.mark.parametrize("text", ["nio", "24", "9.60", "9.5", "123", "9.00.00.00", "på morgonen"])
def test_what_is_no_time_is_refused_with_a_sentence(text):
    with pytest.raises(forms.ValidationError, match=r"9\.00 eller 09:00"), override("sv"):
        TimeFormField().clean(text)


def test_nothing_is_nothing():
    assert DayFormField(required=False).clean(" ") is None
    assert TimeFormField(required=False).clean(" ") is None


def test_a_models_days_and_times_are_asked_for_in_the_same_way():
    form = modelform_factory(Meeting, ModelForm, ["held_on", "begins_at"])(
        {"held_on": "i höstas", "begins_at": "nio"}
    )

    assert 'placeholder="åååå-mm-dd"' in str(form["held_on"])
    assert 'value="i höstas"' in str(form["held_on"])
    assert 'value="nio"' in str(form["begins_at"])


def test_every_form_asks_for_days_and_times_in_the_same_way():
    asked = [field for form in _forms(ModelForm) for field in form.base_fields.values()]

    assert any(type(field) is DayFormField for field in asked)
    assert not [field for field in asked if type(field) in (forms.DateField, forms.TimeField)]


def _forms(form):
    for each in form.__subclasses__():
        yield each
        yield from _forms(each)
