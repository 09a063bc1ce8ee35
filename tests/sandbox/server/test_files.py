"""files.*: the three steps of an upload, and what breaks them."""

from __future__ import annotations

import base64
import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people import Person
from sandbox.server import Sandbox


async def put(url: str, **request: Any) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, **request) as answer:
        return answer.status, await answer.text()


async def test_the_sdk_puts_a_file_into_a_conversation(
    slack: Sandbox, client: AsyncWebClient, ana: Person
) -> None:
    await client.files_upload_v2(
        channel=ana.app_dm,
        filename="packet.pdf",
        content=b"%PDF-",
        title="My packet",
        initial_comment="Here it is",
    )

    (message,) = ana.dms()
    (file,) = (slack.state.files[file_id] for file_id in message.files)
    assert message.text == "Here it is"
    assert (file.name, file.title, file.length) == ("packet.pdf", "My packet", 5)
    assert base64.b64decode(file.content) == b"%PDF-"
    assert file.channels == [ana.app_dm]


async def test_a_file_may_come_as_a_form_and_go_to_a_person_by_id(
    client: AsyncWebClient, ana: Person
) -> None:
    place = await client.files_getUploadURLExternal(filename="a.csv", length=3)
    form = aiohttp.FormData()
    form.add_field("file", b"a,b", filename="a.csv")

    assert await put(place["upload_url"], data=form) == (200, "OK - 3")
    files = json.dumps([{"id": place["file_id"]}])
    done = await client.api_call("files.completeUploadExternal", data={"files": files, "channels": ana.id})
    assert done["files"][0] == {"id": place["file_id"], "title": "a.csv", "name": "a.csv", "size": 3}
    assert len(ana.dms()) == 1


async def test_an_upload_place_takes_the_announced_bytes_once(client: AsyncWebClient) -> None:
    place = await client.files_getUploadURLExternal(filename="a.csv", length=3)
    assert (await put(place["upload_url"], data=b"too much"))[0] == 400
    assert (await put(place["upload_url"], data=b"a,b"))[0] == 404

    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": place["file_id"]}])


@pytest.mark.parametrize("files", ["[oops", "[]", '["F"]', '[{"title": "x"}]'])
async def test_a_list_of_files_that_is_none_is_refused(client: AsyncWebClient, files: str) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.api_call("files.completeUploadExternal", data={"files": files})


async def test_a_file_is_not_finished_twice_nor_posted_where_the_app_is_not(client: AsyncWebClient) -> None:
    place = await client.files_getUploadURLExternal(filename="a.csv", length=3)
    await put(place["upload_url"], data=b"a,b")
    entry = [{"id": place["file_id"]}]

    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.files_completeUploadExternal(files=entry, channel_id="C0GENERALRIVE")
    await client.files_completeUploadExternal(files=entry)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=entry)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.files_getUploadURLExternal(filename="a", length=-1)
