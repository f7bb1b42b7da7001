"""Signing in and out, and passwords: Django's own views with the portal's pages."""

import logging

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import csrf as defaults

from accounts.demo import DEMO_SIGN_INS
from accounts.forms import TOO_MANY, SignInForm
from accounts.guessing import COOKIE, KEPT, known_browser
from accounts.interrupted import Interrupted
from partnerships.throttle import is_too_often

logger = logging.getLogger("portal.sign_in")


DEMO = {"demo_sign_ins": DEMO_SIGN_INS if settings.DEMO else ()}


class SignInView(views.LoginView):
    """Sign in by e-mail; in a demo the page lists whom to sign in as.

    Who was signed out when a form came is asked whether to send it again.
    """

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True
    extra_context = DEMO

    def get_context_data(self, **kwargs):
        interrupted = Interrupted.read(self.request.POST.get(Interrupted.NAME, ""))
        return super().get_context_data(**kwargs) | {"interrupted": interrupted}

    def form_valid(self, form):
        response = super().form_valid(form)
        logger.info("signed in", extra={"user": form.get_user().pk})
        if interrupted := Interrupted.read(self.request.POST.get(Interrupted.NAME, "")):
            response = _ask_to_send_again(self.request, interrupted)
        response.set_cookie(
            COOKIE,
            known_browser(form.get_user().email),
            max_age=KEPT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, TOO_MANY):
            response.status_code = 429
        return response


def sign_in_page(request: HttpRequest) -> HttpResponse | None:
    """The page to sign in on with the form that was sent; nothing when none can be kept."""
    interrupted = _sent(request)
    if interrupted is None:
        return None
    context = DEMO | {"form": SignInForm(request), "interrupted": interrupted}
    return render(request, SignInView.template_name, context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page opened before its reader signed in anew has an old token: what was sent is asked for.

    Only when the browser says that the form is on a page of ours.
    """
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    interrupted = _sent(request) if is_ours and request.user.is_authenticated else None
    if interrupted is None:
        return defaults.csrf_failure(request, reason)
    return _ask_to_send_again(request, interrupted, status=403)


def _sent(request: HttpRequest) -> Interrupted | None:
    if request.method != "POST":
        return None
    address, filled = request.get_full_path(), request.POST.lists()
    return Interrupted.sent(address, filled, has_files=bool(request.FILES))


def _ask_to_send_again(
    request: HttpRequest, interrupted: Interrupted, status: int = 200
) -> HttpResponse:
    context = {"interrupted": interrupted}
    return render(request, "accounts/send_again.html", context, status=status)


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

    def form_valid(self, form):
        address = self.request.META["REMOTE_ADDR"]
        if not is_too_often("password_reset", address, at_most=10, within=60 * 60):
            return super().form_valid(form)
        form.add_error(None, _("Too many letters have been asked for. Wait an hour and try again."))
        response = self.form_invalid(form)
        response.status_code = 429
        return response


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
