"""Pictures of the pages of a PDF that are scans, for character recognition.

A picture is what its page shows: text that a scanner's software once guessed, and hid behind or under the scan, is
not in it. The pictures make a PDF of their own, so that the programs that recognise characters never see the file
that was given.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import ScannedPages
from pipeline.extract.pdf.page.glyphs import Page, read_pages
from pipeline.extract.pdf.safety.hidden import named_pages

DPI = 300  # what Tesseract is made for; a coarser scan is enlarged to it
_MOST_PIXELS = 40_000_000  # of a page: A2 at 300 dpi; a larger one is drawn more coarsely
_LEAST_GRAIN, _MOST_GRAIN = 0.1, 0.35  # of the way from the paper's grey to the print's: paper still
_ROUGH = 0.05  # of that way: coarser grain than this is smoothed first
_INK = 0.02  # per cent of a page that are at least as dark as its print: a page number's
_LEAST_CONTRAST = 40  # greys, of 255, between paper and print
_SLOPE = 0.4  # of that way from white to black


def scanned_pages(data: bytes) -> list[int]:
    """Pages of a PDF, from 0, that are scans. Raises the family of UnreadableFile."""
    from pipeline.extract.breakage import refused
    from pipeline.extract.pdf.safety import security as pdf_security
    from pipeline.extract.pdf.safety import streams as pdf_streams

    with refused("PDF"):
        pdf_streams.check(data)
        pdf_security.check(pdf_security.open_pdf(data))
        return [page.index for page in read_pages(data, frozenset()) if page.scanned]


def refuse_scans(pages: Sequence[Page]) -> None:
    """Raises ScannedPages where pages are pictures of text."""
    scans = [page for page in pages if page.scanned]
    if scans:
        guessed = "; what a scanner's software guessed of it is not trusted" if any(p.hidden for p in scans) else ""
        which = named_pages([page.index + 1 for page in scans])
        raise ScannedPages(
            f"{which} a picture of text, as a scan does, and no text{guessed}.",
            "Take in the original Word file, or read the scan with --ocr and compare it with the paper.",
        )


def pictures(data: bytes, pages: Sequence[int], target: Path) -> None:
    """Writes a PDF whose pages are the pictures of these pages, in grey, at 300 dots an inch.

    Raises the family of UnreadableFile.
    """
    import pypdfium2 as pdfium

    from pipeline.extract.breakage import refused

    with refused("PDF"):
        document, made = pdfium.PdfDocument(data), pdfium.PdfDocument.new()
        for index in pages:
            page = document[index]
            width, height = page.get_size()
            scale = min(DPI / 72, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
            bitmap = page.render(scale=scale, grayscale=True, draw_annots=False)
            _whiten(bitmap.to_numpy())
            picture = pdfium.PdfImage.new(made)
            picture.set_bitmap(bitmap)
            picture.set_matrix(pdfium.PdfMatrix().scale(width, height))
            sheet = made.new_page(width, height)
            sheet.insert_obj(picture)
            sheet.gen_content()
            for done in (bitmap, sheet, page):
                done.close()
        made.save(target)


def _whiten(grey: Any) -> None:
    """Makes paper white and print black, in place: what is left of grain costs time and is read as marks.

    Print is what is clearly darker than the paper, be it grey on the page or black.
    """
    import numpy as np

    paper, ink, grain = _tones(grey)
    if grain > _ROUGH * (paper - ink):
        grey[...] = _smooth(grey)
        paper, ink, grain = _tones(grey)
    span = paper - ink
    if span < _LEAST_CONTRAST:  # an empty sheet, whose grain would become marks
        return
    white = paper - min(_MOST_GRAIN, max(_LEAST_GRAIN, 3 * grain / span)) * span
    steps = np.clip((np.arange(256) - white) / (_SLOPE * span) * 255 + 255, 0, 255).astype(np.uint8)
    grey[...] = steps[grey]


def _tones(grey: Any) -> tuple[float, float, float]:
    """The grey of the paper, of the print, and by how much the paper's differs from itself."""
    import numpy as np

    sample = grey[::4, ::4]
    paper, darker, ink = (float(np.percentile(sample, share)) for share in (50, 16, _INK))
    return paper, ink, paper - darker


def _smooth(grey: Any) -> Any:
    """Each pixel as the mean of itself and its neighbours."""
    import numpy as np

    total = grey.astype(np.uint16)
    total[1:-1] = total[:-2] + total[1:-1] + total[2:]
    total[1:-1] //= 3
    across = total.copy()
    across[:, 1:-1] = (total[:, :-2] + total[:, 1:-1] + total[:, 2:]) // 3
    return across.astype(np.uint8)
