"""The plain forms of a page: what they ask for arrives, with all that the settings say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import NewReader
from tests.site_test import SETTINGS, SiteTest

FORMS = """\
[support]
action = "https://donate.example/give?campaign=autumn&who=a%26b"
amounts = [5, 10]
[newsletter]
action = "https://letter.example/join?list=7"
field = "EMAIL"
"""


def test_what_stands_in_the_address_of_a_form_is_sent_along(
    site: SiteTest, serve: Callable[[Path], str], new_reader: NewReader
) -> None:
    """A form sent with GET would lose the query of its action; one sent with POST keeps it."""
    site.settings(SETTINGS + FORMS).write("a.md").build().ok()
    reader = new_reader(origin=serve(site.public))
    reader.expected += ["request to another host: https://(donate|letter).example/"]
    asked = reader.answer("https://donate.example/**", "thank you")
    page = reader.open("/2026/11/a/")
    page.get_by_label("€10").check()
    page.locator(".support button").click()
    page.wait_for_url("https://donate.example/**")
    assert asked == ["https://donate.example/give?campaign=autumn&who=a%26b&amount=10"]
    asked = reader.answer("https://letter.example/**", "welcome")
    page = reader.open("/2026/11/a/")
    email = page.get_by_label("Your e-mail address")
    expect(email).to_have_attribute("autocomplete", "email")
    email.fill("zoe@reader.example")
    with page.expect_request("https://letter.example/**") as sent:
        email.press("Enter")
    assert sent.value.post_data == "EMAIL=zoe%40reader.example"
    assert asked == ["https://letter.example/join?list=7"]
