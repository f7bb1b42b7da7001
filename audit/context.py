"""Who is acting, and why: what the database's triggers write beside a change.

Nothing is guessed. Without a scope and without `note` the log says that the actor is unknown.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import ReferenceType, ref


@dataclass(frozen=True)
class Note:
    """What an action says of its saves of a row, for as long as it holds the row."""

    row: ReferenceType
    actor_id: str | None
    actor: str | None
    reason: str

    @property
    def key(self) -> str | None:
        """The row's key, empty for a row to be made; None when nobody holds the row any more."""
        row = self.row()
        if row is None:
            return None
        return "" if row.pk is None else str(row.pk)


@dataclass(frozen=True)
class Scope:
    """A request or a command: its user, its id, and what its actions noted, by table."""

    actor_id: str | None = None
    actor: str | None = None
    request: str = ""
    notes: dict[str, Note] = field(default_factory=dict)

    def says(self, what: str, table: str, key: str) -> str | None:
        """The actor, reason or request of a change to this row."""
        note = self.notes.get(table)
        if note and note.key in {"", key}:
            return self.request if what == "request" else getattr(note, what)
        return "" if what == "reason" else getattr(self, what)

    def told(self) -> dict[str, Any]:
        """The scope as PostgreSQL's triggers read it."""
        notes = {
            table: {"key": note.key}
            | {x: getattr(note, x) for x in ("actor_id", "actor", "reason")}
            for table, note in self.notes.items()
            if note.key is not None
        }
        named = {"actor_id": self.actor_id, "actor": self.actor, "request": self.request}
        return named | {"notes": notes}

    def noting(self, table: str, note: Note) -> "Scope":
        """The scope with this note in place of the table's last."""
        return replace(self, notes=self.notes | {table: note})


_scope: ContextVar[Scope] = ContextVar("audit_scope", default=Scope())  # noqa: B039 - frozen


def current() -> Scope:
    """The scope of this request, command or thread."""
    return _scope.get()


@contextmanager
def acting(user: Any = None, *, name: str | None = None, request: str = "") -> Iterator[None]:
    """Changes made inside are the user's or the named command's, unless `attributed` tells more."""
    actor_id, actor = _identity(user)
    token = _scope.set(Scope(actor_id=actor_id, actor=actor or name, request=request))
    try:
        yield
    finally:
        _scope.reset(token)


def note(row: Any, *, by: Any, reason: str) -> None:
    """The next saves of the row are made by this user for this reason."""
    scope = _scope.get()
    actor_id, actor = _identity(by) if by else (scope.actor_id, scope.actor)
    noted = Note(row=ref(row), actor_id=actor_id, actor=actor, reason=str(reason))
    _scope.set(scope.noting(row._meta.db_table, noted))


def _identity(user: Any) -> tuple[str | None, str | None]:
    """The key and the name of a user; nothing of somebody who is not signed in."""
    if user is None or not getattr(user, "pk", None):
        return None, None
    return str(user.pk), str(user)
