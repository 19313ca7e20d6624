"""A real browser: started without root or network, pages watched for errors, checked by axe, and pictured."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

MISSING = "Chromium is not installed: the tests walk the pages in it (Debian: apt-get install chromium)."
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOOKS = (("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390))
SHOTS = Path(__file__).parents[2] / "build" / "shots"
WIDEST = """() => [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(e => e.tagName.toLowerCase() + "." + e.className).slice(0, 5).join(", ")"""

_faults: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


def program() -> str:
    """The path of the browser. Raises RuntimeError saying what to install."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    raise RuntimeError(MISSING)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A running browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        yield browser
        browser.close()


def open_page(browser: Browser, address: str, *, script: bool = True) -> Page:
    """A new page of a new visitor (no cookies) of the site at `address`; what goes wrong on it is noted."""
    context = browser.new_context(base_url=address, java_script_enabled=script, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    page = context.new_page()
    faults = _faults.setdefault(page, [])

    def on_console(message: ConsoleMessage) -> None:
        of_page_itself = message.location.get("url") == page.url and "Failed to load resource" in message.text
        if message.type in {"error", "warning"} and not of_page_itself:
            faults.append(f"console: {message.text}")

    def on_request(asked: Request) -> None:
        if not asked.url.startswith((address, "data:", "blob:")):
            faults.append(f"asks another host: {asked.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("request", on_request)
    return page


def check_page(page: Page) -> None:
    """Hold the page that is open to the house rules, in light and dark, wide and narrow.

    No violation that axe finds, no error in the console, nothing asked of another host, no sideways scrolling.
    """
    found: list[str] = []
    for scheme, width in LOOKS:
        _look(page, scheme, width)
        where = f"{page.url} ({scheme}, {width} wide)"
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            found.append(f"{where}: scrolls sideways by {over} px, because of {page.evaluate(WIDEST)}")
        found += [f"{where}: {violation}" for violation in _violations(page)]
    found += _faults[page]
    assert not found, "\n".join(found)


def _violations(page: Page) -> list[str]:
    before = len(_faults[page])
    violations = Axe().run(page, options={"preload": False}).response["violations"]
    del _faults[page][before:]  # axe sets styles of its own, which the page's policy refuses and the console tells
    return [
        f"{violation['id']}: {violation['help']}: "
        + "; ".join(f"{node['html'][:160]} {node['failureSummary']}" for node in violation["nodes"][:5])
        for violation in violations
    ]


def _look(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})


def shot(page: Page, name: str) -> list[Path]:
    """Picture the whole page in every look; returns the files, in build/shots."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    files = []
    for scheme, width in LOOKS:
        _look(page, scheme, width)
        files.append(SHOTS / f"{name}-{width}-{scheme}.png")
        page.screenshot(path=files[-1], full_page=True)
    return files
