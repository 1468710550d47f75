"""What stories that are told by keyboard share: pages without a finding of axe, and going somewhere by Enter."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page


def check(page: Page, context: BrowserContext) -> None:
    if context.scripts:  # axe is one itself
        assert Axe().run(page).response["violations"] == []


def go(page: Page, role: str, name: str) -> None:
    page.get_by_role(role, name=name, exact=True).first.focus()
    page.keyboard.press("Enter")
