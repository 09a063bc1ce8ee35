"""`prm content check` says what is carried, what is left out and why, and what needs mending."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from content import Content, load
from content.check import Report, lines, report
from content.loader import OWN

TODAY = date(2026, 11, 23)
LEFT_OUT = {1, 2, 3, 4, 10, 13, 55, 80, 84, 85, 86, 87}


def checked(content: Content, today: date = TODAY, over: Path | None = None) -> Report:
    return report(content, OWN, over, today)


def test_every_fact_of_the_article_is_carried_or_left_out_with_its_reason(content: Content) -> None:
    found = checked(content)
    assert found.missing == ()
    assert set(found.left_out) == LEFT_OUT
    assert all(found.left_out.values())
    assert set(found.carried) == set(range(1, 88)) - LEFT_OUT
    assert found.passes
    assert found.failures == found.warnings == ()


def test_the_report_is_told_in_lines(content: Content) -> None:
    told = lines(checked(content))
    assert told[0].endswith(f"entries in 20 files of {OWN}")
    assert told[1] == "Facts of the article: 75 carried, 12 left out, 0 missing, of 87"
    assert any(line.startswith("  left out 84–87: ") for line in told)
    assert any(line.startswith("  left out 3, 55, 80: ") for line in told)
    assert told[-1] == "All in order."
    assert "laid over" in lines(checked(content, over=Path("ours")))[0]


def test_a_fact_nobody_carries_fails_our_content_and_only_warns_in_an_organization_s(
    content: Content,
) -> None:
    faq = tuple(q.model_copy(update={"facts": ()}) if q.id == "demand" else q for q in content.faq)
    silent = replace(content, faq=faq)
    ours, theirs = checked(silent), checked(silent, over=Path("ours"))
    assert ours.missing == theirs.missing == (11,)
    assert "fact 11 of the article is carried by no entry" in ours.failures
    assert not ours.passes
    assert theirs.passes
    assert "fact 11 of the article is carried by no entry" in theirs.warnings


def test_a_fact_cannot_be_left_out_and_carried(content: Content) -> None:
    first = content.faq[0].model_copy(update={"facts": (5, 84)})
    found = checked(replace(content, faq=(first, *content.faq[1:])))
    assert found.failures == (f"fact 84 is listed as left out, and faq/{first.id} carries it",)
    assert lines(found)[-1] == "1 to mend."


def test_an_unknown_number_and_a_broken_reference_are_told_with_their_file(content: Content) -> None:
    first = content.glossary[0].model_copy(update={"facts": (99,), "see": ("term/nothing",)})
    found = checked(replace(content, glossary=(first, *content.glossary[1:])))
    assert f"glossary.yaml, {first.id}: the article has no fact 99" in found.failures
    assert f"glossary.yaml, {first.id}: there is no entry term/nothing to see" in found.failures


def test_a_text_that_slack_would_cut_is_told_as_slack_counts_it(content: Content) -> None:
    """Slack counts an ampersand as five characters."""
    long = content.faq[0].model_copy(update={"text": "&" * 700})
    title = content.faq[1].model_copy(update={"title": "&" * 40})
    found = checked(replace(content, faq=(long, title, *content.faq[2:])))
    assert found.failures == (
        f"faq.yaml, {long.id}: its texts are longer than 3000 characters",
        f"faq.yaml, {title.id}: the heading is longer than 150 characters",
    )


@pytest.mark.parametrize(("today", "old"), [(date(2027, 11, 23), False), (date(2027, 11, 24), True)])
def test_what_was_last_looked_at_a_year_ago_asks_for_a_look(today: date, old: bool, content: Content) -> None:
    found = checked(content, today)
    told = [warning for warning in found.warnings if "more than a year ago" in warning]
    assert len(told) == (found.entries if old else 0)
    assert found.passes


def test_a_leap_day_turns_a_year_old_on_the_first_of_march(content: Content) -> None:
    leap = content.skills[0].model_copy(update={"as_of": date(2028, 2, 29)})
    only = replace(content, skills=(leap,))

    def old(today: date) -> bool:
        return any(warning.startswith("skills.yaml, ") for warning in checked(only, today).warnings)

    assert not old(date(2029, 3, 1))
    assert old(date(2029, 3, 2))


def test_a_year_without_a_legal_limit_asks_for_one(content: Content) -> None:
    assert "compliance.yaml, stark: has no limit for 2027 yet" in checked(content, date(2027, 1, 1)).warnings
    assert not checked(content, date(2026, 12, 31)).warnings


def test_the_example_of_an_organization_passes() -> None:
    over = Path(__file__).parents[2] / "docs" / "own-content-example"
    assert report(load(over=over), OWN, over, TODAY).passes
