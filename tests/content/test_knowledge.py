"""What the product says about the field is complete, honest about its sources, and fits on a Slack screen."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel, TypeAdapter

from content import (
    Content,
    CredentialKind,
    Entry,
    NudgeState,
    OutcomeTest,
    Predicate,
    Source,
    UnknownEntryError,
    Verification,
    VerifiedShare,
    leaves,
    load,
)
from content.loader import FILES, OWN
from content.nudges import PLACEHOLDERS

SEED_CERTIFICATIONS = [
    "aplac_certification",
    "provider_liaison_certification",
    "business_development_certification",
    "relationship_management_certification",
]
SIX = [
    "referral_growth",
    "provider_satisfaction",
    "outreach_campaigns",
    "contract_wins",
    "network_growth",
    "leadership",
]


def everything(content: Content) -> list[Entry]:
    return list(content.entries())


def texts(value: object) -> Iterator[str]:
    """Every string inside an entry, however deep."""
    if isinstance(value, BaseModel):
        for _, inner in value:
            yield from texts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", FILES)
def test_every_file_holds_entries_of_its_kind(name: str, content: Content) -> None:
    kind = FILES[name]
    assert [entry for entry in everything(content) if isinstance(entry, kind)]


def test_no_yaml_file_lies_about_unread() -> None:
    assert {path.name for path in OWN.glob("*.y*ml")} == set(FILES)


def test_the_road_has_five_steps_in_order(content: Content) -> None:
    assert [step.number for step in content.steps] == [1, 2, 3, 4, 5]
    assert all(step.derived and step.what_counts and step.do_next for step in content.steps)
    assert content.step(3).id == "training"


def test_the_steps_carry_every_fact_of_their_sections(content: Content) -> None:
    expected = {1: range(25, 42), 2: range(42, 55), 3: range(56, 72), 4: range(72, 78), 5: range(78, 84)}
    for number, facts in expected.items():
        assert set(facts) - {80} <= set(content.step(number).facts), f"step {number}"
    assert 9 in content.step(5).facts


def test_each_skill_and_each_training_of_the_article_is_listed(content: Content) -> None:
    titles = {topic.title: topic.points for step in content.steps for topic in step.topics}
    assert len(titles["People skills"]) == len(titles["Technical skills"]) == 6
    assert len(titles["From your employer"]) == len(titles["From associations"]) == 4
    assert len(titles["What certifications tend to teach"]) == 6


def test_the_ladder_leads_from_coordinator_to_director(content: Content) -> None:
    assert [rung.id for rung in content.rungs] == [
        "coordinator",
        "marketing_coordinator",
        "liaison",
        "senior_liaison",
        "manager",
        "director",
    ]
    assert content.rung("manager").name == "Physician Relations Manager"
    assert [rung.id for rung in content.rungs_after("marketing_coordinator")] == ["liaison"]
    assert [rung.id for rung in content.rungs_after("manager")] == ["director"]
    assert content.rungs_after("director") == ()


def test_a_medical_science_liaison_is_a_contrast_and_no_rung(content: Content) -> None:
    assert [rung.id for rung in content.contrasts] == ["medical_science_liaison"]
    with pytest.raises(UnknownEntryError, match="medical_science_liaison"):
        content.rung("medical_science_liaison")


def test_the_four_certifications_of_the_article_are_there_and_none_is_verified(content: Content) -> None:
    named = [c for c in content.credentials if c.in_seed and c.kind is CredentialKind.CERTIFICATION]
    assert [credential.id for credential in named] == SEED_CERTIFICATIONS
    for credential in named:
        assert credential.verification is Verification.UNVERIFIED
        assert credential.source is Source.SEED
        assert credential.advice
        assert len(credential.covers) == 6
        assert (credential.cycle_months, credential.ce_required, credential.fee) == (None, None, None)


def test_no_credential_carries_an_address() -> None:
    text = (OWN / "credentials.yaml").read_text(encoding="utf-8").lower()
    assert not re.search(r"http|www\.|\.(com|org|net)\b", text)


@pytest.mark.parametrize("wrong_role", ["naml", "namaps", "bcmas", "msl-bc", "certified medical liaison"])
def test_credentials_of_another_job_are_not_offered(wrong_role: str) -> None:
    assert wrong_role not in (OWN / "credentials.yaml").read_text(encoding="utf-8").lower()


@pytest.mark.parametrize(
    ("credential_id", "months", "hours"),
    [("cphims", 36, 45), ("cahims", 36, 45), ("cpdhts", 24, 30), ("fache", 36, 36), ("cmpe", 36, 50)],
)
def test_a_verified_cycle_can_be_computed_with(
    credential_id: str, months: int, hours: int, content: Content
) -> None:
    credential = content.credential(credential_id)
    assert (credential.cycle_months, credential.ce_required) == (months, hours)
    assert credential.verification is Verification.VERIFIED


def test_there_are_six_outcomes_each_with_one_default_metric(content: Content) -> None:
    assert [outcome.id for outcome in content.outcomes] == SIX
    for outcome in content.outcomes:
        assert [m for m in outcome.metrics if m.default] == [outcome.default_metric]
        assert all(metric.outcome == outcome.id for metric in outcome.metrics)


def test_metric_ids_are_unique_over_all_outcomes(content: Content) -> None:
    ids = [metric.id for metric in content.metrics]
    assert len(ids) == len(set(ids))
    assert content.metric("leakage").outcome == "network_growth"


@pytest.mark.parametrize("state", NudgeState)
@pytest.mark.parametrize("outcome", SIX)
def test_there_is_a_nudge_for_everybody(outcome: str, state: NudgeState, content: Content) -> None:
    found = content.nudges_for(outcome, state)
    assert len(found) >= 2
    assert content.nudges_for(outcome, state.value) == found


def test_a_nudge_is_short_and_asks_for_something_countable(content: Content) -> None:
    for nudge in content.nudges:
        sentences = re.findall(r"[.?](?:\s|$)", nudge.text)
        assert 1 <= len(sentences) <= 2, nudge.id
        assert len(nudge.text) <= 160, nudge.id
        assert len(nudge.action) <= 160, nudge.id
        assert re.search(r"\d", nudge.action), nudge.id


def test_a_nudge_never_shouts_or_shames(content: Content) -> None:
    shaming = re.compile(
        r"!|\b(fail|failed|failing|behind|late|overdue|should have|only|still haven't|lazy|bad)\b", re.I
    )
    for nudge in content.nudges:
        assert not shaming.search(f"{nudge.title} {nudge.text} {nudge.action}"), nudge.id


def test_no_two_nudges_say_the_same(content: Content) -> None:
    for part in ("title", "text", "action"):
        said = Counter(getattr(nudge, part) for nudge in content.nudges)
        assert [text for text, times in said.items() if times > 1] == [], part


def test_a_nudge_reads_well_when_it_is_about_nobody(content: Content) -> None:
    filled = [nudge for nudge in content.nudges if "{" in nudge.text]
    assert len(filled) >= 12
    for nudge in filled:
        assert "{" not in nudge.said()
        assert nudge.said(dict.fromkeys(PLACEHOLDERS[nudge.state], "40")) != nudge.said()


def test_numbers_for_results_are_house_defaults(content: Content) -> None:
    numeric = [
        criterion
        for criterion in content.criteria
        if any(isinstance(leaf, OutcomeTest | VerifiedShare) for leaf in leaves(criterion.test))
    ]
    assert len(numeric) >= 10
    for criterion in numeric:
        assert criterion.source is Source.HOUSE_DEFAULT, criterion.id
        assert criterion.verification is Verification.UNVERIFIED, criterion.id
        assert criterion.basis, criterion.id


def test_a_manager_is_asked_for_what_the_article_grounds(content: Content) -> None:
    asked = {criterion.id: criterion for criterion in content.criteria_for("manager")}
    for gate, outcome in [
        ("manager_referrals", "referral_growth"),
        ("manager_satisfaction", "provider_satisfaction"),
        ("manager_leadership", "leadership"),
    ]:
        assert asked[gate].need == "gate"
        assert 83 in asked[gate].facts
        assert {leaf.outcome for leaf in leaves(asked[gate].test) if isinstance(leaf, OutcomeTest)} == {
            outcome
        }
    assert asked["manager_education"].facts == (6, 25, 26)
    assert asked["manager_experience"].facts == (43,)
    assert "2–5" in asked["manager_liaison_years"].sentence


def test_satisfaction_may_be_shown_by_score_or_by_nps(content: Content) -> None:
    (criterion,) = (c for c in content.criteria_for("manager") if c.id == "manager_satisfaction")
    by_score, by_nps = leaves(criterion.test)
    assert isinstance(by_score, OutcomeTest)
    assert isinstance(by_nps, OutcomeTest)
    assert (by_score.metric, by_score.at_least, by_score.sample) == ("satisfaction_score", Decimal("0.3"), 20)
    assert (by_nps.metric, by_nps.at_least, by_nps.sample) == ("referrer_nps", Decimal(10), 20)


def test_every_rung_asks_for_something(content: Content) -> None:
    for rung in content.rungs:
        assert content.criteria_for(rung.id), rung.id


def test_a_criterion_survives_being_stored_and_read_back(content: Content) -> None:
    adapter: TypeAdapter[Predicate] = TypeAdapter(Predicate)
    for criterion in content.criteria:
        assert adapter.validate_json(adapter.dump_json(criterion.test)) == criterion.test


def test_every_entry_says_where_it_comes_from(content: Content) -> None:
    for entry in everything(content):
        assert entry.as_of.year >= 2026, entry.id
        if entry.source is Source.SEED:
            assert entry.facts, entry.id
        if entry.source is Source.HOUSE_DEFAULT:
            assert entry.verification is not Verification.VERIFIED, entry.id


def test_all_texts_fit_a_slack_screen(content: Content) -> None:
    for entry in everything(content):
        for text in texts(entry):
            assert 0 < len(text) <= 3000, entry.id
        assert len(entry.heading) <= 150, entry.id


def test_a_whole_step_fits_one_section(content: Content) -> None:
    for step in content.steps:
        points = [text for topic in step.topics for text in (topic.title, *topic.points)]
        assert len("\n• ".join([step.summary, *step.what_counts, step.do_next, *points])) <= 3000, step.id


def test_texts_are_plain_words_without_markup_or_shouting(content: Content) -> None:
    for entry in everything(content):
        for text in texts(entry):
            assert not re.search(r"[<>*`~!]|\s{2}|&(amp|lt|gt);", text), (entry.id, text)


def test_an_unknown_id_is_told_in_a_sentence(content: Content) -> None:
    with pytest.raises(UnknownEntryError, match=r"There is no entry called nothing\."):
        content.metric("nothing")
    with pytest.raises(UnknownEntryError, match=r"There is no step 6\."):
        content.step(6)
    with pytest.raises(UnknownEntryError):
        content.nudges_for("nothing", NudgeState.DONE)


def test_content_cannot_be_changed(content: Content) -> None:
    with pytest.raises(AttributeError):
        content.steps = ()  # type: ignore[misc]  # the point of the test
    with pytest.raises(ValueError, match="frozen"):
        content.steps[0].name = "Other"  # type: ignore[misc]  # likewise


def test_the_files_can_be_read_from_any_folder(copied: Path, content: Content) -> None:
    assert load(copied) == content
