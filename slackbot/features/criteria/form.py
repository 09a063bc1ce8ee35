"""The form in which admins edit a rung's criteria: how each counts, its numbers, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from content import Content, Criterion, Degree, Education, Need, Rung
from slackbot.criteria import criteria_of
from slackbot.errors import FormError, UserError
from slackbot.rules.criteria import Field, Part, fields_of, read_field, template
from slackbot.rules.numbers import UnreadableNumberError
from slackbot.ui.blocks import Block, View, context, section
from slackbot.ui.forms import Option, field, modal, select, text_input
from slackbot.ui.text import cut, escape
from storage.models import CriteriaSet

CALLBACK: Final = "edit_criteria"
LONGEST_WHY: Final = 300
LONGEST_NUMBER: Final = 20
LEFT_OUT: Final = "out"
COUNTS: Final = (
    Option("Needed", Need.GATE),
    Option("Makes the case stronger", Need.SUPPORTING),
    Option("Left out", LEFT_OUT),
)
DEGREES: Final = (
    Option("A bachelor's or higher", Degree.BACHELOR),
    Option("A master's or higher", Degree.MASTER),
    Option("A doctorate", Degree.DOCTORATE),
)
CHOOSE: Final = "Choose a role, and its criteria open here."
STAYS: Final = (
    "A number left empty leaves that part out. Whoever works toward this role keeps the version they have, and is "
    "offered yours."
)
EMPTY: Final = {Part.PERIODS: "Empty: one is enough.", Part.SAMPLE: "Empty: any number will do."}
MOST_BLOCKS: Final = 100
TOO_MANY: Final = (
    "That role has more criteria than one form can hold. Edit them in the folder of PRM_CONTENT_DIR."
)


@dataclass(frozen=True)
class Row:
    """One criterion of the form: as it is now, or as the house has it where it is left out now."""

    criterion: Criterion
    is_asked: bool
    fields: Sequence[Field]

    def name(self, part: str) -> str:
        return f"{self.criterion.id}-{part}"


@dataclass(frozen=True)
class Filled:
    """What came back for one row: how it counts, None where it is left out, and its numbers as a test takes them."""

    row: Row
    need: Need | None
    given: dict[str, str | None]


def rows_of(criteria_set: CriteriaSet, content: Content) -> list[Row]:
    """All that the version asks for, and then what the house asks for beside it, to be taken in again."""
    asked = criteria_of(criteria_set)
    known = {each.id for each in asked}
    others = [each for each in content.criteria_for(criteria_set.rung) if each.id not in known]
    return [
        *(Row(each, True, fields_of(template(each, content), each, content)) for each in asked),
        *(Row(each, False, fields_of(each.test, each, content)) for each in others),
    ]


def form(content: Content, criteria_set: CriteriaSet | None) -> View:
    """The choice of a rung, and under it the rung's criteria once it is chosen."""
    rungs = [Option(rung.name, rung.id) for rung in content.rungs]
    chosen = None if criteria_set is None else criteria_set.rung
    choice = field("rung", "Role", select(rungs, chosen), dispatch=True)
    if criteria_set is None:
        return modal(CALLBACK, "Criteria", choice, section(CHOOSE), submit="Open")
    blocks = [block for row in rows_of(criteria_set, content) for block in _blocks(row)]
    why = field(
        "why", "Why", text_input(longest=LONGEST_WHY, multiline=True), hint="Everybody can read this."
    )
    every = [choice, context(STAYS), *blocks, why]
    if len(every) > MOST_BLOCKS:
        raise UserError(TOO_MANY)
    return modal(CALLBACK, "Criteria", *every, submit="Save", private_metadata=seen(criteria_set))


def seen(criteria_set: CriteriaSet) -> str:
    """What a form remembers of the version it shows."""
    return f"{criteria_set.rung}:{criteria_set.version}"


def _blocks(row: Row) -> Iterator[Block]:
    sentence = row.criterion.sentence
    counts = row.criterion.need if row.is_asked else LEFT_OUT
    yield section(f"*{escape(sentence)}*")
    yield field(row.name("need"), "How it counts", select(COUNTS, counts))
    for each in row.fields:
        yield field(
            row.name(each.key), cut(each.label, 150), _input(each), hint=EMPTY.get(each.part), optional=True
        )


def _input(each: Field) -> Block:
    if isinstance(each.leaf, Education):
        return select(DEGREES, each.now)
    return text_input(longest=LONGEST_NUMBER, initial=each.now)


def rung_of(name: str | None, content: Content) -> Rung | None:
    return next((rung for rung in content.rungs if rung.id == name), None)


def parse(values: dict[str, str | None], rows: Sequence[Row], content: Content) -> list[Filled]:
    """Reads the form. Raises FormError with a sentence for each field that must be mended."""
    errors: dict[str, str] = {}
    filled = [_filled(values, row, content, errors) for row in rows]
    if not (values.get("why") or "").strip():
        errors["why"] = "Say why, so that everybody can follow what changed."
    if errors:
        raise FormError(errors)
    return filled


def _filled(values: dict[str, str | None], row: Row, content: Content, errors: dict[str, str]) -> Filled:
    chosen = values.get(row.name("need"))
    need = Need(chosen) if chosen in set(Need) else None
    given: dict[str, str | None] = {}
    for each in row.fields if need is not None else ():
        name = row.name(each.key)
        try:
            given[each.key] = read_field(each, values.get(name), content)
        except UnreadableNumberError as error:
            errors[name] = str(error)
    return Filled(row, need, given)
