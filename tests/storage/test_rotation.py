"""The key changes: every token is sealed anew while the app runs, a second time there is nothing left to do."""

import pytest
from click.testing import CliRunner
from cryptography.fernet import Fernet
from sqlalchemy import update
from sqlmodel import Session, col, select

from slackbot.__main__ import main
from storage import installations, rotation
from storage.cipher import Cipher, CipherError
from storage.database import Database
from storage.models import Installation
from storage.rotation import LEASE, Sealed
from tests.conftest import KEY
from tests.storage.conftest import NOW
from tests.storage.racing import at_once
from tests.storage.test_installations import granted

NEW_KEY = Fernet.generate_key().decode()
TURNING = {"bot_refresh_token": "xoxe-1-first", "bot_token_expires_in": 43_200}
TEAMS = [f"T{number}" for number in range(5)]


@pytest.fixture
def both() -> Cipher:
    return Cipher([NEW_KEY, KEY])


@pytest.fixture
def only_new() -> Cipher:
    return Cipher([NEW_KEY])


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)


def _installed(database: Database, cipher: Cipher) -> None:
    for team in TEAMS:
        database.run(installations.save, granted(team_id=team, **TURNING), cipher, NOW)


def _total(done: list[Sealed]) -> tuple[int, int]:
    return sum(each.anew for each in done), sum(each.already for each in done)


@pytest.mark.usefixtures("small_batches")
def test_afterwards_the_new_key_alone_opens_everything(
    database: Database, cipher: Cipher, both: Cipher, only_new: Cipher
) -> None:
    _installed(database, cipher)
    assert _total(list(rotation.seal_all(database, both))) == (10, 0)

    tokens = [database.run(installations.access_by_key, team, only_new) for team in TEAMS]
    assert all(access is not None for access in tokens)
    assert _total(list(rotation.seal_all(database, both))) == (0, 10)


@pytest.mark.usefixtures("small_batches")
def test_cut_off_in_the_middle_it_is_taken_up_again(sqlite: Database, cipher: Cipher, both: Cipher) -> None:
    _installed(sqlite, cipher)
    first = next(iter(rotation.seal_all(sqlite, both)))

    assert (first.anew, first.already) == (4, 0)
    assert all(sqlite.run(installations.access_by_key, team, both) for team in TEAMS)
    assert _total(list(rotation.seal_all(sqlite, both))) == (6, 4)


def test_a_token_that_is_replaced_meanwhile_is_left_as_it_is(
    sqlite: Database, cipher: Cipher, both: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The web process renews it between our look and our writing."""
    sqlite.run(installations.save, granted(**TURNING), cipher, NOW)

    def renewed_meanwhile(session: Session) -> None:
        sealed = both.encrypt("xoxb-renewed")
        genuine = both.rotate

        def rotate(_cipher: Cipher, old: str) -> str:
            session.execute(update(Installation).values(token=sealed))
            return genuine(old)

        monkeypatch.setattr(Cipher, "rotate", rotate)
        rotation.seal_anew(session, both, 0)
        monkeypatch.undo()

    sqlite.run(renewed_meanwhile)
    access = sqlite.run(installations.access_by_key, "T1", both)
    assert access is not None
    assert access.token == "xoxb-renewed"


def test_without_the_old_key_it_says_so_and_changes_nothing(
    sqlite: Database, cipher: Cipher, only_new: Cipher
) -> None:
    _installed(sqlite, cipher)
    with pytest.raises(CipherError, match="put the old key back"):
        list(rotation.seal_all(sqlite, only_new))

    assert sqlite.run(installations.access_by_key, "T1", cipher) is not None


def test_the_command_tells_how_many(
    sqlite: Database, cipher: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    _installed(sqlite, cipher)
    monkeypatch.setenv("DATABASE_URL", sqlite.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("PRM_ENCRYPTION_KEYS", f"{NEW_KEY},{KEY}")
    done = CliRunner().invoke(main, ["keys", "rotate"])

    assert (done.exit_code, done.output) == (
        0,
        "10 tokens are sealed anew with the newest key; 0 were before.\n",
    )
    monkeypatch.setenv("PRM_ENCRYPTION_KEYS", Fernet.generate_key().decode())
    failed = CliRunner().invoke(main, ["keys", "rotate"])
    assert failed.exit_code == 1
    assert "put the old key back" in failed.output


def test_a_new_key_is_one() -> None:
    printed = CliRunner().invoke(main, ["keys", "new"]).output.strip()
    assert Cipher([printed]).decrypt(Cipher([printed]).encrypt("x")) == "x"


def test_of_many_at_once_one_may_ask_slack_for_a_new_token(postgresql: Database, cipher: Cipher) -> None:
    place = postgresql.run(installations.save, granted(**TURNING), cipher, NOW)

    def begin(session: Session) -> rotation.Refreshing | None:
        return rotation.begin_refresh(session, place, cipher, NOW)

    begun = [one for one in at_once(postgresql, *[begin] * 4) if one is not None]
    assert [one.refresh_token for one in begun] == ["xoxe-1-first"]


def test_who_died_while_asking_is_followed_by_the_next(database: Database, cipher: Cipher) -> None:
    place = database.run(installations.save, granted(**TURNING), cipher, NOW)
    assert database.run(rotation.begin_refresh, place, cipher, NOW) is not None
    assert database.run(rotation.begin_refresh, place, cipher, NOW + LEASE / 2) is None
    assert database.run(rotation.begin_refresh, place, cipher, NOW + LEASE) is not None


def test_a_pair_that_comes_after_the_end_is_not_kept(database: Database, cipher: Cipher) -> None:
    place = database.run(installations.save, granted(**TURNING), cipher, NOW)
    mine = database.run(rotation.begin_refresh, place, cipher, NOW)
    assert mine is not None
    database.run(installations.save, granted(bot_token="xoxb-again"), cipher, NOW)

    def late(session: Session) -> bool:
        return rotation.keep_refreshed(
            session,
            mine.installation_id,
            cipher,
            token="xoxb-late",
            refresh_token="xoxe-late",
            expires_at=NOW + LEASE,
        )

    assert not database.run(late)
    kept = database.run(lambda session: session.exec(select(col(Installation.token))).all())
    assert [cipher.decrypt(token) for token in kept if token] == ["xoxb-again"]
