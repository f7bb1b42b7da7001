"""Pages for whoever watches over the portal: a proxy, a supervisor, a person in the night."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from operations.health import OK, readiness, scheduled_work


@login_not_required
@never_cache
@require_safe
def healthz(request):
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request):
    """200 when requests may be sent here, else 503; and how each part is."""
    found = readiness()
    is_ready = set(found.values()) == {OK}
    if is_ready:
        found["scheduled work"] = scheduled_work(at=now())
    return JsonResponse(found, status=200 if is_ready else 503)
