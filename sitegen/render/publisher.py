"""The publisher, as search engines and other readers of schema.org are told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from jinja2.runtime import Context

from sitegen.render import vocabulary as schema
from sitegen.render.addresses import absolute

POLICIES: Mapping[str, str] = {
    "corrections": "correctionsPolicy",
    "coverage": "missionCoveragePrioritiesPolicy",
    "diversity": "diversityPolicy",
    "ethics": "ethicsPolicy",
    "fact_checking": "verificationFactCheckingPolicy",
    "feedback": "actionableFeedbackPolicy",
    "masthead": "masthead",
    "no_bylines": "noBylinesPolicy",
    "ownership": "ownershipFundingInfo",
    "principles": "publishingPrinciples",
    "staff_diversity": "diversityStaffingReport",
    "unnamed_sources": "unnamedSourcesPolicy",
}
"""Names of policies that schema.org has a property for; any other is a link and nothing more."""


def imprint(context: Context) -> schema.NewsMediaOrganization:
    """The publisher with its promises, whole on every page: many readers read but one."""
    site = context["site"]
    publisher = site["publisher"]
    home = absolute(context, "/")
    logo: schema.ImageObject = {}
    if publisher["logo"]:
        logo = {"@type": "ImageObject", "url": absolute(context, publisher["logo"])}
    promises = {
        POLICIES[name]: absolute(context, url)
        for name, url in publisher["policies"].items()
        if name in POLICIES and not url.startswith("mailto:")
    }
    elsewhere = (link["url"] for link in publisher["follow"])
    organization: schema.NewsMediaOrganization = {
        "@type": "NewsMediaOrganization",
        "@id": f"{home}#publisher",
        "name": publisher["name"],
        "url": home,
        "logo": logo,
        "slogan": site["tagline"],
        "foundingDate": publisher["founded"],
        "sameAs": [url for url in elsewhere if url.startswith(("https://", "http://"))],
    }
    # The names are those of the type, as a test makes sure.
    return cast(schema.NewsMediaOrganization, {**organization, **promises})
