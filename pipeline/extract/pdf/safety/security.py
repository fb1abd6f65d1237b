"""What a PDF may not be, and what it carries beside its pages: attachments, actions, forms, annotations."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import (
    ActiveContent,
    AttachedFiles,
    EncryptedFile,
    FailedRedaction,
    FormInFile,
    NoText,
    ObjectLoop,
    Portfolio,
    ProtectedPdf,
    TextInAnnotations,
    TooLarge,
)
from pipeline.extract.pdf.page.glyphs import MAX_PAGES
from pipeline.extract.pdf.safety import drawing as pdf_drawing
from pipeline.extract.pdf.safety import objects as pdf_objects
from pipeline.extract.pdf.safety.objects import dictionary, entry, items, walk
from pipeline.extract.sniff import SAVE_AGAIN

MAX_ANNOTATIONS = 20_000  # links, comments, fields; a long report with a link at each footnote has 2,000
# Actions that only move the reader about (ISO 32000-1, 12.6.4). All others run, send or change something.
_HARMLESS = {"/GoTo", "/GoToR", "/URI", "/Named", "/Thread"}
_ACTIVE_ANNOTATIONS = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
_NO_COMMENT = {"/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet"}

_PREVIOUS = re.compile(rb"/Prev\s+(\d{1,12})")
_DETACH = "Save a copy without the attached files, and take that in; they are never published."
_FLATTEN = "Print it to a new PDF, so that what it shows becomes part of the page, and take that in."
_DISARM = "Print it to a new PDF, or export it again from Word, and take that in."


@dataclass(slots=True)
class Beside:
    """What was left out: code of a notice -> count, and the pages (from 1) with comments."""

    left_out: Counter[str] = field(default_factory=Counter)
    comments: list[int] = field(default_factory=list)


def open_pdf(data: bytes) -> Any:
    """A pypdf reader of a PDF that is not protected. Raises EncryptedFile, ProtectedPdf, ObjectLoop."""
    from pypdf import PdfReader

    _refuse_lists_that_lead_back(data)
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        if _opens_without_password(reader):
            raise ProtectedPdf(
                "The PDF is protected against copying or changing.",
                "Remove the protection in the program that made it, or export it again from Word.",
            )
        raise EncryptedFile("The PDF is protected by a password.", "Take in a copy that opens without a password.")
    return reader


def _refuse_lists_that_lead_back(data: bytes) -> None:
    """Each list of objects names an earlier one; readers differ in what they make of a ring of them."""
    starts = re.findall(rb"startxref\s+(\d{1,12})", data[-2048:])
    place, seen = int(starts[-1]) if starts else -1, set[int]()
    while 0 <= place < len(data):
        if place in seen:
            raise ObjectLoop("The PDF is damaged: its lists of objects lead back to themselves.", SAVE_AGAIN)
        seen.add(place)
        end = data.find(b"startxref", place)
        earlier = _PREVIOUS.search(data, place, end if end != -1 else len(data))
        place = int(earlier[1]) if earlier else -1


def _opens_without_password(reader: Any) -> bool:
    from pypdf.errors import DependencyError, PyPdfError

    try:
        return bool(reader.decrypt(""))
    except (PyPdfError, DependencyError, NotImplementedError):  # a kind of encryption that is not known here
        return False


def check(reader: Any) -> Beside:
    """Everything that a PDF must not hold, and a count of what is left out.

    Raises TooManyPages, ObjectLoop, StreamBomb, DamagedFile, Portfolio, AttachedFiles, ActiveContent, FormInFile,
    TextInAnnotations, FailedRedaction, NoText (no pages), TooLarge.
    """
    catalogue = dictionary(reader.trailer, "/Root")
    pages = pdf_objects.pages(reader, MAX_PAGES)
    if not pages:
        raise NoText("The PDF has no pages.", "Take in the original Word file, or a PDF exported from it.")
    _refuse_too_many_annotations(pages)
    _refuse_attachments(catalogue, pages)
    _refuse_actions(catalogue, pages)
    beside = Beside()
    beside.left_out["signature"] += _signatures(catalogue)
    for number, page in enumerate(pages, start=1):
        for annotation in items(page, "/Annots"):
            if isinstance(annotation, dict):
                _annotation(annotation, number, beside)
    beside.left_out["property"] += _properties(reader, catalogue)
    pdf_drawing.check_pages(pages)
    return beside


def _refuse_too_many_annotations(pages: Sequence[Any]) -> None:
    total = 0
    for page in pages:
        listed = entry(page, "/Annots")
        total += len(listed) if isinstance(listed, list) else 0
        if total > MAX_ANNOTATIONS:
            raise TooLarge("The PDF has far more links and comments than a report needs.", SAVE_AGAIN)


def _refuse_attachments(catalogue: Any, pages: Sequence[Any]) -> None:
    if "/Collection" in catalogue:
        raise Portfolio(
            "The PDF is a portfolio: a cover with other files in it.",
            "Save the report in it as a file of its own, and take that in.",
        )
    if any(True for _ in pdf_objects.names(dictionary(dictionary(catalogue, "/Names"), "/EmbeddedFiles"))):
        raise AttachedFiles("The PDF has other files attached to it.", _DETACH)
    for holder in (catalogue, *pages, *pdf_objects.structure(catalogue)):
        if any(True for _ in items(holder, "/AF")):
            raise AttachedFiles("The PDF has other files tied to its content.", _DETACH)
    if any(_kind(a) == "/FileAttachment" or "/AF" in a for a in _annotations(pages)):
        raise AttachedFiles("A page of the PDF has a file pinned to it.", _DETACH)


def _annotations(pages: Sequence[Any]) -> Iterator[Any]:
    return (a for page in pages for a in items(page, "/Annots") if isinstance(a, dict))


def _kind(annotation: Any) -> str:
    return str(entry(annotation, "/Subtype"))


def _refuse_actions(catalogue: Any, pages: Sequence[Any]) -> None:
    if any(True for _ in pdf_objects.names(dictionary(dictionary(catalogue, "/Names"), "/JavaScript"))):
        raise ActiveContent("The PDF holds JavaScript.", _DISARM)
    _refuse_action(entry(catalogue, "/OpenAction"), "when it is opened")
    _refuse_further_actions(catalogue, "when it is opened, printed or closed")
    for page in pages:
        _refuse_further_actions(page, "when a page is turned")
    for item in pdf_objects.outline(catalogue):
        _refuse_action(entry(item, "/A"), "from its bookmarks")
    for annotation in _annotations(pages):
        if _kind(annotation) in _ACTIVE_ANNOTATIONS:
            raise ActiveContent("The PDF holds film, sound or other moving content.", _DISARM)
        _refuse_action(entry(annotation, "/A"), "from a link")
        _refuse_further_actions(annotation, "from a link or a field")
    for form_field in _fields(catalogue):
        _refuse_further_actions(form_field, "from a link or a field")


def _refuse_further_actions(holder: Any, when: str) -> None:
    """Actions that something other than a click sets off ("additional actions")."""
    for name in dictionary(holder, "/AA"):
        _refuse_action(entry(dictionary(holder, "/AA"), name), when)


def _refuse_action(action: Any, when: str) -> None:
    if not isinstance(action, dict):  # an array or a name is a place to go to
        return
    for step in walk([action], lambda a: items(a, "/Next"), "actions"):
        kind = entry(step, "/S")
        if kind == "/JavaScript" or "/JS" in step:
            raise ActiveContent(f"The PDF runs JavaScript {when}.", _DISARM)
        if kind == "/Launch":
            raise ActiveContent(f"The PDF starts a program or opens a file {when}.", _DISARM)
        if kind is not None and str(kind) not in _HARMLESS:
            raise ActiveContent(f"The PDF runs an action {when} that does more than go to a place.", _DISARM)


def _fields(catalogue: Any) -> Iterator[Any]:
    form = dictionary(catalogue, "/AcroForm")
    return walk(items(form, "/Fields"), lambda f: items(f, "/Kids"), "form fields")


def _signatures(catalogue: Any) -> int:
    """How many fields for digital signatures there are. Raises FormInFile for fields of any other kind."""
    if "/XFA" in dictionary(catalogue, "/AcroForm"):
        raise FormInFile("The PDF is a form of the XFA kind, which no page shows.", _FLATTEN)
    return sum(_is_signature(node) for node in _fields(catalogue) if "/T" in node or "/FT" in node)


def _is_signature(node: Any) -> bool:
    """Whether a field is for a signature. Raises FormInFile for a field to fill in."""
    kind = pdf_drawing.inherited(node, "/FT")
    if kind == "/Sig":
        return True
    if kind is None and any(True for _ in items(node, "/Kids")):
        return False  # a group of fields
    raise FormInFile("The PDF has form fields, whose values are not part of the page.", _FLATTEN)


def _annotation(annotation: Any, page: int, beside: Beside) -> None:
    """Counts what lies over a page. Raises TextInAnnotations, FailedRedaction, FormInFile."""
    kind = _kind(annotation)
    if kind == "/Redact":
        raise FailedRedaction(
            f"Page {page} has a mark for a redaction that was never carried out: the text is still there.",
            "Take in the report before redaction; this program anonymises it.",
        )
    if kind == "/Widget":
        _is_signature(annotation)
        return
    if _shows_text(annotation, kind):
        raise TextInAnnotations(
            f"Page {page} has text laid over it, as a text box, a stamp or a caption.",
            "Print it to a new PDF, so that the text becomes part of the page, or remove it, and take that in.",
        )
    if kind not in _NO_COMMENT:
        beside.left_out["comment"] += 1
        if page not in beside.comments:
            beside.comments.append(page)


def _shows_text(annotation: Any, kind: str) -> bool:
    """Whether there is text in what an annotation says on the page, or in any of its looks (one for each state)."""
    captioned = kind == "/Line" and str(entry(annotation, "/Cap")).lower() == "true"
    if (kind == "/FreeText" or captioned) and str(entry(annotation, "/Contents") or "").strip():
        return True
    if kind == "/Text":  # a note's sign
        return False
    normal = entry(dictionary(annotation, "/AP"), "/N")
    looks = [normal] if hasattr(normal, "_data") else [entry(normal, name) for name in normal or ()]
    return any(pdf_drawing.shows_text(look) for look in looks)


def _properties(reader: Any, catalogue: Any) -> int:
    made_by = {"/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped"}
    information = dictionary(reader.trailer, "/Info")
    told = sum(1 for key, value in information.items() if key not in made_by and str(value).strip())
    return told + ("/Metadata" in catalogue)
