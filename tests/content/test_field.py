"""What is told about the field: complete, with its badges right, and silent where nobody knows."""

import re
from decimal import Decimal

import pytest

from content import (
    Content,
    Degree,
    Law,
    Provider,
    SkillKind,
    SkillLevel,
    Source,
    Subject,
    UnknownEntryError,
    Verification,
)
from content.wording import texts


def test_there_are_six_skills_of_each_kind(content: Content) -> None:
    for kind in SkillKind:
        assert len([skill for skill in content.skills if skill.kind is kind]) == 6
    assert {fact for skill in content.skills for fact in skill.facts} == set(range(30, 42))


def test_a_skill_is_rated_on_four_levels_in_order() -> None:
    assert [level.rank for level in SkillLevel] == [0, 1, 2, 3]
    assert len({level.said for level in SkillLevel}) == 4
    assert all(len(level.said) <= 75 for level in SkillLevel)


def test_four_trainings_come_from_an_employer_and_four_from_associations(content: Content) -> None:
    for by in Provider:
        assert len([training for training in content.training if training.by is by]) == 4


def test_each_background_says_what_transfers_and_what_to_build(content: Content) -> None:
    assert [background.id for background in content.backgrounds] == ["sales", "clinical", "current"]
    assert [len(background.brings) for background in content.backgrounds] == [6, 4, 4]
    for background in content.backgrounds:
        assert background.build
        named = [part.skill for part in background.brings] + [part.skill for part in background.build]
        assert all(content.skill(skill) for skill in named if skill)


def test_the_degrees_that_matter_are_told(content: Content) -> None:
    degrees = {study.degree for study in content.education}
    assert {Degree.BACHELOR, Degree.MASTER} <= degrees


def test_an_mph_is_not_sent_to_the_wrong_accreditor(content: Content) -> None:
    ceph = content.entry("accreditation/ceph")
    assert "MPH" in " ".join(texts(ceph))
    assert ceph.source is Source.FIELD


def test_there_are_the_article_s_three_questions_and_at_least_forty_more(content: Content) -> None:
    assert len(content.faq) >= 43
    for question, fact in (("clinical_background", 81), ("best_certification", 82), ("how_fast", 83)):
        assert fact in content.question(question).facts
    for subject in Subject:
        assert len(content.questions_about(subject)) >= 3
    for entry in content.faq:
        assert entry.title[0].isupper(), entry.id


@pytest.mark.parametrize(
    ("question", "admits"),
    [
        ("salary", "no figure we would stand behind"),
        ("demand", "That is its claim"),
        ("lucrative", "That is its claim"),
        ("cert_cost", "gives no prices"),
        ("aplac_real", "could not find out"),
        ("travel_remote", "says nothing about it"),
        ("visits_per_week", "no authoritative number"),
        ("resume_unfinished", "breaks off"),
        ("good_growth", "Nobody neutral says"),
    ],
)
def test_an_answer_admits_what_nobody_knows(question: str, admits: str, content: Content) -> None:
    assert admits in content.question(question).text


def test_what_the_article_only_claims_is_not_called_verified(content: Content) -> None:
    for entry in content.entries():
        if {11, 14} & set(entry.facts):
            assert entry.verification is not Verification.VERIFIED, entry.ref


def test_nothing_about_aplac_is_called_verified(content: Content) -> None:
    for ref in (
        "credential/aplac_certification",
        "credential/aplac_workshops",
        "training/aplac_workshops",
        "faq/aplac_real",
    ):
        assert content.entry(ref).verification is Verification.UNVERIFIED, ref


def test_no_salary_is_ever_named(content: Content) -> None:
    """Dollars appear only where a law or an issuer sets them."""
    for entry in content.entries():
        if re.search(r"\$\d", " ".join(texts(entry))):
            assert entry.ref in {
                "compliance/anti_kickback",
                "faq/gifts_and_meals",
                "credential/fache",
            }, entry.ref


def test_the_legal_limits_are_dated_and_2027_is_not_known(content: Content) -> None:
    limit = content.limit_of(2026)
    assert limit is not None
    assert (limit.non_monetary, limit.verification) == (Decimal(535), Verification.VERIFIED)
    assert set(limit.derived) == {"incidental", "remuneration"}
    unknown = content.limit_of(2027)
    assert unknown is not None
    assert (unknown.non_monetary, unknown.incidental, unknown.remuneration) == (None, None, None)
    assert "Check with CMS" in unknown.note
    assert content.limit_of(2031) is None
    assert "2025" not in [
        str(limit.year)
        for rule in content.compliance
        for limit in rule.limits
        if limit.verification is Verification.VERIFIED
    ]


def test_the_answer_about_gifts_names_the_limit_of_the_dated_data(content: Content) -> None:
    (dated,) = (
        year for year in range(2023, 2031) if f"in {year}." in content.question("gifts_and_meals").text
    )
    limit = content.limit_of(dated)
    assert limit is not None
    assert f"${limit.non_monetary} in {dated}" in content.question("gifts_and_meals").text


def test_compliance_covers_four_corners_and_never_approves(content: Content) -> None:
    assert {rule.law for rule in content.compliance} == set(Law)
    (wording,) = (rule for rule in content.compliance if rule.wording)
    assert len(wording.verbs) == 6
    basics = content.entry("compliance/basics")
    assert "not legal advice" in " ".join(texts(basics))


def test_a_preferred_wording_ties_nothing_of_value_to_referrals(content: Content) -> None:
    tied = re.compile(r"\b(gift|dinner|lunch|meal|ticket|paid|guarantee|thank)", re.I)
    for rule in content.compliance:
        for pair in rule.wording:
            assert not tied.search(pair.instead), pair.instead


def test_the_two_meanings_of_prm_and_of_aapl_lead_to_each_other(content: Content) -> None:
    assert "term/prm_software" in content.entry("term/prm_job").see
    assert "term/aapl_physicians" in content.entry("term/aapl_liaisons").see


def test_the_packet_has_its_parts_in_order(content: Content) -> None:
    assert [part.number for part in content.packet] == list(range(1, 9))


def test_each_step_can_be_computed_for_a_person(content: Content) -> None:
    kinds = {step.id: [sign.test.kind for sign in step.completes if sign.needed] for step in content.steps}
    assert kinds == {
        "education": ["education", "skills_rated", "skills"],
        "experience": ["one_of", "years"],
        "training": ["credentials"],
        "background": ["background", "background"],
        "outcomes": ["wins", "wins", "gates"],
    }


def test_every_entry_leads_on_or_is_led_to(content: Content) -> None:
    """From any answer of the FAQ, compliance, and the résumé there is a next thing to read."""
    for entry in (*content.faq, *content.compliance, *content.resume, *content.packet, *content.sources):
        assert entry.see, entry.ref
        assert len(content.see(entry)) == len(entry.see)
        assert len(set(entry.see)) == len(entry.see), entry.ref


def test_every_entry_is_found_by_its_reference(content: Content) -> None:
    entries = list(content.entries())
    assert len({entry.ref for entry in entries}) == len(entries)
    for entry in entries:
        assert content.has(entry.ref)
        assert content.entry(entry.ref) == entry
    with pytest.raises(UnknownEntryError, match=r"There is no entry called faq/nothing\."):
        content.entry("faq/nothing")


def test_an_answer_fits_a_phone_screen(content: Content) -> None:
    for entry in (*content.faq, *content.education, *content.experience, *content.training, *content.packet):
        assert sum(len(text) for text in texts(entry)) <= 700, entry.ref
    for term in content.glossary:
        assert len(term.meaning) <= 160, term.id
