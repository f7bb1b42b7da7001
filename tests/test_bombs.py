"""At every door for files: what is small as it arrives and huge once it is opened stays outside."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.permissions import Role
from followups.models import Attachment
from organisations.models import Municipality
from payments.models import ImportBatch
from tests.accounts.factories import member_of
from tests.followups.factories import FollowUpPlanFactory, agreement_in_force, report_on
from tests.payments.factories import SourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MEGABYTE, HUGE = 1024 * 1024, 310  # megabytes: more than any door lets through, 0.3 when packed


@pytest.fixture(scope="module")
def bombs():
    """A workbook, a letter, and two pictures."""
    return {
        "bomb.xlsx": office("xl/workbook.xml"),
        "bomb.docx": office("word/document.xml"),
        "bomb.png": picture("PNG", (20_000, 20_000)),
        "lying.png": png_of(65_000, 65_000),
    }


BOMBS = ("bomb.xlsx", "bomb.docx", "bomb.png", "lying.png")


def office(main):
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        with archive.open(main, "w") as part:
            for _each in range(HUGE):
                part.write(b" " * MEGABYTE)
    return file.getvalue()


def picture(kind, size):
    file = BytesIO()
    Image.new("1", size).save(file, kind)
    return file.getvalue()


def png_of(width, height):
    """A picture that says how large it is, and has a few bytes of itself."""

    def chunk(name, data):
        checksum = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + checksum

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    data = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def sent(client, url, said, content, field="file"):
    """What is met by whoever sends a file: its name and the other facts are said."""
    file_name, facts = said
    return client.post(url, facts | {field: SimpleUploadedFile(file_name, content)}, follow=True)


@pytest.mark.parametrize("name", BOMBS)
def test_a_report_takes_no_bomb(client, committee, officer, bombs, name):
    report = report_on(FollowUpPlanFactory(agreement=agreement_in_force(committee=committee)))
    client.force_login(officer)
    url = reverse("followups:attachment_add", args=[report.pk])

    page = sent(client, url, (name, {}), bombs[name])

    assert page.status_code == 200
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("name", BOMBS)
def test_an_import_takes_no_bomb(client, committee, officer, bombs, name):
    source = SourceFactory(municipality=committee.municipality)
    client.force_login(officer)
    url = reverse("payments:batch_create", args=[source.pk])

    page = sent(client, url, (name, {}), bombs[name])

    assert page.context["form"].errors["file"]
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("name", BOMBS)
def test_the_page_that_verifies_only_weighs_a_bomb(client, bombs, name):
    cache.clear()

    page = sent(client, reverse("verify"), (name, {}), bombs[name])

    assert page.status_code == 200
    assert page.context["issued"] is None


@pytest.mark.parametrize("name", [*BOMBS, "drawing.svg", "small.gif"])
def test_a_municipality_takes_no_bomb_for_a_logo(client, committee, bombs, name):
    others = {"drawing.svg": b"<svg onload='alert(1)'/>", "small.gif": picture("GIF", (8, 8))}

    page = logo_sent(client, committee, name, (bombs | others)[name])

    assert page.context["adminform"].form.errors["logo"]
    assert not Municipality.objects.get(pk=committee.municipality_id).logo


def test_a_municipality_takes_a_picture_for_a_logo(client, committee):
    content = picture("PNG", (300, 100))

    logo_sent(client, committee, "logo.png", content)

    with Municipality.objects.get(pk=committee.municipality_id).logo.open("rb") as kept:
        assert kept.read() == content


def logo_sent(client, committee, name, content):
    """What an administrator meets who gives the municipality a logo."""
    client.force_login(member_of(committee, Role.ADMIN))
    municipality = committee.municipality
    url = reverse("admin:organisations_municipality_change", args=[municipality.pk])
    names = ("name", "diary_pattern", "civil_society_label", "colour")
    facts = {each: getattr(municipality, each) for each in names}
    return sent(client, url, (name, facts), content, field="logo")
