"""The page on which anybody learns whether the portal issued a file."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from partnerships.records import find_issued
from partnerships.throttle import is_too_often
from partnerships.uploads import LARGEST, HashingHandler
from partnerships.whole_numbers import whole_number

AT_MOST, WITHIN = 30, 10 * 60  # questions from one address, in seconds


@csrf_exempt  # only until the handler of the upload stands; the inner view is protected
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request):
    """Which document a file is, when and by whom it was issued, and whether it was replaced."""
    if request.method != "POST":
        return render(request, "verify.html")
    if is_too_often("verify", request.META["REMOTE_ADDR"], at_most=AT_MOST, within=WITHIN):
        sentence = _("Too many files have been tried from here. Wait ten minutes and try again.")
        return render(request, "verify.html", {"problem": sentence}, status=429)
    if _length(request) > LARGEST:
        sentence = _("The file is larger than 50 MB, which no document of the portal is.")
        return render(request, "verify.html", {"problem": sentence}, status=413)
    request.upload_handlers = [HashingHandler(request)]
    return _answer(request)


@csrf_protect
def _answer(request):
    file = request.FILES.get("file")
    if file is None or not file.size:
        context = {"problem": _("Choose the PDF that you want to know about.")}
        return render(request, "verify.html", context, status=400)
    context = {
        "is_answered": True,
        "issued": find_issued(file.sha256, request.user),
        "checksum": file.sha256,
    }
    return render(request, "verify.html", context)


def _length(request) -> int:
    return whole_number(request.META.get("CONTENT_LENGTH") or "") or 0
