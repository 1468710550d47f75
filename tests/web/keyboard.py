"""What stories that are told by keyboard share: pages without a finding of axe, and going somewhere by Enter."""

from playwright.sync_api import BrowserContext, Page

from tests.axe import flaws


def check(page: Page, context: BrowserContext) -> None:
    if context.scripts:  # axe is one itself
        assert flaws(page) == []


def go(page: Page, role: str, name: str) -> None:
    page.get_by_role(role, name=name, exact=True).first.focus()
    page.keyboard.press("Enter")
