"""What the page's own addresses answer, without a browser."""

from __future__ import annotations

import base64
import json
import re
import time
from typing import Any

import aiohttp
import pytest

from sandbox import page
from sandbox.page.manifest import Offers, offers, offers_of_the_app
from sandbox.page.place import place_of
from sandbox.page.routes import STATIC
from sandbox.page.snapshot import fingerprint
from sandbox.server import Sandbox
from sandbox.state import File
from tests.sandbox.page.acts import LIAISONS
from tests.sandbox.page.trial_app import form, section
from tests.sandbox.page.wire import Tab
from tests.sandbox.server.counterpart import Counterpart, slack_client


async def test_the_bare_address_leads_to_somebody(session: aiohttp.ClientSession) -> None:
    async with session.get("/") as reply:
        assert dict(reply.url.query) == {"as": "ana", "in": "app"}
        assert "<!doctype html>" in (await reply.text()).lower()


@pytest.mark.parametrize(
    "address", [{"as": "ana"}, {"as": "ana", "in": "C0LIAISONSLAKE"}, {"as": "nobody", "in": "app"}]
)
async def test_an_address_that_names_nobody_or_nowhere_is_mended(
    session: aiohttp.ClientSession, address: dict[str, str]
) -> None:
    async with session.get("/", params=address) as reply:
        assert dict(reply.url.query) == {"as": "ana", "in": "app"}


@pytest.mark.parametrize("path", ["/?as=ana&in=app", "/page/static/js/app.js", "/page/state?as=ana&in=app"])
async def test_every_answer_forbids_what_is_not_the_pages_own(
    session: aiohttp.ClientSession, path: str
) -> None:
    async with session.get(path) as reply:
        assert reply.status == 200
        assert "default-src 'self'" in reply.headers["Content-Security-Policy"]
        assert "unsafe" not in reply.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in reply.headers["Content-Security-Policy"]
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Referrer-Policy"] == "no-referrer"


async def test_the_page_names_every_script_beforehand_so_that_none_waits_for_another(
    session: aiohttp.ClientSession,
) -> None:
    async with session.get("/", params={"as": "ana", "in": "app"}) as reply:
        page_ = await reply.text()
    named = re.findall(r'(?:modulepreload" href|module" src)="/page/static/js/(\w+\.js)"', page_)
    assert sorted(named) == sorted(one.name for one in (STATIC / "js").iterdir())
    assert "<style" not in page_
    assert re.search(r"\son\w+=|\sstyle=|<script(?![^>]*\ssrc=)", page_) is None


async def test_another_site_cannot_act_here(session: aiohttp.ClientSession, tab: Tab) -> None:
    wish = json.dumps({**tab.address, "text": "/prm"})
    async with session.post("/page/say", data=wish, headers={"Origin": "https://evil.example"}) as reply:
        assert reply.status == 403
    async with session.get("/page/state", params=tab.address, headers={"Host": "evil.example"}) as reply:
        assert reply.status == 403


@pytest.mark.parametrize(
    ("deed", "body", "status"),
    [
        ("say", "not json", 400),
        ("say", "[]", 404),
        ("say", '{"as": "nobody", "in": "app"}', 404),
        ("dance", '{"as": "ana", "in": "app"}', 404),
        ("act", '{"as": "ana", "in": "app"}', 400),
    ],
)
async def test_a_senseless_request_is_answered_with_a_sentence(
    session: aiohttp.ClientSession, deed: str, body: str, status: int
) -> None:
    async with session.post(f"/page/{deed}", data=body) as reply:
        assert reply.status == status
        assert (await reply.json())["seen"]["text"].endswith(".")


async def test_a_command_is_answered_with_what_the_person_saw(app: Counterpart, tab: Tab) -> None:
    answer = await tab.post("say", text="/prm show")
    assert answer["seen"]["ok"] is True
    (message,) = answer["state"]["messages"]
    assert message["ephemeral"] is True
    assert message["values"]["row"]["day"] == {"type": "datepicker", "selected_date": "2026-11-03"}
    assert app.of("slash_command")[0]["channel_id"] == LIAISONS


