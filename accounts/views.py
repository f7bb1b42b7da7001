"""Signing in and out, and passwords: Django's own views with the portal's pages."""

import logging

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import csrf as defaults
from django_htmx.http import reselect, reswap, retarget

from accounts.demo import DEMO_SIGN_INS
from accounts.forms import TOO_MANY, SignInForm
from accounts.guessing import COOKIE, KEPT, known_browser
from accounts.interrupted import Interrupted
from partnerships.throttle import is_too_often

logger = logging.getLogger("portal.sign_in")


DEMO = {"demo_sign_ins": DEMO_SIGN_INS if settings.DEMO else ()}


@method_decorator(login_not_required, name="dispatch")
class SignInView(views.LoginView):
    """Sign in by e-mail; in a demo the page lists whom to sign in as.

    Who was signed out when a form came is asked whether to send it again.
    """

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True
    extra_context = DEMO

    def dispatch(self, request, *args, **kwargs):
        """Somebody who has signed in meanwhile, in another tab, goes on at once."""
        if request.user.is_authenticated and (interrupted := _carried(request)):
            return _go_on(request, interrupted)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"interrupted": _carried(self.request)}

    def form_valid(self, form):
        response = super().form_valid(form)
        logger.info("signed in", extra={"user": form.get_user().pk})
        if interrupted := _carried(self.request):
            response = _go_on(self.request, interrupted)
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


def asked_to_sign_in(request: HttpRequest) -> HttpResponse | None:
    """The answer to a form, or a part of a page, for somebody who is not signed in.

    The sign-in page with the form in it; nothing when there is none that can be kept.
    """
    if "HX-Request" in request.headers:
        sentence = _(
            "You have been signed out. Save, and you are asked to sign in: what you have written is kept, but not files that you have chosen."
        )
        return _above_the_page(request, sentence)
    interrupted = _carried(request) or _sent(request)
    if interrupted is None:
        return None
    context = DEMO | {"form": SignInForm(request), "interrupted": interrupted}
    response = render(request, SignInView.template_name, context, status=403)
    add_never_cache_headers(response)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page opened before its reader signed in anew has an old token, and is sent again by a click."""
    is_kept = _is_for_users(request) or _carried(request)
    answer = _answer_anew(request) if is_kept and _is_from_our_own_page(request) else None
    return answer or defaults.csrf_failure(request, reason)


def _answer_anew(request: HttpRequest) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return asked_to_sign_in(request)
    if "HX-Request" in request.headers:
        sentence = _(
            "You have signed in anew since this page was opened. Save, and you are asked once more: what you have written is kept, but not files that you have chosen."
        )
        return _above_the_page(request, sentence)
    interrupted = _carried(request) or _sent(request)
    return _go_on(request, interrupted, status=403) if interrupted else None


def _is_for_users(request: HttpRequest) -> bool:
    """Must one be signed in to be here?"""
    return getattr(request.resolver_match.func, "login_required", True)  # type: ignore[union-attr]


def _is_from_our_own_page(request: HttpRequest) -> bool:
    """Does the browser say so? Scripts of other sites cannot make it lie, so the token is not needed."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _carried(request: HttpRequest) -> Interrupted | None:
    return Interrupted.read(request.POST.get(Interrupted.NAME, ""))


def _sent(request: HttpRequest) -> Interrupted | None:
    if request.method != "POST" or not _is_for_users(request):
        return None
    address, filled = request.get_full_path(), request.POST.lists()
    return Interrupted.sent(address, filled, has_files=bool(request.FILES))


def _go_on(request: HttpRequest, interrupted: Interrupted, status: int = 200) -> HttpResponse:
    """The page from which the form is sent again; the overview when it was another user's."""
    if interrupted.is_from(request.user):  # type: ignore[arg-type]
        context = {"interrupted": interrupted}
        return render(request, "accounts/send_again.html", context, status=status)
    messages.warning(
        request, _("What was sent before you signed in was another user's. It is not sent.")
    )
    return redirect("start")


def _above_the_page(request: HttpRequest, sentence: str) -> HttpResponse:
    """A message on the page that asked for a part of itself; what is typed there stays."""
    response = render(request, "accounts/interruption.html", {"sentence": sentence})
    return reselect(reswap(retarget(response, "#interruption"), "innerHTML"), "p")


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
