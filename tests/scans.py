"""Scans of reports, made from their PDFs: pages as pictures, grainy, grey and a little askew."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2 as pdfium


@dataclass(frozen=True)
class Scanner:
    """dots an inch; spread of the grain, in greys of 255; degrees by which a page lies askew; quarter turns."""

    dpi: int = 200
    grain: float = 12.0
    askew: float = 0.6
    turns: int = 0


def scanned(data: bytes, scanner: Scanner, pages: Sequence[int] | None = None, guessed: str = "") -> bytes:
    """A PDF of pictures of these pages (all if None), each with unseen text on it as scanners' software has it."""
    source, made = pdfium.PdfDocument(data), pdfium.PdfDocument.new()
    for number in range(len(source)) if pages is None else pages:
        _add(made, _picture(source[number], scanner, number), source[number].get_size(), scanner.turns, guessed)
    return _saved(made)


def joined(*files: bytes) -> bytes:
    """The pages of several PDFs in one."""
    made = pdfium.PdfDocument.new()
    for data in files:
        made.import_pages(pdfium.PdfDocument(data))
    return _saved(made)


def paper(*photographs: tuple[int, int, int, int]) -> bytes:
    """A scanned sheet without words: grainy paper, with pictures where they are said to be (left, top, right, bottom)
    on a page of 827 by 1170 pixels."""
    random = np.random.default_rng(3)
    grey = random.normal(225, 6, (1170, 827))
    for left, top, right, bottom in photographs:
        y, x = np.mgrid[top:bottom, left:right]
        grey[top:bottom, left:right] = 70 + 40 * np.sin(x / 60) * np.cos(y / 80)
    made = pdfium.PdfDocument.new()
    _add(made, np.clip(grey, 0, 255).astype(np.uint8), (595, 842), 0, "")
    return _saved(made)


def _picture(page: Any, scanner: Scanner, seed: int) -> Any:
    grey = page.render(scale=scanner.dpi / 72, grayscale=True).to_numpy()
    grey = (grey[:, :, 0] if grey.ndim == 3 else grey).astype(float)
    grey = _turned(grey, math.radians(scanner.askew)) * 0.8 + 25
    grey += np.random.default_rng(seed).normal(0, scanner.grain, grey.shape)
    return np.rot90(np.clip(grey, 0, 255).astype(np.uint8), scanner.turns)


def _turned(grey: Any, angle: float) -> Any:
    """The picture turned about its middle, between its pixels."""
    height, width = grey.shape
    y, x = np.mgrid[0:height, 0:width]
    across = (x - width / 2) * math.cos(angle) + (y - height / 2) * math.sin(angle) + width / 2
    down = (y - height / 2) * math.cos(angle) - (x - width / 2) * math.sin(angle) + height / 2
    left, top = np.clip(across.astype(int), 0, width - 2), np.clip(down.astype(int), 0, height - 2)
    right_share, low_share = np.clip(across - left, 0, 1), np.clip(down - top, 0, 1)
    upper = grey[top, left] * (1 - right_share) + grey[top, left + 1] * right_share
    lower = grey[top + 1, left] * (1 - right_share) + grey[top + 1, left + 1] * right_share
    return upper * (1 - low_share) + lower * low_share


def _add(made: Any, grey: Any, size: tuple[float, float], turns: int, guessed: str) -> None:
    width, height = size if turns % 2 == 0 else (size[1], size[0])
    bitmap = pdfium.PdfBitmap.new_native(grey.shape[1], grey.shape[0], pdfium.raw.FPDFBitmap_Gray)
    pixels = bitmap.to_numpy()
    pixels[...] = grey if pixels.ndim == 2 else grey[:, :, np.newaxis]
    picture = pdfium.PdfImage.new(made)
    picture.set_bitmap(bitmap)
    picture.set_matrix(pdfium.PdfMatrix().scale(width, height))
    page = made.new_page(width, height)
    page.insert_obj(picture)
    if guessed:
        _write_unseen(made, page, guessed)
    page.gen_content()


def _write_unseen(made: Any, page: Any, words: str) -> None:
    raw = pdfium.raw
    text = raw.FPDFPageObj_NewTextObj(made, b"Helvetica", 11.0)
    encoded = words.encode("utf-16-le") + b"\0\0"
    raw.FPDFText_SetText(text, (raw.FPDF_WCHAR * (len(encoded) // 2)).from_buffer_copy(encoded))
    raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 72, 600)
    raw.FPDFPage_InsertObject(page, text)


def _saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
