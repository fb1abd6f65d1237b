"""The website: what stands on it, that every byte is checked before it is served, that nothing withdrawn is left."""

from __future__ import annotations

import gzip
import itertools
import json
import shutil
import subprocess
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from lxml import html
from redacted_reports import HOSTILE, OVERVIEW, PANEL, heading, hostile, item, note, para, release, table

import pipeline.gate
import pipeline.release
from pipeline.errors import BuildFailed, Busy, LeakFound, ReleaseAltered
from pipeline.lessons import load_themes
from pipeline.models import Block, BlockKind, Document, DocumentKind, Foreign, Merged, Release
from pipeline.site_build import build, deploy, publish, purge
from pipeline.site_build.check import EXIT, check_site
from pipeline.site_build.check_index import check_index
from pipeline.site_build.pages import all_pages
from pipeline.verify import find_in_tree
from pipeline.workspace import Workspace

pytestmark = pytest.mark.slow

RELEASES = (release(), hostile())
SUPPORT = ("0808 2000 247", "0808 801 0327", "0800 999 5428", "116 123", "999", "55")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A served site of both invented reviews; tests only read it."""
    workspace = Workspace(tmp_path_factory.mktemp("workspace"))
    report = publish(workspace, RELEASES)
    assert report.switched
    assert report.cases == ("ssp-dhr-2019-02", "ssp-dhr-2020-01")
    return workspace.public / "current"


def text(site: Path, page: str) -> str:
    return " ".join(html.parse(site / page / "index.html").getroot().find("body").text_content().split())


def pages_of(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


# What stands on it


def test_every_page_has_the_way_out_and_the_support_lines(site: Path) -> None:
    assert len(pages_of(site)) > 10
    for page in pages_of(site):
        root = html.parse(page).getroot()
        assert [e.get("href") for e in root.iter("a") if e.get("id") == "exit"] == [EXIT]
        for number in SUPPORT:
            assert number in root.find(".//footer").text_content()
        assert len(root.findall(".//h1")) == 1
        assert root.get("lang") == "en"


def test_a_review_has_its_summary_report_panel_dates_and_pdfs(site: Path) -> None:
    words = text(site, "reviews/ssp-dhr-2019-02")
    for member in PANEL:
        assert member.name in words
    for shown in ("The death of Adult A", "17 July 2020", "1 February 2021", "1 March 2021", "SSP/DHR/2019/02"):
        assert shown in words
    assert "Exit this page" in words
    root = html.parse(site / "reviews/ssp-dhr-2019-02/index.html").getroot()
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert {"p-1-1", "p-4-1", "s-p-1-1", "summary", "overview", "panel", "note-1", "s-note-1"} <= set(ids)
    for kind in ("overview", "summary"):
        served = site / f"reviews/ssp-dhr-2019-02/ssp-dhr-2019-02-{kind}.pdf"
        assert served.read_bytes() == RELEASES[0].files[f"{kind}.pdf"]
    levels = [int(e.tag[1]) for e in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_theme_page_leads_to_the_exact_paragraph(site: Path) -> None:
    root = html.parse(site / "themes/interpreters-and-language/index.html").getroot()
    links = {e.get("href") for e in root.iter("a")}
    assert "../../reviews/ssp-dhr-2019-02/#p-4-1" in links
    assert "A child should never be asked to interpret for a parent." in root.text_content()
    assert (site / "themes/housing").exists() is False
    assert "Interpreters and language" in text(site, "themes")


def test_nothing_is_fetched_kept_or_run_from_elsewhere(site: Path) -> None:
    for page in pages_of(site):
        source = page.read_text(encoding="utf-8")
        root = html.fromstring(source)
        loads = [e.get("src") or e.get("href") for e in root.iter("script", "link", "img", "iframe")]
        assert not [address for address in loads if address is None or "//" in address or ":" in address]
        assert "default-src 'none'" in source
        assert not root.xpath("//*[@style or @onclick or @onload]")
    for script in (*site.rglob("*.js"), *site.rglob("*.css")):
        content = script.read_text(encoding="utf-8")
        assert "localStorage" not in content
        assert "document.cookie" not in content
        assert "@import" not in content


STRUCTURED = Document(
    DocumentKind.OVERVIEW,
    (
        heading(1, "Overview Report: the death of Adult C"),
        heading(2, "What was said", "1"),
        replace(para("She said “así es”.[^1] So did he.[^1]", "1.1"), foreign=(Foreign("es", "así es"),)),
        heading(3, "More[^2]", "1.1"),
        heading(2, "Agencies"),
        replace(
            table(("Agency", "Contacts", ""), ("", "Calls", "Visits"), ("Police", "3", "[^2]"), header_rows=2),
            merged=(Merged(0, 0, 2, 1), Merged(0, 1, 1, 2)),
        ),
        table(("", "May"), ("Police", "1"), ("GP", "2")),
        table(("Name", ""), ("Adult C", "here")),
        Block(BlockKind.PICTURE, "A plan of the flat"),
        Block(BlockKind.PICTURE),
        heading(2, "Lessons to be learnt", "2"),
        item("Children must never interpret.", number="1", ordered=True),
        item("Housing must ask about violence.", number="2", ordered=True),
        heading(2, "Recommendations", "3"),
        item("Every practice should book interpreters.", number="4", ordered=True),
        item("The Police should train all officers.", number="(b)", ordered=True),
        note("1", "Twice."),
        note("2", "Once in a heading, once in a table."),
        note("3", "Never."),
    ),
)


@pytest.fixture(scope="module")
def structured(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The page of a review that has everything which is not plain text."""
    report = publish(Workspace(tmp_path_factory.mktemp("workspace")), (release(documents=(STRUCTURED,)),))
    assert report.folder
    return html.parse(report.folder / REVIEW).getroot()


