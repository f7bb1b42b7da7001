from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from assessments.actions import copy_criteria_set
from assessments.models import (
    CriteriaSet,
    Criterion,
    EligibleForm,
    FormQuestion,
    LegalQuestion,
)
from partnerships.admin import ScopedAdmin, ScopedInline

MAY_STILL_BE_SAID = ("valid_until", "is_offered")
CRITERIA_AT_FIRST = 8


class FrozenWhenUsed(ScopedInline):
    """Rows of a criteria set, which are read only once an assessment uses it."""

    def has_add_permission(self, request, obj=None):
        return self.has_view_permission(request, obj) and not (obj and obj.is_used)

    has_change_permission = has_delete_permission = has_add_permission


class CriterionInline(FrozenWhenUsed, admin.StackedInline):
    model = Criterion

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else CRITERIA_AT_FIRST


class EligibleFormInline(FrozenWhenUsed, admin.TabularInline):
    model = EligibleForm


class FormQuestionInline(FrozenWhenUsed, admin.TabularInline):
    model = FormQuestion


class LegalQuestionInline(FrozenWhenUsed, admin.TabularInline):
    model = LegalQuestion


@admin.register(CriteriaSet)
class CriteriaSetAdmin(ScopedAdmin):
    """A municipality's own criteria. Those in use are read only: copy them to a new version."""

    list_display = [
        "name",
        "version",
        "rule",
        "valid_from",
        "valid_until",
        "is_offered",
        "municipality",
    ]
    list_filter = ["is_offered", "rule"]
    list_select_related = ["municipality"]
    search_fields = ["name", "version", "diary_number"]
    inlines = [CriterionInline, EligibleFormInline, FormQuestionInline, LegalQuestionInline]
    actions = ["copy_to_new_version"]

    def get_readonly_fields(self, request, obj=None):
        if obj is None or not obj.is_used:
            return []
        fields = [field.name for field in CriteriaSet._meta.fields if field.editable]
        return [name for name in fields if name not in ("id", *MAY_STILL_BE_SAID)]

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Number the empty rows of a new set."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, CriterionInline) and obj.pk is None:
            kwargs["initial"] = [{"position": number} for number in range(1, CRITERIA_AT_FIRST + 1)]
        return kwargs

    @admin.action(description=_("Copy to a new version"), permissions=["add"])
    def copy_to_new_version(self, request, queryset):
        for criteria_set in queryset:
            copy = copy_criteria_set(criteria_set, by=request.user)
            messages.success(
                request,
                _("%(name)s is copied. Change the copy, and then offer it.") % {"name": copy},
            )
