"""Who must be signed in, and that private pages are not kept by browsers or proxies."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django_htmx.http import HttpResponseClientRefresh, reselect, reswap, retarget

from accounts.views import sign_in_page


class SignedInMiddleware(LoginRequiredMiddleware):
    """Django's, that keeps what somebody sent who has been signed out meanwhile."""

    def handle_no_permission(self, request, view_func):
        """The way to sign in, with the form that was sent."""
        if "HX-Request" in request.headers:
            return _part_of_a_page(request)
        return sign_in_page(request) or super().handle_no_permission(request, view_func)


def _part_of_a_page(request) -> HttpResponse:
    """A page that only shows something is fetched anew; one that is written in says so at its top."""
    if request.method != "POST":
        return HttpResponseClientRefresh()
    response = render(request, "accounts/signed_out.html")
    return reselect(reswap(retarget(response, "#interruption"), "innerHTML"), "p")


class NoStoreMiddleware:
    """`Cache-Control: no-store` on every answer to someone who is signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True, private=True)
        return response