def test_header_cells_say_what_they_head(structured: Any) -> None:
    tables = structured.xpath("//article//table")[-3:]
    heads = [
        [(e.text_content(), e.get("scope"), e.get("colspan"), e.get("rowspan")) for e in t.iter("th")] for t in tables
    ]
    assert heads == [
        [
            ("Agency", "col", None, "2"),
            ("Contacts", "colgroup", "2", None),
            ("Calls", "col", None, None),
            ("Visits", "col", None, None),
        ],
        [("May", "col", None, None), ("Police", "row", None, None), ("GP", "row", None, None)],
        [("Name", "col", None, None)],
    ]


def test_every_mark_has_a_way_back_from_its_note(structured: Any) -> None:
    notes = {p.get("id"): p for p in structured.xpath("//section[@class='notes']/p")}
    for label, count in (("1", 2), ("2", 2), ("3", 0)):
        marks = [a for a in structured.xpath("//sup/a") if a.get("href") == f"#note-{label}"]
        assert len(marks) == count
        back = {a.get("href") for a in notes[f"note-{label}"].iter("a")}
        assert back == {f"#{mark.get('id')}" for mark in marks}
        assert all(a.get("aria-label") for a in notes[f"note-{label}"].iter("a"))


def test_other_languages_pictures_and_ids_on_a_page(structured: Any) -> None:
    assert [(e.get("lang"), e.text) for e in structured.iter("span") if e.get("lang")] == [("es", "así es")]
    pictures = structured.xpath("//p[@class='picture']")
    assert [(e.text, e.get("role")) for e in pictures] == [
        ("[Picture: A plan of the flat]", "note"),
        ("[Picture not published]", "note"),
    ]
    ids = [e.get("id") for e in structured.iter("h3", "h4", "h5", "h6")]
    assert ids == ["h-1", "section-1", "section-1-1", "h-4", "section-2", "section-3"]


def test_words_like_markup_are_words_on_the_site_too(site: Path) -> None:
    root = html.parse(site / "reviews/ssp-dhr-2020-01/index.html").getroot()
    assert not root.xpath("//article//script | //article//b | //article//i | //article//em | //article//img")
    assert "<script>alert(1)</script>" in root.text_content()
    assert HOSTILE.blocks[1].text.split(" [")[0] in root.text_content()


