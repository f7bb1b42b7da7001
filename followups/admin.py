from django.contrib import admin

from followups.models import PlanTemplate, TemplateIndicator, TemplateQuestion
from partnerships.admin import ScopedAdmin, ScopedInline


class TemplateIndicatorInline(ScopedInline, admin.StackedInline):
    model = TemplateIndicator


class TemplateQuestionInline(ScopedInline, admin.StackedInline):
    model = TemplateQuestion


@admin.register(PlanTemplate)
class PlanTemplateAdmin(ScopedAdmin):
    list_display = ["name", "kind", "rhythm", "is_offered", "municipality"]
    list_filter = ["is_offered", "kind"]
    list_select_related = ["municipality"]
    search_fields = ["name"]
    inlines = [TemplateIndicatorInline, TemplateQuestionInline]
