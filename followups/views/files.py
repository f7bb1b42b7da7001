"""The files of a report: added and taken away by an officer, and fetched."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from followups.actions import FollowUpRefusedError, attach, take_away
from followups.forms import AttachmentForm
from followups.models import Attachment
from followups.uploads import MIME_TYPES, UploadRefusedError, check
from followups.views.access import report_for
from partnerships.access import require, role_required

VIEW, CHANGE = "followups.view_followupreport", "followups.change_followupreport"


@require_POST
@role_required(CHANGE)
def attachment_add(request, pk):
    """Add a file to the report."""
    report = report_for(request, pk, CHANGE)
    form = AttachmentForm(request.POST, request.FILES)
    file = form.cleaned_data["file"] if form.is_valid() else None
    if file is None:
        messages.error(request, _("Choose a file first."))
        return redirect(report)
    try:
        attach(report, check(file.name, file.size, file), by=request.user, at=now())
    except (UploadRefusedError, FollowUpRefusedError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The file is added."))
    return redirect(report)


@require_POST
@role_required(CHANGE)
def attachment_remove(request, pk):
    """Take a file away from the report."""
    attachment = get_object_or_404(_visible(request), pk=pk)
    require(request.user, CHANGE, attachment.report.agreement)
    try:
        take_away(attachment, by=request.user, at=now())
    except FollowUpRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The file is taken away."))
    return redirect(attachment.report)


@require_safe
@role_required(VIEW)
def attachment_fetch(request, pk):
    """The file, to be saved and never shown in the browser."""
    return as_download(get_object_or_404(_visible(request), pk=pk))


def as_download(attachment: Attachment) -> HttpResponse:
    """The file as an attachment, whose kind the browser is not to guess."""
    with attachment.file.open("rb") as file:
        content = file.read()
    return HttpResponse(
        content,
        content_type=MIME_TYPES[Attachment.Kind(attachment.kind)],
        headers={
            "Content-Disposition": content_disposition_header(True, attachment.name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _visible(request):
    return Attachment.objects.visible_to(request.user).select_related("report__agreement")
