"""What stands beside the text of a Word document: notes, which are read; headers and footers, which are not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.errors import DamagedFile
from pipeline.extract.assemble import Reading
from pipeline.extract.furniture import is_marking
from pipeline.extract.normalise import one_line
from pipeline.extract.sniff import SAVE_AGAIN
from pipeline.extract.word.drawings import Drawing
from pipeline.extract.word.parts import one_related
from pipeline.extract.word.story import CONTENTS, Story, texts_of
from pipeline.extract.word.xml import MC, W, all_of
from pipeline.models import Block, BlockKind


def note_blocks(story: Story) -> list[Block]:
    """Footnotes and endnotes in the order of their marks. Reading one may call another.

    Raises DamagedFile where the text calls a note that the file does not hold.
    """
    story.concealed.in_notes = True
    elements = {
        (kind, note.get(W + "id", "")): note
        for kind in ("footnote", "endnote")
        for note in all_of(one_related(story.part, f"{kind}s"), kind)
        if note.get(W + "type", "normal") == "normal"
    }
    notes: list[Block] = []
    after: list[Block] = []
    read = 0
    while read < len(story.text.notes.order):
        key = list(story.text.notes.order)[read]
        read += 1
        if key not in elements:
            raise DamagedFile("The Word document is damaged: a footnote that its text calls is missing.", SAVE_AGAIN)
        inside = [s.block for s in story.story(elements.pop(key)) if s.block is not CONTENTS]
        after.extend(b for b in inside if b.kind is BlockKind.PICTURE)
        written = [b for b in inside if b.kind is not BlockKind.PICTURE]
        text = " ".join(one_line(part) for b in written for part in texts_of(b) if part.strip())
        own = story.text.notes.own_marks.get(key, "")
        foreign = tuple(f for b in written for f in b.foreign)
        text = text.removeprefix(own).lstrip() if own else text
        notes.append(Block(BlockKind.FOOTNOTE, text, number=str(read), foreign=foreign))
    story.reading.left_out["lost_footnote"] += len(elements)
    return notes + after


def list_running_text(story: Story, root: Any) -> None:
    """Lists what a header or footer prints; its pictures are decoration, its word art a watermark."""
    outer, story.reading = story.reading, Reading()
    counted = story.text.reading = story.reading
    resolved = story.text.fields.resolved
    lines, marks = [], []
    for paragraph in all_of(root, "p"):
        if any(parent.tag == MC + "Fallback" for parent in paragraph.iterancestors()):
            continue  # repeats what stands before it
        properties = paragraph.find(W + "pPr")
        words = story.text.paragraph(paragraph, story.styles.paragraph(properties).looks.over(story.styles.looks))
        lines.append(one_line(words.text))
        marks.extend(words.drawings)
    story.text.fields.close(0)
    story.text.fields.resolved = resolved
    story.reading = story.text.reading = outer
    for code in ("tracked_deletion", "tracked_insertion", "hidden_text"):
        outer.left_out[code] += counted.left_out[code]
    _list_running(outer, [line for line in lines if line], marks)


def _list_running(reading: Reading, lines: list[str], drawings: Iterable[Drawing]) -> None:
    if lines:
        reading.leave_out("running_header_footer", " ".join(lines))
    for line in lines:
        if is_marking(line):
            reading.leave_out("protective_marking", line)
    for drawing in drawings:
        for line in drawing.words:
            reading.leave_out("watermark", one_line(line))
        if drawing.picture or drawing.decoration:
            reading.leave_out("watermark" if drawing.watermark else "decoration")
