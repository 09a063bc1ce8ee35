"""People find what they mean with few words, other words, and typos."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import Content, Entry, find, load

CREDENTIALS = [
    ("cphims", "cphims"),
    ("CPHIMS", "cphims"),
    ("cphmis", "cphims"),
    ("aplac", "aplac_certification"),
    ("aplac cert", "aplac_certification"),
    ("the APLAC certification", "aplac_certification"),
    ("alpac", "aplac_certification"),
    ("aplac workshop", "aplac_workshops"),
    ("himss", "himss_courses"),
    ("aapl", "aapl_membership"),
    ("fache", "fache"),
    ("ache", "fache"),
    ("pmp", "pmp"),
    ("project managment", "pmp"),
    ("mgma", "cmpe"),
    ("relationship managment", "relationship_management_certification"),
    ("hospital business development", "business_development_certification"),
    ("provider liason certification", "provider_liaison_certification"),
    ("kelly knott", "physician_liaison_university"),
    ("recruitment", "cprp"),
    ("shsmd", "shsmd_development"),
    ("Tiller Hewitt", "consultant_training"),
]
STEPS = [
    ("1", "education"),
    ("2", "experience"),
    ("step two", "experience"),
    ("Step 2", "experience"),
    ("second step", "experience"),
    ("what is step five", "outcomes"),
    ("certs", "training"),
    ("certifcations", "training"),
    ("edcation", "education"),
    ("MBA", "education"),
    ("medical sales", "background"),
    ("nurse", "experience"),
    ("resume", "outcomes"),
    ("RÉSUMÉ", "outcomes"),
]
RUNGS = [
    ("liason", "liaison"),
    ("manger", "manager"),
    ("prm", "manager"),
    ("lead liaison", "senior_liaison"),
    ("senior physician liaison", "senior_liaison"),
    ("director", "director"),
    ("outreach coordinator", "coordinator"),
    ("marketing", "marketing_coordinator"),
    ("MSL", "medical_science_liaison"),
]
METRICS = [
    ("nps", "referrer_nps"),
    ("net promoter", "referrer_nps"),
    ("leakge", "leakage"),
    ("keepage", "in_network_share"),
    ("visits", "visits_per_week"),
    ("new referrers", "new_referring_providers"),
    ("attendence", "event_attendance"),
    ("revenue", "downstream_revenue"),
]
OUTCOMES = [
    ("referals", "referral_growth"),
    ("satisfacton", "provider_satisfaction"),
    ("contracts", "contract_wins"),
    ("network", "network_growth"),
    ("leader", "leadership"),
    ("campaign", "outreach_campaigns"),
]


@pytest.mark.parametrize(("words", "meant"), CREDENTIALS)
def test_a_credential_is_found(words: str, meant: str, content: Content) -> None:
    assert find(words, content.credentials)[0].id == meant


@pytest.mark.parametrize(("words", "meant"), STEPS)
def test_a_step_is_found(words: str, meant: str, content: Content) -> None:
    assert [step.id for step in find(words, content.steps)] == [meant]


@pytest.mark.parametrize(("words", "meant"), RUNGS)
def test_a_rung_is_found(words: str, meant: str, content: Content) -> None:
    assert find(words, (*content.rungs, *content.contrasts))[0].id == meant


@pytest.mark.parametrize(("words", "meant"), METRICS)
def test_a_metric_is_found(words: str, meant: str, content: Content) -> None:
    assert find(words, content.metrics)[0].id == meant


@pytest.mark.parametrize(("words", "meant"), OUTCOMES)
def test_an_outcome_is_found(words: str, meant: str, content: Content) -> None:
    assert find(words, content.outcomes)[0].id == meant


@pytest.mark.parametrize(
    "words",
    ["", "   ", "?!", "the", "banana", "xyz", "c", "step 9", "9", "🎉", "aplac banana bread", "dentist"],
)
def test_nothing_is_found_when_nothing_is_near(words: str, content: Content) -> None:
    assert find(words, content.credentials) == []
    assert find(words, content.steps) == []


def test_an_exact_name_goes_alone_before_names_that_look_like_it(content: Content) -> None:
    assert [credential.id for credential in find("cphims", content.credentials)] == ["cphims"]


@pytest.mark.parametrize("words", ["certification", "certifications", "certs"])
def test_a_word_for_many_finds_them_all(words: str, content: Content) -> None:
    certifications = {c.id for c in content.credentials if c.kind == "certification"}
    assert certifications <= {c.id for c in find(words, content.credentials)}


def test_searching_nothing_finds_nothing() -> None:
    nothing: list[Entry] = []
    assert find("cphims", nothing) == []


def test_every_entry_is_found_by_each_of_its_own_names(content: Content) -> None:
    for entries in (content.steps, content.rungs, content.credentials, content.outcomes, content.metrics):
        for entry in entries:
            for name in entry.spoken:
                assert entry in find(name, entries), (entry.id, name)


ALL = load().credentials


@given(st.text(max_size=200))
def test_no_words_make_the_search_fall_over(words: str) -> None:
    assert set(find(words, ALL)) <= set(ALL)
