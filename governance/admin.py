from django.contrib import admin

from governance.models import GoverningDocument
from partnerships.admin import ScopedAdmin


@admin.register(GoverningDocument)
class GoverningDocumentAdmin(ScopedAdmin):
    """The documents' own facts. What follows from what is set in the portal, which refuses circles."""

    list_display = ["title", "kind", "adopted_by", "diary_number", "municipality"]
    list_filter = ["kind"]
    list_select_related = ["adopted_by", "municipality"]
    search_fields = ["search_key"]
    readonly_fields = ["parent"]

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False
