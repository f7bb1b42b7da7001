"""The partner's link: sent and taken back by an officer."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followups.actions import FollowUpRefusedError, make_link, revoke_link, send_link
from followups.forms import LinkForm
from followups.models import ReportLink
from followups.views.access import report_for
from partnerships.access import require, role_required

MANAGE = "followups.manage_reportlink"


@role_required(MANAGE)
def link_send(request, pk):
    """Send the partner a personal link to the report."""
    report = report_for(request, pk, MANAGE)
    sent = ReportLink.objects.filter(report__agreement=report.agreement_id)
    last = sent.order_by("-created_at", "-pk").first()
    initial = {"recipient": last.recipient, "language": last.language} if last else {}
    form = LinkForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            letter = make_link(report, form.invitation(), by=request.user, at=now())
        except FollowUpRefusedError as error:
            form.add_error(None, str(error))
        else:
            send_when_saved(request, letter)
            return redirect(report)
    return render(request, "followups/link_send.html", {"report": report, "form": form})


@require_POST
@role_required(MANAGE)
def link_revoke(request, pk):
    """Take a link back."""
    links = ReportLink.objects.visible_to(request.user).select_related("report__agreement")
    link = get_object_or_404(links, pk=pk)
    require(request.user, MANAGE, link.report.agreement)
    revoke_link(link, by=request.user, at=now())
    messages.success(request, _("The link no longer opens the report."))
    return redirect(link.report)


def send_when_saved(request, letter):
    """Send the letter when the form is saved, and tell the officer how it went."""
    transaction.on_commit(partial(_send, request, letter))


def _send(request, letter):
    try:
        send_link(letter, by=request.user, at=now())
    except FollowUpRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("The link is sent to %(recipient)s.") % {"recipient": letter.link.recipient}
        )
