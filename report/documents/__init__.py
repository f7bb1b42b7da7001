from report.documents.content import LANGUAGE, SCHEMA, content_of
from report.documents.data import open_data, table_rows, workbook_sheets
from report.documents.differences import Difference, differences
from report.documents.marks import filled, unknown_marks
from report.documents.paper import report_document, report_pdf
from report.documents.rows import ROW_HEADINGS, export_rows

__all__ = [
    "LANGUAGE",
    "ROW_HEADINGS",
    "SCHEMA",
    "Difference",
    "content_of",
    "differences",
    "export_rows",
    "filled",
    "open_data",
    "report_document",
    "report_pdf",
    "table_rows",
    "unknown_marks",
    "workbook_sheets",
]
