"""The text of a Word paragraph as it prints: insertions accepted, deletions, hidden text and field codes left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pipeline.extract.docx_styles import Style, W, switched_on

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_RUN_PARENTS = {
    W + name
    for name in (
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "sdt",
        "sdtContent",
        "customXml",
        "fldSimple",
        "dir",
        "bdo",
    )
}
_DELETED = {W + "del", W + "moveFrom"}
_SYMBOLS = {"F0B7": "•", "F0A7": "•", "F02D": "-", "F0AE": "→", "F0E0": "→"}


@dataclass(slots=True)
class Notes:
    """Footnotes and endnotes in the order in which the text calls them."""

    order: list[tuple[str, str]] = field(default_factory=list)

    def mark(self, kind: str, note_id: str) -> str:
        if (kind, note_id) not in self.order:
            self.order.append((kind, note_id))
        return f"[^{self.order.index((kind, note_id)) + 1}]"


@dataclass(slots=True)
class TextReader:
    """Reads paragraphs one after another; a field may begin in one paragraph and end in a later one."""

    styles: dict[str, Style]
    left_out: Counter[str]
    notes: Notes = field(default_factory=Notes)
    boxes: list[Any] = field(default_factory=list)  # w:txbxContent met in the paragraph just read
    bold: bool = False  # whether all of the paragraph just read is bold
    _fields: list[str] = field(default_factory=list)  # "code" or "result" for each open field

    def paragraph(self, element: Any, style: Style) -> str:
        """The visible text of a w:p. "[^1]" stands for a footnote mark, a newline for a line break."""
        self.boxes = []
        pieces: list[tuple[str, bool]] = []
        self._walk(element, style, pieces)
        visible = [(text, bold) for text, bold in pieces if text.strip()]
        self.bold = bool(visible) and all(bold for _, bold in visible)
        return "".join(text for text, _ in pieces)

    def _walk(self, parent: Any, style: Style, pieces: list[tuple[str, bool]]) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child, style, pieces)
            elif tag in _DELETED:
                self.left_out["tracked_deletion"] += 1
            elif tag in _RUN_PARENTS:
                if tag in {W + "ins", W + "moveTo"}:
                    self.left_out["tracked_insertion"] += 1
                self._walk(child, style, pieces)
            elif tag == _MC + "AlternateContent":
                self._walk(_alternative(child), style, pieces)
            elif isinstance(tag, str) and tag.endswith("}oMath"):
                pieces.append(("".join(t.text or "" for t in child.iter(_MATH_TEXT)), False))
            elif isinstance(tag, str) and tag.endswith("}oMathPara"):
                self._walk(child, style, pieces)

    def _run(self, run: Any, style: Style, pieces: list[tuple[str, bool]]) -> None:
        properties = run.find(W + "rPr")
        reference = None if properties is None else properties.find(W + "rStyle")
        run_style = Style() if reference is None else self.styles.get(reference.get(W + "val", ""), Style())
        hidden = switched_on(properties, "vanish")
        if hidden is None:
            hidden = run_style.hidden or style.hidden
        bold = switched_on(properties, "b")
        notes_before, boxes_before = len(self.notes.order), len(self.boxes)
        text = "".join(self._content(run))
        if hidden:
            self.left_out["hidden_text"] += bool(text.strip())
            del self.notes.order[notes_before:], self.boxes[boxes_before:]
            return
        if all(state == "result" for state in self._fields):
            pieces.append((text, style.bold or run_style.bold if bold is None else bold))

    def _content(self, run: Any) -> Iterable[str]:
        for child in run:
            tag = child.tag
            if tag == W + "t":
                yield child.text or ""
            elif tag in {W + "tab", W + "ptab"}:
                yield "\t"
            elif tag in {W + "br", W + "cr"}:
                yield "\n"
            elif tag == W + "noBreakHyphen":
                yield "-"
            elif tag == W + "sym":
                yield _SYMBOLS.get(child.get(W + "char", "").upper(), "")
            elif tag == W + "footnoteReference":
                yield self.notes.mark("footnote", child.get(W + "id", ""))
            elif tag == W + "endnoteReference":
                yield self.notes.mark("endnote", child.get(W + "id", ""))
            elif tag == W + "fldChar":
                self._field(child.get(W + "fldCharType", ""))
            elif tag == W + "ruby":
                yield "".join(t.text or "" for base in child.iter(W + "rubyBase") for t in base.iter(W + "t"))
            elif tag == W + "delText":
                self.left_out["tracked_deletion"] += 1
            elif tag == _MC + "AlternateContent":
                yield from self._content(_alternative(child))
            elif tag in {W + "drawing", W + "pict", W + "object"}:
                self._drawing(child)

    def _field(self, step: str) -> None:
        if step == "begin":
            self._fields.append("code")
        elif self._fields and step == "separate":
            self._fields[-1] = "result"
        elif self._fields and step == "end":
            self._fields.pop()

    def _drawing(self, element: Any) -> None:
        boxes = [box for box in element.iter(W + "txbxContent") if not _repeated(box)]
        self.boxes.extend(boxes)
        if not boxes:
            self.left_out["attachment" if element.tag == W + "object" else "image"] += 1


def _repeated(box: Any) -> bool:
    """True for a text box in the branch that Word does not show, or within another text box."""
    return any(parent.tag in {_MC + "Fallback", W + "txbxContent"} for parent in box.iterancestors())


def _alternative(element: Any) -> Any:
    """The branch of mc:AlternateContent that Word shows; the other repeats the same text."""
    for name in ("Choice", "Fallback"):
        found = element.find(_MC + name)
        if found is not None:
            return found
    return ()
