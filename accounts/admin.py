from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from partnerships.admin import ScopedAdmin, ScopedInline
from partnerships.editing import Compared

admin.site.unregister(Group)  # roles are held in committees, not in groups


class MembershipInline(ScopedInline, admin.StackedInline):
    model = Membership
    verbose_name_plural = _("roles in committees")


class UserForm(Compared, UserChangeForm):
    """Django's own, which shows that there is a password."""


@admin.register(User)
class UserAdmin(ScopedAdmin, DjangoUserAdmin):
    """Users of the administrator's own municipality. Nobody is made operator here."""

    form = UserForm
    ordering = ["email"]
    list_display = ["email", "first_name", "last_name", "municipality", "is_active"]
    list_filter = ["is_active", "memberships__role"]
    list_select_related = ["municipality"]
    search_fields = ["email", "first_name", "last_name"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "municipality"]}),
        (_("Access"), {"fields": ["is_active", "last_login"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "email",
                    "first_name",
                    "last_name",
                    "municipality",
                    "password1",
                    "password2",
                ]
            },
        ),
    ]
    readonly_fields = ["last_login"]
    filter_horizontal = []
    inlines = [MembershipInline]
