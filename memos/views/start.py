"""The start page: what is mine."""

from datetime import timedelta

from django.db.models import Max
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from agreements.models import Agreement, Revision
from assessments.models import Assessment
from memos.models import Memo, MemoVersion
from memos.views.reading import shown_to
from partnerships.due import waiting_for
from partnerships.together import ask_together, attach, just
from worklist.actions import due_of

SHOWN = 10
SOON = timedelta(days=60)


@require_safe
def start(request):
    """What is the user's to do, what is being written, and the user's own agreements."""
    user, today = request.user, localdate()
    due, waiting, own, *being_written, to_review, submitted = ask_together(
        [
            due_of(user, first=today, last=today + SOON, most=SHOWN),
            waiting_for(user),
            _own_agreements(user, today),
            *map(just, _being_written(user)),
            just(_to_review(user)),
            _latest_submitted(user),
        ]
    )
    draft_memos, draft_assessments, draft_revisions = being_written
    context = {
        "own": own,
        "draft_memos": draft_memos,
        "draft_assessments": draft_assessments,
        "draft_revisions": draft_revisions,
        "to_review": to_review,
        "submitted": shown_to(user, submitted),
        "today": today,
        "due": due[:SHOWN],
        "waiting": waiting,
        "memberships": user.roles_held,
        "may_own": user.has_perm("agreements.change_agreement"),
        "may_register": user.has_perm("agreements.add_agreement"),
    }
    return render(request, "memos/start.html", context)


def _own_agreements(user, today):
    """The agreements whose officer the user is, those that end first first."""
    mine = Agreement.objects.visible_to(user).filter(officer=user).with_status(today)
    (agreements,) = yield [mine.select_related("committee").order_by("sort_end", "pk")[:SHOWN]]
    return agreements


def _being_written(user):
    """The user's memos, assessments and revisions that are not finished, the latest first."""
    memos = Memo.objects.visible_to(user).in_preparation().filter(created_by=user)
    assessments = Assessment.objects.visible_to(user).filter(created_by=user)
    revisions = Revision.objects.visible_to(user).filter(agreement__officer=user)
    found = (
        memos.select_related("committee", "agreement"),
        assessments.filter(confirmed_at__isnull=True).select_related(
            "committee", "partner", "project"
        ),
        revisions.drafts().with_beginning().select_related("agreement"),
    )
    return [rows.order_by("-pk")[:SHOWN] for rows in found]


def _to_review(user):
    """The memos that wait for a review by somebody else than who wrote them."""
    waiting = Memo.objects.filter(state=Memo.State.IN_REVIEW)
    of_others = waiting.exclude(last_edited_by=user).exclude(created_by=user)
    in_reach = of_others.filter(committee__in=user.committees_where("memos.review_memo"))
    return in_reach.select_related("committee", "agreement").order_by("pk")[:SHOWN]


def _latest_submitted(user):
    """What was submitted last of what the user may read, with its versions."""
    submitted = (
        Memo.objects.visible_to(user)
        .annotate(last_submitted_at=Max("versions__submitted_at"))
        .filter(last_submitted_at__isnull=False)
        .order_by("-last_submitted_at", "-pk")
    )
    shown = submitted.select_related("committee", "agreement")[:SHOWN]
    versions = MemoVersion.objects.filter(memo__in=submitted.values("pk")[:SHOWN])
    memos, rows = yield [shown, versions]
    attach(memos, "versions", rows, by="memo_id")
    return memos
