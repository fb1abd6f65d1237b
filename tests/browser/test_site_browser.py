"""The website in a real browser, served on the loopback address. Without Chromium these tests fail."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright
from redacted_reports import hostile, release

from pipeline.site_build import publish
from pipeline.site_build.check import EXIT
from pipeline.workspace import Workspace

pytestmark = pytest.mark.slow

REVIEW = "reviews/ssp-dhr-2019-02/"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return None


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    workspace = Workspace(tmp_path_factory.mktemp("workspace"))
    folder = publish(workspace, (release(), hostile())).folder
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is not installed. Install it (apt-get install chromium) and run the tests again."
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def outside() -> list[str]:
    """Addresses beyond the loopback that the browser asked for."""
    return []


@pytest.fixture
def context(browser: Browser, address: str, outside: list[str]) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 375, "height": 800})

    def answer(route: Route) -> None:
        if route.request.url.startswith(address):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.fulfill(status=200, content_type="text/html", body="<title>elsewhere</title>")

    opened.route("**/*", answer)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    yield opened
    assert troubles == []


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize(
    "path",
    ["", "reviews/", REVIEW, "reviews/ssp-dhr-2020-01/", "themes/", "themes/coercive-control/", "about/", "search/"],
)
def test_pages_fit_the_screen_and_ask_nobody_else(
    page: Page, address: str, outside: list[str], path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + path)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("#exit")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("document.cookie + Object.keys(localStorage) + Object.keys(sessionStorage)") == ""
    assert outside == []


def test_from_home_to_a_paragraph(page: Page, address: str, outside: list[str]) -> None:
    page.goto(address)
    page.get_by_role("link", name="The death of Adult A").click()
    expect(page).to_have_url(address + REVIEW)
    page.get_by_text("On this page").click()
    page.get_by_role("link", name="4 Lessons to be learnt").click()
    expect(page.get_by_role("heading", name="4 Lessons to be learnt")).to_be_in_viewport()
    with page.expect_request("**/ssp-dhr-2019-02-overview.pdf") as asked:
        page.evaluate("fetch(document.querySelector('a[href$=\"overview.pdf\"]').href)")
    assert asked.value.response().status == 200  # type: ignore[union-attr]
    assert outside == []


def test_a_theme_leads_to_its_paragraph(page: Page, address: str) -> None:
    page.goto(address + "themes/coercive-control/")
    page.get_by_role("link", name="paragraph 4.2").click()
    expect(page).to_have_url(f"{address}{REVIEW}#p-4-2")
    expect(page.get_by_text("Control of money was described")).to_be_in_viewport()


def test_search_finds_a_word_and_leads_to_the_page(page: Page, address: str, outside: list[str]) -> None:
    page.goto(address + "search/")
    page.get_by_label("Search reports, summaries and lessons").fill("interpreters")
    page.keyboard.press("Enter")
    expect(page.locator("#search-status")).to_contain_text("Found on")
    hit = page.locator("#search-results").get_by_role("link", name="The death of Adult A")
    hit.first.click()
    expect(page).to_have_url(address + REVIEW)
    assert outside == []


def test_search_says_when_it_finds_nothing_and_shows_words_as_words(page: Page, address: str) -> None:
    page.goto(address + "search/?q=жжжж")
    expect(page.locator("#search-status")).to_contain_text("Nothing found")
    page.goto(address + "search/?q=alert")
    expect(page.locator("#search-results mark").first).to_be_visible()
    assert page.locator("#search-results script").count() == 0


def test_escape_three_times_leaves_the_page(page: Page, address: str, outside: list[str]) -> None:
    page.goto(address + REVIEW)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page).to_have_url(address + REVIEW)
    page.keyboard.press("Escape")
    expect(page).to_have_title("elsewhere")
    assert outside == [EXIT]
    page.go_back()
    assert not page.url.startswith(address + REVIEW)


def test_the_button_leaves_the_page(page: Page, address: str, outside: list[str]) -> None:
    page.goto(address)
    page.get_by_role("link", name="Exit this page").click()
    expect(page).to_have_title("elsewhere")
    assert outside == [EXIT]


def test_all_but_search_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + REVIEW)
    page.get_by_text("On this page").click()
    page.get_by_role("link", name="5 Recommendations").click()
    assert page.url.endswith("#section-5")
    assert page.get_by_role("link", name="Exit this page").get_attribute("href") == EXIT
    page.goto(address + "search/")
    expect(page.get_by_text("Search needs JavaScript.")).to_be_visible()
    context.close()


def test_reading_order_starts_with_a_way_past_the_header(page: Page, address: str) -> None:
    page.goto(address + REVIEW)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to content"
