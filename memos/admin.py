from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from memos.actions import copy_template
from memos.documents import memo_document
from memos.models import MemoRules, MemoTemplate, TemplateSection
from memos.samples import sample_memo
from partnerships.admin import ScopedAdmin, ScopedInline

MAY_STILL_BE_SAID = ("is_offered",)
shows_a_frame = method_decorator(csp_replace({"frame-src": [SELF]}))
is_framed = method_decorator(
    [csp_replace({"frame-ancestors": [SELF], "script-src": [NONE]}), xframe_options_sameorigin]
)


class TemplateSectionInline(ScopedInline, admin.StackedInline):
    """Sections, which are read only once a memo is written with the template."""

    model = TemplateSection

    def has_add_permission(self, request, obj=None):
        return self.has_view_permission(request, obj) and not (obj and obj.is_used)

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(MemoTemplate)
class MemoTemplateAdmin(ScopedAdmin):
    """A municipality's own layouts. Those in use are read only: copy them to the next version."""

    change_form_template = "admin/memos/memotemplate/change_form.html"
    list_display = ["name", "version", "document_name", "numbering", "is_offered", "municipality"]
    list_filter = ["is_offered"]
    list_select_related = ["municipality"]
    search_fields = ["name", "document_name"]
    inlines = [TemplateSectionInline]
    actions = ["copy_to_next_version"]

    class Media:
        js = ["template-preview.js"]

    def get_readonly_fields(self, request, obj=None):
        if obj is None or not obj.is_used:
            return ["version"]
        fields = [field.name for field in MemoTemplate._meta.fields]
        return [name for name in fields if name not in ("id", *MAY_STILL_BE_SAID)]

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        return [
            path("<int:pk>/preview/", view, name="memos_memotemplate_preview"),
            *super().get_urls(),
        ]

    @shows_a_frame
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)

    @is_framed
    def preview_view(self, request, pk):
        """A memo in this template as it stands in the form; nothing of it is kept."""
        template = get_object_or_404(self.get_queryset(request), pk=pk)
        committee = template.municipality.committees.first()
        if committee is None:
            raise Http404
        with transaction.atomic():
            faults = self._take_over(request, template)
            context = {"faults": faults}
            if not faults:
                memo = sample_memo(template, committee, by=request.user)
                context["document"] = memo_document(memo)
            page = render(request, "admin/memos/memotemplate/preview.html", context)
            transaction.set_rollback(True)
        return HttpResponse(page.content)

    def _take_over(self, request, template):
        """Save what the form says, for the preview; what is wrong with it otherwise."""
        if request.method != "POST" or template.is_used:
            return []
        form = self.get_form(request, template, change=True)(request.POST, instance=template)
        formsets, _inlines = self._create_formsets(request, template, change=True)
        sheets = [form, *(formset for formset in formsets)]
        if not all(sheet.is_valid() for sheet in sheets):
            return [fault for sheet in sheets for fault in faults_of(sheet)]
        for sheet in sheets:
            sheet.save()
        return []

    @admin.action(description=_("Copy to the next version"), permissions=["add"])
    def copy_to_next_version(self, request, queryset):
        for template in queryset:
            copy = copy_template(template, by=request.user)
            messages.success(
                request,
                _("%(name)s is copied. Change the copy, and then offer it.") % {"name": copy},
            )


@admin.register(MemoRules)
class MemoRulesAdmin(ScopedAdmin):
    list_display = ["municipality", "needs_review", "four_eyes"]
    list_select_related = ["municipality"]


def faults_of(sheet):
    """The sentences of a form's or a formset's errors, each with the name of its field."""
    forms = sheet.forms if hasattr(sheet, "forms") else [sheet]
    for form in forms:
        for name, sentences in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            yield from (f"{label}: {sentence}" if label else sentence for sentence in sentences)
