"""The one error of the sandbox that is a sentence for the person who started it."""


class SandboxError(Exception):
    """Something the person running the sandbox (or writing a test) did or must change; `str()` is the sentence."""
