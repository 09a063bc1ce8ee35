"""Every number Slack sets on Block Kit, in one table."""

from __future__ import annotations

from typing import Final

# Characters, in any string or text object
TEXT: Final = 3_000
IDENTIFIER: Final = 255  # action_id, block_id, callback_id, external_id
URL: Final = 3_000
LABEL: Final = 75  # accessibility labels, options, groups, buttons
PLACEHOLDER: Final = 150

# Objects
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30
OPTION_VALUE: Final = 150
OPTIONS: Final = 100
OPTION_GROUPS: Final = 100

# Elements
BUTTON_VALUE: Final = 2_000
AGENT_PROMPT: Final = 4_000
CHOICES: Final = 10  # radio buttons and checkboxes
OVERFLOW_OPTIONS: Final = 5
NUMBER: Final = 100  # digits; Slack names no limit, and no quantity needs more
INPUT_LENGTH: Final = 3_000  # min_length and max_length of a plain_text_input
RICH_INPUT_LINES: Final = 100
FILES: Final = 10
VISIBLE_TO: Final = 10
ALT_TEXT: Final = 2_000

# Blocks
SECTION_FIELDS: Final = 10
SECTION_FIELD: Final = 2_000
HEADER: Final = 150
HEADER_LEVELS: Final = 4
CONTEXT_ELEMENTS: Final = 10
CONTEXT_ACTIONS: Final = 5
ACTIONS: Final = 25
IMAGE_TITLE: Final = 2_000
INPUT_LABEL: Final = 2_000
MARKDOWN: Final = 12_000  # summed over all markdown blocks of a payload
ALERT: Final = 200
CARD_TITLE: Final = 150
CARD_BODY: Final = 200
CARD_ACTIONS: Final = 3
CAROUSEL_CARDS: Final = 10
CONTAINER_TITLE: Final = 150
CONTAINER_BLOCKS: Final = 10
PLAN_TASKS: Final = 50
VIDEO_TITLE: Final = 199  # "less than 200", and the same for the next one
VIDEO_NAME: Final = 49
RICH_TEXT_INDENT: Final = 8
SKIN_TONES: Final = 6

# Tables and charts
TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
TABLES: Final = 1
# Newer clients speak of 201 rows and 20,000 characters. Slack's page says less, and what fits the
# page is accepted either way.
DATA_TABLE_ROWS: Final = 101
DATA_TABLE_CHARACTERS: Final = 10_000
DATA_TABLE_PAGE: Final = 100
CHARTS: Final = 2
CHART_TITLE: Final = 50
CHART_SERIES: Final = 12  # and segments of a pie
CHART_CATEGORIES: Final = 20
CHART_LABEL: Final = 20

# Surfaces
MESSAGE_BLOCKS: Final = 50
MESSAGE_TEXT: Final = 40_000
UPDATED_TEXT: Final = 4_000
MARKDOWN_TEXT: Final = 12_000
ATTACHMENTS: Final = 100
EVENT_TYPE: Final = 50
# Slack has a limit and doesn't publish it; nothing that carries an opaque id comes near this.
METADATA_BYTES: Final = 8_000
VIEW_BLOCKS: Final = 100
VIEW_BYTES: Final = 250_000
VIEW_TITLE: Final = 24
PRIVATE_METADATA: Final = 3_000
