from meetings.documents.item import bases, matter_blocks, order_sentence, taking_part
from meetings.documents.meeting import (
    agenda_document,
    extract_as_issued,
    extract_document,
    item_content,
    minutes_as_issued,
    minutes_document,
    notice_document,
    paragraphs,
)

__all__ = [
    "agenda_document",
    "bases",
    "extract_as_issued",
    "extract_document",
    "item_content",
    "matter_blocks",
    "minutes_as_issued",
    "minutes_document",
    "notice_document",
    "order_sentence",
    "paragraphs",
    "taking_part",
]
