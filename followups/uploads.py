"""Which files a partner may hand in, told by what is in them and not by what they are called."""

import re
import unicodedata
import warnings
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from followups.models import Attachment

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
MOST_FILES = 20
MOST_EVER = 60  # with those taken away, which are kept: a link does not fill the disk
LONGEST_NAME = 100
MOST_PIXELS = 60_000_000
MOST_ENTRIES, LARGEST_UNPACKED, HIGHEST_RATIO, CHUNK = 2000, 100 * MEGABYTE, 200, 64 * 1024
PDF_END_WITHIN = 2048

Kind = Attachment.Kind
KINDS = {
    "pdf": Kind.PDF,
    "jpg": Kind.JPEG,
    "jpeg": Kind.JPEG,
    "png": Kind.PNG,
    "xlsx": Kind.XLSX,
    "docx": Kind.DOCX,
    "csv": Kind.CSV,
}
MIME_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.CSV: "text/csv",
}
ACCEPT = ",".join(f".{extension}" for extension in KINDS)
IMAGE_FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG"}
MAIN_PARTS = {Kind.XLSX: "xl/workbook.xml", Kind.DOCX: "word/document.xml"}
CONTENT_TYPES = "[Content_Types].xml"
ACTIVE_PARTS = re.compile(
    r"vbaproject|activex|/embeddings/|\.(?:exe|dll|js|vbs|bat|cmd|ps1)$", re.I
)
NOT_A_TABLE = re.compile(rb"\s*(?:<[!?a-z]|%PDF|PK\x03\x04|MZ|\x7fELF|#!|\{\\rtf)", re.I)
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class UploadRefusedError(Exception):
    """The file is not taken; the message is for the user."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: its kind, a name to show, and its bytes."""

    kind: Attachment.Kind
    name: str
    content: bytes


def check(name: str, size: int, file: BinaryIO) -> CheckedFile:
    """The file, if it is small enough and is what its name says. Raises UploadRefusedError."""
    if size > LARGEST:
        raise UploadRefusedError(
            _("The file is too large: at most %(limit)s MB.") % {"limit": LARGEST // MEGABYTE}
        )
    shown = shown_name(name)
    kind = KINDS.get(PurePosixPath(shown).suffix.removeprefix(".").lower())
    if kind is None:
        raise UploadRefusedError(
            _(
                "Files of this kind are not taken. Choose a PDF, JPEG, PNG, Excel (xlsx), Word (docx) or CSV file."
            )
        )
    content = file.read(LARGEST + 1)
    if not content:
        raise UploadRefusedError(_("The file is empty."))
    if len(content) > LARGEST or not _is(kind, content, file):
        raise UploadRefusedError(
            _(
                "The file is damaged, or is not the %(kind)s file that its name says. Save it anew and try again."
            )
            % {"kind": kind.label}
        )
    return CheckedFile(kind, shown, content)


def shown_name(name: str) -> str:
    """The name without folders, controls and marks of direction, at most a hundred characters."""
    base = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(c for c in base if unicodedata.category(c)[0] != "C")
    stem, dot, extension = plain.strip(" .").rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{extension[:10]}"


def _is(kind: Attachment.Kind, content: bytes, file: BinaryIO) -> bool:
    if kind == Kind.PDF:
        return content.startswith(b"%PDF-") and b"%%EOF" in content[-PDF_END_WITHIN:]
    if kind == Kind.CSV:
        return _is_table(content)
    file.seek(0)
    return _is_image(file, IMAGE_FORMATS[kind]) if kind in IMAGE_FORMATS else _is_office(file, kind)


def _is_table(content: bytes) -> bool:
    """Text in UTF-8 or in the old encoding of Windows, and not a page or a program."""
    if NOT_A_TABLE.match(content.removeprefix(b"\xef\xbb\xbf")) or CONTROLS.search(content):
        return False
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _is_image(file: BinaryIO, image_format: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=[image_format]) as image:
                if image.width * image.height > MOST_PIXELS:
                    return False
                image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def _is_office(file: BinaryIO, kind: Attachment.Kind) -> bool:
    """A zip with the parts of its kind, without programs in it, that unpacks to a bearable size."""
    try:
        with ZipFile(file) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            return (
                len(entries) <= MOST_ENTRIES
                and len(names) == len(entries)
                and {CONTENT_TYPES, MAIN_PARTS[kind]} <= names
                and not any(_is_odd(name) for name in names)
                and sum(entry.file_size for entry in entries) <= LARGEST_UNPACKED
                and all(_unpacks(archive, entry) for entry in entries)
            )
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return False


def _is_odd(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return name.startswith("/") or ".." in parts or bool(ACTIVE_PARTS.search(name))


def _unpacks(archive: ZipFile, entry) -> bool:
    """The entry is what it says: its packed size is no bomb's, and its checksum is right."""
    if entry.flag_bits & 1 or entry.file_size > HIGHEST_RATIO * max(entry.compress_size, CHUNK):
        return False
    with archive.open(entry) as opened:
        while opened.read(CHUNK):
            pass
    return True
