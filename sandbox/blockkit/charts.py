"""Tables, data tables and charts, with the limits of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sandbox.blockkit import limits
from sandbox.blockkit.faults import Place
from sandbox.blockkit.kinds import (
    Anything,
    Boolean,
    Choice,
    Family,
    Integer,
    Items,
    Kind,
    Number,
    Record,
    String,
)
from sandbox.blockkit.rich_text import RICH_TEXT
from sandbox.blockkit.rules import unique

_BLOCK_ID: Final = String(limits.IDENTIFIER)
_LABEL: Final = String(limits.CHART_LABEL)
_AXIS_LABEL: Final = String(limits.CHART_TITLE, shortest=0)


def _cell(text: Kind) -> Family:
    raw_text = Record("raw_text", {"type": Anything(), "text": text, "emoji": Boolean()}, required=("text",))
    raw_number = Record(
        "raw_number", {"type": Anything(), "value": Number(), "text": String()}, required=("value",)
    )
    return Family("cell", {"raw_text": raw_text, "raw_number": raw_number, "rich_text": RICH_TEXT})


def _equally_long_rows(value: Mapping[str, Any], place: Place) -> None:
    width = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != width:
            there = place.into("rows", "").into(index, f"{place.name}_row")
            there.refuse("width_differs", f"Row {index} has {len(row)} cells, the header has {width}.")


def _plain_header(value: Mapping[str, Any], place: Place) -> None:
    for index, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            there = place.into("rows", "").into(0, "").into(index, f"{place.name}_header")
            there.refuse("rich_text", "The header row of a data table cannot hold rich text.")


def _header_column_exists(value: Mapping[str, Any], place: Place) -> None:
    if value.get("row_header_column_index", 0) >= len(value["rows"][0]):
        there = place.into("row_header_column_index", f"{place.name}_row_header_column_index")
        there.refuse("out_of_range", "The row_header_column_index names a column that is not there.")


def _one_point_per_category(value: Mapping[str, Any], place: Place) -> None:
    categories = sorted(value["axis_config"]["categories"])
    for index, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != categories:
            there = place.into("series", "").into(index, "").into("data", "chart_series_data")
            there.refuse("unlike_categories", "Each series needs one point for each category.")


def _categories_differ(value: Mapping[str, Any], place: Place) -> None:
    if len(set(value["categories"])) < len(value["categories"]):
        there = place.into("categories", "chart_axis_categories")
        there.refuse("twice", "The categories of a chart must differ from each other.")


TABLE: Final = Record(
    "table",
    {
        "type": Anything(),
        "block_id": _BLOCK_ID,
        "rows": Items(
            Items(_cell(String(shortest=0)), "table_cell", limits.TABLE_COLUMNS),
            "table_cells",
            limits.TABLE_ROWS,
        ),
        "column_settings": Items(
            Record("column_setting", {"align": Choice(("left", "center", "right")), "is_wrapped": Boolean()}),
            "column_setting",
            limits.TABLE_COLUMNS,
            fewest=0,
            nulls=True,  # null skips a column
        ),
    },
    required=("rows",),
)

DATA_TABLE: Final = Record(
    "data_table",
    {
        "type": Anything(),
        "block_id": _BLOCK_ID,
        "caption": String(),
        "page_size": Integer(1, limits.DATA_TABLE_PAGE),
        "row_header_column_index": Integer(),
        "rows": Items(
            Items(_cell(String()), "data_table_cell", limits.TABLE_COLUMNS),
            "data_table_cells",
            limits.DATA_TABLE_ROWS,
            fewest=2,
        ),
    },
    required=("caption", "rows"),
    rules=(_equally_long_rows, _plain_header, _header_column_exists),
)

_SEGMENT: Final = Record(
    "chart_segment", {"label": _LABEL, "value": Number(positive=True)}, required=("label", "value")
)
_PIE: Final = Record(
    "chart",
    {"type": Anything(), "segments": Items(_SEGMENT, "chart_segment", limits.CHART_SERIES)},
    required=("segments",),
)

_POINT: Final = Record("chart_point", {"label": _LABEL, "value": Number()}, required=("label", "value"))
_SERIES: Final = Record(
    "chart_series",
    {"name": _LABEL, "data": Items(_POINT, "chart_point", limits.CHART_CATEGORIES)},
    required=("name", "data"),
)
_AXES: Final = Record(
    "chart_axis",
    {
        "categories": Items(_LABEL, "chart_category", limits.CHART_CATEGORIES),
        "x_label": _AXIS_LABEL,
        "y_label": _AXIS_LABEL,
    },
    required=("categories",),
    rules=(_categories_differ,),
)
_PLOT: Final = Record(
    "chart",
    {
        "type": Anything(),
        "series": Items(_SERIES, "chart_series", limits.CHART_SERIES),
        "axis_config": _AXES,
    },
    required=("series", "axis_config"),
    rules=(unique("series", "name"), _one_point_per_category),
)

DATA_VISUALIZATION: Final = Record(
    "data_visualization",
    {
        "type": Anything(),
        "block_id": _BLOCK_ID,
        "title": String(limits.CHART_TITLE),
        "chart": Family("chart", {"pie": _PIE, "bar": _PLOT, "area": _PLOT, "line": _PLOT}),
    },
    required=("title", "chart"),
)
