"""Governing documents: the list, one of them, its form and its history."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.actions import ActivityInUseError, DocumentCircleError, save_document
from governance.forms import (
    ActivityFormSet,
    DocumentFilterForm,
    GoverningDocumentForm,
    rows_draft,
)
from governance.history import history_of_document
from governance.models import GoverningDocument, ServiceTransfer
from partnerships.access import role_required
from partnerships.downloads import table_response
from partnerships.pagination import page_of
from partnerships.rows import asks_for_row, hush, with_row_added


@require_safe
@role_required("governance.view_governingdocument")
def document_list(request):
    """The governing documents, by title, with search."""
    today = localdate()
    form = DocumentFilterForm(request.GET)
    documents = form.filtered(GoverningDocument.objects.visible_to(request.user))
    page = page_of(
        documents.select_related("adopted_by", "parent"),
        key="sort_key",
        cursor=request.GET.get("page", ""),
    )
    context = {
        "form": form,
        "page": page,
        "rows": [(document, document.validity(today)) for document in page.rows],
        "municipality": request.user.municipality,
    }
    return render(request, "governance/document_list.html", context)


@require_safe
@role_required("governance.view_governingdocument")
def document_export(request, file_type):
    """What the filter lets through, every row of it, as CSV or XLSX."""
    today = localdate()
    documents = GoverningDocument.objects.visible_to(request.user)
    found = DocumentFilterForm(request.GET).filtered(documents)
    headings = [
        _("Name"), _("Kind"), _("Validity"), _("Adopted"), _("Adopted by"), _("Diary number"),
        _("Follows from"),
    ]  # fmt: skip
    rows = (
        [
            document.title,
            str(document.get_kind_display()),
            str(document.validity(today).label),
            str(document.adopted_on or ""),
            str(document.adopted_by or ""),
            document.diary_number,
            str(document.parent or ""),
        ]
        for document in found.select_related("adopted_by", "parent").order_by("sort_key", "pk")
    )
    name = f"styrdokument-{today.isoformat()}"
    title = _("Governing documents")
    return table_response(file_type, name, title=title, headings=headings, rows=rows)


@require_safe
@role_required("governance.view_governingdocument")
def document_detail(request, pk):
    """One document: its facts, its activities, what follows from it and what carried it out."""
    today = localdate()
    documents = GoverningDocument.objects.visible_to(request.user)
    document = get_object_or_404(documents.select_related("municipality", "adopted_by"), pk=pk)
    activities = document.activities.select_related("office").prefetch_related("transfers")
    context = {
        "document": document,
        "validity": document.validity(today),
        "activities": [(activity, activity.is_overdue(today)) for activity in activities],
        "children": document.children.select_related("adopted_by"),
        "transfers": ServiceTransfer.objects.filter(activity__document=document),
        "may_change": request.user.has_perm("governance.change_governingdocument"),
    }
    return render(request, "governance/document_detail.html", context)


@role_required("governance.add_governingdocument")
def document_create(request):
    """Register a governing document of the user's own municipality."""
    if request.user.municipality is None:
        raise PermissionDenied
    return _edit(request, GoverningDocument(municipality=request.user.municipality))


@role_required("governance.change_governingdocument")
def document_edit(request, pk):
    """Change a document and its activities."""
    return _edit(request, get_object_or_404(_visible(request), pk=pk))


@require_safe
@role_required("governance.view_governingdocument")
def document_history(request, pk):
    """Who changed what, when and why, in the document and its activities."""
    document = get_object_or_404(_visible(request), pk=pk)
    context = {"document": document, "entries": history_of_document(document)}
    return render(request, "governance/document_history.html", context)


def _visible(request):
    return GoverningDocument.objects.visible_to(request.user).select_related("municipality")


def _edit(request, document):
    data = with_row_added(request.POST or None)
    form = GoverningDocumentForm(data, instance=document)
    activities = ActivityFormSet(data, instance=document, prefix="activities")
    if asks_for_row(data):
        hush([form, activities])
    elif data and all([form.is_valid(), activities.is_valid()]):
        try:
            save_document(
                form.save(commit=False),
                activities=rows_draft(activities),
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except DocumentCircleError as error:
            form.add_error("parent", str(error))
        except ActivityInUseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": document})
            return redirect(document)
    context = {"document": document, "form": form, "activities": activities}
    return render(request, "governance/document_edit.html", context)
