"""One line in the log for each request that was answered."""

import logging
from time import perf_counter

logger = logging.getLogger("portal.requests")


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
