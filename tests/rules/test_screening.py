"""What could point at a patient is found; what liaisons write about practices, totals and dates is let through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackbot.rules.screening import identifier_in

PATIENTS = {
    "a Social Security number": [
        "123-45-6789",
        "SSN 123-45-6789 called about her bill",
        "ssn:123 45 6789",
        "his social is 219-09-9999, what now",
        "(078-05-1120)",
    ],
    "a Medicare number": [
        "1EG4-TE5-MK73",
        "medicare 1EG4TE5MK73",
        "mbi 1eg4-te5-mk73 denied",
        "Her number: 9AA9-AA9-AA99.",
    ],
    "a medical record number": [
        "MRN 1234567",
        "MRN: 00123456",
        "mrn#A1234567",
        "MRN is 00123456",
        "the mrn was 4455667",
        "Medical record number 998877",
        "medical record no. 55-1234",
        "chart number 20345",
        "chart # 77120",
        "member ID W123456789",
        "member id: XYZ9981",
        "account number 4410098",
        "account # 4410098",
    ],
    "a date of birth": [
        "DOB 03/04/1951",
        "dob: 3-4-51",
        "D.O.B. 1951-03-04",
        "DOB is 03/04/1951",
        "date of birth 3.4.1951",
        "Date of birth: March 4, 1951",
        "birthdate 03/04/1951",
        "birth date was Mar. 4 1951",
        "born 03/04/1951",
        "a woman born on June 14, 1962 was referred",
    ],
    "an age over 89": [
        "92-year-old with a hip fracture",
        "a 95 yo man",
        "90y/o",
        "101 years old and still driving",
        "97 yrs old",
        "she is 93 years of age",
        "a man aged 94",
        "patient, age 103, sent home",
    ],
    "a phone number": [
        "call her at 615-555-2368",
        "(615) 555-2368",
        "(615)555-2368",
        "+1 615.555.2368",
        "1-615-555-2368",
        "615 555 2368 is her cell",
    ],
    "an e-mail address": ["jane.doe@example.com", "mail J_DOE+clinic@mail.example.org please"],
    "an IP address": ["logged in from 192.168.14.7", "10.0.0.1"],
}

LIAISONS = [
    "555 visits",
    "We made 555 visits and 2368 calls in 2026",
    "patient Satisfaction Survey",
    "Patient satisfaction went from 78 to 91 percent",
    "NPI 1234567893",
    "The NPI of Dr. O'Brien is 1992999825",
    "NPIs: 1234567893, 1881018471",
    "Dr. Lopez at Maple Street Family Medicine sent 12 referrals",
    "Referrals rose from 120 to 150 between 01/01/2026 and 03/31/2026",
    "Signed on March 4, 2026",
    "2026-09-30: ride-along with Ben",
    "Q3 2026 against Q3 2025",
    "Met 3 providers on 11/20/2026 at 10:30",
    "Referral growth of 12.5% over 90 days",
    "accounts aged 90 days or more",
    "claims aged 91 days",
    "aged 95 percent of the list",
    "A panel of 1200 patients over 65",
    "patients between 18 and 64",
    "a 64 year old program",
    "opened 12 years ago",
    "about 90 offices, 110 providers",
    "90 year-end reviews",
    "from 200 to 300 to 4000",
    "212 referrals, 300 leads, 4500 touches",
    "$1,250,000 downstream revenue",
    "net promoter score from -12 to 18 (n = 240)",
    "leakage down from 31% to 24%",
    "ZIP codes 37203, 37204 and 37212",
    "suite 4100, 2300 Patterson Street",
    "extension 4410",
    "CPT 99213 and ICD-10 E11.9 come up a lot",
    "DRG 470 volume up 8%",
    "Is a BSN or an MHA better?",
    "What does MRN stand for?",
    "what is a date of birth doing in our CRM",
    "do I ask patients how old they are",
    "the chart of accounts",
    "How many chart reviews a week?",
    "account manager for 14 practices",
    "every member of the team, 2026",
    "member of AAPL since 2019",
    "Dr. Lee was born in Ohio",
    "1-5 scale, 4.2 average",
    "version 2.11.3 of the CRM",
    "@ana please look",
    "follow up in 2-3 days, then 10-14",
    "We have 100 beds and 98 physicians",
    "CAHPS top box 92",
    "top 95 percentile",
    "call center answered 9,120 calls in 30 seconds",
    "🎉 50 new referrers!",
    "",
]


def test_there_are_enough_of_both_to_mean_something() -> None:
    assert sum(map(len, PATIENTS.values())) >= 40
    assert len(LIAISONS) >= 40


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in PATIENTS.items() for text in texts]
)
def test_what_could_point_at_a_patient_is_found_and_called_what_it_is(kind: str, text: str) -> None:
    assert identifier_in(text) == kind
    assert identifier_in(f"How do I log this: {text}\nthanks!") == kind


@pytest.mark.parametrize("text", LIAISONS)
def test_what_a_liaison_writes_about_the_work_is_let_through(text: str) -> None:
    assert identifier_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "000-12-3456",
        "666-12-3456",
        "912-12-3456",
        "123-00-4567",
        "123-45-0000",
        "1123-45-6789",
        "123-45-67890",
    ],
)
def test_what_was_never_given_out_as_a_social_security_number_is_none(text: str) -> None:
    assert identifier_in(text) != "a Social Security number"


@given(st.text())
def test_of_a_find_only_the_kind_is_told(text: str) -> None:
    assert identifier_in(text) in {None, *PATIENTS}


@given(st.text(alphabet="0123456789-. ()/aged", max_size=2000))
def test_a_long_row_of_figures_is_read_at_once(text: str) -> None:
    assert identifier_in(text) in {None, *PATIENTS}
