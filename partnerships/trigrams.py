"""Indexes by which PostgreSQL finds a word anywhere in a text; SQLite reads the whole column."""

from django.db import migrations


def find_anywhere_in(table: str, column: str = "search_key") -> migrations.RunPython:
    """A migration's operation that lets `column LIKE '%word%'` use an index."""
    name = f"{table}_{column}_trigrams"

    def make(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(
                f"CREATE INDEX {name} ON {table} USING gin ({column} gin_trgm_ops)"
            )

    def drop(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")

    return migrations.RunPython(make, drop)
