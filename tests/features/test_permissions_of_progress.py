"""Who sees what of Ana's progress and who may touch her targets: tables, tried in every place there is, files too.

What each letter stands for: `p` a win that only she sees, `s` one that she shared and that Ben gave to Gus to decide,
`v` a confirmed one, `n` their notes, `a` an agreed and `o` an offered target, `r` how near she is to her next role."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
from sqlmodel import Session, col, delete

from sandbox.server import Sandbox
from slackbot.app import FEATURES, App
from slackbot.features.targets.form import CALLBACK, Sheet
from storage.models import Win, WinRevision
from tests.features.pages import reads
from tests.features.progress_scene import (
    HOME,
    MESSAGES,
    Progress,
    in_numbers,
    looks,
    progress_scene,
    secrets_in,
)
from tests.features.records import Payload
from tests.features.reporting import opens
from tests.features.standings import ROLES, presses, reload, sends_by_hand, types
from tests.features.target_acts import proposes, targets_of

pytestmark = [
    pytest.mark.door,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

COLUMNS = ("fay", "gus", "ben", "ana")
"""Who was the manager before, the delegate, the manager, the owner. Nobody else ever sees a thing."""
# fmt: off
PLACES: Mapping[str, Sequence[str]] = {
    #                                fay  gus   ben     ana
    HOME:                           (".", "s",  "sr",   "psvar"),
    MESSAGES:                       ("a", "s",  "o",    "psvna"),  # Fay's are from when it was hers to agree
    "wins":                         (".", ".",  ".",    "psv"),
    "wins show {shared}":           (".", ".",  ".",    "sn"),
    "wins show {verified}":         (".", ".",  ".",    "vn"),
    "wins show {private}":          (".", ".",  ".",    "pn"),
    "verify":                       (".", "sn", ".",    "."),
    "verify show {shared}":         (".", "sn", "sn",   "."),
    "verify show {verified}":       (".", "sn", "vn",   "."),  # Gus gets what waits for him instead
    "verify show {private}":        (".", "sn", ".",    "."),
    "celebrate {verified}":         (".", ".",  ".",    "v"),
    "team":                         (".", ".",  "sr",   "."),
    "team show {ana}":              (".", ".",  "svar", "."),
    "team show {reporting}":        (".", ".",  "svar", "."),
    "team show {reporting} more":   (".", ".",  "sa",   "."),
    "team show {reporting} more 3": (".", ".",  "v",    "."),
    "team hand {reporting}":        (".", ".",  ".",    "."),
    "team remove {reporting}":      (".", ".",  ".",    "."),
    "team csv":                     (".", ".",  "sv",   "."),
    "team csv this year":           (".", ".",  "sv",   "."),
    "team all":                     (".", ".",  ".",    "."),
    "target":                       (".", ".",  "o",    "vao"),
    "target of {ana}":              (".", ".",  "svao", "vao"),
    "target for":                   (".", ".",  ".",    "."),
    "target for {ana}":             (".", ".",  ".",    "."),
    "target for {ana} referrals":   (".", ".",  "s",    "p"),
    "target history":               (".", ".",  ".",    "ao"),
    "target history {ana}":         (".", ".",  "ao",   "ao"),
    "target show {agreed}":         (".", ".",  "sva",  "va"),
    "target show {offered}":        (".", ".",  "o",    "o"),
    "target change {agreed}":       (".", ".",  "a",    "a"),
    "target change {offered}":      (".", ".",  "o",    "o"),
    "criteria":                     (".", ".",  ".",    "vr"),
    "criteria manager":             (".", ".",  ".",    "vr"),
    "criteria changes":             (".", ".",  ".",    "."),
    "criteria history":             (".", ".",  ".",    "."),
    "progress":                     (".", ".",  ".",    "a"),
    "progress referrals":           (".", ".",  ".",    "va"),
    "progress of {ana}":            (".", ".",  "sa",   "a"),
    "progress of {ana} referrals":  (".", ".",  "sva",  "va"),
    "progress of {ana} campaigns":  (".", ".",  ".",    "."),
    "manager":                      (".", ".",  ".",    "."),
    "roadmap":                      (".", ".",  ".",    "."),
    "profile":                      (".", ".",  ".",    "."),
    "nudges":                       (".", ".",  ".",    "."),
    "admin":                        (".", ".",  ".",    "."),
    "admin managers":               (".", ".",  ".",    "."),
    "admin people":                 (".", ".",  ".",    "."),
    "admin newcomers":              (".", ".",  ".",    "."),
    "admin criteria":               (".", ".",  ".",    "."),
    "admin questions":              (".", ".",  ".",    "."),
    "admin log":                    (".", ".",  ".",    "."),
    "admin log all":                (".", ".",  ".",    "."),
    "admin content":                (".", ".",  ".",    "."),
}
# fmt: on


