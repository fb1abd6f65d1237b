"""The public website: stage, build, index, check every byte, switch.

    publish   builds the site of the given releases aside, checks it and serves it instead of the old one
    purge     takes a withdrawn review out of every built copy, at once

Neither needs the vault. The releases that come in have been verified by pipeline.release and passed by pipeline.gate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.errors import BuildFailed, SspError
from pipeline.models import Release
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.site_build.deploy import Place

PATIENCE = 600  # seconds that a withdrawal waits for a run of publish to end


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What a run did, or with `check` would do.

    switched  whether the new site is being served now
    folder    the build that is served after the run; None where none is
    pages     number of pages of the new site
    added, changed, removed  addresses of files that differ from the site served before; the search index is left out
    """

    switched: bool
    folder: Path | None
    digest: str
    pages: int
    cases: tuple[str, ...]
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def publish(
    workspace: Workspace,
    releases: Sequence[Release],
    *,
    target: Path | None = None,
    check: bool = False,
    progress: Callable[[str], None] | None = None,
    confirm: Callable[[], None] | None = None,
) -> PublishReport:
    """Builds and serves the site of exactly these releases.

    releases  verified, and without anything that blocks their publication
    target    another folder to serve from; the workspace's public/ by default
    check     build and check, report what would change, and leave nothing behind
    confirm   called when the new site has passed its checks, before it is served; what it raises stops the run
    Raises BuildFailed, LeakFound (a check failed) or Busy; the site served before is untouched then.
    """
    from pipeline.site_build import deploy

    home = deploy.Place(workspace.public)
    place = deploy.Place(target.absolute()) if target else home
    say = progress or _silent
    if check:
        with TemporaryDirectory(prefix=".check-", dir=workspace.root) as aside:
            site, pages = _make(Path(aside), releases, say)
            return _compare(place, site, pages, releases)
    with deploy.locked(place), deploy.workplace(place) as work:
        site, pages = _make(work, releases, say)
        report = _compare(place, site, pages, releases)
        deploy.remember(home, place)  # first, so that a withdrawal from now on waits for this place too
        if confirm is not None:
            confirm()
        say("Switching the website over.")
        folder = deploy.install(place, site, releases)
        deploy.prune(place, {release.case: release.manifest_digest for release in releases})
    return PublishReport(
        True, folder, report.digest, pages, report.cases, report.added, report.changed, report.removed
    )


@contextmanager
def held(workspace: Workspace, target: Path | None = None) -> Iterator[None]:
    """Keeps every other run away from a website, from reading the releases to switching. Raises Busy."""
    from pipeline.site_build import deploy

    with deploy.locked(deploy.Place(target.absolute() if target else workspace.public)):
        yield


def was_published(workspace: Workspace, target: Path | None = None) -> bool:
    """Whether a website was ever built here, or for that other folder."""
    from pipeline.site_build import deploy

    places = [deploy.Place(workspace.public), *([deploy.Place(target.absolute())] if target else [])]
    return any(deploy.builds(place) for place in places) or (workspace.public / "targets.json").exists()


def _silent(_: str) -> None:
    return None


def _make(work: Path, releases: Sequence[Release], say: Callable[[str], None]) -> tuple[Path, int]:
    """A complete, checked site in the folder `work`, and its number of pages."""
    from pipeline.lessons import load_themes
    from pipeline.site_build import build
    from pipeline.site_build.check import check_site
    from pipeline.site_build.check_index import check_index
    from pipeline.site_build.pages import all_pages

    say("Staging the pages.")
    pages = all_pages(releases, load_themes(), build.SITE)
    staged, site, indexed, again = (work / name for name in ("staged", "site", "index", "again"))
    build.stage(pages, releases, staged)
    say("Building the website.")
    build.build(staged, site)
    say("Checking every page against its signed text.")
    check_site(site, pages, releases)
    say("Making the search index and checking it.")
    build.index(site, indexed)
    build.index(site, again)
    check_index(site, indexed, again, pages, releases)
    indexed.rename(site / build.INDEX)
    return site, len(pages)


