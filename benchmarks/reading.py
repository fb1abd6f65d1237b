"""`make bench-reading`: how long reading takes, after import, and how much memory a report of 500 pages needs.

Seconds of one processor, the best of ROUNDS, for each invented report and for 40 pages of it. The long reports are
made in a temporary folder: one set anew with tags, one of a report's pages over and over without tags, one for Word.
Each is read in a process of its own. Ends with an error if a limit is passed.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time

from benchmarks.reports import REPORTS
from pipeline.extract import read_here
from pipeline.models import DocumentKind, layout
from tests.gold import source

ROUNDS = 5
PAGES, LONG = 40, 500
SECONDS = {"pdf": 2.0, "docx": 0.5}  # at most, for 40 pages
MEGABYTES = 400  # at most, for 500 pages
_WORDS = "The Panel heard from each of the agencies that knew the family, and it thanks all those who wrote to it. "


def main() -> int:
    """Measures and prints; returns 1 if a limit is passed."""
    slowest = {"pdf": 0.0, "docx": 0.0}
    print(f"{'report':14}{'pages':>6}{'pdf':>9}{'docx':>9}{f'pdf/{PAGES} p.':>12}{f'docx/{PAGES} p.':>12}")
    for name in REPORTS:
        (pdf, pages), (docx, _) = (_best(source(name, ending)) for ending in ("pdf", "docx"))
        share = PAGES / (pages or 1)
        slowest = {"pdf": max(slowest["pdf"], pdf * share), "docx": max(slowest["docx"], docx * share)}
        print(f"{name:14}{pages:6}{pdf:8.3f}s{docx:8.3f}s{pdf * share:11.2f}s{docx * share:11.2f}s")
    with tempfile.TemporaryDirectory() as folder:
        most = max(_long(make(Path(folder))) for make in (_tagged, _untagged, _word))
    return int(most > MEGABYTES or any(slowest[ending] > limit for ending, limit in SECONDS.items()))


def _best(path: Path) -> tuple[float, int]:
    """Seconds, and pages where the format has any."""
    data = path.read_bytes()
    best = float("inf")
    for _ in range(ROUNDS):
        start = process_time()
        document = read_here(data, DocumentKind.OVERVIEW)
        best = min(best, process_time() - start)
    return best, document.pages or 0


def _long(path: Path) -> float:
    """Reads a file in a process of its own and prints how it went; megabytes at the most."""
    command = [sys.executable, "-m", "benchmarks.reading", str(path)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pages, words, seconds, megabytes = printed.split()
    print(f"{path.name:24}{pages:>6} pages {words:>8} words {seconds:>7} s {megabytes:>6} MB at most")
    return float(megabytes)


def _read_one(path: Path) -> None:
    data = path.read_bytes()
    start = process_time()
    document = read_here(data, DocumentKind.OVERVIEW)
    seconds = process_time() - start
    print(document.pages or LONG, len(layout(document).text.split()), f"{seconds:.2f}", round(_most_megabytes()))


def _most_megabytes() -> float:
    """The most memory that this process has held; what getrusage says includes its parent's on Linux."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _tagged(folder: Path) -> Path:
    """A report of 500 pages as a program sets it that writes tags."""
    import typst

    part = f"== Part\n{_WORDS * 12}\n\n- first\n- second\n\n{_WORDS * 10}#footnote[Told by letter.]\n\n"
    table = f"#table(columns: 3, table.header([Date], [Agency], [Event]), {f'[4 May], [Police], [{_WORDS}],' * 3})\n"
    target = folder / "long-tagged.pdf"
    page = f"#pagebreak()\n{part}\n{table}"
    source_text = f'#set document(title: "t")\n#set text(10pt)\n= Overview Report\n{page * LONG}'
    target.write_bytes(typst.compile(source_text.encode(), format="pdf"))
    return target


def _untagged(folder: Path) -> Path:
    """A report's pages over and over, 500 in all."""
    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(io.BytesIO(source("d2-overview", "pdf").read_bytes()))
    writer = PdfWriter()
    for number in range(LONG):
        writer.add_page(reader.pages[number % len(reader.pages)])
    target = folder / "long-untagged.pdf"
    writer.write(target)
    return target


def _word(folder: Path) -> Path:
    """A report of about 500 pages from Word."""
    from docx import Document

    document = Document()
    document.add_heading("Overview Report", 1)
    for number in range(LONG):
        document.add_heading(f"Part {number + 1}", 2)
        for _ in range(2):
            document.add_paragraph(_WORDS * 11)
        table = document.add_table(4, 3)
        for row in table.rows:
            for cell, words in zip(row.cells, ("4 May", "Police", _WORDS), strict=True):
                cell.text = words
    target = folder / "long.docx"
    document.save(str(target))
    return target


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _read_one(Path(sys.argv[1]))
    else:
        sys.exit(main())
