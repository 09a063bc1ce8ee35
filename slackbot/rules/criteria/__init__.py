"""A rung's criteria as something that can be told, edited and compared; nothing here judges anybody."""

from slackbot.rules.criteria.comparing import Changed, Differences, differences
from slackbot.rules.criteria.editing import (
    Field,
    Part,
    edited,
    fields_of,
    house_of,
    is_ours,
    read_field,
    template,
)
from slackbot.rules.criteria.wording import asked, label
from slackbot.rules.progress.naming import name

__all__ = [
    "Changed",
    "Differences",
    "Field",
    "Part",
    "asked",
    "differences",
    "edited",
    "fields_of",
    "house_of",
    "is_ours",
    "label",
    "name",
    "read_field",
    "template",
]
