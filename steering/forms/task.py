"""A task: who is to do it, and what came of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partnerships.editing import Form, ModelForm
from steering.models import GroupTask


class TaskFieldsForm(ModelForm):
    """Somebody is responsible, a colleague in the portal or a role, by a day that may be given."""

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        people = self.fields["responsible"]
        people.queryset = User.objects.visible_to(user).filter(is_active=True)
        people.label_from_instance = str
        people.empty_label = _("nobody in the portal")

    def clean(self):
        cleaned = super().clean()
        nobody = not (cleaned.get("responsible") or cleaned.get("responsible_role"))
        if nobody and not {"responsible", "responsible_role"} & self.errors.keys():
            self.add_error("responsible_role", _("Choose somebody, or write a role."))
        return cleaned


class HandOverForm(TaskFieldsForm):
    """Another day, or somebody else."""

    reason = forms.CharField(label=_("Reason for the change"), max_length=300)

    class Meta:
        model = GroupTask
        fields = ["responsible", "responsible_role", "due_on"]


class SettleForm(Form):
    """Done, or dropped and why."""

    state = forms.ChoiceField(
        label=_("What became of the task"),
        choices=[choice for choice in GroupTask.State.choices if choice[0] != GroupTask.State.OPEN],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=_("What came of it"),
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("Needed when the task is dropped: say why."),
    )
