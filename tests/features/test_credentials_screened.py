"""A tracked credential's own words are screened like all others; its number passes as it stands."""

import pytest

from sandbox.people import Person
from slackbot.app import App
from tests.features.test_credentials import tracked, tracks

pytestmark = pytest.mark.door


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("field", "typed", "kind"),
    [
        ("number", "SSN 219-09-9999", "a Social Security number"),
        ("name", "Patient Robert Nyberg", "a patient's name"),
    ],
)
async def test_a_patient_in_a_credential_is_refused_and_not_kept(
    field: str, typed: str, kind: str, ana: Person, app: App
) -> None:
    seen = await tracks(ana, app, state="planned", **{field: typed})

    assert f"looks like it holds {kind}" in seen.errors[field]
    assert typed not in str(seen.errors)
    assert tracked(app, ana) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("number", ["312-555-0142", "CPXP-2026-0412", "1487654321", "036-118822"])
async def test_a_certificate_s_number_passes_however_it_is_laid_out(
    number: str, ana: Person, app: App
) -> None:
    await tracks(ana, app, state="planned", number=number)

    assert [row.number for row in tracked(app, ana)] == [number]
