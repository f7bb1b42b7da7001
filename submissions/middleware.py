"""A form that arrives again, because its answer was lost on the way, changes nothing again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.timezone import now
from django.utils.translation import gettext as _

from submissions.digests import KEY, digest_of
from submissions.models import Submission
from submissions.seen import kept_from_others
from submissions.turns import wait_for_turn


class Messages(FallbackStorage):
    """Django's messages, that remember whether one of them tells of an error in this request."""

    has_refused = False

    def add(self, level: int, message: str, extra_tags: str | None = "") -> None:
        self.has_refused |= int(level) >= messages.ERROR
        super().add(level, message, extra_tags)


class OnceMiddleware:
    """Stands last, so that only what the others let through is carried out.

    The form's fingerprint is claimed first, in the transaction in which the view works: a second
    one waits for the first, and is then led to where that one was. A view that leads nowhere, or
    leads on with an error, has refused the form or only shown something, and its claim goes.

    Two who save what hangs on the same row come one after the other, so that the second reads what
    the first wrote (ADR 47).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """The view's answer for a keyed form of somebody signed in; else nothing."""
        reads_itself = getattr(view, "csrf_exempt", False)  # and must find the body unread
        if request.method != "POST" or reads_itself or not request.user.is_authenticated:
            return None
        return (
            _once(request, lambda: view(request, *args, **kwargs)) if KEY in request.POST else None
        )


@transaction.atomic
def _once(request: Any, answer: Callable[[], HttpResponse]) -> HttpResponse:
    wait_for_turn(request.resolver_match)
    digest = digest_of(
        where=request.get_full_path(),
        who=request.user.pk,
        filled=request.POST.lists(),
        sent=request.FILES.lists(),
    )
    try:
        with transaction.atomic():
            claim = Submission.objects.create(digest=digest, received_at=now())
    except IntegrityError:
        return _led_again(request, digest)
    response = answer()
    if isinstance(response, HttpResponseRedirect) and not _has_refused(request):
        claim.location = response.url
        claim.save(update_fields=["location"])
        _tell_what_is_kept(request)
    else:
        claim.delete()
    return response


def _has_refused(request: Any) -> bool:
    return getattr(messages.get_messages(request), "has_refused", False)


def _tell_what_is_kept(request: Any) -> None:
    """What others changed while the form was open, and its sender did not touch, stands."""
    if labels := kept_from_others(request.POST):
        sentence = _("Others changed this while your page was open, and it is kept: %(what)s.")
        messages.info(request, sentence % {"what": "; ".join(labels)})


def _led_again(request: Any, digest: str) -> HttpResponse:
    messages.info(request, _("This was already saved when you sent it the first time."))
    return HttpResponseRedirect(Submission.objects.get(digest=digest).location)
