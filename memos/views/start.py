"""The start page: what is mine."""

from datetime import timedelta

from django.db.models import Max
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from agreements.models import Agreement, Revision
from memos.models import Memo
from partnerships.due import due
from worklist.actions import agreements_of

SHOWN = 10
SOON = timedelta(days=60)


@require_safe
def start(request):
    """The user's own agreements, and what is being written."""
    user = request.user
    agreements = Agreement.objects.visible_to(user)
    today = localdate()
    rows = due(agreements_of(user), first=today, last=today + SOON)
    context = {
        "own": agreements.filter(officer=user)
        .with_status(today)
        .select_related("committee")
        .prefetch_related("parties__partner")
        .order_by("sort_end", "pk")[:SHOWN],
        "draft_memos": Memo.objects.visible_to(user)
        .in_preparation()
        .filter(created_by=user)
        .select_related("committee", "agreement")
        .order_by("-pk")[:SHOWN],
        "draft_revisions": Revision.objects.visible_to(user)
        .filter(decided_at__isnull=True, agreement__officer=user)
        .select_related("agreement")
        .order_by("-pk")[:SHOWN],
        "submitted": Memo.objects.visible_to(user)
        .annotate(last_submitted_at=Max("versions__submitted_at"))
        .filter(last_submitted_at__isnull=False)
        .select_related("committee", "agreement")
        .order_by("-last_submitted_at", "-pk")[:SHOWN],
        "today": today,
        "due": rows[:SHOWN],
        "memberships": user.memberships.select_related("committee"),
        "may_register": user.has_perm("agreements.add_agreement"),
    }
    return render(request, "memos/start.html", context)