async def test_an_unknown_command_never_reaches_the_app(app: Counterpart, tab: Tab) -> None:
    answer = await tab.post("say", text="/giphy cats")
    assert answer["seen"] == {
        "ok": False,
        "text": "/giphy is not a valid command.",
        "error": None,
        "errors": {},
        "why": "",
        "again": False,
    }
    assert app.heard == []


async def test_a_slash_later_in_the_text_is_no_command(app: Counterpart, dm: Tab) -> None:
    await dm.post("say", text="either/or")
    assert [body["event"]["text"] for body in app.of("message")] == ["either/or"]


async def test_what_people_type_is_escaped_where_it_is_drawn(app: Counterpart, tab: Tab) -> None:
    answer = await tab.post("say", text="<!channel> & co")
    assert answer["state"]["messages"][0]["text"] == "&lt;!channel&gt; &amp; co"


async def test_an_ephemeral_answer_is_in_nobody_elses_picture(
    app: Counterpart, tab: Tab, session: aiohttp.ClientSession
) -> None:
    await tab.post("say", text="/prm show")
    theirs = await Tab(session, "eli", LIAISONS).get("state")
    assert theirs["messages"] == []


async def test_typing_is_kept_and_submitting_says_what_is_wrong_by_field(
    slack: Sandbox, app: Counterpart, dm: Tab
) -> None:
    answer = await dm.post("shortcut", callback="visit")
    (view,) = answer["state"]["modals"]
    typed = [{"block": "count", "action": "it", "value": "many"}]
    await dm.post("put", view=view["id"], values=typed)
    answer = await dm.post("submit", view=view["id"])
    assert answer["seen"]["ok"] is False
    assert answer["seen"]["errors"]["count"] == "Please enter a number."
    (view,) = answer["state"]["modals"]
    assert view["errors"] == answer["seen"]["errors"]
    assert view["values"]["count"]["it"]["value"] == "many"
    assert app.of("view_submission") == []


async def test_a_form_that_is_gone_is_said_to_be_gone(app: Counterpart, dm: Tab) -> None:
    for deed in ("submit", "put"):
        answer = await dm.post(deed, view="V0GONE", values=[])
        assert answer["seen"]["text"] == "That is no longer there."
    assert (await dm.post("close", view="V0GONE"))["seen"]["ok"] is True


async def test_acting_on_what_is_gone_is_said_in_a_sentence(app: Counterpart, tab: Tab) -> None:
    answer = await tab.post("say", text="/prm show")
    ts = answer["state"]["messages"][0]["ts"]
    gone = await tab.post("act", holder={"message": ts}, block="row", action="vanished")
    assert gone["seen"]["ok"] is False
    assert "any more" in gone["seen"]["text"]


async def test_suggestions_come_from_the_app(app: Counterpart, dm: Tab) -> None:
    answer = await dm.post("shortcut", callback="visit")
    view = answer["state"]["modals"][0]["id"]
    found = await dm.get("suggestions", view=view, block="doctor", action="it", query="stone")
    assert found == {"options": ["Dr. Stone"]}


async def test_the_clock_refuses_to_go_back_in_the_persons_own_zone(slack: Sandbox, tab: Tab) -> None:
    before = slack.clock.now()
    answer = await tab.post("clock", to="2026-11-02T09:59")
    assert answer["seen"]["ok"] is False
    assert "forward" in answer["seen"]["text"]
    assert slack.clock.now() == before
    answer = await tab.post("clock", to="2026-11-02T10:01")
    assert answer["seen"]["ok"] is True
    assert (slack.clock.now() - before).total_seconds() == 60


@pytest.mark.parametrize("to", ["", "soon", None, "2099-01-01T00:00"])
async def test_a_senseless_time_moves_nothing(slack: Sandbox, tab: Tab, to: str | None) -> None:
    before = slack.clock.now()
    answer = await tab.post("clock", to=to)
    assert answer["seen"]["ok"] is False
    assert slack.clock.now() == before


