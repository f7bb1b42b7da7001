"""How forms look: Designsystemet's class on every control, and the portal's own field template."""

from typing import Any

from django.forms import BaseForm, BoundField, Field, MultiWidget, Widget
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from partnerships.controls import WRITERS, write_field

CONTROL_CLASS = "ds-input"


class PortalBoundField(BoundField):
    """A field whose visible control carries the design system's class beside its own."""

    def __init__(self, form: BaseForm, field: Field, name: str):
        super().__init__(form, field, name)
        if name == DELETION_FIELD_NAME:  # nothing is deleted: the row goes, its history stays
            self.label = _("Remove")

    def build_widget_attrs(self, attrs: dict, widget: Widget | None = None) -> dict:
        """The control's attributes. A widget of several controls keeps what each of them has."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden or isinstance(widget, MultiWidget):
            return attrs
        classes: list[Any] = [attrs.get("class") or widget.attrs.get("class"), CONTROL_CLASS]
        return {**attrs, "class": " ".join(filter(None, classes))}


class PortalRenderer(TemplatesSetting):
    """Label, hint, complaint and control in that order, tied together for screen readers."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = PortalBoundField

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """What the template gives; the plainest controls and fields are written without one."""
        if writer := WRITERS.get(template_name):
            return writer(context["widget"])
        if template_name == self.field_template_name and (written := write_field(context["field"])):
            return written
        return super().render(template_name, context, request)
