from django.contrib import admin

from agreements.models import Agreement, AgreementPartner, GrantScheme, Theme
from partnerships.admin import ScopedAdmin, ScopedInline


class AgreementPartnerInline(ScopedInline, admin.StackedInline):
    model = AgreementPartner
    autocomplete_fields = ["partner"]


@admin.register(Agreement)
class AgreementAdmin(ScopedAdmin):
    """The agreement's own facts. Revisions and contributions are written in the portal, where
    they are drafts until decided.
    """

    may_add = False
    list_display = ["name", "kind", "diary_number", "committee", "officer"]
    list_filter = ["kind"]
    list_select_related = ["committee", "officer"]
    search_fields = ["search_key"]
    autocomplete_fields = ["committee", "office", "officer"]
    inlines = [AgreementPartnerInline]

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False


@admin.register(GrantScheme)
class GrantSchemeAdmin(ScopedAdmin):
    list_display = ["name", "year", "committee", "is_standard"]
    list_filter = ["is_standard"]
    list_select_related = ["committee"]
    search_fields = ["name"]
    autocomplete_fields = ["committee"]


@admin.register(Theme)
class ThemeAdmin(ScopedAdmin):
    """What agreements can be about."""

    list_display = ["name", "municipality"]
    list_select_related = ["municipality"]
    search_fields = ["name"]
