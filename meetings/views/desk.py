"""The secretary's page, and what other pages show of meetings."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.models import Agreement
from meetings.actions import put_forward
from meetings.duties import duties, lacks, meetings_of, queue_of
from meetings.forms import PutForwardForm
from meetings.models import AgendaItem, Decision, Meeting
from meetings.views.access import CHANGE, told
from memos.models import Memo
from partnerships.access import require, role_required

SHOWN = 50
PUT_FORWARD = "meetings.put_forward_memo"


@require_safe
@role_required(CHANGE)
def desk(request):
    """What the secretary has before them: meetings, queue, what is lacking, and last days."""
    today = localdate()
    context = {
        "today": today,
        "to_come": meetings_of(request.user).to_come(today)[:SHOWN],
        "queue": queue_of(request.user)[:SHOWN],
        "lacks": lacks(request.user, today),
        "duties": duties(request.user, today),
    }
    return render(request, "meetings/desk.html", context)


@require_safe
@role_required("meetings.view_meeting")
def agreement_decisions(request, pk):
    """What committees decided on an agreement, as a part of the agreement's page."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    decisions = Decision.objects.visible_to(request.user).filter(
        item__item_agreements__agreement=agreement
    )
    found = decisions.select_related("item__meeting__committee").prefetch_related(
        "effects", "conditions"
    )
    rows = [
        (row, [effect for effect in row.effects.all() if effect.agreement_id == agreement.pk])
        for row in found.order_by("-item__meeting__held_on", "-pk")[:SHOWN]
    ]
    fragment = "meetings/partials/agreement_decisions.html"
    template = fragment if request.htmx else "meetings/agreement_decisions.html"
    return render(request, template, {"agreement": agreement, "rows": rows})


@require_safe
@role_required("meetings.view_meeting")
def memo_handling(request, pk):
    """Where a memo is handled, as a part of the memo's page; its officer can put it forward."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user), pk=pk)
    items = AgendaItem.objects.filter(memo_version__memo=memo).select_related("meeting__committee")
    readable = set(
        AgendaItem.objects.visible_to(request.user).filter(pk__in=items).values_list("pk")
    )
    may_put = request.user.has_perm(PUT_FORWARD, memo) and memo.state in WAITING
    context = {
        "memo": memo,
        "items": [(item, (item.pk,) in readable) for item in items],
        "request_for": getattr(memo, "meeting_request", None),
        "form": PutForwardForm(meetings=_open_meetings(request, memo)) if may_put else None,
    }
    fragment = "meetings/partials/memo_handling.html"
    template = fragment if request.htmx else "meetings/memo_handling.html"
    return render(request, template, context)


@require_POST
@role_required(PUT_FORWARD)
def memo_put_forward(request, pk):
    """Wish for a meeting for a submitted memo."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user), pk=pk)
    require(request.user, PUT_FORWARD, memo)
    form = PutForwardForm(request.POST, meetings=_open_meetings(request, memo))
    if not form.is_valid():
        messages.error(request, _("Choose a meeting that is still to come."))
        return redirect(memo)
    meeting = form.cleaned_data["meeting"]
    sentence = _("The secretary sees that you want it on %(meeting)s.") % {"meeting": meeting}
    told(request, sentence, put_forward, memo, meeting, by=request.user, at=now())
    return redirect(memo)


WAITING = {Memo.State.SUBMITTED, Memo.State.TABLED}


def _open_meetings(request, memo: Memo):
    meetings = Meeting.objects.visible_to(request.user).filter(committee=memo.committee_id)
    return meetings.to_come(localdate()).select_related("committee")
