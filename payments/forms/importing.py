"""A source, its files, and where in them each fact stands."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.editing import Form, ModelForm
from partnerships.whole_numbers import whole_number
from payments.forms.headings import suggested_columns
from payments.models import PaymentSource
from payments.reading import COLUMNS, MOST_KEY_COLUMNS, OpenedFile
from payments.reading.files import LARGEST_FILE, MEGABYTE

COLUMN_LABELS = {
    "paid_on": _("Date of payment"),
    "amount": _("Amount"),
    "payee_name": _("Payee"),
    "payee_number": _("Organisation number"),
    "reference": _("Diary number or other reference to the agreement"),
    "account": _("Account"),
    "project": _("Project"),
    "voucher": _("Voucher"),
    "text": _("Text"),
    "reversed_key": _("Key of the payment that the row reverses"),
}
REQUIRED = ("paid_on", "amount")


class SourceForm(ModelForm):
    """A source's own facts; where things stand in its files is asked for with a file at hand."""

    class Meta:
        model = PaymentSource
        fields = ["name", "kind", "direction", "sign", "accounts"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.batches.exists():
            for name in ("kind", "direction"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Is not changed once a file has been uploaded.")

    def _get_validation_exclusions(self):
        """The municipality is given by the view, and the name must be unique within it."""
        return super()._get_validation_exclusions() - {"municipality"}


class UploadForm(Form):
    """A file from a source."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        help_text=_("CSV, Excel (.xlsx) or SIE 4, at most %(limit)s MB.")
        % {"limit": LARGEST_FILE // MEGABYTE},
        error_messages={
            "required": _("Choose the file to upload."),
            "empty": _("The file is empty. Export it again from the finance system."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _(
                    "The file is larger than %(limit)s MB. Export a shorter period, and import one file at a time."
                )
                % {"limit": LARGEST_FILE // MEGABYTE}
            )
        return file


class ColumnsForm(ModelForm):
    """Under which heading of the file each fact stands, and how dates and amounts are written."""

    class Meta:
        model = PaymentSource
        fields = ["heading_row", "date_format", "decimal_mark", "sign"]

    def __init__(self, *args, opened: OpenedFile, **kwargs):
        super().__init__(*args, **kwargs)
        self.shown_row = self._heading_row()
        self.headings = opened.headings(self.shown_row)
        choices = [("", _("not in the file")), *((name, name) for name in self.headings if name)]
        saved = dict(self.instance.columns)
        for name in sorted(COLUMNS, key=list(COLUMN_LABELS).index):
            self.fields[f"column_{name}"] = self._choice(
                COLUMN_LABELS[name], choices, saved.get(name, ""), required=name in REQUIRED
            )
        keys = [*saved.get("key", []), *[""] * MOST_KEY_COLUMNS]
        for number in range(1, MOST_KEY_COLUMNS + 1):
            self.fields[f"key_{number}"] = self._choice(
                _("Key, column %(number)s") % {"number": number},
                choices,
                keys[number - 1],
                required=number == 1,
            )
        self._suggest()

    def _suggest(self) -> None:
        """Choose what the headings suggest while nothing is chosen of the source's columns."""
        names = [field.name for field in [*self.column_fields, *self.key_fields]]
        chosen = {self.initial.get(name) for name in names} - {"", None}
        if self.instance.columns or not chosen.isdisjoint(self.headings):
            return
        found = suggested_columns(self.headings)
        self.suggested = {f"column_{name}" for name in found}
        self.initial.update({f"column_{name}": heading for name, heading in found.items()})

    def _heading_row(self) -> int:
        """The row of headings that the page is to show; a number that is not one shows the saved."""
        sent = self.data if self.is_bound else self.initial
        typed = whole_number(str(sent.get("heading_row", "")))
        return typed if typed and typed <= 50 else self.instance.heading_row

    def _choice(self, label, choices, saved: str, *, required: bool) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=label,
            choices=choices,
            initial=saved if saved in self.headings else "",
            required=required,
            error_messages={
                "required": _("Choose the column in which it stands."),
                "invalid_choice": _("No column is called “%(value)s”. Choose one of the file's."),
            },
        )

    @property
    def lost_headings(self) -> list[str]:
        """The headings under which things stood in the source's last file, and that this one lacks."""
        columns = dict(self.instance.columns)
        known = [*columns.pop("key", []), *columns.values()]
        return [name for name in dict.fromkeys(known) if name and name not in self.headings]

    @property
    def column_fields(self):
        """The fields that say where a fact stands."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def key_fields(self):
        """The fields that say what tells a row from every other."""
        return [self[name] for name in self.fields if name.startswith("key_")]

    def clean(self):
        cleaned = super().clean()
        chosen = [cleaned.get(field.name) for field in [*self.column_fields, *self.key_fields]]
        for heading in {name for name in chosen if name and self.headings.count(name) > 1}:
            self.add_error(
                None,
                _("The heading “%(name)s” stands over two columns. Rename one of them in the file.")
                % {"name": heading},
            )
        return cleaned

    def save(self, commit=True):
        columns = {name: self.cleaned_data[f"column_{name}"] for name in COLUMNS}
        keys = [self.cleaned_data[field.name] for field in self.key_fields]
        self.instance.columns = {name: heading for name, heading in columns.items() if heading}
        self.instance.columns["key"] = list(dict.fromkeys(key for key in keys if key))
        return super().save(commit)
