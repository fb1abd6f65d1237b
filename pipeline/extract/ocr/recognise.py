"""Character recognition of a PDF's scanned pages, by OCRmyPDF and Tesseract.

They work in a private folder and see nothing but pictures of the pages; what they read, with its place and
confidence, stays in that folder until a process of ours has read it (`ocr_pages`). Then the folder is wiped.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.errors import OcrFailed, OcrNotInstalled
from pipeline.extract import worker
from pipeline.extract.sniff import Format, sniff
from pipeline.models import Document, DocumentKind
from pipeline.private_folder import private_folder, wipe

_BATCH = 12  # pages: between two batches there is progress, and only what was read is kept
_SPACE = 2**30  # bytes that a batch may need at the worst
_MEMORY = 4 * 2**30  # bytes of address space of each program
_LARGEST = 2**30  # bytes of a file that they may write
_SECONDS_A_PAGE = 120
_READING = 3  # seconds a page for reading what they left
_MISSING = 3  # OCRmyPDF's exit code where a program or a language is missing
_INSTALL = (
    "Install OCRmyPDF and Tesseract with English: `apt install ocrmypdf tesseract-ocr` (Debian, Ubuntu), "
    "`brew install ocrmypdf` (macOS), or on Windows in WSL as on Ubuntu. Or take in the original Word file."
)
_SCAN_AGAIN = "Scan it again at 300 dots an inch, or take in the original Word file."
_KEPT = ("PATH", "TESSDATA_PREFIX", "SYSTEMROOT")


def read_with_ocr(
    data: bytes, kind: DocumentKind, within: Path, progress: Callable[[str], None] | None = None
) -> Document:
    """As `worker.read`, with the pages that are scans read by character recognition.

    within  where the private folder lies if there is no place in memory for it
    Raises what `worker.read` raises, OcrNotInstalled, OcrFailed, and WorkspaceError for the private folder.
    """
    say = progress or (lambda _: None)
    if sniff(data) is not Format.PDF:
        return worker.read(data, kind)
    scans = worker.ask(data, "scans")
    if not scans:
        return worker.read(data, kind)
    _refuse_without_programs()
    with private_folder(within, _SPACE) as room:
        for start in range(0, len(scans), _BATCH):
            batch = scans[start : start + _BATCH]
            say(f"Recognising characters: page {start + 1} of {len(scans)}")
            _recognise(data, batch, room)
        say("Reading the report")
        return worker.read(data, kind, room, more=_READING * len(scans))


def _refuse_without_programs() -> None:
    if not (shutil.which("ocrmypdf") and shutil.which("tesseract")):
        raise OcrNotInstalled("The programs that read scans are not installed on this machine.", _INSTALL)


def _recognise(data: bytes, pages: Sequence[int], room: Path) -> None:
    """Leaves NUMBER.hocr with the words of each page and NUMBER.pdf with the straightened pictures of the batch."""
    inside = room / "batch"
    inside.mkdir(mode=0o700)
    given, straight = inside / "given.pdf", room / f"{pages[0]:04d}.pdf"
    worker.ask(data, "pictures", str(given), *map(str, pages), more=_READING * len(pages))
    _run(given, straight, inside, _SECONDS_A_PAGE * len(pages))
    read = sorted(inside.glob("*/*_ocr_hocr.hocr"))
    if len(read) != len(pages):
        raise OcrFailed("Character recognition left out pages.", "Use another version of OCRmyPDF (14 to 16).")
    for page, found in zip(pages, read, strict=True):
        found.rename(room / f"{page:04d}.hocr")
    wipe(inside)


def _run(given: Path, target: Path, inside: Path, seconds: int) -> None:
    command = [
        "ocrmypdf", "--quiet", "--keep-temporary-files", "--language", "eng", "--pdf-renderer", "hocr",
        "--rotate-pages", "--deskew", "--output-type", "pdf", "--optimize", "0", "--max-image-mpixels", "0",
        "--tesseract-timeout", str(_SECONDS_A_PAGE), "--jobs", str(os.cpu_count() or 1), str(given), str(target),
    ]  # fmt: skip
    # The programs get nothing of the surroundings that they could use or tell: no passphrase, no home, no network.
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), str(inside))
    environment |= {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    process = subprocess.Popen(
        [*_without_network(), *command], cwd=inside, env=environment, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=_bound,
    )  # fmt: skip
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise OcrFailed("Character recognition takes far longer than pages need.", _SCAN_AGAIN) from None
    finally:
        _end(process)
    if code == _MISSING:
        raise OcrNotInstalled("A program or a language that reading scans needs is not installed.", _INSTALL)
    if code or not target.exists():
        raise OcrFailed("Character recognition could not read the scanned pages.", _SCAN_AGAIN)


def _without_network() -> list[str]:
    """What starts a program in a network of its own with nothing on it, where this system lets a user do that."""
    starter = ["unshare", "--map-root-user", "--net", "--"]
    if not shutil.which("unshare"):
        return []
    done = subprocess.run([*starter, "true"], capture_output=True, check=False)
    return starter if not done.returncode else []


def _bound() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST, _LARGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and those that it started, whatever they are doing."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
