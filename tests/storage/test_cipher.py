"""Tokens open with any known key, with no other, and the key beside a database is made once."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from cryptography.fernet import Fernet

from storage.cipher import Cipher, CipherError, keys_beside

OLD, NEW, OTHER = (Fernet.generate_key().decode() for _ in range(3))


def test_what_was_sealed_opens_again_and_does_not_show_through() -> None:
    sealed = Cipher([NEW]).encrypt("xoxb-secret")
    assert "xoxb" not in sealed
    assert Cipher([NEW]).decrypt(sealed) == "xoxb-secret"


def test_the_same_token_is_sealed_differently_each_time() -> None:
    cipher = Cipher([NEW])
    assert cipher.encrypt("xoxb-secret") != cipher.encrypt("xoxb-secret")


def test_after_a_rotation_old_tokens_still_open_and_new_ones_need_the_new_key() -> None:
    before = Cipher([OLD]).encrypt("xoxb-secret")
    rotated = Cipher([NEW, OLD])
    assert rotated.decrypt(before) == "xoxb-secret"
    assert Cipher([NEW]).decrypt(rotated.encrypt("xoxb-later")) == "xoxb-later"
    with pytest.raises(CipherError):
        Cipher([OLD]).decrypt(rotated.encrypt("xoxb-later"))


@pytest.mark.parametrize(
    "sealed",
    [Cipher([OTHER]).encrypt("xoxb-secret"), "", "not sealed at all", "é"],
    ids=["with another key", "empty", "plain", "beyond ASCII"],
)
def test_what_no_key_opens_says_what_to_do(sealed: str) -> None:
    with pytest.raises(CipherError, match="put the old key back"):
        Cipher([NEW, OLD]).decrypt(sealed)


@pytest.mark.parametrize(
    "keys",
    [["short"], [NEW, "short"], [""], ["é" * 44]],
    ids=["short", "one of two", "empty", "beyond ASCII"],
)
def test_a_malformed_key_is_refused(keys: list[str]) -> None:
    with pytest.raises(CipherError, match="not a Fernet key"):
        Cipher(keys)


def test_no_key_is_refused() -> None:
    with pytest.raises(CipherError, match="no encryption key"):
        Cipher([])


def test_the_key_is_made_beside_the_database_for_its_owner_only(tmp_path: Path) -> None:
    (key,) = keys_beside(tmp_path / "prm.db")
    kept = tmp_path / "prm.keys"
    assert kept.read_text().split() == [key]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert Cipher([key]).decrypt(Cipher([key]).encrypt("xoxb-secret")) == "xoxb-secret"


def test_the_key_is_made_once(tmp_path: Path) -> None:
    assert keys_beside(tmp_path / "prm.db") == keys_beside(tmp_path / "prm.db")


def test_a_key_that_was_put_in_front_comes_first(tmp_path: Path) -> None:
    (made,) = keys_beside(tmp_path / "prm.db")
    (tmp_path / "prm.keys").write_text(f"{NEW}\n{made}\n")
    assert keys_beside(tmp_path / "prm.db") == [NEW, made]


def test_programs_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    start = Barrier(8, timeout=20)

    def look(_number: int) -> list[str]:
        start.wait()
        return keys_beside(tmp_path / "prm.db")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(look, range(8)))
    assert len({tuple(keys) for keys in found}) == 1
    assert len(found[0]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["prm.keys"]


def test_who_comes_second_reads_the_key_of_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other program makes the file just after this one looked for it."""
    kept = tmp_path / "prm.keys"
    real = Fernet.generate_key

    def slowly() -> bytes:
        kept.write_text(f"{OTHER}\n")
        return real()

    monkeypatch.setattr(Fernet, "generate_key", slowly)
    assert keys_beside(tmp_path / "prm.db") == [OTHER]
    assert [path.name for path in tmp_path.iterdir()] == ["prm.keys"]
