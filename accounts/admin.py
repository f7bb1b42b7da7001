import secrets
from functools import partial

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext, gettext_lazy as _

from accounts.forms import InvitedForm
from accounts.invitations import invite
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
    """Users of the administrator's own municipality. Nobody is made operator here.

    A new user is sent a link to choose a password, which nobody else ever knows.
    """

    form = UserForm
    add_form = InvitedForm
    add_form_template = None
    ordering = ["email"]
    list_display = ["email", "first_name", "last_name", "municipality", "roles", "is_active"]
    list_filter = ["is_active", "memberships__role"]
    list_select_related = ["municipality"]
    search_fields = ["email", "first_name", "last_name"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "municipality"]}),
        (_("Access"), {"fields": ["is_active", "last_login"]}),
    ]
    add_fieldsets = [(None, {"fields": InvitedForm.Meta.fields})]
    readonly_fields = ["last_login"]
    filter_horizontal = []
    inlines = [MembershipInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("memberships__committee")

    @admin.display(description=_("roles in committees"))
    def roles(self, user):
        """Every role of the user with its committee."""
        return "; ".join(map(str, user.memberships.all()))

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_password(secrets.token_urlsafe())
            transaction.on_commit(partial(_invite, request, obj))
        super().save_model(request, obj, form, change)


def _invite(request, user):
    try:
        invite(user, by=request.user)
    except OSError:
        sentence = gettext(
            "The letter to %(email)s could not be sent. Ask the user to get a link with “Forgotten password?” on the sign-in page."
        )
        messages.warning(request, sentence % {"email": user.email})
    else:
        sentence = gettext("A link to choose a password has been sent to %(email)s.")
        messages.success(request, sentence % {"email": user.email})
