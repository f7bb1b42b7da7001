from django.contrib import admin

from meetings.models import MinutesRules
from partnerships.admin import ScopedAdmin


@admin.register(MinutesRules)
class MinutesRulesAdmin(ScopedAdmin):
    list_display = [
        "municipality",
        "committee",
        "adjusters",
        "valid_from",
        "valid_until",
        "decision_comes_first",
    ]
    list_select_related = ["municipality", "committee"]
