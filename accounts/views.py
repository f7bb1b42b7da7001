"""Signing in and out, and passwords: Django's own views with the portal's pages."""

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from accounts.demo import DEMO_SIGN_INS


class SignInView(views.LoginView):
    """Sign in by e-mail; in a demo the page lists whom to sign in as."""

    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True
    extra_context = {"demo_sign_ins": DEMO_SIGN_INS if settings.DEMO else ()}


class PasswordChangeView(views.PasswordChangeView):
    """Change one's own password."""

    template_name = "accounts/password_change.html"
    success_url = reverse_lazy("accounts:password_change_done")


class PasswordChangeDoneView(views.PasswordChangeDoneView):
    """The password is changed."""

    template_name = "accounts/password_change_done.html"


@method_decorator(login_not_required, name="dispatch")
class PasswordResetView(views.PasswordResetView):
    """Ask for a link to choose a new password; the answer is the same whoever asks."""

    template_name = "accounts/password_reset.html"
    email_template_name = "accounts/password_reset_email.txt"
    subject_template_name = "accounts/password_reset_subject.txt"
    success_url = reverse_lazy("accounts:password_reset_done")


@method_decorator(login_not_required, name="dispatch")
class PasswordResetDoneView(views.PasswordResetDoneView):
    """A link is on its way."""

    template_name = "accounts/password_reset_done.html"


@method_decorator(login_not_required, name="dispatch")
class PasswordResetConfirmView(views.PasswordResetConfirmView):
    """Choose a new password."""

    template_name = "accounts/password_reset_confirm.html"
    success_url = reverse_lazy("accounts:password_reset_complete")


@method_decorator(login_not_required, name="dispatch")
class PasswordResetCompleteView(views.PasswordResetCompleteView):
    """The new password is chosen."""

    template_name = "accounts/password_reset_complete.html"
