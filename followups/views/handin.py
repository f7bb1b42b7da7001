"""The partner's own pages: the link is opened, the report written, files added, and handed in.

Nobody signs in here. Whatever is wrong with a link, the answer is one and the same.
"""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import activate, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from followups.actions import (
    FollowUpRefusedError,
    Hand,
    LinkRefusedError,
    ReceiptTo,
    attach,
    open_link,
    save_answers,
    submit_report,
    take_away,
)
from followups.answers import changed_since_last_hand_in, parts_of
from followups.documents import receipt_pdf
from followups.forms import AnswersForm, AttachmentForm, HandInForm
from followups.handin import HOUR, link_of, misses_too_often, set_cookie
from followups.models import FollowUpReport
from followups.tasks import send_receipt_letter
from followups.uploads import UploadRefusedError, check
from followups.views.files import as_download
from partnerships.whole_numbers import whole_number

TAKE_AWAY = "take-away-"


def for_partner(view):
    """A page without sign-in that nothing keeps; without the report's cookie it is refused."""

    @wraps(view)
    def guarded(request, pk, *args, **kwargs):
        link = link_of(request, pk, at=now())
        if link is None:
            return refused(request)
        report = FollowUpReport.objects.with_answers().get(pk=link.report_id)
        return view(request, link, report, *args, **kwargs)

    return login_not_required(never_cache(guarded))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handin_open(request, secret):
    """A page with one button, alike for every secret; its POST trades a valid one for a cookie."""
    _speak(request.GET.get("language", ""))
    if request.method != "POST":
        return render(request, "followups/handin_open.html")
    at = now()
    try:
        link, cookie = open_link(secret, at=at)
    except LinkRefusedError:
        return refused(request)
    response = redirect("followups:handin", pk=link.report_id)
    response.status_code = 303
    set_cookie(response, link, cookie, at=at)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        link.language,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@for_partner
@require_http_methods(["GET", "HEAD", "POST"])
def handin(request, link, report):
    """The report as the partner writes it, or as it was handed in."""
    form = AnswersForm(request.POST or None, report=report)
    name = HandInForm(request.POST if request.POST.get("step") == "submit" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if answer := _save(request, link, report, form, name):
                return answer
        except (FollowUpRefusedError, UploadRefusedError) as error:
            for sentence in getattr(error, "sentences", [str(error)]):
                form.add_error(None, sentence)
    context = {
        "report": report,
        "link": link,
        "form": form,
        "name": name,
        "file": AttachmentForm(),
        "attachments": report.attachments.filter(removed_at__isnull=True),
        "parts": {part.key: part.heading for part in parts_of(report)},
        "changes": changed_since_last_hand_in(report),
        "last": report.versions.last(),
    }
    return render(request, "followups/handin.html", context)


@for_partner
@require_POST
def handin_save(request, link, report):
    """Save what can be read while the partner goes on writing, and say so in a line."""
    form = AnswersForm(request.POST, report=report)
    form.is_valid()
    context = {
        "at": now(),
        "unread": [form.label_of(name) for name in form.errors if name != "__all__"],
    }
    try:
        saved = save_answers(report, form.draft(), seen=form.seen(), by=None)
        context["edition"] = saved.edition
    except FollowUpRefusedError as error:
        context["problem"] = str(error)
    return render(request, "followups/partials/saved.html", context)


@for_partner
@require_safe
def handin_file(request, link, report, attachment):
    """One of the report's files."""
    files = report.attachments.filter(removed_at__isnull=True)
    return as_download(get_object_or_404(files, pk=attachment))


@for_partner
@require_safe
def handin_receipt(request, link, report):
    """The receipt of the latest hand-in."""
    version = report.versions.last()
    if version is None:
        raise Http404
    name = f"receipt-{report.pk}-{version.number}.pdf"
    return HttpResponse(
        receipt_pdf(version, link.language),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def refused(request):
    """The one answer for a link or a cookie that opens nothing."""
    if misses_too_often(request):
        response = render(request, "followups/handin_refused.html", status=429)
        response["Retry-After"] = str(HOUR)
        return response
    return render(request, "followups/handin_refused.html", status=404)


def _save(request, link, report, form, name):
    """Save the answers, and do what the pressed button asks for."""
    step, at = request.POST.get("step", ""), now()
    file = request.FILES.get("file")
    checked = check(file.name, file.size, file) if file else None
    seen = form.seen(may_follow_itself=True)
    saved = save_answers(report, form.draft(), seen=seen, by=None)
    form.goes_on_from(saved)
    said = _("What you have written is saved.")
    if step == "submit":
        if not name.is_valid():
            return None  # the box for the name says what it lacks
        partner = name.cleaned_data["name"]
        receipt = ReceiptTo(link.recipient, link.language)
        version = submit_report(report, hand=Hand(None, at, partner), receipt=receipt)
        send_receipt_letter.enqueue(version.receipt.pk)
        said = _("The report is handed in. A receipt is on its way to %(recipient)s.") % {
            "recipient": link.recipient
        }
    elif step.startswith(TAKE_AWAY):
        _take_away(report, step.removeprefix(TAKE_AWAY), at)
    elif checked:
        attach(report, checked, by=None, at=at)
        said = _("The file is added, and what you have written is saved.")
    messages.success(request, said)
    return redirect("followups:handin", pk=report.pk)


def _take_away(report, key, at):
    files = report.attachments.filter(removed_at__isnull=True)
    if found := files.filter(pk=whole_number(key)).first():
        take_away(found, by=None, at=at)


def _speak(language):
    """Answer in the letter's language."""
    if language in dict(settings.LANGUAGES):
        activate(language)
