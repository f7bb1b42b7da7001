from django.contrib import admin

from memos.models import MemoRules, MemoTemplate, TemplateSection
from partnerships.admin import ScopedAdmin, ScopedInline


class TemplateSectionInline(ScopedInline, admin.StackedInline):
    model = TemplateSection


@admin.register(MemoTemplate)
class MemoTemplateAdmin(ScopedAdmin):
    list_display = ["name", "document_name", "numbering", "is_offered", "municipality"]
    list_filter = ["is_offered"]
    list_select_related = ["municipality"]
    search_fields = ["name", "document_name"]
    inlines = [TemplateSectionInline]


@admin.register(MemoRules)
class MemoRulesAdmin(ScopedAdmin):
    list_display = ["municipality", "needs_review", "four_eyes"]
    list_select_related = ["municipality"]
