"""Stages the tree of Markdown, builds it with MkDocs and indexes it with Pagefind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import BuildFailed
from pipeline.models import Release
from pipeline.site_build.pages import Page, as_file, documents, pdf_name

ROOT = Path(__file__).resolve().parent.parent.parent
SITE = ROOT / "site"
CONFIG = ROOT / "mkdocs.yml"
INDEX = "pagefind"
ASSETS = ("site.css", "exit.js", "search.js", "favicon.svg")
_NEVER = 1577836800  # a fixed moment, so that no time of building gets into a file
_SECONDS = 300


def stage(pages: Sequence[Page], releases: Sequence[Release], folder: Path) -> None:
    """Writes the complete tree from which the site is built: pages, PDFs and the site's own styles and scripts."""
    for page in pages:
        _write(folder / page.source, as_file(page).encode())
    for release in releases:
        for kind in documents(release):
            name = f"reviews/{release.case}/{pdf_name(release, kind)}"
            _write(folder / name, release.files[f"{kind.value}.pdf"])
    for name in ASSETS:
        _write(folder / "assets" / name, (SITE / "assets" / name).read_bytes())
    _write(folder / "robots.txt", b"User-agent: *\nAllow: /\n")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def build(staged: Path, built: Path) -> None:
    """Builds the staged tree into the folder `built`. Raises BuildFailed."""
    env = {
        **_environment(),
        "SSP_DOCS_DIR": str(staged),
        "SSP_SITE_DIR": str(built),
        "SOURCE_DATE_EPOCH": str(_NEVER),
        "DISABLE_MKDOCS_2_WARNING": "true",
        "NO_MKDOCS_2_WARNING": "true",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONWARNINGS": "ignore",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", str(CONFIG)]
    _run(command, "MkDocs could not build the website.", env)
    _leave_out(built)


def _leave_out(built: Path) -> None:
    """Takes away what the theme brings and this site does not use: scripts, maps, and a list of pages with dates."""
    for name in ("assets/javascripts", "assets/images"):
        shutil.rmtree(built / name, ignore_errors=True)
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (built / name).unlink(missing_ok=True)
    used = {path.name for path in built.glob("assets/stylesheets/main.*.min.css")}
    for path in built.glob("assets/stylesheets/**/*"):
        if path.is_file() and path.name not in used:
            path.unlink()
    for path in sorted(built.glob("assets/stylesheets/**/"), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()
    for path in built.glob("assets/stylesheets/*.css"):
        path.write_bytes(theme_styles(path.read_bytes()))


def theme_styles(source: bytes) -> bytes:
    """The theme's styles without their last line, which names a map that is not served."""
    return b"\n".join(line for line in source.split(b"\n") if not line.startswith(b"/*# sourceMappingURL="))


def index(site: Path, output: Path) -> None:
    """Makes the search index of a built site in the folder `output`. Raises BuildFailed."""
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(site), "--output-path", str(output), "--quiet"]
    _run(command, "Pagefind could not index the website.", _environment())
    for path in output.iterdir():
        # Ready-made search boxes, of which this site uses none.
        if path.suffix in (".css", ".js") and path.name not in ("pagefind.js", "pagefind-worker.js"):
            path.unlink()


def _environment() -> dict[str, str]:
    """What the tools inherit: everything but this program's own settings, passphrases among them."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SSP_")}


def _run(command: list[str], failure: str, env: dict[str, str]) -> None:
    try:
        done = subprocess.run(
            command, env=env, cwd=ROOT, capture_output=True, stdin=subprocess.DEVNULL, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildFailed(failure, "Install the pinned packages again; the old website is still served.") from error
    if done.returncode:
        # What the tool prints may quote a report, so that it is left out.
        raise BuildFailed(
            failure, "What was served before is still served. Install the pinned packages again with `make install`."
        )
