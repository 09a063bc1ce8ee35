"""Who reports to whom: nobody may end up above themselves."""

from collections.abc import Mapping


def would_loop(managers: Mapping[int, int], member: int, manager: int) -> bool:
    """Whether a member would be their own manager, at whatever distance, if they reported to this one.

    `managers`: each member's current manager, by id. What the member reports to now does not count: it would end."""
    above: int | None = manager
    passed: set[int] = set()
    while above is not None and above != member:
        if above in passed:  # a loop that was there before, and that this member is no part of
            return False
        passed.add(above)
        above = managers.get(above)
    return above == member
