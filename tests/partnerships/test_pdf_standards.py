"""The PDF as a file for the archive, for everybody, and for machines."""

import json
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from partnerships.documents import (
    AmountRow,
    AmountTable,
    Attachment,
    Points,
    Prose,
    Section,
    Signatory,
    Signatures,
)
from partnerships.markdown import to_html
from partnerships.pdf import render_pdf
from partnerships.pdf.characters import FONTS
from tests.partnerships.example_memo import (
    HEADINGS,
    memo,
    picture,
    with_text,
)
from tests.pdf_checks import verapdf
from tests.pdf_checks.checks import problems

NBSP = "\u00a0"
DATA = Attachment("memo.json", b'{"total": "980500"}', "application/json", "Memo as data")


def test_file_is_archival_and_accessible(tmp_path):
    if not verapdf.is_available():
        pytest.skip("veraPDF needs Java")
    files = []
    for name, content in examples().items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(content)

    assert verapdf.validate(files) == ""


def test_structure_is_sound():
    found = {name: problems(content) for name, content in examples().items()}

    assert not any(found.values()), found


def examples():
    """Documents that between them use everything there is."""
    table = AmountTable(
        rows=(AmountRow("Hyra", f"1{NBSP}000{NBSP}kr"),) * 60,
        label_heading="Post",
        amount_heading="Belopp",
        total_label="Totalt",
        total=f"60{NBSP}000{NBSP}kr",
        caption="Bidrag",
        note="Exklusive moms.",
    )
    everything = (
        Prose(to_html(EVERY_KIND)),
        Points(("a", "b"), lead_word="att"),
        table,
        Signatures("Kontoret", (Signatory("A", "Direktör"), Signatory("B", "Chef"))),
    )
    return {
        "memo": render_pdf(memo()),
        "draft": render_pdf(memo(draft_mark="Utkast", logo=picture()), attachments=[DATA]),
        "print_logo": render_pdf(
            memo(logo=picture("CMYK", kind="JPEG"), letterhead_colour="#ffdd00")
        ),
        "everything": render_pdf(memo(sections=(Section("Allt", everything, style="list"),))),
        "odd_text": render_pdf(with_text(ODD_TEXT)),
        "odd_names": render_pdf(
            memo(title=ODD_NAMES, author=ODD_NAMES, description=ODD_NAMES, footer_text=ODD_NAMES),
            attachments=[Attachment("bilaga å\ud800.csv", b"a;b\n", "text/csv", ODD_NAMES)],
        ),
    }


EVERY_KIND = """\
# Rubrik

*kursiv* **fet** ***båda*** [länk](https://example.org)

## Underrubrik

- a
  - b
    1. c

1. lös

   lista

2. > citat i lista

-

| Post | Belopp |
|---|--:|
| Hyra | 27 000 kr |
| | |

> citat
>
> # Rubrik i citat

---
"""
ODD_NAMES = "A & <b> \"c\" 'd' (\\) ÅÄÖ 漢字 العربية 😀 \x00\x07\ud83d\ufffe"
ODD_TEXT = (
    f"{ODD_NAMES} ✓ ☐ עברית ελληνικά Українська e\u0301 a\u030a n\u0303 x\u0338 \u0301 \u200d \u00ad \u2011 "
    "ﬁ ½ ‰ … „x“ \u202ebaklänges\u202c \u2067mellan\u2069 \u2028 \U0010ffff \ue000 ☝\ufe0f 1\u20e3"
)


def test_file_says_what_it_is():
    with pikepdf.open(BytesIO(render_pdf(memo()))) as pdf:
        assert str(pdf.Root.Lang) == "sv"
        assert str(pdf.docinfo.Title) == HEADINGS[0]
        assert str(pdf.docinfo.Author) == "Utbildningskontoret, Linköpings kommun"
        assert str(pdf.docinfo.CreationDate) == "D:20191104093000Z"
        assert str(pdf.docinfo.ModDate) == "D:20191105080000Z"
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"
            assert metadata["pdfuaid:part"] == "1"


def test_same_document_gives_the_same_bytes():
    first, again = (
        render_pdf(memo(draft_mark="Utkast", logo=picture()), attachments=[DATA]) for _ in range(2)
    )

    assert first == again


def test_another_process_gives_the_same_bytes():
    program = (
        "import django, hashlib; django.setup()\n"
        "from partnerships.pdf import render_pdf\n"
        "from tests.partnerships.example_memo import memo\n"
        "print(hashlib.sha256(render_pdf(memo())).hexdigest())"
    )
    root = Path(__file__).parents[2]
    environment = {
        "DJANGO_SETTINGS_MODULE": "partnerships.settings",
        "DEBUG": "on",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(root),
    }

    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=environment | {"TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for zone in ("UTC", "America/New_York")
    }

    assert len(digests) == 1


def test_attachment_can_be_read_by_machines():
    content = render_pdf(memo(), attachments=[Attachment("z.csv", b"a;b", "text/csv"), DATA])

    with pikepdf.open(BytesIO(content)) as pdf:
        assert list(pdf.attachments) == ["memo.json", "z.csv"]
        specification = pdf.attachments["memo.json"]
        assert json.loads(specification.get_file().read_bytes()) == {"total": "980500"}
        assert specification.get_file().mime_type == "application/json"
        assert specification.description == "Memo as data"
        assert specification.obj.AFRelationship == "/Data"
        assert len(pdf.Root.AF) == 2


def test_attachments_need_distinct_names_and_a_media_type():
    with pytest.raises(ValueError, match="same name"):
        render_pdf(memo(), attachments=[DATA, DATA])
    with pytest.raises(ValueError, match="media type"):
        render_pdf(memo(), attachments=[Attachment("a.txt", b"", "text plain/<<>>")])


def test_fonts_are_bundled_and_every_machine_uses_the_same():
    with pikepdf.open(BytesIO(render_pdf(with_text(ODD_TEXT + EVERY_KIND)))) as pdf:
        names = {
            str(item.FontName).split("+")[1]
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        }

    assert {re.sub("-(Semi-Bold|Italic|Oblique)", "", name) for name in names} == {
        "Document-Sans",
        "Document-Serif",
        "Document-Other",
    }


@pytest.mark.parametrize("face", sorted(path.name for path in FONTS.glob("*.ttf")))
def test_no_break_space_has_a_glyph_of_its_own_as_wide_as_the_space(face):
    with TTFont(FONTS / face) as font:
        names = font.getBestCmap()

        assert names[0xA0] != names[0x20]
        assert font["hmtx"][names[0xA0]] == font["hmtx"][names[0x20]]


def test_changed_fonts_do_not_bear_the_reserved_name():
    for path in FONTS.glob("Handling*.ttf"):
        with TTFont(path) as font:
            named = {font["name"].getDebugName(number) or "" for number in (1, 4, 6, 16)}
            assert not [name for name in named if "source" in name.lower()]
            assert "Open Font License" in font["name"].getDebugName(13)
