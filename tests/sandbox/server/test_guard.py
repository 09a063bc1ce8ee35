"""The guard: what another website may not make a browser send here."""

from __future__ import annotations

import aiohttp
import pytest

from sandbox.server import Sandbox


async def status(slack: Sandbox, verb: str, path: str, **headers: str) -> int:
    given = {key.replace("_", "-"): value for key, value in headers.items()}
    async with (
        aiohttp.ClientSession() as session,
        session.request(verb, slack.url + path, headers=given) as answer,
    ):
        return answer.status


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}"])
async def test_local_names_are_answered(slack: Sandbox, host: str) -> None:
    port = slack.url.rsplit(":", 1)[1]

    assert await status(slack, "GET", "/api/api.test", Host=host.format(port=port)) == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost:x"]
)
async def test_a_name_that_was_rebound_to_this_machine_is_refused(slack: Sandbox, host: str) -> None:
    port = slack.url.rsplit(":", 1)[1]

    assert await status(slack, "GET", "/api/api.test", Host=host.format(port=port)) == 403


@pytest.mark.parametrize(
    ("verb", "path", "headers", "expected"),
    [
        ("POST", "/api/api.test", {"Origin": "https://evil.example"}, 403),
        ("POST", "/api/api.test", {"Origin": "null"}, 403),
        ("POST", "/oauth/v2/authorize", {"Origin": "http://127.0.0.1:1"}, 403),
        ("POST", "/api/api.test", {"Sec_Fetch_Site": "cross-site"}, 403),
        ("GET", "/api/api.test", {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}, 403),
        ("GET", "/api/api.test", {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "navigate"}, 403),
        ("GET", "/oauth/v2/authorize", {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "navigate"}, 400),
        ("GET", "/oauth/v2/authorize", {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "cors"}, 403),
        ("POST", "/api/api.test", {"Sec_Fetch_Site": "same-origin"}, 200),
    ],
)
async def test_other_sites_may_only_link_to_pages(
    slack: Sandbox, verb: str, path: str, headers: dict[str, str], expected: int
) -> None:
    assert await status(slack, verb, path, **headers) == expected


async def test_the_pages_own_posts_pass(slack: Sandbox) -> None:
    assert await status(slack, "POST", "/api/api.test", Origin=slack.url) == 200


async def test_another_site_gets_no_socket(slack: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await session.ws_connect(slack.url + "/link", headers={"Origin": "https://evil.example"})
    assert caught.value.status == 403
