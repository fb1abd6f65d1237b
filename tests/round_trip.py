"""Documents made up at random, and how Word would store them: for the test that what is written reads back the same.

A document here is one that print can show without doubt: its text is clean (one spelling for each character, single
spaces), headings go down one level at a time, every note is called once and in order, and no text looks like a
number, a marking or a contents list, because for those the readers have rules that other tests are about.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from docx import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from hypothesis import strategies as st
from lxml import etree

from pipeline.extract.normalise import one_line
from pipeline.models import Block, BlockKind, Document, DocumentKind, Foreign, Merged
from pipeline.render.shape import pieces

# Words that no reader has rules for, in the alphabets of the people of a borough.
PLAIN = """the panel met heard asked who knew what was said by her sister and brother about money doors windows keys
mother-in-law flat number school’s nurse called twice again nobody wrote down naïve café Nguyễn Ọdịnma Şahin Łódź
house street evening left came back alone spoke softly £40 (late) half–heard 999 12-year-old “quoted” ‘single’ …
""".split()
SCRIPTS = """Ωμέγα δρόμος Дмитрий улица שלום בית سلام منزل नमस्ते घर ఇల్లు 你好 房子 한국 집 บ้าน""".split()
FOREIGN = {
    "es-ES": "nunca me dejaron verla",
    "fr-FR": "elle n’a rien dit",
    "pl-PL": "zawsze była spóźniona",
    "pt-BR": "menina bonita",
    "tr-TR": "kapı hep açıktı",
    "so-SO": "waan ku sugayaa",
}
STARTS = "She He They Nobody The Her His After When Although Mrs Dr".split()
ALT = "A plan of the flat|The family’s tree, as drawn by a social worker|Photograph of a door".split("|")


@dataclass(frozen=True)
class Print:
    """What the generated documents may hold.

    scripts    words of other alphabets
    foreign    words marked as of another language
    pictures   pictures with and without alternative text
    quotes     quotations
    merged     cells that cover others
    headers    most header rows of a table
    """

    scripts: bool = True
    foreign: bool = True
    pictures: bool = True
    quotes: bool = True
    merged: bool = True
    headers: int = 2


@st.composite
def documents(draw: st.DrawFn, may: Print | None = None) -> Document:
    """A report of a few sections."""
    may = may or Print()
    maker = _Maker(draw, may)
    blocks = [Block(BlockKind.HEADING, maker.title(), level=1)]
    for section in range(1, draw(st.integers(1, 2)) + 1):
        blocks.append(Block(BlockKind.HEADING, maker.title(), level=2, number=str(section)))
        # A section begins with text: a heading right after a heading's own table or list is another question.
        blocks.append(Block(BlockKind.PARAGRAPH, maker.sentence(), number=f"{section}.1"))
        count = 1
        for kind in draw(st.lists(st.sampled_from(maker.kinds), min_size=1, max_size=4)):
            if kind == "numbered":
                count += 1
                blocks.append(
                    maker.with_foreign(Block(BlockKind.PARAGRAPH, maker.sentence(), number=f"{section}.{count}"))
                )
            else:
                blocks.extend(getattr(maker, kind)(blocks[-1].kind))
    blocks.append(Block(BlockKind.PARAGRAPH, maker.sentence()))
    return Document(DocumentKind.OVERVIEW, (*blocks, *maker.notes))


@dataclass
class _Maker:
    draw: st.DrawFn
    may: Print
    notes: list[Block] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        kinds = ["table", "table", "plain", "numbered", "subheading", "bullets", "counted"]
        return kinds + ["quotation"] * self.may.quotes + ["picture"] * self.may.pictures

    def words(self, least: int, most: int) -> list[str]:
        letters = st.text(st.sampled_from("abcdeghilmnoprstuvyáçéñöşżầộ"), min_size=3, max_size=9)
        word = st.one_of(st.sampled_from(PLAIN), letters.filter(lambda w: one_line(w) == w))
        if self.may.scripts:
            word = st.one_of(word, st.sampled_from(SCRIPTS))
        return self.draw(st.lists(word, min_size=least, max_size=most))

    def title(self) -> str:
        return " ".join([self.draw(st.sampled_from(STARTS)), *self.words(1, 5), "again"])

    def phrase(self) -> str:
        """A few words that are no sentence, and not a number alone."""
        return " ".join([self.draw(st.sampled_from(STARTS)), *self.words(0, 3)])

    def sentence(self) -> str:
        words = [self.draw(st.sampled_from(STARTS)), *self.words(2, 14), "and left"]
        if self.draw(st.integers(0, 5)) == 0:
            words[self.draw(st.integers(0, len(words) - 1))] += self.mark()
        return " ".join(words) + "."

    def mark(self) -> str:
        number = str(len(self.notes) + 1)
        self.notes.append(
            Block(BlockKind.FOOTNOTE, " ".join(["See", *self.words(1, 6), "there"]) + ".", number=number)
        )
        return f"[^{number}]"

    def with_foreign(self, block: Block) -> Block:
        if not self.may.foreign or self.draw(st.booleans()):
            return block
        language, words = self.draw(st.sampled_from(sorted(FOREIGN.items())))
        return replace(block, text=f"{block.text} She said: “{words}”.", foreign=(Foreign(language, words),))

    def plain(self, before: BlockKind) -> Iterator[Block]:
        yield self.with_foreign(Block(BlockKind.PARAGRAPH, self.sentence()))

    def subheading(self, before: BlockKind) -> Iterator[Block]:
        yield Block(BlockKind.HEADING, self.title(), level=3)
        yield Block(BlockKind.PARAGRAPH, self.sentence())

    def quotation(self, before: BlockKind) -> Iterator[Block]:
        yield Block(BlockKind.QUOTE, self.sentence())

    def picture(self, before: BlockKind) -> Iterator[Block]:
        yield Block(BlockKind.PICTURE, self.draw(st.sampled_from(["", *ALT])))

    def bullets(self, before: BlockKind) -> Iterator[Block]:
        yield from self._list(before, "")

    def counted(self, before: BlockKind) -> Iterator[Block]:
        yield from self._list(before, self.draw(st.sampled_from(["1", "(a)"])))

    def _list(self, before: BlockKind, form: str) -> Iterator[Block]:
        if before is BlockKind.LIST_ITEM:  # two lists one after the other are one in print
            yield Block(BlockKind.PARAGRAPH, self.sentence())
        start = self.draw(st.sampled_from([1, 1, 7])) if form == "1" else 1
        for n in range(self.draw(st.integers(2, 4))):
            yield Block(BlockKind.LIST_ITEM, self.sentence(), number=_counted(form, start + n), ordered=bool(form))
            for m in range(self.draw(st.sampled_from([0, 0, 2]))):
                deep = "(i)" if form else ""
                yield Block(
                    BlockKind.LIST_ITEM, self.sentence(), level=1, number=_counted(deep, m + 1), ordered=bool(deep)
                )

    def table(self, before: BlockKind) -> Iterator[Block]:
        if before is BlockKind.TABLE:  # nor are two tables without a word between them two
            yield Block(BlockKind.PARAGRAPH, self.sentence())
        height, width = self.draw(st.integers(2, 5)), self.draw(st.integers(2, 4))
        headers = min(self.draw(st.sampled_from([1, 1, 2, 0])), height - 1, self.may.headers)
        rows = [[self.phrase() if self.draw(st.integers(0, 6)) else "" for _ in range(width)] for _ in range(height)]
        for row in rows:
            row[0] = row[0] or self.phrase()  # a row without a word is not read
            row[-1] = row[-1] or self.phrase()
        merged = ()
        if self.may.merged and self.draw(st.booleans()):
            r, c = self.draw(st.integers(0, height - 1)), self.draw(st.integers(0, width - 2))
            last = headers if r < headers else height
            deep, wide = self.draw(st.integers(1, min(2, last - r))), self.draw(st.integers(1, min(2, width - 1 - c)))
            if (deep, wide) != (1, 1):
                merged = (Merged(r, c, deep, wide),)
                for covered in ((r + i, c + j) for i in range(deep) for j in range(wide)):
                    rows[covered[0]][covered[1]] = ""
                rows[r][c] = self.phrase()
        if self.draw(st.integers(0, 3)) == 0:
            rows[-1][-1] += self.mark()
        yield Block(BlockKind.TABLE, rows=tuple(tuple(row) for row in rows), header_rows=headers, merged=merged)


def _counted(form: str, place: int) -> str:
    return {"": "", "1": str(place), "(a)": f"({chr(96 + place)})", "(i)": f"({'i' * place})"}[form]


# As Word stores it

_FORMS = {
    "1": ("decimal", "%1."),
    "(a)": ("lowerLetter", "(%1)"),
    "(i)": ("lowerRoman", "(%{0})"),
    "": ("bullet", "•"),
}
_SIZES = {1: 22, 2: 17, 3: 13}
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe"
    "0def46b80000000049454e44ae426082"
)


def write_docx(document: Document, *, automatic: bool = True) -> bytes:
    """The document as Word stores it: styles, numbering definitions, a part of footnotes, cells merged in the grid.

    automatic  numbers of headings and paragraphs come from a numbering definition; otherwise they are typed
    """
    return _Writer(document, automatic).write()


class _Writer:
    def __init__(self, document: Document, automatic: bool) -> None:
        self.document = document
        self.automatic = automatic
        self.word = WordDocument()
        for level, points in _SIZES.items():  # print shows a heading's level by nothing but its size
            self.word.styles[f"Heading {level}"].font.size = Pt(points)
        self.lists: list[tuple[str, int]] = []  # form and start of each list, in order
        self.notes = {b.number: b for b in document.blocks if b.kind is BlockKind.FOOTNOTE}

    def write(self) -> bytes:
        before: Block | None = None
        for block in self.document.blocks:
            if block.kind is BlockKind.TABLE:
                self._table(block)
            elif block.kind is not BlockKind.FOOTNOTE:
                self._paragraph(block, before)
            before = block
        self._numbering()
        self._footnotes()
        out = io.BytesIO()
        self.word.save(out)
        return out.getvalue()

    def _paragraph(self, block: Block, before: Block | None) -> None:
        style = {BlockKind.HEADING: f"Heading {block.level}", BlockKind.QUOTE: "Quote"}.get(block.kind)
        paragraph = self.word.add_paragraph(style=style)
        if block.kind is BlockKind.PICTURE:
            shape = paragraph.add_run().add_picture(io.BytesIO(_PNG), Cm(6), Cm(4))
            shape._inline.docPr.set("descr", block.text)
            return
        if block.kind is BlockKind.LIST_ITEM:
            if before is None or before.kind is not BlockKind.LIST_ITEM:
                form, start = _form(block.number)
                self.lists.append((form, start))
            self._numbered(paragraph, 1 + len(self.lists), block.level)
        elif block.number and self.automatic:
            self._numbered(paragraph, 1, 0 if block.kind is BlockKind.HEADING else 1)
        elif block.number:
            paragraph.add_run(f"{block.number}\t")
        self._runs(paragraph, block.text, block.foreign)

    def _numbered(self, paragraph: Any, number_id: int, level: int) -> None:
        properties = paragraph._p.get_or_add_pPr()
        number = properties.get_or_add_numPr()
        number.get_or_add_ilvl().val = level
        number.get_or_add_numId().val = number_id

    def _runs(self, paragraph: Any, text: str, foreign: Sequence[Foreign], *, bold: bool = False) -> None:
        tags = {f.language.split("-")[0]: f.language for f in foreign}
        for piece in pieces(text, foreign):
            run = paragraph.add_run("" if piece.mark else piece.text)
            run.bold = bold or None
            if piece.mark:
                run.font.superscript = True
                run._r.append(_element("w:footnoteReference", id=piece.text))
            elif piece.language:
                run._r.get_or_add_rPr().append(_element("w:lang", val=tags[piece.language.split("-")[0]]))

    def _table(self, block: Block) -> None:
        table = self.word.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
        for cell in block.merged:
            last = table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1)
            table.cell(cell.row, cell.column).merge(last)
        for r, row in enumerate(block.rows):
            if r < block.header_rows:
                table.rows[r]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
            for c, text in enumerate(row):
                if text:
                    self._runs(table.cell(r, c).paragraphs[0], text, block.foreign, bold=r < block.header_rows)

    def _numbering(self) -> None:
        root = self.word.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        definitions = [_definition(0, [("decimal", "%1", 1), ("decimal", "%1.%2", 1)])]
        for place, (form, start) in enumerate(self.lists, start=1):
            kind, text = _FORMS[form]
            deep_kind, deep_text = _FORMS["(i)" if form else ""]
            levels = [(kind, text, start), (deep_kind, deep_text.format(2), 1)]
            definitions.append(_definition(place, levels))
        for element in definitions:
            root.append(element)
        for place in range(len(self.lists) + 1):
            number = _element("w:num", numId=str(place + 1))
            number.append(_element("w:abstractNumId", val=str(place)))
            root.append(number)

    def _footnotes(self) -> None:
        if not self.notes:
            return
        notes = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for number, block in self.notes.items():
            note = _element("w:footnote", id=number)
            paragraph = self.word.add_paragraph()
            reference = paragraph.add_run()
            reference.font.superscript = True
            reference._r.append(OxmlElement("w:footnoteRef"))
            self._runs(paragraph, f" {block.text}", block.foreign)
            for run in paragraph.runs:
                run.font.size = Pt(8)
            note.append(paragraph._p)
            notes.append(note)

        part = Part(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, etree.tostring(notes), self.word.part.package
        )
        self.word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _form(number: str) -> tuple[str, int]:
    if not number:
        return "", 1
    return ("1", int(number)) if number.isdigit() else ("(a)", 1)


def _definition(number: int, levels: Iterable[tuple[str, str, int]]) -> Any:
    definition = _element("w:abstractNum", abstractNumId=str(number))
    definition.append(_element("w:multiLevelType", val="multilevel"))
    for depth, (kind, text, start) in enumerate(levels):
        level = _element("w:lvl", ilvl=str(depth))
        for name, value in (("start", str(start)), ("numFmt", kind), ("lvlText", text), ("lvlJc", "left")):
            level.append(_element(f"w:{name}", val=value))
        indent = OxmlElement("w:pPr")
        indent.append(_element("w:ind", left=str(720 * (depth + 1)), hanging="720"))
        level.append(indent)
        definition.append(level)
    return definition


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def without_source(block: Block, **other: Any) -> Block:
    """The block without what it says of the file that it was read from."""
    return replace(block, page=None, turns=(), unsure=(), **other)
