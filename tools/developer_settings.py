"""pytest's first plugin (see pyproject.toml): a developer's settings where none are given."""

import os

os.environ.setdefault("DEBUG", "on")
