"""Changes made within a request are its user's."""

import re
import secrets

from audit.context import acting

HEADER = "X-Request-ID"
PLAUSIBLE = re.compile(r"[A-Za-z0-9-]{8,64}")


class ActingMiddleware:
    """Names the user and the request to the log; the request's id is in the answer too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get(HEADER, "")
        request.id = given if PLAUSIBLE.fullmatch(given) else secrets.token_hex(8)
        with acting(request.user, request=request.id):
            response = self.get_response(request)
        response[HEADER] = request.id
        return response
