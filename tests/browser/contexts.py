"""Browser contexts that are emptied and lent again, because a new one costs three page loads."""

import json
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

KEPT_IN_PAGES = "local_storage,indexeddb,cache_storage,service_workers"
# A page of ours that is open all the while keeps the browser's process, and with it our scripts as
# they were read and translated: measured 1.0 s of processor for the next page instead of 2.9 s
STAYS = "/api/health"


@dataclass
class Kept:
    """A context, for which server and screen it was made ("": lent once), a page that stays open."""

    url: str
    options: str
    context: BrowserContext
    page: Page


class Contexts:
    """What a browser lends to one test after another: empty each time, whoever had it before."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[Kept] = []
        self._lent: list[Kept] = []

    def lend(self, url: str, options: dict, *, alone: bool = False) -> BrowserContext:
        """Return an empty context for a server, with a screen and language.

        One that is asked for `alone` is nobody's after it: a clock, once set, cannot be taken out.
        """
        for other in [one for one in self._free if one.url != url]:  # its server has ended
            self._free.remove(other)
            other.context.close()
        wanted = "" if alone else json.dumps(options, sort_keys=True)
        kept = next((one for one in self._free if wanted and one.options == wanted), None)
        if kept:
            self._free.remove(kept)
        else:
            kept = self._made(url, wanted, options)
        self._lent.append(kept)
        return kept.context

    def _made(self, url: str, wanted: str, options: dict) -> Kept:
        context = self._browser.new_context(**options, base_url=url)
        page = context.new_page()
        page.goto(STAYS)
        return Kept(url, wanted, context, page)

    def take_back(self) -> None:
        """Empty what was lent, for whoever comes next."""
        while self._lent:
            kept = self._lent.pop()
            if kept.options:
                _emptied(kept)
                self._free.append(kept)
            else:
                kept.context.close()

    def close(self) -> None:
        """Close all of them."""
        for kept in self._free + self._lent:
            kept.context.close()


def _emptied(kept: Kept) -> None:
    for page in kept.context.pages:
        if page != kept.page:
            page.close()
    kept.context.unroute_all(behavior="ignoreErrors")
    kept.context.clear_cookies()
    kept.context.clear_permissions()
    chromium = kept.context.new_cdp_session(kept.page)
    chromium.send("Storage.clearDataForOrigin", {"origin": kept.url, "storageTypes": KEPT_IN_PAGES})
    chromium.detach()
