"""Controls written in Python say what Django's templates say."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.test import SimpleTestCase
from hypothesis import given, strategies as st

from partnerships.renderer import PortalRenderer

same_html = SimpleTestCase().assertHTMLEqual
texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), max_size=12)
options = st.lists(st.tuples(st.one_of(texts, st.integers()), texts), max_size=4)
attributes = st.fixed_dictionaries(
    {"id": texts, "required": st.booleans(), "maxlength": st.integers()}
)


def both(widget, value, attrs):
    """The control as the portal writes it, and as Django's template does."""
    return (
        widget.render("name", value, attrs, renderer=renderer())
        for renderer in (PortalRenderer, TemplatesSetting)
    )


@given(st.one_of(st.none(), texts), attributes)
def test_an_input_is_what_the_template_makes_of_it(value, attrs):
    for widget in (forms.TextInput(), forms.EmailInput(), forms.HiddenInput()):
        same_html(*both(widget, value, attrs))


@given(st.booleans(), attributes)
def test_a_box_to_tick_is_what_the_template_makes_of_it(value, attrs):
    same_html(*both(forms.CheckboxInput(), value, attrs))


@given(options, st.dictionaries(texts, options, max_size=2), st.one_of(st.none(), texts))
def test_a_list_is_what_the_template_makes_of_it(plain, groups, value):
    for choices in (plain, list(groups.items())):
        same_html(*both(forms.Select(choices=choices), value, {"id": "x"}))
        same_html(*both(forms.SelectMultiple(choices=choices), [value or ""], {"id": "x"}))


def test_what_is_typed_is_escaped():
    written = PortalRenderer().render(
        "django/forms/widgets/text.html",
        forms.TextInput().get_context('"><script>', '"><script>', {}),
    )

    assert "<script>" not in written


class PlainForm(forms.Form):
    name = forms.CharField(label="Namn & nummer")
    note = forms.CharField(required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(required=False, choices=[("a", "A"), ("b", "<B>")])
    on = forms.DateField(required=False)
    mine = forms.BooleanField(required=False)


@given(st.fixed_dictionaries(dict.fromkeys(("name", "note", "kind", "on"), texts)), st.booleans())
def test_a_field_is_what_its_template_makes_of_it(initial, mine):
    form = PlainForm(initial=initial | {"mine": mine}, renderer=PortalRenderer())

    for field in form:
        template = TemplatesSetting().render("forms/field.html", {"field": field})
        same_html(field.as_field_group(), template)
