"""The pages around an installation: what is asked for and why, that it worked, or what to do when it did not."""

from collections.abc import Mapping
from html import escape
from string import Template
from typing import Final

from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation

from slackbot.ui.text import cut

SCOPES: Final = ("commands", "chat:write", "users:read")
OPTIONAL_SCOPES: Final = ("im:history", "files:write")
"""Whoever installs the app may leave these out; `Access.scopes` says what was allowed."""
REASONS: Final[Mapping[str, str]] = {
    "commands": "to answer <code>/prm</code> and its shortcuts",
    "chat:write": "to send its own messages",
    "users:read": "to know names, time zones, and who is an admin or a guest",
    "im:history": "to answer what people write to it, and to see whether a message of its own arrived",
    "files:write": "to hand out exports and charts as files",
}
"""Why each scope is asked for, as whoever allows it reads it."""
LEAVE_OUT: Final = "you may leave this out; only that is missing then"
LONGEST_REASON: Final = 80

_PAGE: Final = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; --ink: #1d1c1d; --soft: #616061; --line: #dddddd; --go: #4a154b; --ground: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8e8; --soft: #ababad; --line: #3a3d42; --go: #7c3085; --ground: #1a1d21; }
}
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 2.5rem 1.25rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
dl, ol { margin: 0; padding: 0; }
ol { padding-left: 1.25rem; }
dt { font-weight: 600; padding-top: .5rem; border-top: 1px solid var(--line); }
dd { margin: 0 0 .5rem; }
.go { display: inline-block; margin: .5rem .75rem 0 0; padding: .75rem 1.25rem; border-radius: .5rem; background: var(--go);
  color: #ffffff; font-weight: 600; text-decoration: none; }
.go:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.small, .small a { color: var(--soft); font-size: .875rem; }
</style>
</head>
<body>
<main>
<h1>$title</h1>
$body
</main>
</body>
</html>
""")

_ASKED: Final = Template("""<p>PRM Coach helps physician-liaison teams on the road to Physician Relations Manager. It answers
questions, keeps measurable wins, and sends each person one message a week with one thing to do.</p>
<p><a class="go" href="$url">Add to Slack</a></p>
<h2>What it asks Slack for</h2>
<dl>
$scopes
</dl>
<p class="small">It reads no channels and no conversations between people. <code>/prm privacy</code> says what is kept,
for how long, and how to have it erased.</p>""")

_DONE: Final = Template("""<p>$where has it now. Nobody hears from it before they use it themselves.</p>
<h2>What comes next</h2>
<ol>
$steps
</ol>
<p>$ways</p>""")

_NEXT: Final = (
    "Type <code>/prm</code> anywhere in Slack. It says what it can do.",
    "Set who leads whom, and the rest, with <code>/prm admin</code>. Slack's own admins may, and whom they name.",
    "Tell your team. Each of them begins with <code>/prm</code>, too.",
)
_OF_PARTS: Final = "Choose which of your workspaces get it."

_AGAIN: Final = Template("""<p>$sentence</p>
<p><a class="go" href="$start">Start again</a></p>
<p class="small">The reason was <code>$reason</code>. If it happens again, please tell whoever runs PRM Coach.</p>""")

_FAILED: Final[Mapping[str, tuple[str, str]]] = {
    "access_denied": ("Nothing was added", "You chose not to add PRM Coach, and that is fine."),
    "invalid_browser": (
        "Please start again",
        "An installation ends in the browser that it began in, and takes a cookie. Nothing was added.",
    ),
    "invalid_state": (
        "Please start again",
        "An installation can be finished once, and within ten minutes. Nothing was added by this.",
    ),
    "missing_code": ("Please start again", "Slack did not confirm the installation. Nothing was added."),
    "invalid_code": ("Please start again", "Slack did not confirm the installation. Nothing was added."),
    "storage_error": (
        "That went wrong on our side",
        "Slack said yes, and we could not keep it. Please try once more in a minute.",
    ),
}
_REFUSED: Final = ("Slack did not add it", "Slack gave a reason, which stands below. Nothing was added.")


class InstallFlow(AsyncOAuthFlow):
    """Bolt's own flow, with a page that says what is asked for before anybody is sent to Slack."""

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        return asked(url)


def asked(url: str) -> str:
    """The page before; `url` leads to Slack, where the app is allowed."""
    rows = [_row(scope, REASONS[scope]) for scope in SCOPES]
    rows += [_row(scope, f"{REASONS[scope]} ({LEAVE_OUT})") for scope in OPTIONAL_SCOPES]
    return _page("Add PRM Coach to Slack", _ASKED, url=escape(url), scopes="\n".join(rows))


def _row(scope: str, reason: str) -> str:
    return f"<dt><code>{scope}</code></dt><dd>{reason}</dd>"


def done(installation: Installation) -> str:
    """The page after. In an organization the next step is to choose the workspaces that get it."""
    whole = bool(installation.is_enterprise_install)
    name = installation.enterprise_name if whole else installation.team_name
    steps = (_OF_PARTS, *_NEXT) if whole else _NEXT
    return _page(
        "PRM Coach was added",
        _DONE,
        where=escape(name or "Your Slack"),
        steps="\n".join(f"<li>{step}</li>" for step in steps),
        ways="".join(f'<a class="go" href="{escape(url)}">{label}</a>' for label, url in _ways(installation)),
    )


def _ways(installation: Installation) -> list[tuple[str, str]]:
    app, team = installation.app_id or "", installation.team_id or ""
    if installation.is_enterprise_install:
        url = installation.enterprise_url
        return (
            [("Choose workspaces", f"{url}manage/organization/apps/profile/{app}/workspaces/add")]
            if url
            else []
        )
    return [
        ("Open in Slack", f"slack://app?team={team}&id={app}"),
        ("Open in the browser", f"https://app.slack.com/client/{team}"),
    ]


def failed(reason: str, start: str) -> str:
    """The page for when it did not work; `reason` may come from anywhere, and `start` is the path to begin at."""
    title, sentence = _FAILED.get(reason, _REFUSED)
    shown = escape(cut(reason, LONGEST_REASON))
    return _page(title, _AGAIN, sentence=sentence, start=escape(start), reason=shown)


def _page(title: str, body: Template, **words: str) -> str:
    return _PAGE.substitute(title=title, body=body.substitute(words))


async def _succeeded(args: AsyncSuccessArgs) -> BoltResponse:
    return _answer(args.settings, 200, done(args.installation))


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    page = failed(args.reason, args.settings.install_path)
    return _answer(args.settings, args.suggested_status_code, page)


def _answer(settings: AsyncOAuthSettings, status: int, page: str) -> BoltResponse:
    spent = settings.state_utils.build_set_cookie_for_deletion()
    return BoltResponse(
        status=status, headers={"Content-Type": "text/html; charset=utf-8", "Set-Cookie": spent}, body=page
    )


OWN_PAGES: Final = AsyncCallbackOptions(success=_succeeded, failure=_failed)
