"""What could point at a patient is found; what liaisons write about practices, totals and dates is let through."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slackbot.rules.screening import Findings, identifier_in, screen
from slackbot.rules.screening.reading import plain
from tests.rules.screening import Expected, Part, samples

FLOORS = {
    Part.TUNING: {Expected.BLOCKED: 0.98, Expected.WARNED: 0.95, Expected.INDUCEMENT: 0.95},
    # Tuned on since: at first sight 55 of its 71 patients were blocked, and 8 of its 27 inducements asked about.
    Part.SECOND: {Expected.BLOCKED: 0.98, Expected.WARNED: 0.95, Expected.INDUCEMENT: 0.95},
    # Never tuned on: the floors keep what was measured at second sight; at first it was 95, 96 and 83 percent.
    Part.HELD_OUT: {Expected.BLOCKED: 0.94, Expected.WARNED: 0.96, Expected.INDUCEMENT: 0.87},
}
FALSE_ALARMS = {Part.TUNING: (0, 0.02), Part.SECOND: (0, 0.02), Part.HELD_OUT: (0, 0.01)}
"""At most so many ordinary texts blocked, and such a share asked about."""


def recall(expected: Expected, part: Part) -> float:
    found = [getattr(screen(sample.text), expected.value) for sample in samples(expected, part)]
    return sum(map(bool, found)) / len(found)


def false_alarms(part: Part) -> tuple[int, int, int]:
    """How many ordinary texts were blocked, and how many asked about, of how many."""
    found = [screen(sample.text) for sample in samples(Expected.PASS, part)]
    asked = sum(bool(each.warned or each.inducement) for each in found)
    return sum(bool(each.blocked) for each in found), asked, len(found)


@pytest.mark.parametrize("part", list(Part))
def test_patients_are_kept_out_and_ordinary_work_is_let_through(
    part: Part, capsys: pytest.CaptureFixture[str]
) -> None:
    reached = {expected: recall(expected, part) for expected in FLOORS[part]}
    blocked, asked, of = false_alarms(part)
    told = ", ".join(f"{expected} {share:.1%}" for expected, share in reached.items())
    with capsys.disabled():
        sys.stdout.write(
            f"\n  screening, {part.name.lower()}: {told}; of {of} ordinary texts {blocked} blocked, {asked} asked about\n"
        )
    most_blocked, most_asked = FALSE_ALARMS[part]
    assert all(reached[expected] >= floor for expected, floor in FLOORS[part].items())
    assert blocked <= most_blocked
    assert asked / of <= most_asked


@pytest.mark.parametrize(("expected", "floor"), [(Expected.BLOCKED, 0.98), (Expected.INDUCEMENT, 0.92)])
def test_of_the_whole_set_nearly_every_patient_is_blocked_and_inducement_asked_about(
    expected: Expected, floor: float
) -> None:
    texts = [sample.text for part in Part for sample in samples(expected, part)]
    assert sum(bool(getattr(screen(text), expected.value)) for text in texts) >= floor * len(texts)


KINDS = {
    "a Social Security number": [
        "123-45-6789",
        "SSN 123-45-6789 called about her bill",
        "his social is 219-09-9999, what now",
        "(078-05-1120)",
        "***-**-4471",
        "her ssn ends with 4471",
    ],
    "a Medicare number": ["1EG4-TE5-MK73", "medicare 1EG4TE5MK73", "Her number: 9AA9-AA9-AA99."],
    "a medical record number": [
        "MRN 1234567",
        "mrn#A1234567",
        "the mrn was 4455667",
        "medical record no. 55-1234",
        "*MRN* 00482913",
        "chart # 77120",
        "4471902 was her MRN",
    ],
    "a member or policy number": ["member ID W123456789", "member id: XYZ9981", "policy # 883920174"],
    "an account number": ["account number 4410098", "account # 4410098"],
    "an encounter number": ["encounter ID: 7712093341", "CSN 7712093341"],
    "a date of birth": [
        "DOB 03/04/1951",
        "dob: 3-4-51",
        "D.O.B. 1951-03-04",
        "Date of birth: March 4, 1951",
        "a woman born on June 14, 1962 was referred",
        "03/03/1948 is her DOB",
    ],
    "a date of care": [
        "admitted to ICU on 11/3",
        "his knee replacement was on March 9",
        "Discharge date: the ninth of March",
        "came to the ER on 2/11 with chest pain",
        "surgery 3/9 with Dr. Hale",
        "ED on 2/11",
        "inpatient since 3/2",
        "ICU 3/2 to 3/9",
        "Date of visit 3/14/26",
        "passed on 2/11/26",
        "on 11/3 she was admitted",
        "labs drawn 6/14",
        "ED 4/2, back again 4/5",
    ],
    "an age over 89": [
        "92-year-old with a hip fracture",
        "90y/o",
        "a man aged 94",
        "ninety-two yo male",
        "a hundred and one years old",
        "will turn 91",
        "she is in her nineties",
        "a centenarian with a broken hip",
    ],
    "a phone number": ["call her at 615-555-2368", "(615)555-2368", "reach Tina at 555-0147"],
    "an e-mail address": ["jane.doe@example.com", "jane at example dot com"],
    "an IP address": ["logged in from 192.168.14.7", "fe80::1ff:fe23:4567:890a"],
}
NAMED = [
    "Patient Robert De Luca",
    "Pt. J.W. was upset",
    "her daughter Maria called",
    "patient robert waited",
    "her daughter, mrs abernathy, called",
]

ORDINARY = [
    "",
    "our hospital is 100 years old",
    "We made 555 visits and 2368 calls in 2026",
    "NPIs: 1234567893, 1881018471",
    "claims aged 91 days",
    "aged 95 percent of the list",
    "about 90 offices, 110 providers",
    "90 year-end reviews",
    "from 200 to 300 to 4000",
    "212 referrals, 300 leads, 4500 touches",
    "What does MRN stand for?",
    "what is a date of birth doing in our CRM",
    "the chart of accounts",
    "Dr. Lee was born in Ohio",
    "the pilot was born on 3/3/2024",
    "follow up in 2-3 days, then 10-14",
    "Dr. Hale's privileges were transferred on 7/1",
    "General Surgery 4/12: asked for block time",
    "Patients admitted 7/1-9/30/2026: 120",
    "ED 24/7",
    "95 F outside",
    "$95M with capital",
    "cost per referral fell from $120 to $80",
    "Opened 12 tickets for referrals stuck in Epic",
    "Lunch and learn on the new referral form",
    "🎉 50 new referrers!",
    "patients pay less, so they refer",
    "first patient seen 4/12 at the new clinic",
    "born 2026-01-05: the referral hub",
    "code 123-45-6789",
    "PO is 123-45-6789",
    "Part no. 123-45-6789",
    "MRI reads in-house since 6/14",
    "ED 7/1-9/30: 4,120 visits",
    "ICU 3/2 to 3/9 closed for renovation",
    "ED on 2/11: went over the transfer line with the charge nurse",
    "Date of visit 3/14/26, Lakeside practice, met Dr. Lee",
    "follow-up 3/9 with Dr. Hale",
    "We passed the survey on 2/11",
    "She is on vacation, they send us cases via Dana",
    "We gave the office a check list, so more referrals are complete",
    "Guaranteed next-day appointments for urgent referrals",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts])
def test_what_could_point_at_a_patient_is_found_and_called_what_it_is(kind: str, text: str) -> None:
    assert identifier_in(text) == kind
    assert identifier_in(f"How do I log this: {text}\nthanks!") == kind


@pytest.mark.parametrize("text", NAMED)
def test_a_name_after_a_cue_is_asked_about_but_a_question_may_hold_it(text: str) -> None:
    assert screen(text).warned == ("a patient's name",)
    assert identifier_in(text) is None


@pytest.mark.parametrize("text", ORDINARY)
def test_what_a_liaison_writes_about_the_work_is_let_through(text: str) -> None:
    assert screen(text) == Findings()


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
    assert "a Social Security number" not in screen(text).blocked


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gift cards for referrals", "gifts"),
        ("we buy them dinner whenever they send us patients", "meals"),
        ("free rent if they refer", "rent or space"),
        ("They guaranteed 40 referrals a month", "exclusivity or guaranteed referrals"),
        ("Took Dr. Roy out for steaks, he said his knees are ours now", "meals"),
        ("Playoff seats went to the surgeon with the most cases this quarter", "tickets"),
        ("Every tenth referral earns the front desk a catered lunch", "meals"),
        ("We compensate offices for their referrals", "payment"),
    ],
)
def test_what_is_tied_to_referrals_is_named(text: str, kind: str) -> None:
    assert kind in screen(text).inducement


@pytest.mark.parametrize("text", ["No gift cards for referrals, ever", "We declined to pay for referrals"])
def test_what_was_not_given_is_no_inducement(text: str) -> None:
    assert screen(text).inducement == ()


@settings(deadline=None)  # a busy machine is no finding
@given(st.text())
def test_nothing_that_can_be_typed_makes_it_fall_over_and_only_kinds_come_back(text: str) -> None:
    found = screen(text)
    assert set(found.blocked) <= {*KINDS, "a personal license number"}
    assert all(kind not in text for kind in found.blocked)


TUNED = [sample.text for sample in samples(Expected.BLOCKED)]


@given(st.sampled_from(TUNED), st.sampled_from(["\u200b", "\u00ad", "\ufeff"]), st.sampled_from("-–—‑‒−"))
def test_signs_nobody_sees_and_other_dashes_hide_nothing(text: str, unseen: str, dash: str) -> None:
    assert screen(text.replace("-", dash).replace(" ", f" {unseen}")).blocked == screen(text).blocked


@given(st.sampled_from(TUNED), st.sampled_from(["  ", "\n", "\t", "\u00a0", "\u2009"]))
def test_how_wide_a_space_is_makes_no_difference(text: str, space: str) -> None:
    assert screen(f"{space}{text.replace(' ', space)}{space}").blocked == screen(text).blocked


@given(st.text(max_size=300))
def test_a_text_that_was_evened_out_stays_as_it_is(text: str) -> None:
    assert screen(plain(text)).blocked == screen(text).blocked


@pytest.mark.parametrize(
    "text", ["ssn 512834471", "dob 3 mar 48", "was admitted on november 3rd", "aged ninety-four"]
)
def test_capitals_make_no_difference(text: str) -> None:
    assert screen(text).blocked == screen(text.upper()).blocked != ()
