"""Who must be signed in, and that private pages are not kept by browsers or proxies."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.utils.cache import add_never_cache_headers, patch_cache_control

from accounts.views import asked_to_sign_in


class SignedInMiddleware(LoginRequiredMiddleware):
    """Django's, that keeps what somebody sent who has been signed out meanwhile (docs/adr/0060)."""

    def handle_no_permission(self, request, view_func):
        """The page to sign in on with what was sent, or the way there."""
        return asked_to_sign_in(request) or super().handle_no_permission(request, view_func)


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
