"""A form that comes back is compared, box by box, with what was stored when it was opened."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given, strategies as st
from lxml import html

from partnerships.dates import ApproximateDate
from partnerships.dates.fields import ApproximateDateFormField
from partnerships.editing import Form
from partnerships.editing.boxes import digest, posted
from partnerships.money import AmountFormField, ShareFormField
from submissions.seen import SEEN, carried
from tests.officers import as_a_browser
from tests.organisations.factories import PartnerFactory


class TwoBoxes(forms.MultiWidget):
    """A day and a time."""

    def __init__(self):
        super().__init__({"day": forms.DateInput, "time": forms.TimeInput(format="%H:%M")})

    def decompress(self, value):
        return list(value) if value else [None, None]


class DayAndTimeField(forms.MultiValueField):
    """What stands in the two."""

    def compress(self, data_list):
        return data_list


CHOICES = [("a", "Första"), ("b", "Andra"), ("c", "Tredje")]
GROUPED = [("Grupp", CHOICES)]
# What kind of box, what is stored in it, what another stores instead, and a third that is typed.
BOXES = {
    "text": (forms.CharField(), "Ett", "Två", "Tre"),
    "several lines": (forms.CharField(widget=forms.Textarea), "Ett\nTvå", "Ett\nTre", "Fyra"),
    "approximate date": (
        ApproximateDateFormField(),
        ApproximateDate.parse("hösten 2016"),
        ApproximateDate.parse("2016-10-01"),
        "2017",
    ),
    "day": (forms.DateField(), date(2020, 1, 2), date(2020, 1, 3), "2020-01-04"),
    "time": (
        forms.TimeField(widget=forms.TimeInput(format="%H:%M")),
        time(13),
        time(14),
        "15:00",
    ),
    "amount": (AmountFormField(), Decimal("1250000.00"), Decimal("1250000.50"), "7"),
    "share": (
        ShareFormField(max_digits=7, decimal_places=6),
        Decimal("0.2"),
        Decimal("0.25"),
        "30",
    ),
    "number": (forms.IntegerField(), 0, 1, "2"),
    "choice": (forms.ChoiceField(choices=CHOICES), "a", "b", "c"),
    "grouped choice": (forms.ChoiceField(choices=GROUPED), "a", "b", "c"),
    "radio": (forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect), "a", "b", "c"),
    "several": (forms.MultipleChoiceField(choices=CHOICES), ["b", "a"], ["b"], ["c"]),
    "ticks": (
        forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple),
        ["a"],
        ["b"],
        ["c"],
    ),
    "two boxes": (
        DayAndTimeField([forms.DateField(), forms.TimeField()], widget=TwoBoxes()),
        [date(2020, 1, 2), time(13)],
        [date(2020, 1, 2), time(14)],
        None,
    ),
}


def form_with(field, stored, data=None):
    class Edited(Form):
        box = field

    return Edited(data, initial={"box": stored})


def sent_from(form, **typed):
    """What a browser sends from the form's own HTML, with what it was opened on."""
    page = html.fromstring(f"<main><form method=post>{form['box']}</form></main>")
    fields = as_a_browser(page.forms[0]) | typed
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values if isinstance(values, list) else [values])
    data[SEEN] = json.dumps(form.opened_on(is_sent=False))
    return data


def complaints_of(form):
    return [error.code for errors in form.errors.as_data().values() for error in errors]


@pytest.mark.parametrize("kind", BOXES)
def test_what_nobody_changed_is_left_alone(kind):
    field, stored, _other, _typed = BOXES[kind]

    form = form_with(field, stored, sent_from(form_with(field, stored)))

    assert form.is_valid()
    assert (form.changed_meanwhile, form.kept_from_others) == ([], [])


@pytest.mark.parametrize("kind", BOXES)
def test_what_only_another_changed_is_taken_over(kind):
    field, stored, other, _typed = BOXES[kind]

    form = form_with(field, other, sent_from(form_with(field, stored)))

    assert form.is_valid()
    assert form.changed_data == []
    assert form.kept_from_others == ["Box"]


