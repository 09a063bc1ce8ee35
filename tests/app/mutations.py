"""Spoils what Slack really sent: its fields, its bytes, its encoding, its size, its headers, its signature."""

import copy
import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from sandbox.journal import Sent
from slackbot.web import LARGEST_BODY
from tests.app.doors import FORM, Letter, signature, signed

Json = Any
JUNK: tuple[Json, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    1e308,
    "",
    " ",
    "\x00",
    "\ud800",
    "payload",
    "null",
    "U0ANADUARTE",
    "'; DROP TABLE win; --",
    "{0.__class__}",
    "%s%n",
    "<@U0BENOKAFOR>",
    "🩺" * 40,
    "x" * 5000,
    [],
    {},
    [[]],
    {"": {}},
    [None],
    ["a", 1, {}],
    {"id": {"id": []}},
    {"type": "plain_text", "text": None},
    {"value": [], "selected_option": 5},
)
KINDS = (
    "application/json",
    FORM,
    "text/plain",
    "",
    "application/json; charset=utf-16",
    "multipart/form-data",
)


def recorded(requests: Iterable[Sent]) -> list[Json]:
    """The bodies of what was sent, each of another shape once."""
    found: dict[str, Json] = {}
    for sent in requests:
        found.setdefault(
            f"{sent.kind} {sent.body.get('text')} {sorted(map(str, _places(sent.body)))}", sent.body
        )
    return list(found.values())


def _places(body: Json, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a body, from the outside in."""
    items = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for name, inner in items:
        yield (*at, name)
        yield from _places(inner, (*at, name))


def spoiled(dice: random.Random, body: Json) -> Json:
    """The same with one to four places that are missing, of another type, swapped, nested or doubled."""
    result = copy.deepcopy(body)
    for _ in range(dice.randint(1, 4)):
        places = list(_places(result))
        if not places:
            return result
        *way, last = dice.choice(places)
        holder = result
        for step in way:
            holder = holder[step]
        _CHANGES[dice.randrange(len(_CHANGES))](dice, holder, last)
    return result


def _lose(_dice: random.Random, holder: Json, name: Any) -> None:
    del holder[name]


def _put_junk(dice: random.Random, holder: Json, name: Any) -> None:
    holder[name] = copy.deepcopy(dice.choice(JUNK))


def _nest(dice: random.Random, holder: Json, name: Any) -> None:
    for _ in range(dice.choice((1, 5, 200))):
        holder[name] = [holder[name]] if dice.random() < 0.5 else {"a": holder[name]}


def _swap(dice: random.Random, holder: Json, name: Any) -> None:
    other = dice.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    holder[name], holder[other] = holder[other], holder[name]


def _double(_dice: random.Random, holder: Json, name: Any) -> None:
    holder[name] = [holder[name]] * 50 if isinstance(holder[name], dict) else str(holder[name]) * 50


_CHANGES: tuple[Callable[[random.Random, Json, Any], None], ...] = (
    _lose,
    _put_junk,
    _put_junk,
    _nest,
    _swap,
    _double,
)


def encoded(dice: random.Random, body: Json) -> tuple[bytes, str]:
    """As one of the ways in which Slack sends things, whatever it is; and its content type."""
    way = dice.randrange(5)
    if way == 0 or not isinstance(body, dict):
        return _text(body).encode(errors="surrogatepass"), "application/json"
    if way == 1:
        return f"payload={quote(_text(body))}".encode(), FORM
    if way == 2:
        flat = {str(name): _flat(value) for name, value in body.items()}
        return urlencode(flat, errors="replace").encode(), FORM
    return urlencode({"payload": _text(body)}).encode(), FORM


def _text(body: Json) -> str:
    return json.dumps(body)


def _flat(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def torn(dice: random.Random, raw: bytes) -> bytes:
    """The same bytes cut short, flipped, stuffed, in another encoding, too many, or nested too deep."""
    at = dice.randrange(len(raw) + 1)
    match dice.randrange(9):
        case 0:
            return raw[:at]
        case 1:
            return raw[:at] + bytes([dice.randrange(256)]) + raw[at + 1 :]
        case 2:
            return raw[:at] + dice.randbytes(dice.randrange(1, 60)) + raw[at:]
        case 3:
            return raw.decode("utf-8", "replace").encode(
                dice.choice(("utf-16", "utf-7", "utf-32", "utf-8-sig")), "replace"
            )
        case 4:
            return raw[:at] + quote(raw[at:]).encode()
        case 5:
            return raw + raw
        case 6:
            return b"payload=" + dice.choice((b"[", b'{"a":')) * dice.choice((10, 900, 20_000))
        case 7 if dice.random() < 0.02:
            return raw + b"x" * (LARGEST_BODY - len(raw) + dice.choice((-1, 0, 1, 100)))
    return raw[at:] + raw[:at]


def letter(dice: random.Random, body: Json, *, is_signed: bool) -> Letter:
    """One spoiled request: properly signed as it then is, or by nobody."""
    raw, kind = encoded(dice, spoiled(dice, body) if dice.random() < 0.8 else body)
    if dice.random() < 0.3:
        raw = torn(dice, raw)
    if dice.random() < 0.15:
        kind = dice.choice(KINDS)
    made = replace(signed(raw, kind), chunks=dice.choice((1, 1, 1, 7)))
    if not is_signed:
        made = _unsigned(dice, made)
    if dice.random() < 0.1:
        made = made.saying(
            x_slack_retry_num=dice.choice(("1", "", "x", "²")),
            x_slack_retry_reason="http_timeout",
            content_length=dice.choice(("0", "5", None)),
        )
    return made


def _unsigned(dice: random.Random, made: Letter) -> Letter:
    stamp = made.headers["x-slack-request-timestamp"]
    match dice.randrange(6):
        case 0:
            return made.saying(x_slack_signature=None)
        case 1:
            return made.saying(x_slack_request_timestamp=dice.choice(("", "now", "9" * 30, "-1", "²", None)))
        case 2:
            return made.saying(x_slack_signature=signature(made.body, stamp, "another secret"))
        case 3:
            return made.saying(x_slack_request_timestamp="1", x_slack_signature=signature(made.body, "1"))
        case 4:
            return replace(made, body=made.body + b" ")
    return made.saying(x_slack_signature=dice.choice(("v0=", "v0=" + "0" * 64, "v1=" + "f" * 64, "é")))
