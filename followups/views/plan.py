"""The follow-up of an agreement as a whole, and its plan."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import Agreement
from followups.actions import FollowUpRefusedError, save_plan, start_plan
from followups.charts import contribution_charts, indicator_charts
from followups.figures import deliveries_of, has_follow_up, series_of, without_follow_up
from followups.forms import (
    DateFormSet,
    IndicatorFormSet,
    PlanForm,
    PlanStartForm,
    QuestionFormSet,
    rows_draft,
)
from followups.history import history_of_plan
from followups.models import FollowUpPlan, FollowUpReport
from followups.views.access import agreement_for, agreement_to_read
from partnerships.access import require, role_required
from partnerships.rows import asks_for_row, hush, with_row_added

SHOWN = 100
LONG_AGO = timedelta(days=366)


@require_safe
@role_required("followups.view_followupreport")
def agreement_follow_up(request, pk):
    """The plan, its indicators and the reports; also a part of the agreement's page."""
    agreement = agreement_to_read(request, pk)
    today = localdate()
    plan = FollowUpPlan.objects.filter(agreement=agreement).first()
    reports = FollowUpReport.objects.filter(agreement=agreement).prefetch_related("values")
    user = request.user
    series = [row for row in series_of(agreement) if row.indicator.is_followed]
    context = {
        "agreement": agreement,
        "plan": plan,
        "missing": _missing(agreement, today),
        "series": series,
        "charts": [*indicator_charts(series), *contribution_charts(deliveries_of(agreement))],
        "asked": _asked(plan, today),
        "reports": reports[:SHOWN],
        "today": today,
        "may_plan": user.has_perm("followups.change_followupplan", agreement),
        "may_report": user.has_perm("followups.change_followupreport", agreement),
    }
    fragment = "followups/partials/agreement_follow_up.html"
    return render(
        request, fragment if request.htmx else "followups/agreement_follow_up.html", context
    )


@role_required("followups.change_followupplan")
def plan_create(request, pk):
    """Begin the agreement's plan."""
    agreement = agreement_for(request, pk, "followups.change_followupplan")
    form = PlanStartForm(
        request.POST or None, agreement=agreement, initial={"starts_on": _usual_start(agreement)}
    )
    if form.is_valid():
        try:
            start_plan(agreement, by=request.user, **form.cleaned_data)
        except FollowUpRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The plan is begun. Write its indicators."))
            return redirect("followups:plan_edit", pk=agreement.pk)
    return render(request, "followups/plan_create.html", {"agreement": agreement, "form": form})


@role_required("followups.change_followupplan")
def plan_edit(request, pk):
    """Change the plan: rhythm, indicators and questions."""
    plans = FollowUpPlan.objects.visible_to(request.user)
    found = plans.select_related("agreement__committee__municipality")
    plan = get_object_or_404(found, agreement__pk=pk)
    require(request.user, "followups.change_followupplan", plan.agreement)
    data = with_row_added(request.POST or None)
    form = PlanForm(data, instance=plan)
    lists = {
        "indicators": IndicatorFormSet(data, instance=plan, prefix="indicators"),
        "questions": QuestionFormSet(data, instance=plan, prefix="questions"),
        "dates": DateFormSet(data, instance=plan, prefix="dates"),
    }
    every = [form, *lists.values()]
    if asks_for_row(data):
        hush(every)
    elif data and all([each.is_valid() for each in every]):  # noqa: C419  (all of them, so that all complain)
        try:
            save_plan(
                form.save(commit=False),
                **{name: rows_draft(formset) for name, formset in lists.items()},
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except FollowUpRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The follow-up plan is saved."))
            return redirect(plan)
    context = {"agreement": plan.agreement, "plan": plan, "form": form, **lists, "also": lists}
    return render(request, "followups/plan_edit.html", context)


@require_safe
@role_required("followups.view_followupreport")
def plan_history(request, pk):
    """Who changed what in the plan, when and why."""
    plans = FollowUpPlan.objects.visible_to(request.user).select_related("agreement")
    plan = get_object_or_404(plans, agreement__pk=pk)
    context = {"plan": plan, "entries": history_of_plan(plan)}
    return render(request, "followups/plan_history.html", context)


def _missing(agreement, today):
    """`now` or `then`: is the agreement in force without follow-up, or did it end without?"""
    if agreement.is_decided and agreement.over_certainly and agreement.over_certainly <= today:
        return "" if has_follow_up(agreement) else "then"
    mine = Agreement.objects.filter(pk=agreement.pk)
    return "now" if without_follow_up(mine, today).exists() else ""


def _asked(plan, today):
    """The periods to report on that nobody has begun, with their last day and whether it has passed."""
    if plan is None:
        return []
    rows = [(period, plan.due_on(period)) for period in plan.asked(today)]
    return [(period, on, on < today) for period, on in rows][-SHOWN:]


def _usual_start(agreement):
    """The year's first day for an agreement that has gone on for long; else the agreement's own."""
    today = localdate()
    begun = agreement.begins_certainly
    return today.replace(month=1, day=1) if begun and begun < today - LONG_AGO else None
