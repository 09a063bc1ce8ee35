"""Plays the browser of somebody who installs the app through its own pages."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urljoin, urlsplit

import aiohttp

from sandbox.errors import SandboxError

PATIENCE = aiohttp.ClientTimeout(total=10)
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Browser:
    """Just enough of one: it keeps the app's cookies, `Secure` ones too, as browsers do for this machine."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._cookies: dict[str, str] = {}

    async def get(self, url: str) -> tuple[int, str, str | None]:
        """Status, text, and where it redirects to; raises SandboxError when nobody answers."""
        return await self._ask("GET", url)

    async def post(self, url: str, fields: list[tuple[str, str]]) -> tuple[int, str, str | None]:
        return await self._ask("POST", url, aiohttp.FormData(fields))

    async def _ask(
        self, verb: str, url: str, data: aiohttp.FormData | None = None
    ) -> tuple[int, str, str | None]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        try:
            async with self._session.request(
                verb,
                url,
                data=data,
                headers=headers if self._cookies else {},
                allow_redirects=False,
                timeout=PATIENCE,
            ) as response:
                self._take(response.cookies)
                text = await response.text(errors="replace")
                target = response.headers.get("location") if response.status in REDIRECTS else None
                return response.status, text, urljoin(url, target) if target else None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SandboxError(f"Nothing answers at {url} ({type(error).__name__}).") from None

    def _take(self, cookies: SimpleCookie) -> None:
        for name, cookie in cookies.items():
            if cookie["max-age"] == "0":
                self._cookies.pop(name, None)
            else:
                self._cookies[name] = cookie.value


async def install(
    browser: Browser, app_url: str, authorize_url: str, team: str, without: Collection[str]
) -> str:
    """From the app's install page over Slack's question and back; the code that the app was given.

    Raises SandboxError with what went wrong.
    """
    status, page, onward = await browser.get(f"{app_url}/slack/install")
    question = onward or _link_to(authorize_url, page)
    if question is None:
        raise SandboxError(f"The app's install page answered {status} and leads nowhere: {_gist(page)}")
    status, page, _ = await browser.get(question)
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    if ticket is None:
        raise SandboxError(f"Slack's page refuses the app's request: {_gist(page)}")
    granted = [
        scope for scope in re.findall(r'name="scope" value="([^"]+)"', page) if scope not in set(without)
    ]
    answers = [
        ("ticket", ticket[1]),
        ("team", team),
        ("decision", "allow"),
        *(("scope", scope) for scope in granted),
    ]
    status, page, back = await browser.post(authorize_url, answers)
    if back is None:
        raise SandboxError(f"Slack's page did not lead back to the app: {_gist(page)}")
    status, page, _ = await browser.get(back)
    if status not in REDIRECTS | {200}:
        raise SandboxError(f"The app's redirect page answered {status}: {_gist(page)}")
    return parse_qs(urlsplit(back).query)["code"][0]


def _link_to(authorize_url: str, page: str) -> str | None:
    for link in re.findall(r'href="([^"]+)"', page):
        address = html.unescape(link)
        if address.startswith(authorize_url):
            return address
    return None


def _gist(page: str) -> str:
    """The words of a page, short enough for a sentence."""
    bare = re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(bare).split())[:300] or "an empty page"
