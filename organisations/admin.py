from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from organisations.models import (
    Committee,
    ExchangeRate,
    Municipality,
    Office,
    Partner,
    PartnerName,
    PopulationFigure,
    Threshold,
    Unit,
)
from partnerships.admin import ScopedAdmin, ScopedInline
from partnerships.documents import DocumentRefusedError
from partnerships.editing import ModelForm
from partnerships.pdf.pictures import printable_logo

MEGABYTE = 1024 * 1024
LARGEST_LOGO = 5 * MEGABYTE


class MunicipalityForm(ModelForm):
    """A logo that cannot be printed is refused here, and not later by every document."""

    def clean_logo(self):
        logo = self.cleaned_data["logo"]
        if isinstance(logo, UploadedFile):
            if logo.size > LARGEST_LOGO:
                raise forms.ValidationError(
                    _("The logo is larger than %(limit)s MB. Choose a smaller file.")
                    % {"limit": LARGEST_LOGO // MEGABYTE}
                )
            try:
                printable_logo(logo.read())
            except DocumentRefusedError as error:
                raise forms.ValidationError(str(error)) from error
            logo.seek(0)
        return logo


@admin.register(Municipality)
class MunicipalityAdmin(ScopedAdmin):
    form = MunicipalityForm
    list_display = ["name", "diary_pattern", "civil_society_label"]
    search_fields = ["name"]

    def has_add_permission(self, request, obj=None):
        return request.user.is_superuser


@admin.register(Committee)
class CommitteeAdmin(ScopedAdmin):
    list_display = ["name", "kind", "diary_prefix", "municipality"]
    list_filter = ["kind"]
    list_select_related = ["municipality"]
    search_fields = ["name"]


@admin.register(Office)
class OfficeAdmin(ScopedAdmin):
    list_display = ["name", "municipality"]
    list_select_related = ["municipality"]
    search_fields = ["name"]


@admin.register(Unit)
class UnitAdmin(ScopedAdmin):
    list_display = ["__str__", "abbreviation", "office", "municipality"]
    list_select_related = ["municipality", "office"]
    search_fields = ["name", "abbreviation"]
    autocomplete_fields = ["office"]


@admin.register(PopulationFigure)
class PopulationFigureAdmin(ScopedAdmin):
    list_display = ["municipality", "counted_on", "number", "source"]
    list_select_related = ["municipality"]


class PartnerNameInline(ScopedInline, admin.StackedInline):
    model = PartnerName


@admin.register(Partner)
class PartnerAdmin(ScopedAdmin):
    list_display = ["name", "org_number", "legal_form"]
    list_filter = ["legal_form"]
    search_fields = ["search_key", "names__search_key"]
    inlines = [PartnerNameInline]

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False


class ReferenceAdmin(ScopedAdmin):
    """Reference data of the installation: every administrator reads it, the operator enters it."""

    def has_add_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser


@admin.register(Threshold)
class ThresholdAdmin(ReferenceAdmin):
    list_display = ["kind", "valid_from", "valid_until", "eur", "sek", "source"]
    list_filter = ["kind"]


@admin.register(ExchangeRate)
class ExchangeRateAdmin(ReferenceAdmin):
    list_display = ["valid_from", "valid_until", "sek_per_eur", "source"]
