"""Every block and every element, well-formed, with all the fields it can have."""

from __future__ import annotations

from tests.sandbox.blockkit.samples import (
    Json,
    actions,
    button,
    confirm,
    container,
    context,
    data_table,
    element,
    mrkdwn,
    option,
    options,
    picture,
    pie,
    plain,
    plot,
    question,
    raw,
    rich,
    section,
    table,
    video,
)

GROUPS = [{"label": plain("Primary care"), "options": options(3)}]
DISPATCH = {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}
PLACEHOLDER = {"placeholder": plain("Choose…")}
CONFIRMED = {"confirm": confirm(style="danger")}
FILTER = {"include": ["im", "private"], "exclude_bot_users": True}
SLACK_FILE = {"type": "image", "slack_file": {"id": "F0123456"}, "alt_text": "a chart"}
LEAVES: list[Json] = [
    {"type": "text", "text": "Two ", "style": {"bold": True, "underline": True}},
    {"type": "text", "text": "new referrals", "style": {"code": True, "strike": True, "italic": True}},
    {"type": "link", "url": "https://example.com", "text": "here", "unsafe": False, "style": {"bold": True}},
    {"type": "link", "url": "mailto:ana@example.com"},
    {"type": "user", "user_id": "U1", "style": {"highlight": True}},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "team", "team_id": "T1"},
    {"type": "channel", "channel_id": "C1", "style": {"client_highlight": True, "unlink": True}},
    {"type": "emoji", "name": "wave", "skin_tone": 3, "unicode": "1f44b"},
    {"type": "broadcast", "range": "here"},
    {"type": "color", "value": "#C0FFEE"},
    {"type": "date", "timestamp": 1_790_000_000, "format": "{date_long}", "fallback": "in autumn"},
]
RICH_TEXT: Json = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": LEAVES},
        {"type": "rich_text_section", "elements": []},
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 8,
            "offset": 2,
            "border": 1,
            "elements": rich()["elements"],
        },
        {"type": "rich_text_quote", "border": 1, "elements": LEAVES[:1]},
        {"type": "rich_text_preformatted", "language": "python", "elements": LEAVES[:1]},
    ],
}
CARD: Json = {
    "type": "card",
    "block_id": "card",
    "hero_image": picture(),
    "icon": picture(),
    "title": mrkdwn("*Oak*"),
    "subtitle": plain("Family practice"),
    "body": mrkdwn("14 referrals"),
    "subtext": plain("since May"),
    "actions": [button("open", url="https://example.com"), button("later")],
}
TASK: Json = {
    "task_id": "1",
    "title": "Read the record",
    "status": "in_progress",
    "details": RICH_TEXT,
    "output": rich(*LEAVES[:1]),
    "sources": [{"type": "url", "url": "https://example.com", "text": "source"}],
}
FEEDBACK: Json = element(
    "feedback_buttons",
    positive_button={"text": plain("Good"), "value": "1", "accessibility_label": "A good answer"},
    negative_button={"text": plain("Bad"), "value": "0"},
)

EVERY_BLOCK: dict[str, list[Json]] = {
    "actions": [actions(button("a", style="primary", value="1", **CONFIRMED), button("b", url="https://example.com"))],
    "alert": [{"type": "alert", "text": mrkdwn("Not *saved*"), "level": "error", "block_id": "alert"}],
    "card": [CARD, {"type": "card", "actions": [button()]}, {"type": "card", "title": plain(), "slack_icon": {"type": "icon", "name": "rocket"}}],
    "carousel": [{"type": "carousel", "elements": [CARD, {"type": "card", "body": plain()}]}],
    "container": [
        container(section(), actions(button()), question(element("plain_text_input")), table(), {"type": "divider"}),
        container(picture(), rich_text_title=RICH_TEXT, subtitle=mrkdwn(), icon=picture(), width="wide"),
        container(video(), is_collapsible=True, default_collapsed=True, has_header_divider=True),
    ],
    "context": [context(mrkdwn(), plain(), picture(), SLACK_FILE)],
    "context_actions": [
        {"type": "context_actions", "elements": [FEEDBACK, element("icon_button", icon="trash", text=plain(), visible_to_user_ids=["U1"]) | {"action_id": "delete"}]}
    ],
    "data_table": [
        data_table(page_size=100, row_header_column_index=1),
        data_table(rows=[[raw("A")], [RICH_TEXT], [{"type": "raw_number", "value": 1.5}]]),
    ],
    "data_visualization": [pie(), plot(), plot(type="bar"), plot(type="area")],
    "divider": [{"type": "divider"}, {"type": "divider", "block_id": "line"}],
    "header": [{"type": "header", "text": plain("Your week 🎉")}, {"type": "header", "text": plain(), "level": 2}],
    "image": [picture(title=plain("Referrals"), block_id="picture"), SLACK_FILE],
    "input": [
        question(element("plain_text_input"), hint=plain("no patient names"), optional=True, dispatch_action=True)
    ],
    "markdown": [{"type": "markdown", "text": "# Week 48\n\n| a | b |\n|---|---|\n| 1 | 2 |"}],
    "plan": [
        {"type": "plan", "title": "Roadmap", "tasks": [TASK, {**TASK, "task_id": "2", "status": "pending"}]},
        {"type": "plan", "title": plain("Roadmap")},
    ],
    "rich_text": [RICH_TEXT, {"type": "rich_text", "elements": []}],
    "section": [
        section(fields=[mrkdwn("*Won*"), plain("14")], accessory=button(), expand=True, block_id="section"),
        {"type": "section", "fields": [plain()]},
        section(text={**plain(), "emoji": False}),
        section(text={**mrkdwn("<https://example.com|here>"), "verbatim": True}),
    ],
    "table": [
        table(column_settings=[None, {"align": "right", "is_wrapped": True}]),
        table(rows=[[raw(""), RICH_TEXT], [{"type": "raw_number", "value": 2}]]),
    ],
    "task_card": [{"type": "task_card", **TASK}],
    "video": [
        video(
            title_url="https://example.com",
            description=plain("A minute"),
            author_name="Ana",
            provider_name="Vimeo",
            provider_icon_url="https://example.com/i.png",
        )
    ],
}  # fmt: skip

