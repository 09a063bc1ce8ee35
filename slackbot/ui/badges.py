"""Says where a statement comes from and how sure we are: a house default never passes for the field's own fact."""

from typing import Final

from content import Entry, Source, Verification

HOUSE: Final = "house default"


def badge(entry: Entry) -> str:
    """One short sentence, shown under what it speaks of."""
    when = f"{entry.as_of:%b %Y}"
    sure = entry.verification is Verification.VERIFIED
    match entry.source:
        case Source.HOUSE_DEFAULT:
            return "Ours (a house default), not an established fact of the field."
        case Source.VENDOR:
            return f"A vendor's own claim, {when}; we could not check it."
        case Source.FIELD if sure:
            return f"Checked against what its source publishes, {when}."
        case Source.FIELD:
            return f"From practice in the field, {when}; not verified."
    doubt = "" if sure else "; we could not verify it"
    return f"Source: the MDliaison article{', in our reading' if entry.derived else ''}{doubt}."


def mark(entry: Entry) -> str:
    """The same in a word or two, for the end of a line in a list."""
    if entry.source is Source.HOUSE_DEFAULT:
        return HOUSE
    if entry.verification is not Verification.VERIFIED:
        return "not verified"
    return "named in the article" if entry.source is Source.SEED else "verified"