@pytest.mark.parametrize("kind", [kind for kind in BOXES if BOXES[kind][3]])
def test_what_both_changed_is_complained_of_and_keeps_what_was_typed(kind):
    field, stored, other, typed = BOXES[kind]

    form = form_with(field, other, sent_from(form_with(field, stored), box=typed))

    assert complaints_of(form) == ["changed_meanwhile"]
    assert form["box"].value() == typed


@pytest.mark.parametrize("kind", [kind for kind in BOXES if BOXES[kind][3]])
def test_what_both_changed_to_the_same_is_no_matter(kind):
    field, stored, other, _typed = BOXES[kind]
    same = posted(field.widget, "box", field.prepare_value(other))["box"]

    form = form_with(field, other, sent_from(form_with(field, stored), box=same))

    assert form.is_valid()


@pytest.mark.parametrize("kind", [kind for kind in BOXES if BOXES[kind][3]])
def test_what_is_sent_again_after_the_complaint_stands(kind):
    field, stored, other, typed = BOXES[kind]
    told = form_with(field, other, sent_from(form_with(field, stored), box=typed))
    again = sent_from(told)
    again[SEEN] = json.dumps(told.opened_on(is_sent=True))

    form = form_with(field, other, again)

    assert form.is_valid()
    assert form.changed_data == ["box"]


def test_a_tick_that_only_another_took_away_stays_away():
    field = forms.BooleanField(required=False)

    form = form_with(field, False, sent_from(form_with(field, True)))

    assert form.is_valid()
    assert form.cleaned_data["box"] is False


def test_a_tick_has_two_states_so_both_changed_to_the_same():
    field = forms.BooleanField(required=False)

    form = form_with(field, False, sent_from(form_with(field, True), box=[]))

    assert form.is_valid()


def test_an_empty_box_that_another_filled_is_taken_over():
    field = forms.CharField(required=False)

    form = form_with(field, "Något", sent_from(form_with(field, "")))

    assert form.is_valid()
    assert form.cleaned_data["box"] == "Något"


def test_a_disabled_box_is_not_compared():
    field = forms.CharField(disabled=True)

    form = form_with(field, "Nytt", sent_from(form_with(field, "Gammalt")))

    assert form.is_valid()
    assert form.kept_from_others == []


def test_a_file_that_only_another_changed_is_kept():
    field = forms.FileField(required=False)

    form = form_with(field, "deras.png", sent_from(form_with(field, "först.png")))

    assert form.is_valid()
    assert form.cleaned_data["box"] == "deras.png"


@pytest.mark.parametrize("text", ["", "[]", "nothing", '{"a": 1}', "[" * 10_000])
def test_what_was_tampered_with_counts_as_not_seen(text):
    assert carried({SEEN: text}) == {}


def test_a_form_that_carries_nothing_says_nothing():
    assert carried({}) is None
    assert carried(None) is None


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_values_have_the_same_hash_only_when_they_are_the_same(one, other):
    assert (digest(one) == digest(other)) is (one == other)


def test_a_model_choice_is_compared_by_its_row(db):
    one, other = PartnerFactory(name="Ett"), PartnerFactory(name="Två")
    field = forms.ModelChoiceField(type(one).objects.all())

    form = form_with(field, other.pk, sent_from(form_with(field, one.pk)))

    assert form.is_valid()
    assert form.cleaned_data["box"] == other


def test_a_split_moment_is_compared_in_the_time_zone_in_which_it_is_shown():
    field = forms.SplitDateTimeField()
    at = datetime(2020, 6, 30, 23, 30, tzinfo=UTC)

    form = form_with(field, at, sent_from(form_with(field, at)))

    assert form.is_valid()
    assert form.changed_meanwhile == []
    assert form.cleaned_data["box"] == at
