"""A steering group and its roles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.editing import ModelForm, inlineformset_factory
from partnerships.fields import MarkdownFormField
from steering.models import GroupRole, SteeringGroup

MOST_ROLES = 50


class GroupForm(ModelForm):
    """The group's own facts."""

    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = SteeringGroup
        fields = ["name", "kind", "mission", "is_active"]
        field_classes = {"mission": MarkdownFormField}
        widgets = {"mission": forms.Textarea({"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["is_active"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        groups = SteeringGroup.objects.filter(agreement=self.instance.agreement, name=name)
        if groups.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _("The agreement has a group of this name. Choose another name.")
            )
        return name


RoleFormSet = inlineformset_factory(
    SteeringGroup,
    GroupRole,
    fields=["side", "function", "name"],
    extra=1,
    max_num=MOST_ROLES,
    absolute_max=MOST_ROLES + 1,
    validate_max=True,
)
