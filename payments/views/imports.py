"""From a file to payments: upload, columns, check, import."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from partnerships.access import role_required
from partnerships.confirmation import Confirmation, ask_first
from partnerships.history import attributed
from partnerships.pagination import page_of
from payments.actions import (
    BatchRefusedError,
    begin_again,
    begin_check,
    begin_import,
    check_open,
    discard_batch,
    save_columns,
    upload_batch,
)
from payments.forms import ColumnsForm, SourceForm, UploadForm
from payments.models import ImportBatch, PaymentSource
from payments.reading import UnreadableFileError, open_file
from payments.tasks import check_file, import_file
from payments.views.outcomes import outcome_of

PERMISSION = "payments.import_payment"
PREVIEWED = 8
RELOAD = "reload"


@require_safe
@role_required(PERMISSION)
def source_list(request):
    """The municipality's sources."""
    sources = PaymentSource.objects.visible_to(request.user)
    context = {"sources": sources.annotate(file_count=Count("batches"))}
    return render(request, "payments/source_list.html", context)


@role_required(PERMISSION)
def source_create(request):
    """Register a source."""
    return _edit_source(request, PaymentSource(municipality=request.user.municipality))


@role_required(PERMISSION)
def source_edit(request, pk):
    """Change a source's own facts."""
    return _edit_source(request, _source(request, pk))


@role_required(PERMISSION)
def batch_create(request, pk):
    """Upload a file from a source."""
    source = _source(request, pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = upload_batch(
                source, name=file.name, content=file.read(), by=request.user, at=now()
            )
        except (BatchRefusedError, UnreadableFileError) as error:
            form.add_error("file", str(error))
        else:
            if source.is_sie:
                return _check(request, batch)
            return redirect("payments:batch_columns", pk=batch.pk)
    return render(request, "payments/batch_create.html", {"source": source, "form": form})


@role_required(PERMISSION)
def batch_columns(request, pk):
    """Say where in the file each fact stands, with its first rows in view; then it is checked."""
    batch = _batch(request, pk)
    if batch.source.is_sie or not batch.is_open:
        messages.error(request, _("The columns of this file cannot be chosen."))
        return redirect(batch)
    with batch.file.open("rb") as stored:
        opened = open_file(stored.read(), is_sie=False)
    is_reload = RELOAD in request.POST
    data = request.POST or None
    form = ColumnsForm(data, instance=batch.source, opened=opened)
    if is_reload:
        form = ColumnsForm(None, instance=batch.source, opened=opened, initial=request.POST.dict())
        form.shows_draft = True
    elif form.is_valid():
        try:
            save_columns(batch, form.save(commit=False), by=request.user)
        except BatchRefusedError as error:
            form.add_error(None, str(error))
        else:
            return _check(request, batch)
    heading_row = form.shown_row
    context = {
        "batch": batch,
        "form": form,
        "headings": opened.headings(heading_row),
        "rows": opened.table[heading_row : heading_row + PREVIEWED],
    }
    return render(request, "payments/batch_columns.html", context)


@require_safe
@role_required(PERMISSION)
def batch_list(request):
    """The municipality's files, newest first."""
    batches = ImportBatch.objects.visible_to(request.user)
    page = page_of(
        batches.select_related("source", "uploaded_by"),
        key="pk",
        descending=True,
        cursor=request.GET.get("page", ""),
    )
    return render(request, "payments/batch_list.html", {"page": page})


@require_safe
@role_required(PERMISSION)
def batch_detail(request, pk):
    """A file: how far it is, what the check found, and what can be done with it."""
    batch = _batch(request, pk)
    context = {
        "batch": batch,
        "outcome": outcome_of(batch),
        "has_stood_still": batch.has_stood_still(now()),
    }
    return render(request, "payments/batch_detail.html", context)


@require_safe
@role_required(PERMISSION)
def batch_progress(request, pk):
    """How far a run is; when it is over, or stands still, the page is to be fetched again."""
    batch = _batch(request, pk)
    if request.htmx and (not batch.is_running or batch.has_stood_still(now())):
        return HttpResponseClientRefresh()
    if not request.htmx:
        return redirect(batch)
    return render(request, "payments/partials/progress.html", {"batch": batch})


@require_POST
@role_required(PERMISSION)
def batch_check(request, pk):
    """Check the file once more."""
    return _check(request, _batch(request, pk))


@require_POST
@role_required(PERMISSION)
def batch_import(request, pk):
    """Import a file that was checked."""
    batch = _batch(request, pk)
    try:
        run = begin_import(batch, by=request.user, at=now())
    except BatchRefusedError as error:
        messages.error(request, str(error))
    else:
        import_file.enqueue(batch.pk, str(run), request.user.pk)
    return redirect(batch)


@require_POST
@role_required(PERMISSION)
def batch_restart(request, pk):
    """Start a run again that has stood still."""
    batch = _batch(request, pk)
    try:
        run = begin_again(batch, by=request.user, at=now())
    except BatchRefusedError as error:
        messages.error(request, str(error))
        return redirect(batch)
    if batch.state == ImportBatch.State.IMPORTING:
        import_file.enqueue(batch.pk, str(run), request.user.pk)
    else:
        check_file.enqueue(batch.pk, str(run))
    return redirect(batch)


@role_required(PERMISSION)
def batch_discard(request, pk):
    """Give up a file that is not imported, once the user has been asked."""
    batch = _batch(request, pk)
    try:
        if request.method != "POST":
            check_open(batch)
            return ask_first(request, _discarding(batch))
        discard_batch(batch, by=request.user)
    except BatchRefusedError as error:
        messages.error(request, str(error))
        return redirect(batch)
    messages.success(request, _("%(name)s is discarded.") % {"name": batch})
    return redirect("payments:batch_list")


def _discarding(batch):
    consequence = _(
        "“%(name)s” is removed from the portal, and none of its payments are imported. To import them after all, upload the file again."
    ) % {"name": batch}
    return Confirmation(
        _("Discard the file"), str(batch), batch.get_absolute_url(), consequences=[consequence]
    )


def _source(request, pk):
    return get_object_or_404(PaymentSource.objects.visible_to(request.user), pk=pk)


def _batch(request, pk):
    batches = ImportBatch.objects.visible_to(request.user)
    return get_object_or_404(batches.select_related("source__municipality"), pk=pk)


def _check(request, batch):
    try:
        run = begin_check(batch, by=request.user, at=now())
    except BatchRefusedError as error:
        messages.error(request, str(error))
    else:
        check_file.enqueue(batch.pk, str(run))
    return redirect(batch)


def _edit_source(request, source):
    is_new = source.pk is None
    form = SourceForm(request.POST or None, instance=source)
    if form.is_valid():
        saved = attributed(form.save(commit=False), by=request.user)
        saved.save()
        messages.success(request, _("%(name)s is saved.") % {"name": saved})
        if is_new:
            return redirect("payments:batch_create", pk=saved.pk)
        return redirect("payments:source_list")
    return render(request, "payments/source_edit.html", {"source": source, "form": form})
