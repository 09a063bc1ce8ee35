"""Encrypts what must not be readable in a stolen database: Slack's tokens."""

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class CipherError(Exception):
    """A key is malformed, or none of the keys opens a token; the message says what to do."""


class Cipher:
    """Encrypts with the newest key, decrypts with any of them."""

    def __init__(self, keys: Sequence[str]) -> None:
        """`keys`: Fernet keys, newest first. Raises CipherError when one is malformed or there is none."""
        if not keys:
            raise CipherError("there is no encryption key")
        try:
            each = [Fernet(key) for key in keys]
        except ValueError as error:
            raise CipherError("an encryption key is not a Fernet key (44 characters, ending in =)") from error
        self._newest, self._fernet = each[0], MultiFernet(each)

    def encrypt(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def decrypt(self, sealed: str) -> str:
        """Raises CipherError when no key fits."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise CipherError(
                "none of the encryption keys opens the stored token; put the old key back"
            ) from error

    def is_newest(self, sealed: str) -> bool:
        """Whether the newest key opens it, so that the others are not needed for it any more."""
        try:
            self._newest.decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True

    def rotate(self, sealed: str) -> str:
        """The same text, sealed with the newest key. Raises CipherError when no key fits."""
        return self.encrypt(self.decrypt(sealed))


def keys_beside(database: Path) -> list[str]:
    """The keys in the file beside a SQLite database, which is made, readable by its owner only, if missing."""
    path = database.with_suffix(".keys")
    if not path.exists():
        _make_once(path, f"{Fernet.generate_key().decode()}\n")
    return path.read_text().split()


def _make_once(path: Path, text: str) -> None:
    """Appears complete or not at all: of two programs that start at once, both read the key of the first."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # readable by its owner only
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
