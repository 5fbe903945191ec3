"""Signs a finished PDF (PAdES-B-B) by an added revision: what was drawn stays byte for byte at its beginning.

The mark is a signature field that readers can name and reach: tagged as a form, its words drawn as outlines, so that
PDF/A-3a and PDF/UA-1 stay valid. The hour of signing is in it: unlike everything else, it is not the same twice.
"""

import io
from datetime import datetime
from typing import Any

from django.utils import timezone

from disclosure.refusal import RefusalError
from disclosure.signing.certificate import WAY_OUT, Signatory
from disclosure.signing.outlines import Line, drawn

FIELD = "PortalSignature"
BOX = (79, 38, 521, 84)
"""The foot of the cover, which is always free: below the verification code, between the margins (points)."""
WIDTH, HEIGHT = BOX[2] - BOX[0], BOX[3] - BOX[1]
AMBIGUOUS = b"\r\nendstream"
ATTEMPTS = 20


def sign(data: bytes, signatory: Signatory) -> bytes:
    """Return the PDF with the signature; raise RefusalError where the certificate cannot make one."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError

    at = timezone.localtime()
    try:
        for _ in range(ATTEMPTS):
            signed = _revised(data, signatory, at)
            if AMBIGUOUS not in signed[len(data) :]:
                break
    except (SigningError, PdfError, ValueError) as error:
        message = f"不能用“{signatory.name}”的证书给 PDF 签名。{WAY_OUT}"
        raise RefusalError(message) from error
    return signed


def said_of(name: str, at: datetime) -> str:
    """Return what a reader who does not see the mark is told."""
    return f"数字签名：{name}，{at.year}年{at.month}月{at.day}日"


def _revised(data: bytes, signatory: Signatory, at: datetime) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko.sign.fields import SigSeedSubFilter

    class Untold(IncrementalPdfFileWriter):  # type: ignore[misc]  # read without types
        """Leaves the metadata, with the claims of PDF/A and PDF/UA, as they are: pyHanko would write them anew."""

        def _update_meta(self) -> None:
            pass

    writer = Untold(io.BytesIO(data))
    _tag(writer, _field(writer, said_of(signatory.name, at)), said_of(signatory.name, at))
    signer = SimpleSigner.load_pkcs12_data(signatory.data, other_certs=[], passphrase=signatory.password or None)
    known = {"subfilter": SigSeedSubFilter.PADES, "md_algorithm": "sha256"}
    metadata = PdfSignatureMetadata(field_name=FIELD, name=signatory.name, reason="公开部门预算", **known)
    output = io.BytesIO()
    PdfSigner(metadata, signer, stamp_style=_mark(signatory.name, at)).sign_pdf(
        writer, existing_fields_only=True, output=output
    )
    return output.getvalue()


def _field(writer: Any, said: str) -> Any:
    """Add the signature field to the cover and return the reference of its annotation."""
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    append_signature_field(writer, SigFieldSpec(FIELD, on_page=0, box=BOX, readable_field_name=said))
    return writer.root["/AcroForm"]["/Fields"].raw_get(-1)


def _tag(writer: Any, field: Any, said: str) -> None:
    """Name the annotation in the structure tree, as the last thing that the cover says."""
    from pyhanko.pdf_utils.generic import ArrayObject, NameObject, NumberObject, pdf_string

    tree = writer.root["/StructTreeRoot"]
    cover = tree["/K"][0]["/K"].raw_get(0)
    page = writer.find_page_for_modification(0)[0]
    named = {"/Type": NameObject("/OBJR"), "/Obj": field, "/Pg": page}
    form = {"/Type": NameObject("/StructElem"), "/S": NameObject("/Form"), "/P": cover, "/Pg": page}
    form |= {"/K": ArrayObject([_dictionary(named)]), "/Alt": pdf_string(said)}
    element = writer.add_object(_dictionary(form))
    kids = cover.get_object()["/K"]
    kids.append(element)
    parents = tree["/ParentTree"]["/Nums"]
    number = NumberObject(max(int(one) for one in list(parents)[::2]) + 1)
    parents += [number, element]
    field.get_object()["/StructParent"] = number
    for changed in (kids, parents, field.get_object()):
        writer.update_container(changed)


def _dictionary(entries: dict[str, Any]) -> Any:
    from pyhanko.pdf_utils.generic import DictionaryObject, NameObject

    return DictionaryObject({NameObject(name): value for name, value in entries.items()})


def _mark(name: str, at: datetime) -> Any:
    """Return what is seen: who signed, when, and where to have it checked."""
    from pyhanko.pdf_utils.content import RawContent
    from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
    from pyhanko.stamp import StaticStampStyle

    hint = f"{at.year}年{at.month}月{at.day}日签名。可在 PDF 阅读器的签名面板中核验；文件改动后，签名失效。"
    lines = [
        Line(f"数字签名　{name}", "Portal Hei", 12, 10, 27, WIDTH - 20),
        Line(hint, "Portal Song", 9, 10, 11, WIDTH - 20),
    ]
    frame = f"q 0.75 w 0.5 0.5 {WIDTH - 1} {HEIGHT - 1} re S Q".encode()
    content = RawContent(b"\n".join([frame, *map(drawn, lines)]), box=BoxConstraints(width=WIDTH, height=HEIGHT))
    middle = AxisAlignment.ALIGN_MID
    whole = SimpleBoxLayoutRule(x_align=middle, y_align=middle, margins=Margins())
    return StaticStampStyle(border_width=0, background=content, background_layout=whole)
