"""Which rows of a printed table are its header: by weight, by the words that head columns in reports, by figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.pdf.page.lines import Line
from pipeline.models import Merged


def header_rows(rows: Sequence[Sequence[Sequence[Line]]], merged: Sequence[Merged]) -> int:
    """The first row when it is bold and the rest is not, or when its cells are short labels.

    So are bold rows under it where a cell of the first covers several columns, or goes down into them.
    """
    if len(rows) < 2 or not ((is_bold(rows[0]) and not all(map(is_bold, rows[1:]))) or _names_columns(rows)):
        return 0
    deep = max((m.rows for m in merged if m.row == 0), default=1)
    if is_bold(rows[0]) and any(m.row == 0 and m.columns > 1 for m in merged) and is_bold(rows[1]) and len(rows) > 2:
        deep = max(deep, 2)
    return deep if deep < len(rows) and all(map(is_bold, rows[:deep])) else 1


def is_bold(row: Sequence[Sequence[Line]]) -> bool:
    """True when all of a row's print is bold."""
    return all(line.bold for cell in row for line in cell)


_LABELS = frozenset(
    re.findall(
        r"\w+",
        """name names role agency organisation organisations title date action lead target outcome recommendation term
        meaning code relationship event source contribution author number version person position representing details
        age address ethnicity pseudonym time entry measure owner progress status received born lesson timescale""",
    )
)


def _names_columns(rows: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """True when the first row's cells are short labels: most in the words that reports head their columns with, or
    without a figure where a column under them has nothing but figures, dates or codes."""
    labels = 0
    for cell in rows[0]:
        words = " ".join(line.text for line in cell).casefold().rstrip(".").split()
        if not words or len(words) > 4:
            return False
        labels += words[0] in _LABELS or words[-1] in _LABELS
    return labels * 2 > len(rows[0]) or _heads_figures(rows)


def _heads_figures(rows: Sequence[Sequence[Sequence[Line]]]) -> bool:
    if len(rows) < 3 or any(re.search(r"\d", line.text) for cell in rows[0] for line in cell):
        return False
    # In two columns the second one may be the answers of a form: a name, a number, a date.
    columns = range(1 if len(rows[0]) < 3 else len(rows[0]))
    return any(all(row[c] and re.match(r"\W*\d", row[c][0].text) for row in rows[1:]) for c in columns)
