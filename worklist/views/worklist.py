"""What needs me: overdue, soon, and notices to think of."""

from datetime import timedelta

from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.access import role_required
from partnerships.downloads import table_response
from partnerships.together import ask, ask_together, just
from worklist.forms import WorklistForm
from worklist.models import SavedView

SOON, AHEAD = timedelta(days=30), timedelta(days=180)
SHOWN = 50


@require_safe
@role_required("agreements.view_agreement")
def worklist(request):
    """What has passed, what comes within 30 days, and what comes within 180; the soonest of it."""
    today = localdate()
    form = WorklistForm(request.GET, user=request.user)
    saved_views = SavedView.objects.visible_to(request.user).select_related("user")
    rows, views = ask_together(
        [form.due(first=today, last=today + AHEAD, most=SHOWN + 1), just(saved_views)]
    )
    overdue = [row for row in rows if row.is_overdue(today)]
    coming = rows[len(overdue) :]
    is_cut = max(len(overdue), len(coming)) > SHOWN
    overdue, coming = overdue[:SHOWN], coming[:SHOWN]
    context = {
        "form": form,
        "is_cut": is_cut,
        "shown": SHOWN,
        "today": today,
        "overdue": overdue,
        "soon": [row for row in coming if row.on <= today + SOON],
        "ahead": [row for row in coming if row.on > today + SOON],
        "saved_views": views,
    }
    return render(request, "worklist/worklist.html", context)


@require_safe
@role_required("agreements.view_agreement")
def worklist_export(request, file_type):
    """The same list as CSV or XLSX."""
    today = localdate()
    form = WorklistForm(request.GET, user=request.user)
    found = ask(form.due(first=today, last=today + AHEAD))
    headings = [_("Day"), _("What"), _("Name"), _("Committee")]
    rows = ([row.on, row.what, row.title, row.committee] for row in found)
    name = f"att-gora-{today.isoformat()}"
    return table_response(file_type, name, title=_("Worklist"), headings=headings, rows=rows)
