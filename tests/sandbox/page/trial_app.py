"""An app of the tests' own that shows every kind of block and element, and fails in every way it is asked to."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.responses import PlainTextResponse

from sandbox.server import Sandbox
from tests.sandbox.server.counterpart import Heard, slack_client

Json = dict[str, Any]
INJECTED = "<img src=x onerror=\"document.title='broken in'\">"


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def mrkdwn(words: str) -> Json:
    return {"type": "mrkdwn", "text": words}


def section(words: str, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(words), **more}


def choices(*names: str) -> list[Json]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def button(label: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


CONFIRM = {
    "title": plain("Really forget it?"),
    "text": plain("It cannot be brought back."),
    "confirm": plain("Forget it"),
    "deny": plain("Keep it"),
    "style": "danger",
}

RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "A rich "},
                {"type": "text", "text": "bold word", "style": {"bold": True}},
                {"type": "text", "text": " and "},
                {"type": "link", "url": "https://example.org/", "text": "a rich link"},
                {"type": "emoji", "name": "tada"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "first point"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "second point"}]},
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted richly"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "fixed = width"}]},
    ],
}


def cells(*words: str) -> list[Json]:
    return [{"type": "raw_text", "text": word} for word in words]


TABLE = {
    "type": "table",
    "rows": [cells("Practice", "Referrals"), cells("Lakeside", "42"), cells("Hillcrest", "17")],
    "column_settings": [{}, {"align": "right"}],
}
CHART = {
    "type": "data_visualization",
    "title": "Referrals by month",
    "chart": {
        "type": "bar",
        "series": [
            {
                "name": "Lakeside",
                "data": [
                    {"label": "Sep", "value": 12},
                    {"label": "Oct", "value": 18},
                    {"label": "Nov", "value": 25},
                ],
            }
        ],
        "axis_config": {"categories": ["Sep", "Oct", "Nov"]},
    },
}
MARKDOWN = {"type": "markdown", "text": "## A heading\n\n- **strong** item\n- `code` item\n\n1. one\n2. two"}


def showcase(user: str, picture: str) -> list[Json]:
    """Every block of a message, and every element that stands in one; `picture` is an image's address."""
    return [
        {"type": "header", "text": plain("Everything at once")},
        section(
            f"*bold* _italic_ ~struck~ `code` &lt;tag&gt; &amp; <https://example.org/a*b|a link> <@{user}> "
            "<#C0GENERALRIVE> :tada: :no_such_emoji: <!date^1793610000^{date_num}|some day>\n>quoted line",
            accessory=button("Open the form", "open", style="primary"),
        ),
        section(f"Hostile: {INJECTED.replace('<', '&lt;').replace('>', '&gt;')}"),
        {"type": "section", "fields": [mrkdwn("*Tier*\nGold"), mrkdwn("*Visits*\n14")]},
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("Small print :lock:")]},
        RICH,
        TABLE,
        CHART,
        MARKDOWN,
        {"type": "image", "image_url": picture, "alt_text": "A picture"},
        {
            "type": "actions",
            "block_id": "row",
            "elements": [
                button("Forget", "forget", style="danger", confirm=CONFIRM),
                {
                    "type": "static_select",
                    "action_id": "pick",
                    "placeholder": plain("Pick a tier"),
                    "options": choices("Gold", "Silver"),
                },
                {"type": "overflow", "action_id": "more", "options": choices("Archive", "Mute")},
                {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-03"},
            ],
        },
    ]


def field(label: str, block_id: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "it", **element},
        **more,
    }


def form() -> Json:
    """A modal with every element that can stand in one."""
    fields = [
        {"type": "alert", "level": "info", "text": plain("Take your time.")},
        field("Name of the practice", "name", {"type": "plain_text_input"}, hint=plain("As on its door.")),
        field("Notes", "notes", {"type": "plain_text_input", "multiline": True}, optional=True),
        field("Referrals", "count", {"type": "number_input", "is_decimal_allowed": False, "min_value": "0"}),
        field("Email", "email", {"type": "email_text_input"}, optional=True),
        field("Website", "site", {"type": "url_text_input"}, optional=True),
        field("Visited on", "day", {"type": "datepicker", "initial_date": "2026-11-02"}),
        field("At", "hour", {"type": "timepicker"}, optional=True),
        field("Follow up", "later", {"type": "datetimepicker"}, optional=True),
        field("Tier", "tier", {"type": "static_select", "options": choices("Gold", "Silver")}),
        field(
            "Areas", "areas", {"type": "multi_static_select", "options": choices("Heart", "Spine", "Skin")}
        ),
        field("Colleague", "colleague", {"type": "users_select"}, optional=True),
        field("Where", "channel", {"type": "channels_select"}, optional=True),
        field("Conversation", "talk", {"type": "conversations_select"}, optional=True),
        field("Colleagues", "colleagues", {"type": "multi_users_select"}, optional=True),
        field("Mood", "mood", {"type": "radio_buttons", "options": choices("Warm", "Cool")}),
        field("Done", "done", {"type": "checkboxes", "options": choices("Called", "Wrote")}, optional=True),
        field("Doctor", "doctor", {"type": "external_select", "min_query_length": 1}, optional=True),
        field("Rich notes", "rich", {"type": "rich_text_input"}, optional=True),
        field("Attachment", "file", {"type": "file_input"}, optional=True),
    ]
    return modal(*fields, title="A new visit", submit="Save", callback_id="visit", notify_on_close=True)


