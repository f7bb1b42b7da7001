from report.actions.edition import (
    EditionFrozenError,
    RowsDraft,
    check_draft,
    discard_edition,
    remove_figure,
    save_edition,
    save_figure,
    start_edition,
)
from report.actions.focus import answer_questions, save_focus
from report.actions.freezing import (
    EditionNotReadyError,
    Printed,
    keep_as_noted,
    note_edition,
    obstacles,
    print_for_noting,
)
from report.actions.memo import MemoNotPossibleError, memo_from
from report.actions.rendering import ask_for_print, fail_print, print_edition

__all__ = [
    "EditionFrozenError",
    "EditionNotReadyError",
    "MemoNotPossibleError",
    "Printed",
    "RowsDraft",
    "answer_questions",
    "ask_for_print",
    "check_draft",
    "discard_edition",
    "fail_print",
    "keep_as_noted",
    "memo_from",
    "note_edition",
    "obstacles",
    "print_edition",
    "print_for_noting",
    "remove_figure",
    "save_edition",
    "save_figure",
    "save_focus",
    "start_edition",
]
