"""Expressions of the portal's own in queries."""

from django.db.models import Value


class DayInSQL(Value):
    """A day that stands in the SQL itself and not beside it as a parameter.

    SQLite uses an index on an expression only for a query that says the very same.
    """

    def as_sql(self, compiler, connection):
        return f"'{self.value.isoformat()}'", []
