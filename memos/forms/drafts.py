"""What a memo's form holds, as plain text: as it is now, as it was, and as somebody sent it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from memos.forms.memo import InterpellationForm, MemoForm, list_classes
from memos.models import Interpellation, Memo, MemoSection
from partnerships.whole_numbers import whole_number

Rows = tuple[tuple[str, ...], ...]
Value = str | Rows
Draft = dict[str, Value]  # by the name of the field, or the prefix of the list
FACTS: list[str] = list(MemoForm.Meta.fields)
ASKED: list[str] = list(InterpellationForm.Meta.fields)
LATEST = ("-history_date", "-history_id")
MOST_ROWS = 200


def draft_of(memo: Memo) -> Draft:
    """What the memo says now, as its form would send it."""
    lists = {name: _rows_now(memo, name) for name in list_classes(memo)}
    interpellation = getattr(memo, "interpellation", None)
    sections = {section.template_section_id: section.text for section in memo.sections.all()}
    return _draft(memo, memo, interpellation, sections, lists)


def draft_at(memo: Memo, edit_number: int) -> Draft:
    """What the memo said after the change with this number; nothing when there was none.

    A change saves the memo's own row before its parts. So the parts as they were before the next
    change are those from before its row.
    """
    record = memo.history.filter(edit_number=edit_number).order_by(*LATEST).first()
    following = memo.history.filter(edit_number__gt=edit_number).order_by("history_date").first()
    if record is None or following is None:
        return {}
    end = following.history_date
    lists = {
        name: sorted(_past(model_of(memo, name), memo, end), key=lambda row: (row.position, row.id))
        for name in list_classes(memo)
    }
    sections = {row.template_section_id: row.text for row in _past(MemoSection, memo, end)}
    asked = next(iter(_past(Interpellation, memo, end)), None)
    return _draft(memo, record, asked, sections, lists)


def draft_in(sent: QueryDict, memo: Memo) -> Draft:
    """What a form sent; rows that hold nothing or are to be removed are left out."""
    draft: Draft = {key: plain(sent.get(key, "")) for key in draft_of(memo)}
    for name, formset in list_classes(memo).items():
        draft[name] = tuple(_rows_in(sent, name, list(formset.form.base_fields)))
    return draft


def put(sent: QueryDict, key: str, value: Value, memo: Memo) -> None:
    """Write a value where the form would send it; a list is laid on the rows that are there now."""
    if isinstance(value, str):
        sent[key] = value
        return
    there = _rows_now(memo, key)
    fields = list(list_classes(memo)[key].form.base_fields)
    for old in [name for name in sent if name.startswith(f"{key}-")]:
        del sent[old]
    for index, row in enumerate(there):
        sent[f"{key}-{index}-id"] = str(row.pk)
        if index >= len(value):
            sent[f"{key}-{index}-DELETE"] = "on"
    surplus = tuple(_cells(row, fields) for row in there[len(value) :])
    for index, cells in enumerate(value + surplus):
        for name, cell in zip(fields, cells, strict=True):
            if cell:
                sent[f"{key}-{index}-{name}"] = cell
    sent[f"{key}-TOTAL_FORMS"] = str(max(len(there), len(value)))
    sent[f"{key}-INITIAL_FORMS"] = str(len(there))


def labels(memo: Memo) -> dict[str, str]:
    """What each part of the form is called."""
    named = {name: str(MemoForm.base_fields[name].label) for name in FACTS}
    asked = {f"interpellation-{n}": str(InterpellationForm.base_fields[n].label) for n in ASKED}
    sections = {f"sections-{row.pk}": str(row) for row in memo.template.sections.all()}
    lists = {
        name: str(model_of(memo, name)._meta.verbose_name_plural) for name in list_classes(memo)
    }
    return named | asked | sections | lists


def in_words(memo: Memo, key: str, value: Value) -> str:
    """A value from the memo's own rows, as it is read: the name of an office, a row on a line."""
    if isinstance(value, str):
        return _cell_in_words(Memo, key, value) if key in FACTS else value
    model, names = model_of(memo, key), list(list_classes(memo)[key].form.base_fields)
    lines = [
        [_cell_in_words(model, name, cell) for name, cell in zip(names, row, strict=True)]
        for row in value
    ]
    return "\n".join(", ".join(filter(None, line)) for line in lines)


def model_of(memo: Memo, name: str) -> Any:
    """What the rows of the list with this prefix are."""
    return list_classes(memo)[name].model


def is_relation(key: str) -> bool:
    """Is the field a choice among other rows, which the form sends as a key?"""
    return key in FACTS and bool(Memo._meta.get_field(key).is_relation)


def number_in(sent: QueryDict, key: str) -> int:
    """A whole number that the form carries; 0 for what is none."""
    return whole_number(sent.get(key, "")) or 0


def plain(text: str) -> str:
    """Text without what the browser adds on its way: other line ends, white space around it."""
    return text.replace("\r\n", "\n").strip()


def _draft(
    memo: Memo, facts: Any, asked: Any, texts: dict[int, str], lists: dict[str, list[Any]]
) -> Draft:
    draft: Draft = {name: _as_sent(facts, name) for name in FACTS}
    if memo.answers_interpellation:
        draft |= {f"interpellation-{n}": _as_sent(asked, n) if asked else "" for n in ASKED}
    written = [section for section in memo.template.sections.all() if section.has_text]
    draft |= {f"sections-{section.pk}": plain(texts.get(section.pk, "")) for section in written}
    for name, rows in lists.items():
        fields = list(list_classes(memo)[name].form.base_fields)
        draft[name] = tuple(_cells(row, fields) for row in rows)
    return draft


def _rows_now(memo: Memo, name: str) -> list[Any]:
    return list(model_of(memo, name).objects.filter(memo=memo).order_by("position", "pk"))


def _past(model: Any, memo: Memo, before: datetime) -> list[Any]:
    """The rows of the memo's part as they were before a moment."""
    rows: dict[int, Any] = {}
    past = model.history.filter(memo_id=memo.pk, history_date__lt=before)
    for row in past.order_by("history_date", "history_id"):
        rows[row.id] = row
    return [row for row in rows.values() if row.history_type != "-"]


def _rows_in(sent: QueryDict, name: str, fields: list[str]) -> Iterator[tuple[str, ...]]:
    for index in range(min(number_in(sent, f"{name}-TOTAL_FORMS"), MOST_ROWS)):
        row = tuple(plain(sent.get(f"{name}-{index}-{field}", "")) for field in fields)
        if any(row) and f"{name}-{index}-DELETE" not in sent:
            yield row


def _cells(row: Any, fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(_as_sent(row, name) for name in fields)


def _as_sent(row: Any, name: str) -> str:
    """A value as the form sends it; of a related row its key."""
    value = getattr(row, f"{name}_id") if is_relation(name) else getattr(row, name)
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else plain(str(value))


def _cell_in_words(model: Any, name: str, cell: str) -> str:
    field = model._meta.get_field(name)
    if field.is_relation:
        return str(field.related_model.objects.filter(pk=cell or None).first() or "")
    if field.get_internal_type() == "BooleanField":
        answer = _("yes") if cell else _("no")
        return f"{field.verbose_name}: {answer}"
    return str(dict(field.flatchoices).get(cell, cell))
