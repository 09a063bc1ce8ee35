"""Every environment variable, typed; a missing or wrong one stops the start with a sentence saying what to set."""

import re
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, Self, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cryptography.fernet import Fernet
from pydantic import AfterValidator, DirectoryPath, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from storage.engine import POOL_SIZE, database_url


class SettingsError(Exception):
    """The configuration cannot work; the message says what to set, and where to find it."""


class Mode(StrEnum):
    """How Slack reaches us, and for how many workspaces."""

    ONE_OVER_HTTP = "one workspace over HTTP"
    ONE_OVER_SOCKET = "one workspace over Socket Mode"
    MANY = "many workspaces over HTTP"


def _address(text: str) -> str:
    try:
        make_url(text)
    except (ArgumentError, ValueError):
        # SQLAlchemy's own words may quote a part of the password.
        raise ValueError(
            "it is not a database address; write sqlite:///prm.db or postgresql://user:password@host/name, "
            "and in the password %40 for @ and %2F for /"
        ) from None
    database_url(text)
    return text


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("it is not a time zone; write one like America/New_York") from error
    return name


def _api_base(url: str) -> str:
    if not url.startswith(("https://", "http://")) or not url.endswith("/api/"):
        raise ValueError("it must be a web address that ends in /api/")
    return url


def _keys(keys: SecretStr) -> SecretStr:
    for key in keys.get_secret_value().split(","):
        try:
            Fernet(key.strip())
        except ValueError as error:
            raise ValueError(
                "each key must be a Fernet key of 44 characters; make one with: "
                "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
            ) from error
    return keys


class _DatabaseOnly(BaseSettings):
    """Where the database is: all that `prm migrate` needs to know."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, populate_by_name=True, hide_input_in_errors=True
    )

    # Not in the repr, because it may hold a password.
    database_url: Annotated[str, AfterValidator(_address)] = Field(
        "sqlite:///prm.db", alias="DATABASE_URL", repr=False
    )


class DatabaseAndKeys(_DatabaseOnly):
    """Where the database is and what seals the tokens in it: all that `prm keys` needs to know."""

    encryption_keys: Annotated[SecretStr, AfterValidator(_keys)] | None = Field(
        None, alias="PRM_ENCRYPTION_KEYS"
    )

    @property
    def keys(self) -> list[str]:
        """The encryption keys given, newest first; empty when none are."""
        if self.encryption_keys is None:
            return []
        return [key.strip() for key in self.encryption_keys.get_secret_value().split(",")]


class Basics(_DatabaseOnly):
    """What a rehearsal needs besides: the content and the zone of who has none; nothing of Slack."""

    content_dir: DirectoryPath | None = Field(None, alias="PRM_CONTENT_DIR")
    default_zone: Annotated[str, AfterValidator(_zone)] = Field("America/New_York", alias="PRM_DEFAULT_ZONE")


class Settings(Basics, DatabaseAndKeys):
    """The configuration contract. Built once, in `__main__`; nothing else reads the environment."""

    slack_bot_token: SecretStr | None = Field(None, alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, alias="SLACK_SIGNING_SECRET")
    slack_client_id: str | None = Field(None, alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(None, alias="SLACK_CLIENT_SECRET")
    slack_api_url: Annotated[str, AfterValidator(_api_base)] = Field(
        "https://slack.com/api/", alias="SLACK_API_URL"
    )
    slack_authorize_url: str = Field("https://slack.com/oauth/v2/authorize", alias="SLACK_AUTHORIZE_URL")
    pool_size: int = Field(POOL_SIZE, ge=1, le=100, alias="PRM_POOL_SIZE")
    tick_seconds: float = Field(30, gt=0, le=3600, alias="PRM_TICK_SECONDS")
    worker_port: int | None = Field(None, ge=0, le=65535, alias="PRM_WORKER_PORT")
    host: str | None = Field(None, alias="HOST")
    port: int = Field(3000, ge=0, le=65535, alias="PORT")
    log_format: Literal["console", "json"] = Field("console", alias="LOG_FORMAT")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", alias="LOG_LEVEL")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        problem = _missing(self) or _mistaken(self) or _unfilled(self)
        if problem:
            raise ValueError(problem)
        return self

    @property
    def mode(self) -> Mode:
        if self.slack_client_id:
            return Mode.MANY
        return Mode.ONE_OVER_SOCKET if self.slack_app_token else Mode.ONE_OVER_HTTP


Kind = TypeVar("Kind", bound=_DatabaseOnly)

_WHERE_BOT: Final = "SLACK_BOT_TOKEN (in Slack: your app > OAuth & Permissions > Bot User OAuth Token)"
_WHERE_APP: Final = (
    "SLACK_APP_TOKEN (your app > Basic Information > App-Level Tokens, with connections:write)"
)
_SIGNING: Final = "SLACK_SIGNING_SECRET (in Slack: your app > Basic Information > Signing Secret)"
_CLIENT: Final = (
    "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (in Slack: your app > Basic Information > App Credentials)"
)


def _missing(given: Settings) -> str | None:
    if given.slack_client_id or given.slack_client_secret:
        if not (given.slack_client_id and given.slack_client_secret):
            return f"Set both {_CLIENT}."
        if given.slack_bot_token or given.slack_app_token:
            return (
                "Set either SLACK_BOT_TOKEN (with or without SLACK_APP_TOKEN), for one workspace, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, "
                "for many; not both."
            )
        return None if given.slack_signing_secret else f"Set {_SIGNING}."
    if not given.slack_bot_token:
        return f"Set {_WHERE_BOT}, and beside it {_WHERE_APP}. To only try it out, run: make sandbox"
    if not (given.slack_app_token or given.slack_signing_secret):
        return f"Set {_WHERE_APP} for Socket Mode, or {_SIGNING} for HTTP."
    return None


_PLACEHOLDER: Final = re.compile(
    r"change.?me|replace|your[-_ ]|[-_ ]here$|placeholder|dummy|example|\btodo\b|<.*>|\.\.|…|x{4,}$"
    r"|^(?:xox[a-z]-|xapp-)?(?:secret|token|password|test)?$",
    re.IGNORECASE,
)
"""What manuals and templates put where a secret belongs; no secret of Slack's looks so."""


