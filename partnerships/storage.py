"""Where issued documents and other people's files are kept."""

import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """A file is whole and on the disk before its name is given, or it is not there (docs/adr/0048).

    Django's own leaves a part of a file when the disk is full, and trusts the system to write what
    it holds before the power goes.
    """

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = path.open("xb")
        except FileExistsError:  # somebody was a moment faster
            return self._save(self.get_available_name(name), content)
        with file:
            try:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                path.unlink()
                raise
        path.chmod(self.file_permissions_mode or 0o640)
        for folder in _folders(path, Path(self.location)):
            _sync(folder)
        return name


def _folders(path: Path, root: Path) -> list[Path]:
    """The folders from the file's own up to the root, which may all be new."""
    return [folder for folder in path.parents if folder == root or root in folder.parents]


def _sync(folder: Path) -> None:
    """Write the folder's list of names to the disk."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