EVERY_ELEMENT: dict[str, list[Json]] = {
    "button": [button(accessibility_label="Open the roadmap", agent_prompt="Sum up", agent_prompt_display="Sum up")],
    "workflow_button": [
        element(
            "workflow_button",
            text=plain(),
            workflow={
                "trigger": {
                    "url": "https://slack.com/shortcuts/Ft1/x",
                    "customizable_input_parameters": [{"name": "practice", "value": "Oak"}],
                }
            },
        )
    ],
    "overflow": [element("overflow", options=[option(url="https://example.com"), option("b")], **CONFIRMED)],
    "checkboxes": [
        element(
            "checkboxes",
            options=[{"text": mrkdwn(), "value": "a", "description": mrkdwn("_more_")}, option("b")],
            initial_options=[option("b")],
            **CONFIRMED,
        )
    ],
    "radio_buttons": [
        element(
            "radio_buttons",
            options=[{"text": mrkdwn(), "value": "a", "description": plain("more")}, option("b")],
            initial_option=option("b"),
        )
    ],
    "datepicker": [element("datepicker", initial_date="2028-02-29", **PLACEHOLDER, **CONFIRMED)],
    "timepicker": [element("timepicker", initial_time="09:30", timezone="Europe/Lisbon", **PLACEHOLDER)],
    "datetimepicker": [element("datetimepicker", initial_date_time=1_790_000_000, **CONFIRMED)],
    "static_select": [
        element("static_select", options=options(3), initial_option=option("2"), **PLACEHOLDER),
        element("static_select", option_groups=GROUPS, initial_option=option("2"), **CONFIRMED),
        element(
            "static_select",
            options=[option("a", description=plain("more"))],
            initial_option={"text": {**plain("a"), "emoji": True}, "value": "a", "description": plain("more")},
        ),
    ],
    "multi_static_select": [
        element("multi_static_select", options=options(3), initial_options=options(2), max_selected_items=2),
        element("multi_static_select", option_groups=GROUPS, initial_options=options(2), **PLACEHOLDER),
    ],
    "external_select": [element("external_select", initial_option=option(), min_query_length=0, **PLACEHOLDER)],
    "multi_external_select": [
        element("multi_external_select", initial_options=options(2), min_query_length=3, focus_on_load=True)
    ],
    "users_select": [element("users_select", initial_user="U1", **PLACEHOLDER)],
    "multi_users_select": [element("multi_users_select", initial_users=["U1", "W2"], max_selected_items=5)],
    "conversations_select": [
        element("conversations_select", default_to_current_conversation=True, filter=FILTER),
        element("conversations_select", initial_conversation="D1"),
    ],
    "multi_conversations_select": [
        element("multi_conversations_select", initial_conversations=["C1"], filter=FILTER, **PLACEHOLDER)
    ],
    "channels_select": [element("channels_select", initial_channel="C1")],
    "multi_channels_select": [element("multi_channels_select", initial_channels=["C1", "C2"])],
    "rich_text_input": [
        element("rich_text_input", initial_value=RICH_TEXT, min_lines=2, max_lines=9, **PLACEHOLDER),
        {"type": "rich_text_input"},
    ],
    "plain_text_input": [
        element("plain_text_input", multiline=True, initial_value="", min_length=0, max_length=3_000),
        element("plain_text_input", initial_value="Oa", min_length=5, dispatch_action_config=DISPATCH),
        {"type": "plain_text_input"},
    ],
    "email_text_input": [element("email_text_input", initial_value="a" * 80 + "@example.com", **PLACEHOLDER)],
    "url_text_input": [element("url_text_input", initial_value="https://example.com/" + "x" * 80)],
    "number_input": [
        element("number_input", is_decimal_allowed=True, min_value="-1.5", max_value="1", initial_value="0"),
        element("number_input", is_decimal_allowed=False, min_value="9", max_value="10", initial_value="10"),
    ],
    "file_input": [element("file_input", filetypes=["pdf", "png"], max_files=10)],
    "feedback_buttons": [FEEDBACK],
    "icon_button": [element("icon_button", icon="trash", text=plain(), value="1", **CONFIRMED)],
    "image": [picture(), SLACK_FILE],
}  # fmt: skip

PICKERS = {"checkboxes", "radio_buttons", "datepicker", "timepicker"}
SELECTS = {kind for kind in EVERY_ELEMENT if kind.endswith("_select")}
IN_SECTION = PICKERS | SELECTS | {"button", "workflow_button", "overflow", "image"}
IN_ACTIONS = IN_SECTION - {"image"} | {"datetimepicker", "rich_text_input"}
IN_INPUT = (
    PICKERS | SELECTS | {"datetimepicker", "rich_text_input"} | {kind for kind in EVERY_ELEMENT if kind.endswith("_text_input")}
    | {"number_input", "file_input"}
)  # fmt: skip
