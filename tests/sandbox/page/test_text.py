"""How what apps write is drawn: mrkdwn, Markdown and dates, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.server import Sandbox
from tests.browser import Tab, needs_browser

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser]

MRKDWN = {
    "*bold* _it_ ~no~": "<strong>bold</strong> <em>it</em> <s>no</s>",
    "2 * 3 * 4 and snake_case_name": "2 * 3 * 4 and snake_case_name",
    "*<https://e.org/a_b|x>*": '<strong><a href="https://e.org/a_b">x</a></strong>',
    "`*raw* &lt;b&gt;`": "<code>*raw* &lt;b&gt;</code>",
    "a &amp;lt; b": "a &amp;lt; b",
    "<javascript:alert(1)|press>": "<span>press</span>",
    "<img src=x onerror=alert(1)>": "<span>&lt;img src=x onerror=alert(1)&gt;</span>",
    "<@U1> in <#C1> and <!here>": (
        '<span class="mention">@Ana</span> in <span class="mention">#general</span> and <span class="mention">@here</span>'
    ),
    "&gt; quoted\nplain": "<blockquote>quoted</blockquote>plain",
    "one\ntwo": "one<br>two",
    "```\na *b*\n```": "<pre><code>a *b*</code></pre>",
    ":nope: at 10:30:45": ":nope: at 10:30:45",
    "see https://e.org/x.": 'see <a href="https://e.org/x">https://e.org/x</a>.',
    "_*both*_": "<em><strong>both</strong></em>",
    "<mailto:a@e.org|a@e.org>": '<a href="mailto:a@e.org">a@e.org</a>',
}
MARKDOWN = {
    "# Top\ntext **b** and *i*": '<p class="heading">Top</p><p>text <strong>b</strong> and <em>i</em></p>',
    "- a\n- b": '<ul><li class="indent-0">a</li><li class="indent-0">b</li></ul>',
    "<b>no</b>": "<p>&lt;b&gt;no&lt;/b&gt;</p>",
    "```\nx < y\n```\nend": "<pre><code>x &lt; y</code></pre><p>end</p>",
    "[go](javascript:alert)": "<p><span>go</span></p>",
}
DRAW = """
async ([module, name, texts]) => {
  const draw = (await import(`/page/static/js/${module}.js`))[name];
  const context = { users: { U1: "Ana" }, channels: { C1: "general" }, zone: "UTC", now: () => 0 };
  return texts.map((text) => {
    const box = document.createElement("div");
    const drawn = draw(text, context);
    box.append(...(drawn instanceof DocumentFragment ? [drawn] : drawn.childNodes));
    for (const link of box.querySelectorAll("a")) for (const name of ["target", "rel"]) link.removeAttribute(name);
    return box.innerHTML;
  });
}
"""


async def drawn(tab: Tab, slack: Sandbox, module: str, name: str, texts: list[str]) -> Any:
    await tab.page.goto(f"{slack.url}/?as=ana&in=app")
    return await tab.page.evaluate(DRAW, [module, name, texts])


async def test_mrkdwn_is_drawn_as_slack_draws_it(slack: Sandbox, browser_page: Tab) -> None:
    made = await drawn(browser_page, slack, "mrkdwn", "mrkdwn", list(MRKDWN))
    assert dict(zip(MRKDWN, made, strict=True)) == MRKDWN


async def test_markdown_is_drawn_without_ever_being_html(slack: Sandbox, browser_page: Tab) -> None:
    made = await drawn(browser_page, slack, "markdown", "markdown", list(MARKDOWN))
    assert dict(zip(MARKDOWN, made, strict=True)) == MARKDOWN


async def test_local_times_survive_the_way_there_and_back(slack: Sandbox, browser_page: Tab) -> None:
    await browser_page.page.goto(f"{slack.url}/?as=ana&in=app")
    times = [
        "2026-11-01T00:30",
        "2026-11-01T03:00",
        "2026-03-08T01:59",
        "2026-03-08T03:00",
        "2026-07-01T12:00",
    ]
    back = await browser_page.page.evaluate(
        """async (times) => {
          const { fromField, toField } = await import("/page/static/js/dates.js");
          return times.map((time) => toField(fromField(time, "America/New_York"), "America/New_York"));
        }""",
        times,
    )
    assert back == times
