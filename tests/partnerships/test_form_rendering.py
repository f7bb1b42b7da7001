"""Fields as the portal draws them, and the complaints gathered above a form."""

import pytest
from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime

from partnerships.templatetags.addresses import linked
from partnerships.templatetags.form_errors import Complaint, complaints


class PartForm(forms.Form):
    count = forms.IntegerField(label="Antal")


PartFormSet = forms.formset_factory(PartForm, extra=0, can_delete=True)


class LineForm(forms.Form):
    name = forms.CharField(label="Namn", help_text="Som det skrivs ut.")
    side = forms.ChoiceField(
        label="Från", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Not", required=False, widget=forms.Textarea({"class": "tall"}))
    kept = forms.BooleanField(label="Behåll", required=False)

    def clean(self):
        raise forms.ValidationError("Raden hör inte hemma här.")


def parts(*counts, deleted=()):
    data = {"form-TOTAL_FORMS": len(counts), "form-INITIAL_FORMS": len(counts)}
    data |= {f"form-{index}-count": count for index, count in enumerate(counts)}
    data |= {f"form-{index}-DELETE": "on" for index in deleted}
    return PartFormSet(data)


def test_a_control_is_described_by_its_hint_and_its_complaint():
    field = LineForm({})["name"].as_field_group()

    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'id="id_name_helptext"' in field
    assert 'id="id_name_error"' in field
    assert '<label class="ds-label" for="id_name">Namn</label>' in field


def test_only_what_may_be_left_out_is_marked():
    form = LineForm()

    assert 'class="optional"' in form["note"].as_field_group()
    assert 'class="optional"' not in form["name"].as_field_group()
    assert 'class="optional"' not in form["kept"].as_field_group()


def test_choices_are_a_group_with_a_label_for_each():
    field = LineForm()["side"].as_field_group()

    assert "<fieldset" in field
    assert field.count('class="ds-input"') == 2
    assert '<label class="ds-label" for="id_side_1">B</label>' in field


def test_a_control_keeps_the_class_it_has():
    assert 'class="tall ds-input"' in str(LineForm()["note"])


def test_a_control_of_several_keeps_the_classes_of_each():
    class MomentForm(forms.Form):
        at = forms.SplitDateTimeField(widget=AdminSplitDateTime)

    assert 'class="vDateField"' in str(MomentForm()["at"])


def test_the_summary_names_every_complaint_and_its_control():
    assert complaints(LineForm({"note": "x"})) == [
        Complaint("Raden hör inte hemma här."),
        Complaint("Detta fält måste fyllas i.", "Namn", "id_name"),
        Complaint("Detta fält måste fyllas i.", "Från", "id_side_0"),
    ]


@pytest.mark.parametrize(
    "wrap", [lambda formset: formset, lambda formset: {"parts": formset}, lambda formset: [formset]]
)
def test_the_summary_counts_rows_and_passes_over_deleted_ones(wrap):
    formset = parts("x", "2", "y", deleted=[0])

    assert [(each.label, each.target) for each in complaints(wrap(formset))] == [
        ("Antal, rad 3", "id_form-2-count")
    ]


def test_the_summary_says_once_what_is_given_twice():
    form, formset = PartForm({"count": "x"}), parts("x")

    found = complaints(form, formset, {"main": form, "parts": formset})

    assert [each.target for each in found] == ["id_count", "id_form-0-count"]


def test_the_summary_says_what_the_rows_are():
    formset = parts("1", "x")
    formset.row_name = "del"

    assert [each.label for each in complaints(formset)] == ["Del 2, Antal"]


def test_the_summary_names_a_box_as_its_form_does():
    class NamedForm(PartForm):
        def label_of(self, name):
            return f"Läger, {self[name].label}"

    assert [each.label for each in complaints(NamedForm({"count": "x"}))] == ["Läger, Antal"]


def test_the_summary_finds_rows_within_rows():
    form = PartForm({"count": "1"})
    form.nested = [parts("x")]

    assert [each.target for each in complaints(form)] == ["id_form-0-count"]


def test_the_summary_says_in_which_row_the_rows_within_it_stand():
    outer, inner = parts("1", "2"), parts("1", "x")
    outer.row_name, inner.row_name = "bidrag", "beräkningsrad"
    outer.forms[1].nested = [inner]

    assert [each.label for each in complaints(outer)] == ["Bidrag 2, beräkningsrad 2, Antal"]


def test_a_page_without_forms_has_no_complaints():
    assert complaints("", None, PartForm()) == []


def test_a_hint_that_somebody_wrote_is_shown_as_it_was_written():
    class Hinted(forms.Form):
        name = forms.CharField(label="Namn", help_text="<script>alert(1)</script>")

    assert "<script>" not in Hinted()["name"].as_field_group()


@pytest.mark.parametrize("address", ["https://a.example/?a=1&b=2", "http://a.example"])
def test_an_address_of_the_web_is_a_link(address):
    assert linked(address).startswith('<a class="ds-link" href="http')


@pytest.mark.parametrize("address", ["javascript:alert(1)", " data:text/html,x", "http://[::1", ""])
def test_another_address_leads_nowhere(address):
    assert linked(address) == address
