"""Rows that a page's end cuts in two."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.pdf.page.lines import Column, Line
from pipeline.extract.pdf.tables.grids import Grid
from pipeline.extract.pdf.tables.paragraphs import ended, ends_sentence, is_word_cut


def is_cut(upper: Sequence[Sequence[Line]], lower: Sequence[Sequence[Line]], grid: Grid) -> bool:
    """Two rows are one when each cell that goes on was full to its last line and none could take another word.

    Where a cell has ended, one that goes on may be a line shorter than the longest: programs leave no line alone.
    """
    going_on = [(c, upper[c], lower[c]) for c in range(len(lower)) if lower[c]]
    if any(not above for _, above, _ in going_on):
        return False
    if any(_within_word(above, below, lower) for _, above, below in going_on):
        return True
    most = max((len(cell) for cell in upper), default=0)
    other = any(above and not below for above, below in zip(upper, lower, strict=True))
    if most == 1 and not other:
        return False  # two full rows of one line each look the same as one row: rows are seldom cut after one line
    for column, above, below in going_on:
        short = most - len(above)
        if short > other or (short and ends_sentence(above[-1])):
            return False
        if ended(above[-1], below[0], above, cell_column(grid, column, above)):
            return False
    return True


def _within_word(above: Sequence[Line], below: Sequence[Line], lower: Sequence[Sequence[Line]]) -> bool:
    """Whether a page's end cuts a word of a cell; a grade of "AA-" above a row of its own is none."""
    return is_word_cut(above[-1], below[0]) and (below[0].text[0].islower() or not lower[0])


def cell_column(grid: Grid, column: int, lines: Sequence[Line], wide: int = 1) -> Column:
    """Where the lines of a cell may stand. `wide`: how many columns it covers."""
    left = min((line.x0 for line in lines), default=grid.xs[column])
    if grid.reach:
        return Column(left, grid.reach[min(column + wide, len(grid.reach)) - 1])
    padding = max(0.0, left - grid.xs[column])
    right = grid.xs[min(column + wide, len(grid.xs) - 1)] - padding
    # One word that is longer than its cell says nothing of how long a line may be.
    return Column(left, max([right, *(line.x1 for line in lines if " " in line.text)]))
