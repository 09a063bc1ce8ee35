"""users.* and team.info: who is who, where they are, and who has left."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.errors import SandboxError
from sandbox.people import Person
from sandbox.server import Sandbox
from tests.sandbox.server.counterpart import slack_client


async def test_a_person_has_a_zone_whose_offset_follows_the_clocks(
    client: AsyncWebClient, ana: Person, clock: Clock
) -> None:
    winter = (await client.users_info(user=ana.id))["user"]
    await clock.advance_to(datetime(2027, 7, 1, tzinfo=UTC))
    summer = (await client.users_info(user=ana.id))["user"]

    assert (winter["tz"], winter["tz_offset"]) == ("America/New_York", -18000)
    assert (summer["tz"], summer["tz_offset"]) == ("America/New_York", -14400)


async def test_a_person_may_have_no_zone_and_may_move(client: AsyncWebClient, ana: Person) -> None:
    ana.zone = None
    assert "tz" not in (await client.users_info(user=ana.id))["user"]
    ana.zone = "Asia/Kolkata"
    assert (await client.users_info(user=ana.id))["user"]["tz_offset"] == 19800


async def test_somebody_who_left_is_marked_deleted(client: AsyncWebClient, ana: Person) -> None:
    ana.deactivate()

    user = (await client.users_info(user=ana.id))["user"]

    assert user["deleted"] is True
    assert "is_admin" not in user


async def test_admins_bots_and_strangers(slack: Sandbox, client: AsyncWebClient) -> None:
    assert (await client.users_info(user=slack.person("dee").id))["user"]["is_admin"] is True
    assert (await client.users_info(user=slack.person("ana").id))["user"]["is_admin"] is False
    assert (await client.users_info(user="U0PRMRIVER"))["user"]["is_bot"] is True
    assert (await client.users_info(user="USLACKBOT"))["user"]["is_bot"] is False
    with pytest.raises(SlackApiError, match="user_not_found"):
        await client.users_info(user="U0CYMARCHETTI")


async def test_the_list_comes_in_pages(client: AsyncWebClient) -> None:
    names: list[str] = []
    cursor = ""
    for _ in range(10):
        page = await client.users_list(limit=2, cursor=cursor)
        names += [member["name"] for member in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break

    assert sorted(names) == ["ana", "ben", "dee", "eli", "prm_coach", "slackbot"]
    for limit in ("0", "1001", "many"):
        with pytest.raises(SlackApiError, match=r"invalid_(limit|arguments)"):
            await client.api_call("users.list", params={"limit": limit})


async def test_the_team_is_named(slack: Sandbox) -> None:
    client = slack_client(slack, slack.grant("lakeview", scopes=["team:read"]))

    assert (await client.team_info())["team"]["name"] == "Lakeview Clinics"


async def test_people_are_found_by_name_or_id_and_are_the_same_person(slack: Sandbox) -> None:
    assert slack.person("ana") is slack.person("U0ANADUARTE")
    assert [person.name for person in slack.people] == ["ana", "eli", "ben", "dee", "cy"]
    with pytest.raises(SandboxError, match="nobody called “zoe”; there are ana, eli, ben, dee, cy"):
        slack.person("zoe")
    with pytest.raises(SandboxError, match="no workspace “seaside”"):
        slack.grant("seaside")
    with pytest.raises(SandboxError, match="no scopes chat:shout"):
        slack.grant(scopes=["chat:shout"])


async def test_somebody_new_is_a_member_like_any_other(slack: Sandbox, client: AsyncWebClient) -> None:
    zoe = slack.hires("zoe", zone=None, is_restricted=True)

    await client.chat_postMessage(channel=zoe.id, text="Welcome")

    assert slack.person("zoe") is zoe
    assert [message.text for message in zoe.dms()] == ["Welcome"]
    user = (await client.users_info(user=zoe.id))["user"]
    assert (user["real_name"], user["is_restricted"]) == ("Zoe", True)
    assert "tz" not in user
    with pytest.raises(SandboxError, match="“zoe” already"):
        slack.hires("zoe")