def _compare(place: Place, site: Path, pages: int, releases: Sequence[Release]) -> PublishReport:
    from pipeline.site_build import build, deploy

    served = place.served()
    new = deploy.file_digests(site)
    old = deploy.file_digests(served) if served else {}
    shown = {name for name in {*new, *old} if not name.startswith(f"{build.INDEX}/")}
    return PublishReport(
        switched=False,
        folder=served,
        digest=deploy.digest(site),
        pages=pages,
        cases=tuple(sorted(release.case for release in releases)),
        added=tuple(sorted(shown & (set(new) - set(old)))),
        changed=tuple(sorted(name for name in shown & set(new) & set(old) if new[name] != old[name])),
        removed=tuple(sorted(shown & (set(old) - set(new)))),
    )


def purge(workspace: Workspace, case: str, *, today: date | None = None) -> None:
    """Takes a case out of every website that was built in or from this workspace.

    The site is built anew from the other reviews that are served now. Where that fails, a page that says so takes the
    place of the whole site, because the text must go in any case, and the error is raised afterwards.

    Every place is tried, whatever happens at another.

    today  the day on which the others must still be fit to be published; by default today's date in London
    Raises BuildFailed naming the places where the text may still be served; otherwise, where a site had to be closed,
    the error that kept it from being built anew.
    """
    from pipeline.site_build import deploy

    home = deploy.Place(workspace.public)
    failure: SspError | None = None
    unpurged: list[str] = []
    others: list[Path] = []
    try:
        others = deploy.targets(home)
    except (SspError, OSError):
        unpurged.append("the folders that targets.json should name, which cannot be read")
    for root in (home.root, *others):
        try:
            failure = _purge_place(workspace, deploy.Place(root), case, today or _today()) or failure
        except (SspError, OSError):
            unpurged.append(str(root))
    if unpurged:
        raise BuildFailed(
            f"The text may still be served from: {', '.join(unpurged)}.",
            "Make the folder reachable and withdraw again, or take its website down by hand; "
            "a folder that is gone for good is taken out of public/targets.json.",
        )
    if failure is not None:
        raise failure


def _purge_place(workspace: Workspace, place: Place, case: str, today: date) -> SspError | None:
    """Purges one place; returns why its site had to be closed, if it had. Raises SspError, OSError: not purged."""
    from pipeline.site_build import deploy

    if not place.root.is_dir():
        if place.root == workspace.public:
            return None  # nothing was ever published here
        raise FileNotFoundError(place.root)
    failure: SspError | None = None
    with deploy.locked(place, PATIENCE):
        if deploy.served_releases(place).keys() & {case, ""}:
            try:
                _publish_without(workspace, place, case, today)
            except SspError as error:
                failure = error
                _close(place)
            except OSError:
                failure = BuildFailed("The other reviews could not be published anew.", "Run `ssp publish`.")
                _close(place)
        for build in deploy.builds(place):
            if build.releases.keys() & {case, ""}:
                deploy.remove(build.folder)
    return failure


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/London")).date()


def _publish_without(workspace: Workspace, place: Place, case: str, today: date) -> None:
    """Publishes what is served at a place but for one case; nothing new comes in by the way."""
    from pipeline.gate import publication_blockers
    from pipeline.release import open_releases
    from pipeline.site_build import deploy

    held = deploy.served_releases(place)
    staying = [
        release
        for release in open_releases(workspace)
        if release.case != case
        and held.get(release.case) == release.manifest_digest
        and not publication_blockers(release, today)
    ]
    publish(workspace, staying, target=place.root)


def _close(place: Place) -> None:
    """Serves one page that says that the site is being changed, with the support lines."""
    from pipeline.site_build import build, deploy

    with deploy.locked(place), deploy.workplace(place) as work:
        site = work / "site"
        site.mkdir()
        (site / "index.html").write_bytes((build.SITE / "parts" / "closed.html").read_bytes())
        deploy.install(place, site, ())