def test_an_empty_site_is_a_site(tmp_path: Path) -> None:
    report = publish(Workspace(tmp_path), ())
    assert report.folder
    assert "No review has been published here yet." in text(report.folder, "")
    assert not (report.folder / "reviews/ssp-dhr-2019-02").exists()


def test_the_same_releases_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    report = publish(Workspace(tmp_path), tuple(reversed(RELEASES)))
    assert report.digest == deploy.digest(site)


def test_the_plain_site_folder_builds_by_itself(tmp_path: Path) -> None:
    build.build(build.SITE / "pages", tmp_path / "built")
    assert (tmp_path / "built" / "search" / "index.html").is_file()


# Each of these is a site that must not be served


def edit(path: Path, before: str, after: str) -> None:
    source = path.read_text(encoding="utf-8")
    assert before in source
    path.write_text(source.replace(before, after, 1), encoding="utf-8")


REVIEW = "reviews/ssp-dhr-2019-02/index.html"
THEME = "themes/interpreters-and-language/index.html"

SPOILT: dict[str, Callable[[Path], None]] = {
    "a word more": lambda s: edit(s / REVIEW, "who rang back twice", "Jane, who rang back twice"),
    "a word less": lambda s: edit(s / REVIEW, "who rang back twice", "who rang twice"),
    "a word of another page": lambda s: edit(s / REVIEW, "by her husband", "by her fortnight"),
    "a word on a theme page": lambda s: edit(s / THEME, "A child should", "Kim should"),
    "a word in the header": lambda s: edit(s / "index.html", "Main", "Zed"),
    "a word in the title": lambda s: edit(s / REVIEW, "<title>The", "<title>Zed The"),
    "a word in the description": lambda s: edit(s / REVIEW, 'content="Domestic', 'content="Zed Domestic'),
    "a word in an attribute": lambda s: edit(s / REVIEW, "<article ", '<article title="Zed" '),
    "a word in an id": lambda s: edit(s / REVIEW, 'id="p-1-1"', 'id="p-1-1-ŻED"'),
    "a comment": lambda s: edit(s / REVIEW, "<article ", "<!-- Zed --><article "),
    "a script": lambda s: edit(s / REVIEW, "</article>", "<script>1</script></article>"),
    "a handler": lambda s: edit(s / REVIEW, "<article ", '<article onclick="1" '),
    "a style": lambda s: edit(s / REVIEW, "<article ", '<article style="x" '),
    "a picture": lambda s: edit(s / REVIEW, "</article>", '<img src="x.png"></article>'),
    "another host": lambda s: edit(s / REVIEW, 'href="../"', 'href="https://example.org/"'),
    "another host without a scheme": lambda s: edit(s / REVIEW, 'href="../"', 'href="//example.org/"'),
    "a script scheme": lambda s: edit(s / REVIEW, 'href="../"', 'href="javascript:1"'),
    "a form that sends": lambda s: edit(s / "search/index.html", 'action="./"', 'action="/elsewhere"'),
    "a dead link": lambda s: edit(s / REVIEW, 'href="../"', 'href="../nowhere/"'),
    "a dead anchor": lambda s: edit(s / THEME, "#p-4-1", "#p-9-9"),
    "a lesson that leads to another paragraph": lambda s: edit(s / REVIEW, 'id="p-4-1" href', 'id="p-4-9" href'),
    "a word for a language": lambda s: edit(s / REVIEW, "<article ", '<article lang="zed" '),
    "a word for a scope": lambda s: edit(s / REVIEW, 'scope="col"', 'scope="zed"'),
    "a word for a span": lambda s: edit(s / REVIEW, "<td>", '<td colspan="zed">'),
    "another PDF": lambda s: (s / "reviews/ssp-dhr-2019-02/ssp-dhr-2019-02-summary.pdf").write_bytes(b"%PDF-"),
    "a changed script": lambda s: edit(s / "assets/exit.js", "Escape", "Enter"),
    "a changed style": lambda s: next(s.glob("assets/stylesheets/*.css")).write_bytes(b"x{}"),
    "a file too many": lambda s: (s / "reviews" / "notes.txt").write_bytes(b"x"),
    "a page too many": lambda s: shutil.copy(s / "index.html", s / "draft.html"),
    "a file too few": lambda s: (s / "robots.txt").unlink(),
    "a link in the file system": lambda s: (s / "link").symlink_to(s / "index.html"),
    "another page where nothing is": lambda s: edit(s / "404.html", "This page", "Zed"),
}


