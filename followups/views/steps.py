"""From state to state: handed in for the partner, returned, approved, refused, skipped."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from followups.actions import (
    FollowUpRefusedError,
    Hand,
    Invitation,
    ReportChangedError,
    approve_report,
    make_link,
    reject_report,
    resume_report,
    return_report,
    skip_report,
    submit_report,
)
from followups.answers import changed_since_last_hand_in
from followups.forms import ApproveForm, ReasonForm, RegisterHandInForm, RejectForm, ReturnForm
from followups.views.access import report_for, report_to_read
from followups.views.links import send_when_saved
from partnerships.access import role_required

CHANGE, APPROVE = "followups.change_followupreport", "followups.approve_followupreport"
LINK_DAYS = 30
TEXTS = {
    "submit": (
        gettext_lazy("Hand in for the partner"),
        gettext_lazy(
            "For a report that came in another way. What it says now is kept as a version."
        ),
        gettext_lazy("The report is handed in."),
    ),
    "return": (
        gettext_lazy("Return for completion"),
        gettext_lazy("The partner can write again. What is changed will be marked."),
        gettext_lazy("The report is returned."),
    ),
    "approve": (
        gettext_lazy("Approve the report"),
        gettext_lazy(
            "The report is kept as a PDF and its figures count from now on. It is not changed any more."
        ),
        gettext_lazy("The report is approved."),
    ),
    "reject": (
        gettext_lazy("Do not approve the report"),
        gettext_lazy(
            "The figures will not count, and the report is not changed any more. To have it completed, return it instead."
        ),
        gettext_lazy("The report is not approved."),
    ),
    "skip": (
        gettext_lazy("Skip the report"),
        gettext_lazy("The period passes without a report. The reason stands in the timeline."),
        gettext_lazy("The report is skipped."),
    ),
}


@role_required(CHANGE)
def report_submit(request, pk):
    """Hand in a report that came another way than through the link."""
    report = report_for(request, pk, CHANGE)
    form = RegisterHandInForm(request.POST or None)
    return _step(
        request,
        report,
        "submit",
        form,
        lambda: submit_report(report, hand=_hand(request), **form.cleaned_data),
    )


@role_required(APPROVE)
def report_return(request, pk):
    """Return the report for completion."""
    report = report_for(request, pk, APPROVE)
    may_link = request.user.has_perm("followups.manage_reportlink", report.agreement)
    last_link = report.links.first() if may_link else None
    form = ReturnForm(
        request.POST or None,
        report=report,
        last_link=last_link,
        initial={"edition": report.edition},
    )

    def give_back():
        chosen = form.cleaned_data
        returned = return_report(
            report,
            parts=chosen["parts"],
            reason=chosen["reason"],
            hand=_hand(request),
            read=form.read,
        )
        if chosen.get("sends_link"):
            _send_again(request, returned, last_link, chosen["reason"])

    return _step(request, report, "return", form, give_back)


@role_required(APPROVE)
def report_approve(request, pk):
    """Approve the report."""
    report = report_for(request, pk, APPROVE)
    form = ApproveForm(request.POST or None, initial={"edition": report.edition})
    return _step(
        request,
        report,
        "approve",
        form,
        lambda: approve_report(
            report, hand=_hand(request), note=form.cleaned_data["note"], read=form.read
        ),
    )


@role_required(APPROVE)
def report_reject(request, pk):
    """Decide that the report is not approved."""
    report = report_for(request, pk, APPROVE)
    form = RejectForm(request.POST or None, initial={"edition": report.edition})
    return _step(
        request,
        report,
        "reject",
        form,
        lambda: reject_report(
            report, hand=_hand(request), reason=form.cleaned_data["reason"], read=form.read
        ),
    )


@role_required(CHANGE)
def report_skip(request, pk):
    """Let the period pass without a report."""
    report = report_for(request, pk, CHANGE)
    form = ReasonForm(request.POST or None)
    return _step(
        request,
        report,
        "skip",
        form,
        lambda: skip_report(report, hand=_hand(request), **form.cleaned_data),
    )


@require_POST
@role_required(CHANGE)
def report_resume(request, pk):
    """Take a skipped report up again."""
    report = report_for(request, pk, CHANGE)
    try:
        resume_report(report, hand=_hand(request))
    except FollowUpRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The report is taken up again."))
    return redirect(report)


def _step(request, report, name, form, act):
    """A page with one short form, whose POST is one step."""
    title, lead, done = TEXTS[name]
    is_unread = "edition" in form.fields and not _has_read(request, report)
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ReportChangedError as error:
            report, is_unread = report_to_read(request, report.pk), True
            form.add_error(None, str(error))
            form.goes_on_from(report)
        except FollowUpRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, str(done))
            return redirect(report)
    context = {
        "report": report,
        "form": form,
        "title": title,
        "lead": lead,
        "step": name,
        "is_unread": is_unread,
        "changes": changed_since_last_hand_in(report) if is_unread else {},
        "attachments": [file for file in report.attachments.all() if file.removed_at is None],
    }
    return render(request, "followups/report_step.html", context)


def _has_read(request, report) -> bool:
    """Does the user come from the report as it is? Its buttons tell which edition stands there."""
    return request.GET.get("edition") == str(report.edition)


def _hand(request) -> Hand:
    return Hand(request.user, now())


def _send_again(request, report, last_link, reason):
    """A new link to the same address; the report is returned also when the letter cannot be sent."""
    invitation = Invitation(last_link.recipient, last_link.language, LINK_DAYS, reason)
    try:
        letter = make_link(report, invitation, by=request.user, at=now())
    except FollowUpRefusedError as error:
        messages.warning(request, str(error))
    else:
        send_when_saved(request, letter)
