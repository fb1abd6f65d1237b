"""The main job from end to end: `ssp demo`, and what it leaves behind, judged by the gold annotations."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from gold import full_names, panel, score, values
from lxml import html
from playwright.sync_api import Page, expect, sync_playwright
from pypdf import PdfReader

from pipeline import serve, verify

pytestmark = pytest.mark.slow

REVIEW = "reviews/ssp-dhr-2019-02"
FLAGS = (
    "--no-sandbox --disable-background-networking --disable-component-update --disable-sync --no-first-run".split()
)
DOCUMENTS = {"overview": "d1-overview", "summary": "d1-summary"}


@dataclass(frozen=True)
class Demo:
    workspace: Path
    said: str

    @property
    def site(self) -> Path:
        return (self.workspace / "public" / "current").resolve()

    @property
    def release(self) -> Path:
        return self.workspace / "releases" / "ssp-dhr-2019-02"


def command(name: str, *arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """`ssp` or `publish` as a user runs it, in a folder."""
    program = str(Path(sys.executable).with_name(name))
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    workspace = tmp_path_factory.mktemp("demo") / "workspace"
    done = command("ssp", "demo", "--workspace", str(workspace))
    assert done.returncode == 0, done.stderr
    return Demo(workspace, done.stdout)


@pytest.mark.parametrize(
    "gate",
    [
        "publishing before approval",
        "approving before everything is decided",
        "approving before every warning is accepted or resolved",
        "approving one's own case",
        "publishing before clearance",
        "publishing before the family is told",
        "publishing before the agreed date",
        "a file changed by one byte",
        "the same with its hash in the manifest changed",
    ],
)
def test_each_gate_is_shown_shut(demo: Demo, gate: str) -> None:
    assert f"refused: {gate}." in demo.said


def page_text(demo: Demo, part: str) -> str:
    """The words of one part of the review's page: from its heading to the next part's."""
    tree = html.fromstring((demo.site / REVIEW / "index.html").read_text(encoding="utf-8"))
    pieces: list[str] = []
    inside = False
    for element in tree.find(".//main").iter():
        if element.tag == "h2" and element.get("id") in ("panel", "summary", "overview"):
            inside = element.get("id") == part
        if inside and isinstance(element.tag, str):
            pieces.append(element.text or "")
        if inside or (element.tail and pieces and inside):
            pieces.append(element.tail or "")
    return " ".join(pieces)


def pdf_text(demo: Demo, part: str) -> str:
    reader = PdfReader(demo.site / REVIEW / f"ssp-dhr-2019-02-{part}.pdf")
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("read", [page_text, pdf_text])
@pytest.mark.parametrize("part", DOCUMENTS)
def test_nobody_is_named_and_the_words_are_there(demo: Demo, part: str, read: object) -> None:
    assert callable(read)
    result = score(DOCUMENTS[part], read(demo, part))
    assert (result["leaks"], result["stray"]) == (0, [])
    assert result["keep_lost"] == 0
    assert result["utility"] >= 0.99


def test_every_member_of_the_panel_is_named(demo: Demo) -> None:
    page = html.fromstring((demo.site / REVIEW / "index.html").read_text(encoding="utf-8")).text_content()
    names = panel("d1-overview")
    assert len(names) == 12
    assert [n for n in names if n not in page] == []


def test_no_form_of_a_name_in_the_site_or_the_release(demo: Demo) -> None:
    forms = sorted({form for name in DOCUMENTS.values() for form in full_names(name) | values(name)})
    assert len(forms) > 60
    assert verify.find_in_tree(demo.site, forms) == ()
    assert verify.find_in_tree(demo.release, forms) == ()


def bytes_within(path: Path) -> Iterator[bytes]:
    """A file's bytes, and what is packed in them."""
    data = path.read_bytes()
    yield path.name.encode()
    yield data
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    if data[:4] == b"%PDF":
        reader = PdfReader(io.BytesIO(data))
        yield repr(reader.metadata).encode()
        yield repr(reader.xmp_metadata and reader.xmp_metadata.stream.get_data()).encode()
        yield "\n".join(page.extract_text() for page in reader.pages).encode()


def test_no_full_name_in_any_byte_outside_the_vault(demo: Demo) -> None:
    """The same without the product's own verifier, over the whole workspace."""
    names = [re.sub(r"\s+", " ", n).casefold() for n in full_names("d1-overview") | values("d1-overview")]
    found = []
    for path in demo.workspace.rglob("*"):
        if path.is_file() and path.name != "vault.db":
            for data in bytes_within(path):
                text = re.sub(r"\s+", " ", data.decode("utf-8", "replace")).casefold()
                found += [path.name for n in names if n in text]
    assert found == []