@pytest.fixture
def spoilable(site: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    shutil.copytree(site.resolve(), copy)
    shutil.rmtree(copy / build.INDEX)
    return copy


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_site_does_not_pass(spoilable: Path, name: str) -> None:
    pages = all_pages(RELEASES, load_themes(), build.SITE)
    check_site(spoilable, pages, RELEASES)
    SPOILT[name](spoilable)
    with pytest.raises(LeakFound) as caught:
        check_site(spoilable, pages, RELEASES)
    assert "Zed" not in str(caught.value)


def fragment(index: Path, change: Callable[[dict[str, object]], None]) -> None:
    path = next(
        p for p in sorted(index.glob("fragment/*")) if b"ssp-dhr-2019-02/" in gzip.decompress(p.read_bytes())[:99]
    )
    value = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
    change(value)
    path.write_bytes(gzip.compress(b"pagefind_dcd" + json.dumps(value).encode()))


SPOILT_INDEX: dict[str, Callable[[Path], None]] = {
    "a word more": lambda i: fragment(i, lambda f: f.update(content=f"{f['content']} Zed")),
    "another title": lambda i: fragment(i, lambda f: f.update(meta={"title": "Zed"})),
    "a fact more": lambda i: fragment(i, lambda f: f.update(filters={"name": ["Zed"]})),
    "another address": lambda i: fragment(i, lambda f: f.update(url="/reviews/other/")),
    "bytes": lambda i: next(i.glob("*.pf_meta")).write_bytes(b"Zed"),
    "a fragment less": lambda i: next(i.glob("fragment/*")).unlink(),
    "a broken fragment": lambda i: next(i.glob("fragment/*")).write_bytes(b"Zed"),
    "a file more": lambda i: (i / "zed.js").write_bytes(b""),
    "another script": lambda i: (i / "pagefind.js").write_bytes(b"//"),
}


@pytest.mark.parametrize("name", SPOILT_INDEX)
def test_a_spoilt_index_does_not_pass(site: Path, tmp_path: Path, name: str) -> None:
    index = tmp_path / "index"
    shutil.copytree(site / build.INDEX, index)
    pages = all_pages(RELEASES, load_themes(), build.SITE)
    check_index(site, index, site / build.INDEX, pages, RELEASES)
    SPOILT_INDEX[name](index)
    with pytest.raises(LeakFound):
        check_index(site, index, site / build.INDEX, pages, RELEASES)


def test_a_failed_check_leaves_the_old_site_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace, RELEASES[:1])
    served = (workspace.public / "current").resolve()
    before = deploy.file_digests(served)
    stage = build.stage

    def staged_with_a_name(pages: object, releases: object, folder: Path) -> None:
        stage(pages, releases, folder)  # type: ignore[arg-type]
        edit(folder / "reviews/ssp-dhr-2019-02/index.md", "by her husband", "by her husband, Zed")

    monkeypatch.setattr(build, "stage", staged_with_a_name)
    with pytest.raises(LeakFound):
        publish(workspace, RELEASES)
    monkeypatch.setattr(build, "CONFIG", tmp_path / "missing.yml")
    with pytest.raises(BuildFailed):
        publish(workspace, RELEASES)
    assert (workspace.public / "current").resolve() == served
    assert deploy.file_digests(served) == before
    assert not list(workspace.public.glob(".work-*"))


def test_a_theme_that_has_gone_stops_the_run() -> None:
    themes = tuple(theme for theme in load_themes() if theme.slug != "coercive-control")
    with pytest.raises(BuildFailed, match=r"themes\.yml"):
        all_pages(RELEASES, themes, build.SITE)


# Switching, looking, withdrawing