def modal(*blocks: Json, title: str, submit: str | None = None, **more: Any) -> Json:
    view = {"type": "modal", "title": plain(title), "blocks": list(blocks), **more}
    return view | ({"submit": plain(submit)} if submit else {})


def floor(number: int) -> Json:
    """One of several forms that lie on one another."""
    known = {"callback_id": "floor", "private_metadata": str(number)}
    return modal(section("Higher?"), title=f"Floor {number}", submit="Up", **known)


class TrialApp:
    """Answers what the counterpart hears."""

    def __init__(self, slack: Sandbox) -> None:
        self._slack = slack
        self.commands = {
            "slow": self._slow,
            "broken": self._broken,
            "refused": self._refused,
            "hostile": self._hostile,
            "stack": self._stack,
        }

    @property
    def _client(self) -> Any:
        return slack_client(self._slack)

    async def __call__(self, heard: Heard) -> Any:
        answers = {
            "slash_command": self._command,
            "shortcut": self._open,
            "message_action": self._open,
            "block_actions": self._action,
            "view_submission": self._submission,
            "block_suggestion": self._suggest,
            "app_home_opened": self._home,
            "message": self._reply,
        }
        answer = answers.get(heard.kind)
        return await answer(heard) if answer is not None else None

    async def _command(self, heard: Heard) -> Any:
        special = self.commands.get(heard.body["text"])
        if special is not None:
            return await special(heard)
        return {
            "text": "Everything at once",
            "blocks": showcase(heard.body["user_id"], f"{self._slack.url}/page/static/icon.svg"),
        }

    async def _slow(self, _: Heard) -> None:
        await asyncio.Event().wait()

    async def _broken(self, _: Heard) -> Any:
        return PlainTextResponse("<h1>Traceback</h1>", 500)

    async def _refused(self, _: Heard) -> Json:
        return {"text": "too long", "blocks": [{"type": "header", "text": plain("x" * 200)}]}

    async def _hostile(self, _: Heard) -> Json:
        return {"text": INJECTED, "blocks": [section(INJECTED), {"type": "section", "text": plain(INJECTED)}]}

    async def _stack(self, heard: Heard) -> None:
        await self._client.views_open(trigger_id=heard.body["trigger_id"], view=floor(1))

    async def _open(self, heard: Heard) -> None:
        await self._client.views_open(trigger_id=heard.body["trigger_id"], view=form())

    async def _action(self, heard: Heard) -> None:
        action = heard.body["actions"][0]
        if action["action_id"] == "open":
            await self._open(heard)
            return
        said = action.get("selected_option", {}).get("value") or action.get("selected_date") or "pressed"
        await self._client.chat_postMessage(
            channel=heard.body["user"]["id"], text=f"{action['action_id']}: {said}"
        )

    async def _submission(self, heard: Heard) -> Json:
        if heard.body["view"]["callback_id"] == "floor":
            return {"response_action": "push", "view": floor(int(heard.body["view"]["private_metadata"]) + 1)}
        values = heard.body["view"]["state"]["values"]
        name = values["name"]["it"]["value"]
        if name == "Nowhere":
            return {"response_action": "errors", "errors": {"name": "There is no such practice."}}
        await self._client.chat_postMessage(
            channel=heard.body["user"]["id"],
            text=f"Saved {name}",
            blocks=[section(f"Saved *{name}* with {values['count']['it']['value']} referrals")],
        )
        return {}

    async def _suggest(self, heard: Heard) -> Json:
        doctors = ("Dr. Stone", "Dr. Reed")
        return {
            "options": choices(*(name for name in doctors if heard.body["value"].lower() in name.lower()))
        }

    async def _home(self, heard: Heard) -> None:
        event = heard.body["event"]
        if event["tab"] != "home":
            return
        blocks = [
            {"type": "header", "text": plain("Your visits")},
            section("Nothing yet", block_id="new", accessory=button("New visit", "open")),
        ]
        await self._client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    async def _reply(self, heard: Heard) -> None:
        event = heard.body["event"]
        await self._client.chat_postMessage(channel=event["channel"], text=f"You said: {event['text']}")
