"""Refused: messages as a whole: text, attachments, metadata, and sums over all blocks."""

from __future__ import annotations

from typing import Any

from tests.sandbox.blockkit.bad_payloads.making import Bad, sent, several, without
from tests.sandbox.blockkit.samples import (
    Json,
    container,
    data_table,
    message,
    mrkdwn,
    pie,
    plain,
    plot,
    raw,
    section,
    table,
)


def _metadata(**more: Any) -> Json:
    return {"event_type": "nudge", "event_payload": {"id": "d_1"}, **more}


MESSAGES: list[Bad] = [
    sent("a message needs some content", "no_text", "", message(text=""), message(), "no_text"),
    sent(
        "a message without text needs a block",
        "no_text",
        "",
        message(text="", blocks=[]),
        message(),
        "no_text",
    ),
    sent(
        "a text has at most 40,000 characters",
        "text_too_long",
        "/text",
        message(text="x" * 40_001),
        message(text="x" * 40_000),
        "msg_too_long",
    ),
    sent(
        "an updated text has at most 4,000 characters",
        "text_too_long",
        "/text",
        message(ts="1.2", text="x" * 4_001),
        message(ts="1.2", text="x" * 4_000),
        "msg_too_long",
    ),
    sent("a text is a string", "text_not_string", "/text", message(text=7), message(), "invalid_arguments"),
    sent(
        "markdown_text has at most 12,000 characters",
        "markdown_text_too_long",
        "/markdown_text",
        {"markdown_text": "x" * 12_001},
        {"markdown_text": "x" * 12_000},
        "msg_too_long",
    ),
    sent(
        "markdown_text stands alone",
        "markdown_text_conflict",
        "/markdown_text",
        message(markdown_text="x"),
        {"markdown_text": "x"},
        "markdown_text_conflict",
    ),
    sent(
        "blocks are JSON",
        "blocks_not_list",
        "/blocks",
        message(blocks="[{"),
        message(blocks="[]"),
        "invalid_blocks_format",
    ),
    sent(
        "blocks are a list",
        "blocks_not_list",
        "/blocks",
        message(blocks={"type": "divider"}),
        message({"type": "divider"}),
        "invalid_blocks_format",
    ),
    sent(
        "a message has at most 50 blocks",
        "too_many_blocks",
        "/blocks",
        message(*several({"type": "divider"}, 51)),
        message(*several({"type": "divider"}, 50)),
    ),
    sent(
        "a message has at most 100 attachments",
        "too_many_attachments",
        "/attachments",
        message(attachments=several({"text": "x"}, 101)),
        message(attachments=several({"text": "x"}, 100)),
        "too_many_attachments",
    ),
    sent(
        "attachments are a list",
        "attachments_not_list",
        "/attachments",
        message(attachments={"text": "x"}),
        message(attachments=[{"text": "x"}]),
        "invalid_attachments",
    ),
    sent(
        "an attachment is an object",
        "attachment_not_object",
        "/attachments/0",
        message(attachments=["x"]),
        message(attachments=[{"text": "x"}]),
        "invalid_attachments",
    ),
    sent(
        "the blocks of an attachment keep the rules too",
        "header_text_not_plain_text",
        "/attachments/0/blocks/0/text/type",
        message(attachments=[{"blocks": [{"type": "header", "text": mrkdwn()}]}]),
        message(attachments=[{"blocks": [{"type": "header", "text": plain()}]}]),
    ),
    sent(
        "metadata are an object",
        "metadata_not_object",
        "/metadata",
        message(metadata="d_1"),
        message(metadata=_metadata()),
        "invalid_metadata_format",
    ),
    sent(
        "metadata name their event type",
        "metadata_event_type",
        "/metadata/event_type",
        message(metadata=without("event_type", _metadata())),
        message(metadata=_metadata()),
        "invalid_metadata_schema",
    ),
    sent(
        "the payload of metadata is an object",
        "metadata_event_payload",
        "/metadata/event_payload",
        message(metadata=_metadata(event_payload="d_1")),
        message(metadata=_metadata()),
        "invalid_metadata_schema",
    ),
    sent(
        "metadata stay small",
        "metadata_too_large",
        "/metadata",
        message(metadata=_metadata(event_payload={"id": "x" * 8_000})),
        message(metadata=_metadata()),
        "metadata_too_large",
    ),
    sent(
        "block ids differ within a message",
        "duplicate_block_id",
        "/blocks/1/block_id",
        message(section(block_id="one"), section(block_id="one")),
        message(section(block_id="one"), section(block_id="two")),
    ),
    sent(
        "block ids differ inside a container too",
        "duplicate_block_id",
        "/blocks/1/child_blocks/0/block_id",
        message(section(block_id="one"), container(section(block_id="one"))),
        message(section(block_id="one"), container(section(block_id="two"))),
    ),
    sent(
        "a message has one table",
        "too_many_tables",
        "/blocks/1",
        message(table(), table()),
        message(table(), data_table()),
    ),
    sent(
        "a message has at most two charts",
        "too_many_charts",
        "/blocks/2",
        message(pie(), plot(), pie()),
        message(pie(), plot()),
    ),
    sent(
        "all markdown blocks together have at most 12,000 characters",
        "markdown_total_too_long",
        "/blocks/1/text",
        message({"type": "markdown", "text": "x" * 6_000}, {"type": "markdown", "text": "x" * 6_001}),
        message({"type": "markdown", "text": "x" * 6_000}, {"type": "markdown", "text": "x" * 6_000}),
    ),
    sent(
        "all data tables together have at most 10,000 characters",
        "data_tables_too_long",
        "/blocks/0/rows",
        message(data_table(rows=[[raw("x" * 5_000)], [raw("x" * 5_001)]])),
        message(data_table(rows=[[raw("x" * 5_000)], [raw("x" * 5_000)]])),
    ),
]