def test_the_vault_is_not_readable(demo: Demo) -> None:
    data = (demo.workspace / "vault.db").read_bytes()
    assert b"SQLite format" not in data
    assert b"Okonjo" not in data
    assert b"Ashworth" not in data


def released_files(release: Path) -> list[str]:
    return sorted(p.relative_to(release).as_posix() for p in release.rglob("*") if p.is_file())


def test_publish_refuses_any_file_altered_by_one_byte(demo: Demo, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    shutil.copytree(demo.workspace, workspace, symlinks=True, ignore=shutil.ignore_patterns("vault.*"))
    release = workspace / "releases" / "ssp-dhr-2019-02"
    served = (workspace / "public" / "current").resolve()
    names = released_files(release)
    assert {"files/overview.md", "files/overview.pdf", "files/release.json", "manifest.json"} <= set(names)
    for name in names:
        whole = (release / name).read_bytes()
        middle = len(whole) // 2
        (release / name).write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        refused = command("publish", "--workspace", str(workspace))
        (release / name).write_bytes(whole)
        assert refused.returncode == 61, name
        assert name in refused.stderr
        assert (workspace / "public" / "current").resolve() == served
        assert (served / "index.html").exists()


def test_publishing_again_needs_no_vault_and_changes_nothing(demo: Demo, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    shutil.copytree(demo.workspace, workspace, symlinks=True, ignore=shutil.ignore_patterns("vault.*"))
    before = (workspace / "public" / "current").readlink()
    done = command("publish", "--workspace", "./workspace", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (workspace / "public" / "current").readlink() == before


def test_a_withdrawn_report_is_gone_from_every_built_copy(
    demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = tmp_path / "workspace"
    shutil.copytree(demo.workspace, workspace, symlinks=True, ignore=shutil.ignore_patterns("vault.*"))
    monkeypatch.setenv("SSP_USER_PASSPHRASE", "an invented passphrase")
    users = command("ssp", "user", "list", "--workspace", str(workspace)).stdout.splitlines()
    key = next(line.split()[0] for line in users if "comms" in line)
    reason = ("--reason", "family-request", "--workspace", str(workspace), "--as", key)
    done = command("ssp", "withdraw", "SSP/DHR/2019/02", *reason)
    assert done.returncode == 0, done.stderr
    left = [p for p in (workspace / "public").rglob("*") if p.is_file() and b"Ashworth" in p.read_bytes()]
    assert left == []
    assert not (workspace / "public" / "current" / REVIEW).exists()


def test_status_and_the_event_log(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSP_PASSPHRASE", "an invented passphrase")
    status = command("ssp", "status", "--workspace", str(demo.workspace))
    assert status.returncode == 0
    assert "SSP/DHR/2019/02: published" in status.stdout
    assert "Action plan: 9 actions, 9 with a date, 1 said to be done." in status.stdout
    audit = command("ssp", "audit", "verify", "--workspace", str(demo.workspace))
    assert audit.returncode == 0
    assert "whole" in audit.stdout


def test_a_folder_that_is_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "something.txt").write_text("mine")
    refused = command("ssp", "demo", "--workspace", str(tmp_path))
    assert refused.returncode == 40
    assert (tmp_path / "something.txt").read_text() == "mine"


@pytest.fixture(scope="module")
def address(demo: Demo) -> Iterator[str]:
    with serve.server(demo.site) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is not installed. Install it (apt-get install chromium) and run the tests again."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser.new_page()
        browser.close()


def test_a_reader_goes_from_home_to_the_report_to_a_theme(address: str, browser_page: Page) -> None:
    page = browser_page
    page.goto(address)
    page.get_by_role("link", name="The death of Adult A").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The death of Adult A")
    expect(page.locator("p:has(#p-13-9)")).to_contain_text("Housing Officer 1")
    expect(page.get_by_role("cell", name="Hà Nguyễn").first).to_be_visible()
    page.goto(address + "themes/")
    page.get_by_role("link", name="Interpreters and language").first.click()
    expect(page.get_by_role("main")).to_contain_text("A child should never be asked to interpret")
    page.get_by_role("link", name=re.compile(r"paragraph 16\.1")).first.click()
    assert page.url.endswith("#p-16-1")


def test_a_search_finds_a_word_and_leads_to_it(address: str, browser_page: Page) -> None:
    page = browser_page
    page.goto(address + "search/")
    page.get_by_role("searchbox").fill("balcony")
    page.get_by_role("button", name="Search").click()
    result = page.get_by_role("main").get_by_role("link", name="The death of Adult A").first
    expect(result).to_be_visible()
    result.click()
    expect(page.get_by_role("main")).to_contain_text("balcony")
