"""A Word document (.docx) as blocks.

The XML is read directly, because only there can be seen what the page shows and what it does not: tracked changes,
hidden text, comments, automatic numbers.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from typing import Any

from pipeline.errors import DamagedFile
from pipeline.extract.assemble import Reading
from pipeline.extract.docx_numbering import Label, Numbering, read_numbering
from pipeline.extract.docx_styles import Style, W, numbering_of, outline_level, read_styles, switched_on
from pipeline.extract.docx_text import TextReader
from pipeline.extract.normalise import join_cell, one_line
from pipeline.extract.numbering import tidy
from pipeline.extract.sniff import SAVE_AGAIN
from pipeline.models import Block, BlockKind
from pipeline.printed_numbers import is_number

_WRAPPERS = {W + name for name in ("sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_PARAGRAPH_NUMBER = re.compile(r"\(?(?:[A-Z]\.?)?\d+(?:\.\d+)+[.)]?|[A-Z]\.?\d+[.)]?")
_LONGEST_BOLD_HEADING = 120


def read_docx(data: bytes) -> Reading:
    """Blocks of a DOCX. Raises DamagedFile when a part of it cannot be parsed."""
    from docx import Document as open_docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    if any(_has_doctype(name_and_part) for name_and_part in _xml_parts(data)):
        raise DamagedFile("The Word document holds definitions that no Word document needs.", SAVE_AGAIN)
    try:
        package = open_docx(io.BytesIO(data))
        return _Reader(package).read()
    except (OpcError, etree.LxmlError, LookupError, ValueError, AttributeError, TypeError, RecursionError) as error:
        raise DamagedFile("The Word document is damaged: a part of it cannot be read.", SAVE_AGAIN) from error


def _xml_parts(data: bytes) -> Iterable[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if info.filename.endswith((".xml", ".rels")):
                with archive.open(info) as part:
                    yield part.read(4096)


def _has_doctype(start: bytes) -> bool:
    # A document type definition is where entity bombs and references to outside files live; Word writes none.
    return (
        b"<!DOCTYPE" in start or "<!DOCTYPE".encode("utf-16-le") in start or "<!DOCTYPE".encode("utf-16-be") in start
    )


class _Reader:
    def __init__(self, package: Any) -> None:
        self.part = package.part
        self.body = package.element.body
        self.left_out: Counter[str] = Counter()
        self.styles = read_styles(self._related("styles"))
        self.numbering: Numbering = read_numbering(self._related("numbering"))
        self.text = TextReader(self.styles, self.left_out)
        self.default_style = next(
            (
                self.styles.get(e.get(W + "styleId", ""), Style())
                for e in _all(self._related("styles"), "style")
                if e.get(W + "type") == "paragraph" and e.get(W + "default") in {"1", "true", "on"}
            ),
            Style(),
        )
        self.carried = ""  # text of a paragraph whose end was deleted: the next one goes on from it
        self.bold_lines: set[int] = set()  # ids of blocks that are bold throughout

    def read(self) -> Reading:
        blocks = self._headings_from_bold(list(self._blocks(self.body)))
        if self.carried.strip():
            blocks.append(Block(BlockKind.PARAGRAPH, self.carried))
        blocks.extend(self._notes())
        self._count_package()
        return Reading(blocks, self.left_out)

    def _related(self, name: str) -> Any:
        """The root element of a related part (styles, numbering, footnotes, comments), or None."""
        from lxml import etree

        for relation in self.part.rels.values():
            if relation.is_external or relation.reltype.rsplit("/", 1)[-1] != name:
                continue
            target = relation.target_part
            element = getattr(target, "element", None)
            if element is not None:
                return element
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            return etree.fromstring(target.blob, parser)
        return None

    def _blocks(self, parent: Any) -> Iterable[Block]:
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._table(child)
            elif child.tag == W + "sdt":
                if _is_contents_control(child):
                    self.left_out["contents_list"] += 1
                else:
                    yield from self._blocks(child.findall(W + "sdtContent"))
            elif child.tag in _WRAPPERS:
                yield from self._blocks(child)
            elif child.tag in {W + "del", W + "moveFrom"}:
                self.left_out["tracked_deletion"] += 1
            elif child.tag == W + "altChunk":
                self.left_out["attachment"] += 1

    def _style(self, paragraph: Any) -> Style:
        properties = paragraph.find(W + "pPr")
        named = None if properties is None else properties.find(W + "pStyle")
        return self.default_style if named is None else self.styles.get(named.get(W + "val", ""), self.default_style)

    def _paragraph(self, element: Any) -> Iterable[Block]:
        style = self._style(element)
        properties = element.find(W + "pPr")
        text = self.carried + self.text.paragraph(element, style)
        bold, boxes = self.text.bold, self.text.boxes
        self.carried = ""
        if _end_is_deleted(properties):
            self.left_out["tracked_deletion"] += not text.strip()
            self.carried = text
            return
        if style.is_contents or style.is_contents_heading:
            self.left_out["contents_list"] += style.is_contents_heading or not self.left_out["contents_list"]
        elif text.strip():
            block = self._block(style, properties, text)
            if bold and block.kind is BlockKind.PARAGRAPH:
                self.bold_lines.add(id(block))
            yield block
        for box in boxes:
            yield from self._blocks(box)

    def _block(self, style: Style, properties: Any, text: str) -> Block:
        own_level = outline_level(properties)
        level = style.level if own_level is None else own_level
        label = self._label(style, properties)
        if label and label.text and not is_number(label.text):
            # Any words can stand in a numbering rule; in the text, detection sees them.
            text = f"{label.text} {text}" if re.search(r"\w", label.text) else text
            label = Label("", label.depth)
        if style.is_title:
            return Block(BlockKind.HEADING, text, level=1)
        if level:
            return Block(BlockKind.HEADING, text, level=min(level, 6), number=tidy(label.text) if label else "")
        if label is None:
            return Block(BlockKind.QUOTE if style.is_quote else BlockKind.PARAGRAPH, text)
        if _PARAGRAPH_NUMBER.fullmatch(label.text):
            return Block(BlockKind.PARAGRAPH, text, number=tidy(label.text))
        return Block(
            BlockKind.LIST_ITEM, text, level=label.depth, number=label.text.rstrip("."), ordered=bool(label.text)
        )

    def _label(self, style: Style, properties: Any) -> Label | None:
        found = numbering_of(properties) or style.numbering
        if found is None:
            return None
        label = self.numbering.label(*found)
        # A level without any sign, as some converters write for plain text, prints nothing.
        return label if label and (label.text or self._has_bullet(*found)) else None

    def _has_bullet(self, number_id: str, depth: int) -> bool:
        level = self.numbering.levels.get(number_id, {}).get(depth)
        return level is not None and bool(level.text.strip())

    def _table(self, element: Any) -> Iterable[Block]:
        rows: list[tuple[str, ...]] = []
        header_rows = 0
        bold_rows: list[bool] = []
        for row in _children(element, "tr"):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self.left_out["tracked_deletion"] += 1
                continue
            if switched_on(properties, "hidden"):
                self.left_out["hidden_text"] += 1
                continue
            cells, bold = self._row(row)
            if switched_on(properties, "tblHeader") and header_rows == len(rows):
                header_rows += 1
            rows.append(cells)
            bold_rows.append(bold)
        if not rows:
            return
        width = max(map(len, rows))
        if width == 1 or len(rows) == 1 == sum(map(bool, rows[0])):
            # A box drawn around text, not a table.
            yield from (Block(BlockKind.PARAGRAPH, cell) for row in rows for cell in row if cell)
            return
        if not header_rows and len(rows) > 1 and bold_rows[0] and not all(bold_rows):
            header_rows = 1
        padded = tuple(row + ("",) * (width - len(row)) for row in rows)
        yield Block(BlockKind.TABLE, rows=padded, header_rows=header_rows)

    def _row(self, row: Any) -> tuple[tuple[str, ...], bool]:
        cells: list[str] = [""] * _number(row.find(W + "trPr"), "gridBefore")
        bolds = []
        for cell in _children(row, "tc"):
            properties = cell.find(W + "tcPr")
            merged = None if properties is None else properties.find(W + "vMerge")
            texts: list[str] = []
            for block in self._blocks(cell):
                texts.extend([c for r in block.rows for c in r] if block.rows else [_with_number(block)])
                bolds.append(id(block) in self.bold_lines)
            continues = merged is not None and merged.get(W + "val", "continue") == "continue"
            cells.append("" if continues else join_cell(texts))
            cells.extend([""] * (max(1, _number(properties, "gridSpan")) - 1))
        return tuple(cells), bool(bolds) and all(bolds)

    def _headings_from_bold(self, blocks: list[Block]) -> list[Block]:
        """In a report without heading styles, short lines that are bold throughout are its headings."""
        if sum(b.kind is BlockKind.HEADING for b in blocks) > 1:
            return blocks
        return [
            Block(BlockKind.HEADING, b.text, level=2, number=b.number)
            if id(b) in self.bold_lines
            and len(b.text) <= _LONGEST_BOLD_HEADING
            and not re.search(r"[.;,]\s*$", b.text)
            else b
            for b in blocks
        ]

    def _notes(self) -> Iterable[Block]:
        parts = {kind: self._related(f"{kind}s") for kind in ("footnote", "endnote")}
        elements = {
            (kind, note.get(W + "id", "")): note
            for kind, root in parts.items()
            for note in _all(root, kind)
            if note.get(W + "type", "normal") == "normal"
        }
        read = 0
        # Reading a note may call another note, so the list may grow while it is read.
        while read < len(self.text.notes.order):
            key = self.text.notes.order[read]
            read += 1
            if key in elements:
                text = " ".join(one_line(_with_number(b)) for b in self._blocks(elements.pop(key)))
                yield Block(BlockKind.FOOTNOTE, text, number=str(read))
        self.left_out["lost_footnote"] += len(elements)

    def _count_package(self) -> None:
        self.left_out["comment"] += sum(1 for _ in _all(self._related("comments"), "comment"))
        package = self.part.package
        for part in package.iter_parts():
            name = str(part.partname)
            if re.match(r"/word/(header|footer)\d*\.xml$", name) and re.search(rb"<w:t[ >]", part.blob):
                self.left_out["running_header_footer"] += 1
            elif re.match(r"/word/(embeddings|activeX)/|/word/afchunk", name):
                self.left_out["attachment"] += 1
            elif re.match(r"/docProps/(core|app|custom)\.xml$", name):
                self.left_out["property"] += _properties(part.blob)


def _with_number(block: Block) -> str:
    return f"{block.number} {block.text}" if block.number else block.text


def _all(root: Any, name: str) -> Iterable[Any]:
    return () if root is None else root.iter(W + name)


def _children(parent: Any, name: str) -> Iterable[Any]:
    """Rows of a table or cells of a row, also those wrapped in content controls."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag == W + "sdt" or child.tag in _WRAPPERS:
            yield from _children(child, name)


def _number(properties: Any, name: str) -> int:
    found = None if properties is None else properties.find(W + name)
    value = "" if found is None else found.get(W + "val", "")
    return int(value) if re.fullmatch(r"\d{1,3}", value) else 0


def _is_contents_control(control: Any) -> bool:
    gallery = next(control.iter(W + "docPartGallery"), None)
    return gallery is not None and "table of contents" in gallery.get(W + "val", "").lower()


def _end_is_deleted(properties: Any) -> bool:
    mark = None if properties is None else properties.find(W + "rPr")
    return mark is not None and mark.find(W + "del") is not None


_TELLING = {"creator", "lastModifiedBy", "title", "subject", "keywords", "description", "category", "contentStatus",
            "Company", "Manager", "HyperlinkBase", "property"}  # fmt: skip


def _properties(blob: bytes) -> int:
    from lxml import etree

    root = etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    return sum(
        1
        for element in root.iter(etree.Element)
        if etree.QName(element).localname in _TELLING and "".join(element.itertext()).strip()
    )
