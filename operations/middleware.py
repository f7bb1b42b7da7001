"""Who asks, when a proxy stands in front; and a line in the log for each request."""

import logging
from time import perf_counter

from django.conf import settings

logger = logging.getLogger("portal.requests")


class ClientAddressMiddleware:
    """Behind a proxy every request comes from the proxy, which tells from where it had it.

    Only the last address is the proxy's word; those before it are the client's, who may lie.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if settings.BEHIND_PROXY and told:
            request.META["REMOTE_ADDR"] = told
        return self.get_response(request)


class RequestLogMiddleware:
    """Tells the route and not the address: an address may hold a secret link or what was searched."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        begun = perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        told = {
            "method": request.method,
            "route": match.route if match else None,
            "status": response.status_code,
            "milliseconds": round((perf_counter() - begun) * 1000, 1),
            "user": request.user.pk,
        }
        logger.info("%s %s %s", *(told[name] for name in ("method", "route", "status")), extra=told)
        return response
