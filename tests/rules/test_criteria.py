"""A criterion's numbers are edited, and its sentence says exactly what is tested then."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import content
from content import AllOf, AnyOf, Criterion, Education, Need, OutcomeTest, Predicate, VerifiedShare, leaves
from content.predicates import Credentials, Degree, Measure, Period, Years, numbers
from slackbot.rules.criteria import (
    Field,
    asked,
    differences,
    edited,
    fields_of,
    is_ours,
    read_field,
    template,
)
from slackbot.rules.numbers import UnreadableNumberError

KNOWN = content.load()
TODAY = date(2026, 11, 23)
BY_ID = {criterion.id: criterion for criterion in KNOWN.criteria}


def with_numbers(criterion_id: str, need: Need | None = None, /, **typed: str | None) -> Criterion | None:
    """The criterion after somebody changed some of its fields, "least_0" for the first number and so on."""
    known = BY_ID[criterion_id]
    shape = template(known, KNOWN)
    fields = fields_of(shape, known, KNOWN)
    filled = {field.key: typed.get(f"{field.part}_{field.key[0]}", field.now) for field in fields}
    return edited(shape, read(fields, filled), known, need or known.need, KNOWN, TODAY)


def read(fields: list[Field], filled: Mapping[str, str | None]) -> dict[str, str | None]:
    return {field.key: read_field(field, filled[field.key], KNOWN) for field in fields}


def changed(criterion_id: str, need: Need | None = None, /, **typed: str | None) -> Criterion:
    found = with_numbers(criterion_id, need, **typed)
    assert found is not None
    return found


@pytest.mark.parametrize("criterion", KNOWN.criteria, ids=lambda criterion: criterion.id)
def test_every_house_default_can_be_told_by_its_numbers_alone(criterion: Criterion) -> None:
    said = asked(criterion.test, KNOWN)

    # The content's own rule: a sentence holds every number that is tested.
    again = Criterion.model_validate(criterion.model_dump() | {"sentence": said})
    assert again.test == criterion.test
    assert said[0].isupper()
    assert said.endswith(".")
    assert "None" not in said


@pytest.mark.parametrize(
    ("criterion", "said"),
    [
        ("liaison_outreach", "Campaigns and events held: at least 2 events in all."),
        (
            "senior_liaison_referrals",
            "Referrals from your panel: up by at least 10% from the baseline, in a quarter.",
        ),
        (
            "manager_referrals",
            "Referrals from your panel: up by at least 15% from the baseline, in 2 quarters in a row.",
        ),
        (
            "manager_satisfaction",
            "Satisfaction score, 1 to 5: up by at least 0.3 points from the baseline, from at least 20 answers; or "
            "Referrer NPS: up by at least 10 points from the baseline, from at least 20 answers.",
        ),
        (
            "manager_outreach",
            "Campaigns and events held: at least 4 events in all; and Attendees who took the next step: at least 1 win.",
        ),
        ("manager_verified", "At least 80% of the wins you put forward are confirmed."),
        ("manager_experience", "At least 5 years of relevant work."),
        ("liaison_experience", "At least 1 year of relevant work."),
        ("manager_credential", "At least 1 credential, earned and not lapsed."),
        ("director_education", "A master's degree or higher."),
        ("director_leadership", "Leadership: at least 4 wins."),
    ],
)
def test_the_sentence_of_a_test(criterion: str, said: str) -> None:
    assert asked(BY_ID[criterion].test, KNOWN) == said


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (
            OutcomeTest(outcome="network_growth", metric="leakage", by=Measure.CHANGE, at_least="3"),
            "Leakage: down by at least 3 percentage points from the baseline.",
        ),
        (
            OutcomeTest(outcome="network_growth", metric="leakage", by=Measure.LEVEL, at_least="1"),
            "Leakage: at most 1%.",
        ),
        (
            OutcomeTest(
                outcome="provider_satisfaction",
                metric="days_to_appointment",
                by=Measure.LEVEL,
                at_least="1",
                sample=1,
            ),
            "Days to first appointment (median): at most 1 day, from at least 1 referral.",
        ),
        (
            OutcomeTest(
                outcome="referral_growth",
                metric="downstream_revenue",
                by=Measure.TOTAL,
                at_least="250000",
                over=Period.YEAR,
            ),
            "Downstream revenue: at least $250000, in a year.",
        ),
        (
            OutcomeTest(outcome="gone", metric="gone", by=Measure.LEVEL, at_least="7"),
            "A measure that is no longer kept here: at least 7.",
        ),
        (
            AnyOf(
                of=(
                    AllOf(
                        of=(Years(of="liaison", at_least="1.5"), Education(at_least=Degree.DOCTORATE)),
                    ),
                    Credentials(at_least=2, kinds=("certification", "course")),
                )
            ),
            "(at least 1.5 years as a liaison; and a doctorate); or at least 2 certifications or courses, earned and "
            "not lapsed.",
        ),
    ],
)
def test_the_sentence_of_a_test_that_an_organization_may_write(test: Predicate, said: str) -> None:
    assert asked(test, KNOWN) == said


def test_what_nobody_changed_stays_as_it_was_to_the_letter() -> None:
    for criterion in KNOWN.criteria:
        assert with_numbers(criterion.id) == criterion


def test_a_changed_number_changes_the_sentence_and_is_no_house_default_any_more() -> None:
    made = changed("manager_referrals", least_0="12", periods_0="3")

    assert (
        made.sentence
        == "Referrals from your panel: up by at least 12% from the baseline, in 3 quarters in a row."
    )
    assert (made.test, made.as_of, made.need) == (
        OutcomeTest(
            outcome="referral_growth",
            metric="referrals",
            by=Measure.PERCENT_CHANGE,
            at_least="12",
            periods=3,
            over=Period.QUARTER,
        ),
        TODAY,
        Need.GATE,
    )
    assert is_ours(made)
    assert made.basis is None


def test_years_that_the_article_names_are_no_longer_the_articles_once_they_are_changed() -> None:
    made = changed("manager_experience", least_0="3")

    assert is_ours(made)
    assert made.source is content.Source.HOUSE_DEFAULT
    assert made.facts == ()
    assert changed("manager_experience", least_0="5") == BY_ID["manager_experience"]


def test_how_a_criterion_counts_changes_neither_its_sentence_nor_its_source() -> None:
    made = changed("manager_experience", Need.GATE)

    assert made == BY_ID["manager_experience"].model_copy(update={"need": Need.GATE})


def test_a_number_left_empty_takes_its_part_out_and_with_the_last_the_criterion_goes() -> None:
    made = changed("manager_satisfaction", least_1=None)

    assert isinstance(made.test, OutcomeTest)
    assert (made.test.metric, made.test.sample) == ("satisfaction_score", 20)
    assert "Referrer NPS" not in made.sentence
    assert with_numbers("manager_satisfaction", least_0=None, least_1=None) is None


def test_a_part_that_was_taken_out_can_come_back() -> None:
    smaller = changed("manager_satisfaction", least_1=None)
    shape = template(smaller, KNOWN)
    fields = fields_of(shape, smaller, KNOWN)
    assert [field.now for field in fields if field.part == "least"] == ["0.3", None]

    filled = {field.key: field.now or "10" for field in fields}
    whole = edited(shape, read(fields, filled), smaller, Need.GATE, KNOWN, TODAY)

    assert whole == BY_ID["manager_satisfaction"]


def test_a_sample_left_empty_asks_for_none_and_periods_left_empty_for_one() -> None:
    assert "answers" not in changed("manager_satisfaction", sample_0=None, sample_1=None).sentence
    alone = changed("manager_referrals", periods_0=None)
    assert alone.sentence == "Referrals from your panel: up by at least 15% from the baseline, in a quarter."


def test_another_degree() -> None:
    made = changed("manager_education", least_0="master")

    assert made.test == Education(at_least=Degree.MASTER)
    assert made.sentence == "A master's degree or higher."


@pytest.mark.parametrize(
    ("criterion", "typed", "why"),
    [
        ("manager_referrals", {"least_0": "0"}, "above zero"),
        ("manager_referrals", {"least_0": "-5"}, "above zero"),
        ("manager_referrals", {"least_0": "a lot"}, "Write a number"),
        ("manager_referrals", {"least_0": "1,5"}, "could be 1.5 or 15"),
        ("manager_referrals", {"periods_0": "0"}, "at least 1"),
        ("manager_referrals", {"periods_0": "40"}, "More than 12"),
        ("manager_satisfaction", {"least_0": "4.5"}, "room for 4 at most"),
        ("manager_satisfaction", {"sample_0": "some"}, "whole number"),
        ("manager_verified", {"least_0": "101"}, "up to 100"),
        ("manager_leadership", {"least_0": "1.5"}, "whole"),
        ("manager_credential", {"least_0": "1.5"}, "whole"),
        ("manager_outreach", {"least_0": "2.5"}, "whole"),
    ],
)
def test_a_number_that_makes_no_sense_is_refused_with_the_reason(
    criterion: str, typed: dict[str, str], why: str
) -> None:
    with pytest.raises(UnreadableNumberError, match=why):
        with_numbers(criterion, **typed)


@given(data=some.data())
@settings(max_examples=80)
def test_whatever_is_typed_the_sentence_holds_every_number_that_is_tested(data: some.DataObject) -> None:
    known = data.draw(some.sampled_from(KNOWN.criteria))
    shape = template(known, KNOWN)
    fields = fields_of(shape, known, KNOWN)
    filled = {
        field.key: data.draw(
            some.sampled_from(list(Degree)) if isinstance(field.leaf, Education) else some.integers(1, 4)
        )
        for field in fields
    }
    typed = {
        field.key: str(value) if data.draw(some.integers(0, 3)) else None
        for field, value in zip(fields, filled.values(), strict=True)
    }

    made = edited(shape, read(fields, typed), known, Need.GATE, KNOWN, TODAY)

    least = [value for field, value in typed.items() if field.endswith("least") and value]
    assert (made is None) == (not least)
    if made is None:
        return
    # Validated again as it would be when it comes back from the database.
    assert Criterion.model_validate(made.model_dump(mode="json")) == made
    wanted = [Decimal(value) for value in least if value.isdigit()]
    tested = [Decimal(leaf.at_least) for leaf in leaves(made.test) if not isinstance(leaf, Education)]
    assert tested == wanted
    assert all(f"{number:f}" in made.sentence for number in numbers(made.test))


def test_differences_name_what_is_new_what_changed_and_what_is_gone() -> None:
    before = KNOWN.criteria_for("manager")
    stricter = changed("manager_referrals", least_0="20")
    softer = changed("manager_leadership", Need.SUPPORTING)
    new = BY_ID["director_contracts"]
    kept = [
        each
        for each in before
        if each.id not in {"manager_referrals", "manager_leadership", "manager_verified"}
    ]

    found = differences(before, [stricter, softer, *kept, new])

    assert found.added == (new,)
    assert [(pair.after, pair.asks_otherwise, pair.counts_otherwise) for pair in found.changed] == [
        (stricter, True, False),
        (softer, False, True),
    ]
    assert found.left_out == (BY_ID["manager_verified"],)


def test_two_versions_that_ask_for_the_same_do_not_differ() -> None:
    asked_for = KNOWN.criteria_for("manager")
    elsewhere = [each.model_copy(update={"note": "Read again."}) for each in asked_for]

    assert not differences(asked_for, elsewhere)


def test_a_share_of_all_wins_may_be_asked_for() -> None:
    assert changed("manager_verified", least_0="100%").test == VerifiedShare(at_least="100")
