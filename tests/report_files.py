"""A styled report (report_styles.py) as a Word document and as an untagged PDF."""

from __future__ import annotations

import io

from docx import Document as WordDocument
from drawn_pdf import Sheet, pdf
from report_styles import Block, Styled

LEFT, TOP, FOOT, WIDTH, LEADING = 72, 780.0, 60, 450, 13


def docx(made: Styled) -> bytes:
    """The report as Word writes one: its own styles for headings and bullets, real tables."""
    document = WordDocument()
    document.add_heading("Overview Report", 1)
    for block in made.blocks:
        if block.kind == "heading":
            document.add_heading(block.text, 2)
        elif block.kind == "table":
            rows = _cells(block)
            table = document.add_table(len(rows), len(rows[0]))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
        else:
            document.add_paragraph(block.text, "List Bullet" if block.kind == "bullet" else None)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def drawn(made: Styled) -> bytes:
    """The report as drawn lines of text and ruled tables. All its letters must be in code page 1252."""
    sheets, y = [Sheet().text(LEFT, TOP, "Overview Report", size=18, bold=True)], TOP - 30
    for block in made.blocks:
        if y - _height(block) < FOOT:
            sheets.append(Sheet())
            y = TOP
        y = (_draw_table if block.kind == "table" else _draw_lines)(sheets[-1], block, y) - LEADING + 2
    return pdf(sheets)


def _cells(block: Block) -> list[list[str]]:
    return [row.split(" | ") for row in block.text.splitlines()]


def _wrapped_cells(block: Block) -> list[list[list[str]]]:
    rows = _cells(block)
    return [[_lines(cell, 9, WIDTH / len(rows[0]) - 8) for cell in row] for row in rows]


def _height(block: Block) -> float:
    if block.kind == "table":
        return sum(LEADING * max(map(len, row)) + 6 for row in _wrapped_cells(block))
    return LEADING * len(_lines(block.text, 10, WIDTH))


def _draw_lines(sheet: Sheet, block: Block, y: float) -> float:
    heading = block.kind == "heading"
    for line in _lines(("• " if block.kind == "bullet" else "") + block.text, 10, WIDTH):
        sheet.text(LEFT, y, line, size=14 if heading else 10, bold=heading)
        y -= LEADING
    return y


def _draw_table(sheet: Sheet, block: Block, y: float) -> float:
    rows = _wrapped_cells(block)
    width = WIDTH / len(rows[0])
    edges = [y + LEADING - 1]
    for row in rows:
        for column, lines in enumerate(row):
            sheet.paragraph(LEFT + 4 + width * column, y, lines, size=9)
        y -= LEADING * max(map(len, row)) + 6
        edges.append(y + LEADING - 1)
    sheet.grid([LEFT + width * n for n in range(len(rows[0]) + 1)], edges)
    return y


def _lines(text: str, size: float, width: float) -> list[str]:
    """Text broken over lines where a word processor would break it, by about the widths of Helvetica."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and sum(map(_width, longer)) * size > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _width(letter: str) -> float:
    if letter in "ijl'‘’":
        return 0.222
    if letter in "I.,:; t!/f":
        return 0.278
    if letter in "|-()r“”":
        return 0.333
    return {"m": 0.833, "M": 0.833, "w": 0.722, "W": 0.944}.get(letter) or (0.7 if letter.isupper() else 0.556)
