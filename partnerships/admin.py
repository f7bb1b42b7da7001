"""What every app's admin builds on: who may enter, and that nobody leaves their municipality."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from partnerships.editing import BaseInlineFormSet, ModelForm
from partnerships.fields import JSONFormField

ADMINISTER = "accounts.administer"


class PortalAdminSite(AdminSite):
    """Django's admin for those with the role of administrator in some committee."""

    site_header = site_title = _("Administration of the portal")
    index_title = _("Reference data, users and roles")
    enable_nav_sidebar = False

    def has_permission(self, request):
        return request.user.is_active and request.user.has_perm(ADMINISTER)

    def login(self, request, extra_context=None):
        """The portal's own sign-in; who is signed in without the role gets a 403, not a loop."""
        if request.user.is_authenticated:
            raise PermissionDenied
        query = urlencode({"next": request.GET.get("next", reverse("admin:index"))})
        return HttpResponseRedirect(f"{reverse('accounts:sign_in')}?{query}")


class Autocomplete(AutocompleteSelect):
    """Django's, which cannot show a form again into which something was written that is no key."""

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [key for key in value if _can_be_a_key(key)], attrs)


class ScopedFields:
    """The fields of a row and of the rows inside it: they offer what is within the user's reach."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs.setdefault("assume_scheme", "https")  # when it was typed without
        if isinstance(db_field, models.JSONField):
            kwargs.setdefault("form_class", JSONFormField)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Autocomplete(db_field, self.admin_site))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None:
            field.queryset = within_reach(field.queryset, request.user)
        return field


class ScopedAdmin(ScopedFields, SimpleHistoryAdmin):
    """Rows and choices of the administrator's own municipality only. Nothing is deleted here."""

    form: Any = ModelForm
    show_full_result_count = False
    list_per_page = 50
    may_add = True
    may_change = True

    def get_queryset(self, request):
        return within_reach(super().get_queryset(request), request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        is_own = db_field.name == "municipality" and not request.user.is_superuser
        if field is not None and is_own:
            field.initial, field.empty_label = request.user.municipality_id, None
        return field

    def lookup_allowed(self, lookup, value, request):
        """The list is filtered by what the page offers; Django lets a list of any keys through."""
        offered = [name for name in self.get_list_filter(request) if isinstance(name, str)]
        is_offered = any(lookup == name or lookup.startswith(f"{name}__") for name in offered)
        return is_offered and super().lookup_allowed(lookup, value, request)

    def to_field_allowed(self, request, to_field):
        """Only a column can be asked for; Django fails at what points here from elsewhere."""
        columns = {field.name for field in self.opts.concrete_fields}
        return to_field in columns and super().to_field_allowed(request, to_field)

    def response_action(self, request, queryset, *args, **kwargs):
        """Nothing is done with rows that are none; Django asks the database for them, and fails."""
        if not all(map(_can_be_a_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            return None
        return super().response_action(request, queryset, *args, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        self._within_reach_or_404(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        self._within_reach_or_404(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _within_reach_or_404(self, request, object_id):
        """The history package looks rows up past `get_queryset`; nobody else's history is shown."""
        if self.get_object(request, object_id) is None:
            raise Http404

    def has_module_permission(self, request):
        return request.user.has_perm(ADMINISTER)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(ADMINISTER)

    def has_add_permission(self, request, obj=None):
        return self.may_add and request.user.has_perm(ADMINISTER)

    def has_change_permission(self, request, obj=None):
        return self.may_change and request.user.has_perm(ADMINISTER)

    def has_delete_permission(self, request, obj=None):
        return False


class ScopedInline(ScopedFields):
    """Rows inside a row that the administrator may change."""

    extra = 0
    form: Any = ModelForm
    formset: Any = BaseInlineFormSet

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(ADMINISTER)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


def within_reach(queryset, user):
    """What the administrator may see of a model; every model in the admin says it itself."""
    return queryset.all() if user.is_superuser else queryset.visible_to(user)


def _can_be_a_key(text) -> bool:
    """Is it a number that a database can look for?"""
    try:
        return abs(int(text)) <= models.BigIntegerField.MAX_BIGINT
    except ValueError:
        return False
