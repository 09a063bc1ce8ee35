"""What Ana proposed while nobody could agree reaches whoever becomes her manager, once."""

import pytest

from sandbox.people import Person
from slackbot.app import App
from tests.features.reporting import asks, opens, presses
from tests.features.target_acts import GROWTH, fills_in, news, states

pytestmark = [pytest.mark.door, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

WAITS = "proposed a target before you were their manager"


async def _proposes(ana: Person, app: App, **fields: str) -> str:
    """Keeps a proposal while there is nobody to agree; what Ana reads then."""
    seen = await fills_in(ana, app, **(GROWTH | fields))
    assert seen.ok, seen.errors
    assert ana.modal is not None
    said = ana.modal.words
    await ana.closes(all=True)
    return said


def _told(person: Person) -> list[str]:
    return [words for words in news(person) if "before you were their manager" in words]


async def test_ben_is_asked_hears_nothing_and_is_told_once_he_accepts(
    ana: Person, ben: Person, app: App
) -> None:
    ask = await asks(app, ana, ben)
    said = await _proposes(ana, app)
    assert f"<@{ben.id}> hears of it on accepting to be your manager" in said
    assert "until you have a manager" not in said
    assert _told(ben) == []

    await presses(ben, app, "Accept", ask)

    (told,) = _told(ben)
    assert f"*<@{ana.id}> {WAITS}.* It waits for your answer." in told
    assert "Referrals from your panel, by Nov 23, 2027" in told
    message = next(each for each in ben.dms() if each.words == told)
    assert f"<@{ana.id}> on Nov 23, 2026. It waits for you" in await presses(ben, app, "Answer", message)
    await ben.slash("target agree 1")
    assert states(app) == ["agreed"]
    await presses(ben, app, "Accept", ask)
    assert len(_told(ben)) == 1, "a second press rings no second bell"


async def test_several_are_told_together_and_what_is_withdrawn_is_not(
    ana: Person, ben: Person, app: App
) -> None:
    for metric in ("referrals", "campaigns", "agreements_signed"):
        await _proposes(ana, app, metric=metric)
    await ana.slash("target withdraw 2")
    await app.deps.background.drain()

    await presses(ben, app, "Accept", await asks(app, ana, ben))

    (told,) = _told(ben)
    assert "proposed 2 targets before you were their manager.* They wait for your answer." in told
    assert "Agreements signed" in told
    assert "Campaigns" not in told


async def test_whom_an_admin_makes_the_manager_is_told_too_with_one_hello(
    ana: Person, ben: Person, dee: Person, app: App
) -> None:
    await _proposes(ana, app)

    assert (await opens(dee, app, "team set", liaison=ana.id, manager=ben.id)).ok

    assert len(_told(ben)) == 1
    assert "I am PRM Coach" in news(ben)[0]
    assert "I am PRM Coach" not in _told(ben)[0], "one hello is enough"
    assert _told(dee) == []
