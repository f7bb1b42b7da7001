"""Files: taken when they are what their name says, refused with a sentence otherwise."""

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from hypothesis import given, strategies as st
from openpyxl import Workbook
from PIL import Image

from followups import uploads
from followups.uploads import UploadRefusedError, check, shown_name

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"


def image(kind):
    file = BytesIO()
    Image.new("RGB", (8, 8), "white").save(file, kind)
    return file.getvalue()


def workbook():
    file = BytesIO()
    Workbook().save(file)
    return file.getvalue()


def letter():
    file = BytesIO()
    Document().save(file)
    return file.getvalue()


def archive(entries, compression=ZIP_DEFLATED):
    file = BytesIO()
    with ZipFile(file, "w", compression) as opened:
        for name, content in entries:
            opened.writestr(name, content)
    return file.getvalue()


def office(*more, main="xl/workbook.xml"):
    return archive([("[Content_Types].xml", "<Types/>"), (main, "<workbook/>"), *more])


def lying_about_its_size():
    """A bomb whose directory says that it is small."""
    content = bytearray(office(("xl/big.xml", b"0" * 3_000_000)))
    for position in range(len(content) - 4):
        if content[position : position + 4] == struct.pack("<I", 3_000_000):
            content[position : position + 4] = struct.pack("<I", 10)
    return bytes(content)


def checked(name, content):
    return check(name, len(content), BytesIO(content))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Redovisning.PDF", PDF, "pdf"),
        ("bild.jpg", image("JPEG"), "jpg"),
        ("bild.jpeg", image("JPEG"), "jpg"),
        ("bild.png", image("PNG"), "png"),
        ("siffror.xlsx", workbook(), "xlsx"),
        ("text.docx", letter(), "docx"),
        ("siffror.csv", "besökare;åtta\n8;é".encode(), "csv"),
        ("gammal.csv", "besökare;åtta".encode("cp1252"), "csv"),
    ],
)
def test_the_six_kinds_are_taken(name, content, kind):
    found = checked(name, content)

    assert (found.kind, found.content, found.name) == (kind, content, name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rapport.pdf", b"<html><script>alert(1)</script></html>"),
        ("rapport.pdf", b"%PDF-1.7 halv fil"),
        ("rapport.pdf", image("PNG")),
        ("bild.png", image("JPEG")),
        ("bild.png", image("PNG")[:40]),
        ("bild.png", b"\x89PNG\r\n\x1a\n<svg onload=alert(1)>"),
        ("bild.jpg", b"\xff\xd8\xff<?php system('id') ?>"),
        ("siffror.xlsx", letter()),
        ("text.docx", workbook()),
        ("text.docx", archive([("evil.txt", "x")])),
        ("siffror.xlsx", PDF),
        ("siffror.xlsx", office(("xl/vbaProject.bin", b"x"))),
        ("siffror.xlsx", office(("../../etc/passwd", b"x"))),
        ("siffror.xlsx", office(("/etc/passwd", b"x"))),
        ("siffror.xlsx", office(("xl/embeddings/a.exe", b"x"))),
        ("siffror.xlsx", office(("xl/bomb.xml", b"0" * 90_000_000))),
        ("siffror.xlsx", office(*((f"xl/{n}.xml", b"") for n in range(2001)))),
        ("siffror.xlsx", lying_about_its_size()),
        ("siffror.csv", PDF),
        ("siffror.csv", b"MZ\x90\x00"),
        ("siffror.csv", b"  <!doctype html><script>"),
        ("siffror.csv", b"\xef\xbb\xbf<svg onload=alert(1)>"),
        ("siffror.csv", b"a;b\x00c"),
        ("tom.csv", b""),
        ("sida.html", b"<p>"),
        ("bild.svg", b"<svg/>"),
        ("program.pdf.exe", PDF),
        ("utan_kind", PDF),
        ("gammal.xls", b"\xd0\xcf\x11\xe0"),
    ],
)
def test_what_is_something_else_is_refused(name, content):
    with pytest.raises(UploadRefusedError):
        checked(name, content)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 1000)

    with pytest.raises(UploadRefusedError, match="för stor"):
        check("a.pdf", 1001, BytesIO())
    with pytest.raises(UploadRefusedError):
        check("a.pdf", 10, BytesIO(PDF + b" " * 1000 + b"%%EOF"))


def test_a_picture_with_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_PIXELS", 60)

    with pytest.raises(UploadRefusedError):
        checked("bild.png", image("PNG"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/rapport.pdf", "rapport.pdf"),
        ("C:\\Mapp\\rapport.pdf", "rapport.pdf"),
        ("rap\u202eport.pdf", "rapport.pdf"),
        ("rap\r\nport.pdf", "rapport.pdf"),
        ("å" * 300 + ".pdf", "å" * 100 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_what_could_deceive(name, shown):
    assert shown_name(name) == shown


@given(st.text(max_size=200), st.binary(max_size=400))
def test_no_bytes_and_no_name_break_the_check(name, content):
    for extension in uploads.KINDS:
        try:
            found = checked(f"{name}.{extension}", content)
        except UploadRefusedError:
            continue
        assert "/" not in found.name
        assert len(found.name) <= 120