def is_placeholder(secret: str) -> bool:
    """Whether it stands in for a secret that was never filled in."""
    plain = secret.strip()
    return len(set(plain)) < 4 or _PLACEHOLDER.search(plain) is not None


def _unfilled(given: Settings) -> str | None:
    secrets = {
        "SLACK_BOT_TOKEN": given.slack_bot_token,
        "SLACK_APP_TOKEN": given.slack_app_token,
        "SLACK_SIGNING_SECRET": given.slack_signing_secret,
        "SLACK_CLIENT_SECRET": given.slack_client_secret,
    }
    for name, secret in secrets.items():
        if secret is not None and is_placeholder(secret.get_secret_value()):
            return f"{name} still holds a placeholder. Copy the real one from your app's settings in Slack."
    return None


def _mistaken(given: Settings) -> str | None:
    prefixes = {
        "SLACK_BOT_TOKEN": (given.slack_bot_token, "xoxb-"),
        "SLACK_APP_TOKEN": (given.slack_app_token, "xapp-"),
    }
    for name, (secret, prefix) in prefixes.items():
        if secret and not secret.get_secret_value().startswith(prefix):
            return f"{name} must start with {prefix}; what is set there is another kind of token."
    database = database_url(given.database_url)
    if database.drivername != "sqlite" and not given.keys and given.slack_client_id:
        return (
            "Set PRM_ENCRYPTION_KEYS: with PostgreSQL, Slack's tokens are encrypted with a key that you keep. "
            "Make one with: python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
        )
    return None


def load(**given: Any) -> Settings:
    """The settings from the environment; keyword arguments win over it (the sandbox and tests use them).

    Raises SettingsError in one sentence per fault."""
    return _read(Settings, **given)


def load_database_address() -> str:
    """Where the database is, for `prm migrate`, which needs nothing of Slack. Raises SettingsError."""
    return _read(_DatabaseOnly).database_url


def load_basics() -> Basics:
    """The same with what `prm simulate` needs. Raises SettingsError."""
    return _read(Basics)


def load_database_and_keys() -> DatabaseAndKeys:
    """What `prm keys` needs. Raises SettingsError."""
    return _read(DatabaseAndKeys)


def _read(kind: type[Kind], **given: Any) -> Kind:
    try:
        return kind(**given)
    except ValidationError as error:
        sentences = "\n".join(_sentence(dict(fault)) for fault in error.errors())
        # Not chained: pydantic's error carries what was set, tokens and all.
        raise SettingsError(sentences) from None


def _sentence(fault: dict[str, Any]) -> str:
    text = str(fault["msg"]).removeprefix("Value error, ")
    where = ".".join(str(part) for part in fault["loc"])
    return f"{where}: {text}" if where else text
