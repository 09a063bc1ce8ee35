"""The Web API: every method this fake Slack answers, and the door they are asked through."""

from sandbox.api import auth, chat, checks, conversations, files, people, views
from sandbox.api.registry import METHODS, Method

__all__ = ["METHODS", "Method", "auth", "chat", "checks", "conversations", "files", "people", "views"]
