"""Whose work the list shows, how often one is reminded, and the name of a saved view."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.models import Agreement
from organisations.models import Committee, Office
from partnerships.due import due
from partnerships.editing import Form, ModelForm
from worklist.actions import due_of
from worklist.models import ReminderChoice, SavedView


class WorklistForm(Form):
    """Mine, or narrowed to a committee, an office or an officer."""

    class Whose:
        MINE, ALL = "mine", "all"

    whose = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("mine", _("mine")), ("all", _("all I may read"))]
    )
    committee = forms.ModelChoiceField(
        Committee.objects.none(),
        label=_("Committee"),
        required=False,
        empty_label=_("All committees"),
    )
    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("Office"), required=False, empty_label=_("All offices")
    )
    officer = forms.ModelChoiceField(
        User.objects.none(), label=_("Officer"), required=False, empty_label=_("All officers")
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["committee"].queryset = user.committees_where("agreements.view_agreement")
        self.fields["office"].queryset = Office.objects.visible_to(user)
        self.fields["officer"].queryset = User.objects.visible_to(user).filter(is_active=True)
        self.fields["officer"].label_from_instance = str

    def due(self, *, first, last, most=None):
        """What is due in the work that is shown; what cannot be read is left out of the filter."""
        agreements = self._chosen_agreements()
        if agreements is None:
            return due_of(self.user, first=first, last=last, most=most)
        return due(agreements, first=first, last=last, most=most)

    def _chosen_agreements(self):
        """The agreements whose work was asked for; None for the user's own work."""
        self.is_valid()
        chosen = {
            name: self.cleaned_data[name]
            for name in ("committee", "office", "officer")
            if self.cleaned_data.get(name)
        }
        if self.cleaned_data.get("whose") == self.Whose.ALL or chosen:
            return Agreement.objects.visible_to(self.user).filter(**chosen)
        return None


class ReminderChoiceForm(ModelForm):
    """How often reminders come by e-mail."""

    class Meta:
        model = ReminderChoice
        fields = ["rhythm"]
        widgets = {"rhythm": forms.RadioSelect}


class SavedViewForm(ModelForm):
    """A name for a filter of the register."""

    class Meta:
        model = SavedView
        fields = ["name", "is_shared", "query"]
        widgets = {"query": forms.HiddenInput}

    def clean_name(self):
        name = self.cleaned_data["name"]
        if SavedView.objects.filter(user=self.instance.user, name=name).exists():
            raise forms.ValidationError(_("You have a view of this name already. Choose another."))
        return name
