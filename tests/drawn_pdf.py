"""PDFs drawn by hand, one text operator at a time, for pages that no word processor would make."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Sheet:
    """One page's drawing. y grows upwards from the foot of an A4 page, in points."""

    operators: list[str] = field(default_factory=list)
    extra: str = ""  # more entries of the page's dictionary

    def text(self, x: float, y: float, words: str, *, size: float = 11, bold: bool = False, mode: int = 0) -> Sheet:
        escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        font = "F2" if bold else "F1"
        self.operators.append(f"BT /{font} {size} Tf {mode} Tr 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET")
        return self

    def marked(self, x: float, y: float, before: str, figure: str, after: str) -> Sheet:
        """Text with a raised figure in it, as a footnote's mark is printed."""
        raised = f"/F1 6 Tf 4 Ts ({figure}) Tj /F1 11 Tf 0 Ts"
        self.operators.append(f"BT /F1 11 Tf 0 Tr 1 0 0 1 {x} {y} Tm ({before}) Tj {raised} ({after}) Tj ET")
        return self

    def turned(self, words: str, *, x: float, y: float, matrix: str, size: float = 11) -> Sheet:
        self.operators.append(f"BT /F1 {size} Tf 0 Tr {matrix} {x} {y} Tm ({words}) Tj ET")
        return self

    def paragraph(self, x: float, y: float, lines: Sequence[str], **look: float) -> Sheet:
        for index, line in enumerate(lines):
            self.text(x, y - 14 * index, line, **look)  # type: ignore[arg-type]
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        self.operators.append(f"{x0} {y0} m {x1} {y1} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Sheet:
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        return self

    def layer(self, name: str, drawing: Sheet) -> Sheet:
        self.operators.extend([f"/OC /{name} BDC", *drawing.operators, "EMC"])
        return self


def pdf(
    sheets: Sequence[Sheet], *, catalogue: str = "", objects: Sequence[str] = (), information: str = "",
    properties: str = "", packed: bool = True,
) -> bytes:  # fmt: skip
    """The file. `objects` become numbers 10, 11, ...; `catalogue` and `properties` may refer to them."""
    first_page = 10 + len(objects)
    kids = " ".join(f"{first_page + 2 * i} 0 R" for i in range(len(sheets)))
    parts: dict[int, bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode(),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        5: f"<< {information} >>".encode(),
    }
    parts.update({10 + i: text.encode("latin-1") for i, text in enumerate(objects)})
    for i, sheet in enumerate(sheets):
        content = "\n".join(sheet.operators).encode("cp1252")
        filters = b""
        if packed:
            content, filters = zlib.compress(content), b"/Filter /FlateDecode "
        parts[first_page + 2 * i] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first_page + 2 * i + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> /Properties << {properties} >> >> {sheet.extra} >>"
        ).encode()
        parts[first_page + 2 * i + 1] = (
            b"<< " + filters + b"/Length " + str(len(content)).encode() + b" >>\nstream\n" + content + b"\nendstream"
        )
    return as_file(parts)


def as_file(parts: dict[int, bytes], root: int = 1) -> bytes:
    """The objects as a file; object `root` is the catalogue, 5 the information."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number in sorted(parts):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + parts[number] + b"\nendobj\n"
    start = len(out)
    size = max(parts) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        entry = f"{places[number]:010d} 00000 n \n" if number in places else "0000000000 65535 f \n"
        out += entry.encode()
    out += f"trailer\n<< /Size {size} /Root {root} 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
