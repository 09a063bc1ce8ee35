"""Small well-formed parts of Block Kit, from which the tests put payloads together."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def plain(text: str = "Go") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Go*") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "a", **more: Any) -> Json:
    return {"text": plain(value), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(str(number)) for number in range(count)]


def confirm(**more: Any) -> Json:
    return {
        "title": plain("Sure?"),
        "text": mrkdwn("It *stays* with you."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
        **more,
    }


def button(action_id: str = "go", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(), **more}


def element(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "act", **more}


def picture(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a chart", **more}


def section(**more: Any) -> Json:
    return {"type": "section", **({"text": mrkdwn()} | more)}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def question(held: Json, **more: Any) -> Json:
    """An input block."""
    return {"type": "input", "label": plain("Practice"), "element": held, **more}


def rich(*leaves: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(leaves)}]}


def raw(text: str = "x") -> Json:
    return {"type": "raw_text", "text": text}


def table(**more: Any) -> Json:
    return {"type": "table", "rows": [[raw("Practice"), raw("Referrals")], [raw("Oak"), raw("14")]], **more}


def data_table(**more: Any) -> Json:
    number = {"type": "raw_number", "value": 14, "text": "14"}
    rows = [[raw("Practice"), raw("Referrals")], [raw("Oak"), number]]
    return {"type": "data_table", "caption": "Referrals", "rows": rows, **more}


def pie(**more: Any) -> Json:
    segments = [{"label": "Oak", "value": 3}, {"label": "Elm", "value": 1.5}]
    return chart({"type": "pie", "segments": segments, **more})


def plot(**more: Any) -> Json:
    points = [{"label": "Jan", "value": -2}, {"label": "Feb", "value": 4}]
    axes = {"categories": ["Jan", "Feb"], "x_label": "Month", "y_label": "Referrals"}
    return chart({"type": "line", "series": [{"name": "Oak", "data": points}], "axis_config": axes, **more})


def chart(drawn: Json, **more: Any) -> Json:
    return {"type": "data_visualization", "title": "Referrals", "chart": drawn, **more}


def container(*children: Json, **more: Any) -> Json:
    return {"type": "container", "title": plain("Week 48"), "child_blocks": list(children), **more}


def video(**more: Any) -> Json:
    return {
        "type": "video",
        "title": plain("A tour"),
        "alt_text": "a walk through the app",
        "thumbnail_url": "https://example.com/t.png",
        "video_url": "https://example.com/v",
        **more,
    }


def message(*blocks: Json, **more: Any) -> Json:
    return {"text": "Your week", **({"blocks": list(blocks)} if blocks else {}), **more}


def modal(*blocks: Json, **more: Any) -> Json:
    whole = {"type": "modal", "title": plain("Log a win"), "submit": plain("Save"), "blocks": list(blocks)}
    return {**whole, **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}