def test_check_reports_and_switches_nothing(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    first = publish(workspace, RELEASES[:1], check=True)
    assert not first.switched
    assert "reviews/ssp-dhr-2019-02/index.html" in first.added
    assert not (workspace.public / "current").exists()
    publish(workspace, RELEASES[:1])
    same = publish(workspace, RELEASES[:1], check=True)
    assert (same.added, same.changed, same.removed) == ((), (), ())
    more = publish(workspace, RELEASES, check=True)
    assert "reviews/ssp-dhr-2020-01/index.html" in more.added
    assert "index.html" in more.changed
    less = publish(workspace, (), check=True)
    assert "reviews/ssp-dhr-2019-02/index.html" in less.removed


def test_check_leaves_nothing_behind(tmp_path: Path) -> None:
    publish(Workspace(tmp_path), RELEASES[:1], check=True)
    publish(Workspace(tmp_path), RELEASES[:1], check=True, target=tmp_path / "web")
    assert list(tmp_path.iterdir()) == []


def test_the_last_word_before_the_switch_can_stop_it(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace, ())
    served = (workspace.public / "current").resolve()

    def stop() -> None:
        assert deploy.targets(deploy.Place(workspace.public)) == [tmp_path / "web"], "a withdrawal knows the place"
        raise Busy("A release changed.", "Run it again.")

    with pytest.raises(Busy):
        publish(workspace, RELEASES, target=tmp_path / "web", confirm=stop)
    assert not (tmp_path / "web" / "current").exists()
    with pytest.raises(Busy):
        publish(workspace, RELEASES, confirm=stop)
    assert (workspace.public / "current").resolve() == served
    assert len(deploy.builds(deploy.Place(workspace.public))) == 1


def test_the_tools_get_no_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSP_PASSPHRASE", "SSP_USER_PASSPHRASE", "SSP_NEW_USER_PASSPHRASE"):
        monkeypatch.setenv(name, "four words of secret")
    seen: list[dict[str, str]] = []
    real = subprocess.run

    def run(command: list[str], **how: Any) -> Any:
        seen.append(how["env"])
        return real(command, **how)

    monkeypatch.setattr(subprocess, "run", run)
    publish(Workspace(tmp_path), ())
    assert len(seen) == 3
    assert not [value for env in seen for value in env.values() if "secret" in value]


def test_two_runs_are_kept_apart(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.public.mkdir()
    with FileLock(workspace.public / ".lock"), pytest.raises(Busy):
        publish(workspace, ())


def test_what_a_dead_run_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / "public" / ".work-1" / "site"
    left.mkdir(parents=True)
    publish(Workspace(tmp_path), ())
    assert not left.exists()


def test_progress_is_told_in_short_sentences(tmp_path: Path) -> None:
    told: list[str] = []
    publish(Workspace(tmp_path), (), progress=told.append)
    assert len(told) >= 4
    assert all(line.endswith(".") and len(line) < 60 for line in told)


def test_old_builds_are_kept_only_while_their_texts_are_published(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    place = deploy.Place(workspace.public)
    corrected = release(documents=(OVERVIEW,))
    for releases in ((), RELEASES[:1], RELEASES):
        publish(workspace, releases)
    assert len(deploy.builds(place)) == 3
    publish(workspace, (corrected, RELEASES[1]))
    held = [dict(b.releases) for b in deploy.builds(place)]
    assert RELEASES[0].manifest_digest not in {digest for one in held for digest in one.values()}
    assert deploy.served_releases(place)["ssp-dhr-2019-02"] == corrected.manifest_digest


def test_publishing_to_another_folder_leaves_the_own_one_alone(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    report = publish(workspace, RELEASES[:1], target=tmp_path / "web")
    assert report.folder == (tmp_path / "web").absolute() / "builds" / report.digest
    assert not (workspace.public / "current").exists()
    assert deploy.targets(deploy.Place(workspace.public)) == [tmp_path / "web"]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Release]:
    """Stands for the verified releases of a workspace, none of them blocked."""
    releases = list(RELEASES)
    monkeypatch.setattr(pipeline.release, "open_releases", lambda _: tuple(releases))
    monkeypatch.setattr(pipeline.gate, "publication_blockers", lambda _release, _today: ())
    return releases


def test_purging_takes_a_case_out_of_every_copy(tmp_path: Path, opened: list[Release]) -> None:
    workspace = Workspace(tmp_path / "workspace")
    publish(workspace, RELEASES[:1])
    publish(workspace, RELEASES)
    publish(workspace, RELEASES, target=tmp_path / "web")
    opened.append(release("ssp-dhr-2021-03", "SSP/DHR/2021/03", (OVERVIEW,), date(2022, 1, 1)))
    purge(workspace, "ssp-dhr-2019-02")
    for root in (workspace.public, tmp_path / "web"):
        assert find_in_tree(root, ["SSP/DHR/2019/02", "ssp-dhr-2019-02", "Adult B"]) == ()
        assert (root / "current" / "reviews" / "ssp-dhr-2020-01" / "index.html").is_file()
        assert not (root / "current" / "reviews" / "ssp-dhr-2021-03").exists(), "nothing new comes in by the way"


def test_where_nothing_can_be_rebuilt_the_text_goes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace, RELEASES)

    def altered(_: Workspace) -> tuple[Release, ...]:
        raise ReleaseAltered("A release is not what was signed.", "Ask.")

    monkeypatch.setattr(pipeline.release, "open_releases", altered)
    with pytest.raises(ReleaseAltered):
        purge(workspace, "ssp-dhr-2019-02")
    served = (workspace.public / "current" / "index.html").read_text(encoding="utf-8")
    assert "This site is being changed" in served
    assert all(number in served for number in SUPPORT)
    assert find_in_tree(workspace.public, ["SSP/DHR/2019/02", "Adult B"]) == ()


@pytest.mark.parametrize("gone", ["missing", "/proc/nowhere"])
def test_a_place_that_cannot_be_reached_keeps_no_other_from_being_purged(
    tmp_path: Path, opened: list[Release], gone: str
) -> None:
    workspace = Workspace(tmp_path / "workspace")
    publish(workspace, RELEASES, target=tmp_path / "web")
    lost = str(tmp_path / gone)  # an absolute path stands for itself
    (workspace.public / "targets.json").write_text(json.dumps([lost, str(tmp_path / "web")]))
    with pytest.raises(BuildFailed) as failed:
        purge(workspace, "ssp-dhr-2019-02")
    assert lost in str(failed.value)
    assert str(tmp_path / "web") not in str(failed.value)
    assert find_in_tree(tmp_path / "web", ["SSP/DHR/2019/02", "Adult B"]) == ()
    assert not Path(lost).exists()


def test_targets_that_cannot_be_read_keep_the_own_site_from_nothing(tmp_path: Path, opened: list[Release]) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace, RELEASES)
    (workspace.public / "targets.json").write_text("[")
    with pytest.raises(BuildFailed, match=r"targets\.json"):
        purge(workspace, "ssp-dhr-2019-02")
    assert find_in_tree(workspace.public / "builds", ["SSP/DHR/2019/02", "Adult B"]) == ()


def test_a_withdrawal_waits_for_a_run_to_end(tmp_path: Path, opened: list[Release]) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace, RELEASES)
    lock = FileLock(workspace.public / ".lock", thread_local=False)
    lock.acquire()
    threading.Timer(0.5, lock.release).start()
    purge(workspace, "ssp-dhr-2019-02")
    assert find_in_tree(workspace.public, ["SSP/DHR/2019/02", "Adult B"]) == ()


def test_purging_what_was_never_published_changes_nothing(tmp_path: Path, opened: list[Release]) -> None:
    workspace = Workspace(tmp_path)
    publish(workspace, RELEASES[:1])
    before = deploy.file_digests(workspace.public / "current")
    purge(workspace, "ssp-dhr-2020-01")
    assert deploy.file_digests(workspace.public / "current") == before


def test_the_built_site_holds_no_form_that_is_in_no_release(site: Path) -> None:
    assert find_in_tree(site, ["Zofia Wiśniewska", "07700 900417"]) == ()
    assert {"overview", "index"} <= {Path(hit.file).stem.split("-")[-1] for hit in find_in_tree(site, ["Adult B"])}
    assert any(hit.file.endswith(".pf_fragment") for hit in find_in_tree(site, ["Adult B"]))
