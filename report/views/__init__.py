from report.views.edition import (
    edition_create,
    edition_detail,
    edition_discard,
    edition_export,
    edition_freeze,
    edition_history,
    edition_list,
    edition_memo,
    edition_pdf,
)
from report.views.focus import focus_answer, focus_edit
from report.views.open import (
    catalogue,
    open_agreements,
    open_report_csv,
    open_report_json,
    open_schema,
)
from report.views.rendering import (
    rendering_create,
    rendering_detail,
    rendering_pdf,
    rendering_progress,
)
from report.views.rows import figure_rows, rows_export
from report.views.writing import (
    edition_edit,
    figure_create,
    figure_edit,
    figure_remove,
    section_preview,
)

__all__ = [
    "catalogue",
    "edition_create",
    "edition_detail",
    "edition_discard",
    "edition_edit",
    "edition_export",
    "edition_freeze",
    "edition_history",
    "edition_list",
    "edition_memo",
    "edition_pdf",
    "figure_create",
    "figure_edit",
    "figure_remove",
    "figure_rows",
    "focus_answer",
    "focus_edit",
    "open_agreements",
    "open_report_csv",
    "open_report_json",
    "open_schema",
    "rendering_create",
    "rendering_detail",
    "rendering_pdf",
    "rendering_progress",
    "rows_export",
    "section_preview",
]
