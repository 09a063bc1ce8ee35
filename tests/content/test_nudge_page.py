"""The page that lists what the weekly message may say is as the content is."""

from content import Content
from content.nudge_page import PAGE, page


def test_the_page_lists_every_text_as_it_is_now(content: Content) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(content), (
        "write it anew with: python -m content.nudge_page"
    )
    for nudge in content.nudges:
        assert nudge.action in page(content)
