"""The start page: what is mine."""

from datetime import timedelta

from django.db.models import Max
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from agreements.models import Agreement, Revision
from assessments.models import Assessment
from memos.models import Memo
from memos.views.reading import shown_to
from worklist.actions import due_of

SHOWN = 10
SOON = timedelta(days=60)


@require_safe
def start(request):
    """The user's own agreements, and what is being written."""
    user = request.user
    agreements = Agreement.objects.visible_to(user)
    today = localdate()
    rows = due_of(user, first=today, last=today + SOON)
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
        "draft_assessments": Assessment.objects.visible_to(user)
        .filter(created_by=user, confirmed_at__isnull=True)
        .select_related("committee", "partner", "project")
        .order_by("-pk")[:SHOWN],
        "draft_revisions": Revision.objects.visible_to(user)
        .filter(decided_at__isnull=True, agreement__officer=user)
        .select_related("agreement")
        .order_by("-pk")[:SHOWN],
        "to_review": _to_review(user),
        "submitted": shown_to(user, _latest_submitted(user)),
        "today": today,
        "due": rows[:SHOWN],
        "memberships": user.memberships.select_related("committee"),
        "may_register": user.has_perm("agreements.add_agreement"),
    }
    return render(request, "memos/start.html", context)


def _to_review(user):
    """The memos that wait for a review by somebody else than who wrote them."""
    waiting = Memo.objects.filter(state=Memo.State.IN_REVIEW)
    of_others = waiting.exclude(last_edited_by=user).exclude(created_by=user)
    in_reach = of_others.filter(committee__in=user.committees_where("memos.review_memo"))
    return in_reach.select_related("committee", "agreement").order_by("pk")[:SHOWN]


def _latest_submitted(user):
    return (
        Memo.objects.visible_to(user)
        .annotate(last_submitted_at=Max("versions__submitted_at"))
        .filter(last_submitted_at__isnull=False)
        .select_related("committee", "agreement")
        .prefetch_related("versions")
        .order_by("-last_submitted_at", "-pk")[:SHOWN]
    )