async def test_to_my_next_message_goes_to_what_is_due_and_ticks(slack: Sandbox, tab: Tab) -> None:
    start = slack.clock.now()
    due = [start.replace(hour=20), start.replace(day=9)]
    ticked = []

    async def next_due() -> Any:
        return due[0] if due else None

    async def tick() -> None:
        ticked.append(slack.clock.now())
        due[:] = [one for one in due if one > slack.clock.now()]

    assert (await tab.get("state"))["clock"]["knows_next"] is False
    slack.clock.next_due, slack.clock.tick = next_due, tick
    assert (await tab.get("state"))["clock"]["knows_next"] is True
    for expected in list(due):
        assert (await tab.post("clock", by="next"))["seen"]["ok"] is True
        assert slack.clock.now() == expected
        assert ticked[-1] == expected
    answer = await tab.post("clock", by="next")
    assert (answer["seen"]["ok"], answer["seen"]["text"]) == (False, "Nothing is due.")


async def test_a_file_comes_as_a_download_and_only_to_its_workspace(
    slack: Sandbox, session: aiohttp.ClientSession
) -> None:
    content = base64.b64encode(b"<script>alert(1)</script>").decode()
    slack.state.files["F0X"] = File("F0X", "T0RIVERSIDE", "päcket.html", 25, content=content, complete=True)
    async with session.get("/page/files/F0X", params={"as": "ana"}) as reply:
        assert await reply.read() == b"<script>alert(1)</script>"
        assert reply.headers["Content-Disposition"] == "attachment; filename*=UTF-8''p%C3%A4cket.html"
        assert reply.content_type == "application/octet-stream"
    async with session.get("/page/files/F0X", params={"as": "cy"}) as reply:
        assert reply.status == 404


async def test_the_stream_brings_what_changes(
    slack: Sandbox, app: Counterpart, session: aiohttp.ClientSession, dm: Tab
) -> None:
    async with session.get("/page/stream", params=dm.address) as stream:
        assert (await next_picture(stream))["messages"] == []
        await slack_client(slack).chat_postMessage(channel=slack.person("ana").id, text="Good morning")
        assert [one["text"] for one in (await next_picture(stream))["messages"]] == ["Good morning"]
        await slack_client(slack).views_publish(
            user_id=slack.person("ana").id, view={"type": "home", "blocks": [section("Yours")]}
        )
        assert (await next_picture(stream))["home"]["blocks"][0]["text"]["text"] == "Yours"


async def next_picture(stream: aiohttp.ClientResponse) -> Any:
    """The next state that the stream brings which differs in what it shows."""
    while True:
        line = (await stream.content.readline()).decode()
        if line.startswith("data: "):
            return json.loads(line.removeprefix("data: "))


async def test_nothing_new_is_no_new_picture(slack: Sandbox, app: Counterpart) -> None:
    place = place_of(slack, {"as": "ana", "in": "app"})
    assert place is not None
    first = fingerprint(slack, place, Offers())
    assert fingerprint(slack, place, Offers()) == first
    await slack.clock.advance(minutes=1)
    assert fingerprint(slack, place, Offers()) != first


async def test_installing_from_the_page_says_what_is_in_the_way(session: aiohttp.ClientSession) -> None:
    answer = await Tab(session, "cy", "app").post("install")
    assert answer["seen"]["ok"] is False
    assert answer["seen"]["text"].endswith(".")
    assert answer["state"]["installed"] is False


async def test_a_messages_tab_declared_read_only_takes_no_messages(
    slack: Sandbox, app: Counterpart, dm: Tab
) -> None:
    read_only = offers({"features": {"app_home": {"messages_tab_read_only_enabled": True}}})
    slack.asgi.router.routes[:0] = page.routes(slack, read_only)
    answer = await dm.post("say", text="hello")
    assert (answer["seen"]["ok"], answer["state"]["place"]["read_only"]) == (False, True)
    assert app.of("message") == []


def test_a_manifest_that_is_not_there_offers_the_usual_command(tmp_path: Any) -> None:
    assert offers_of_the_app(tmp_path / "manifest.json").knows("/prm")


def test_the_trial_form_is_one_that_slack_would_show() -> None:
    assert {block["type"] for block in form()["blocks"]} == {"alert", "input"}


async def test_a_sandbox_that_stops_does_not_wait_for_open_tabs(app: Counterpart) -> None:
    own = Sandbox()
    await own.start()
    async with aiohttp.ClientSession(own.url) as session:
        stream = await session.get("/page/stream", params={"as": "ana", "in": "app"})
        await next_picture(stream)
        before = time.perf_counter()
        await own.stop()
        assert time.perf_counter() - before < 1
        stream.close()
