"""What WeasyPrint leaves undone in a file that is to be archival and accessible at once.

WeasyPrint writes one standard at a time. This adds the claim of PDF/UA-1 beside that of PDF/A-3a,
the scope of header cells, the index of cell identities, and marks running heads as decoration.
"""

import re
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from io import BytesIO

import pydyf
from weasyprint import Attachment as EmbeddedFile
from weasyprint.document import Document as LaidOut

from partnerships.documents import Attachment
from partnerships.pdf.characters import printable

MIME_TYPE = re.compile(r"[a-z]+/[a-zA-Z0-9.+-]+")

UA_CLAIM = b"""\
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def embedded_files(attachments: Sequence[Attachment], moment: datetime) -> list[EmbeddedFile]:
    """The attachments as WeasyPrint takes them, in the order that a PDF's index of names demands."""
    files = {printable(attachment.name): attachment for attachment in attachments}
    if len(files) != len(attachments):
        raise ValueError("Two attachments have the same name")
    return [
        _embedded_file(name, files[name], moment.astimezone(UTC))
        for name in sorted(files, key=lambda name: name.encode())
    ]


def _embedded_file(name: str, attachment: Attachment, moment: datetime) -> EmbeddedFile:
    """With the attachment's own media type, which WeasyPrint would guess, and without a clock read."""
    if not MIME_TYPE.fullmatch(attachment.mime_type):
        raise ValueError(f"Not a media type: {attachment.mime_type!r}")
    file = EmbeddedFile(
        string=attachment.content,
        name=name,
        description=printable(attachment.description),
        relationship=attachment.relationship,
        created=moment,
        modified=moment,
    )
    file.source = nullcontext((BytesIO(attachment.content), None, None, attachment.mime_type))
    return file


def finish(_laid_out: LaidOut, pdf: pydyf.PDF) -> None:
    """Complete the file before it is written."""
    _claim_accessibility(pdf)
    _name_attachments_once(pdf)
    _gather_list_items(pdf, _structure_elements(pdf))
    elements = _structure_elements(pdf)
    _scope_header_cells(pdf, elements)
    _index_cells(pdf, elements)
    _decorate_margins(pdf, elements)


def _target(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]


def _claim_accessibility(pdf: pydyf.PDF) -> None:
    metadata = _target(pdf, pdf.catalog["Metadata"])
    before, end, after = metadata.stream[0].rpartition(b"</rdf:RDF>")
    metadata.stream[0] = before + UA_CLAIM + end + after


def _name_attachments_once(pdf: pydyf.PDF) -> None:
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _structure_elements(pdf: pydyf.PDF) -> list[pydyf.Dictionary]:
    """Every element that a reader meets, from the root down. A number instead is marked content."""
    found = []
    waiting = list(_target(pdf, pdf.catalog["StructTreeRoot"])["K"])
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, bytes):
            element = _target(pdf, kid)
            found.append(element)
            waiting.extend(element.get("K", ()))
    return found


def _gather_list_items(pdf: pydyf.PDF, elements: Sequence[pydyf.Dictionary]) -> None:
    """An item holds a label and one body. Paragraphs beside the label move into the body."""
    for item in elements:
        kids = [_target(pdf, kid) for kid in item["K"]] if item.get("S") == "/LI" else []
        if all(kid["S"] in {"/Lbl", "/LBody"} for kid in kids):
            continue
        body = pydyf.Dictionary({**item, "S": "/LBody", "P": item.reference})
        pdf.add_object(body)
        labels = [kid for kid in kids if kid["S"] == "/Lbl"]
        contents = [kid for kid in kids if kid["S"] != "/Lbl"]
        for kid in contents:
            kid["P"] = body.reference
            kid["S"] = "/NonStruct" if kid["S"] == "/LBody" else kid["S"]
        body["K"] = pydyf.Array(kid.reference for kid in contents)
        item["K"] = pydyf.Array([*(label.reference for label in labels), body.reference])


def _scope_header_cells(pdf: pydyf.PDF, elements: Sequence[pydyf.Dictionary]) -> None:
    for cell in elements:
        if cell.get("S") == "/TH":
            group = _target(pdf, _target(pdf, cell["P"])["P"])
            cell["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _index_cells(pdf: pydyf.PDF, elements: Sequence[pydyf.Dictionary]) -> None:
    """Cells name their header cells by identity, which readers look up in the tree's index."""
    identities = sorted((cell["ID"].string, cell.reference) for cell in elements if "ID" in cell)
    if identities:
        names = pydyf.Array()
        for identity, reference in identities:
            names.extend([pydyf.String(identity), reference])
        index = pydyf.Dictionary({"Names": names})
        pdf.add_object(index)
        _target(pdf, pdf.catalog["StructTreeRoot"])["IDTree"] = index.reference


def _decorate_margins(pdf: pydyf.PDF, elements: Sequence[pydyf.Dictionary]) -> None:
    """Running heads and feet become artifacts, as PDF/UA wants, instead of text outside the tree."""
    met = {element.number for element in elements}
    parents = _target(pdf, _target(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    for page_number, page_reference in enumerate(pdf.page_references):
        owners = parents[2 * page_number + 1]
        margins = {i for i, owner in enumerate(owners) if _target(pdf, owner).number not in met}
        _mark_as_artifacts(_target(pdf, _target(pdf, page_reference)["Contents"]).stream, margins)
        for identity in margins:
            owners[identity] = b"null"
    for item in pdf.objects:
        is_element = isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"
        if is_element and item.number not in met:
            item.clear()


def _mark_as_artifacts(content: list, margins: set[int]) -> None:
    """`/Span <</MCID 0>> BDC` becomes `/Artifact <</Type /Pagination>> BDC`."""
    for i, operand in enumerate(content):
        if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in margins:
            content[i - 1] = "/Artifact"
            content[i] = pydyf.Dictionary({"Type": "/Pagination"})
