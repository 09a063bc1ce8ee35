"""The workspace in the browser: a page on which a person tries the real app, served by the fake Slack at `/`."""

from sandbox.page.routes import routes

__all__ = ["routes"]
