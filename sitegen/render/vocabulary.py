"""The types of schema.org that pages use, each with those of its properties that we fill.

`tests/schema_org/` holds what release 30.1 of the vocabulary says of every name here. A property
that is empty is left out when a value is written, so all of them may be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

Thing = Mapping[str, object]
"""Any of the types below."""

Reference = TypedDict("Reference", {"@id": str}, total=False)
"""A thing that is described elsewhere, by its name for machines (JSON-LD 1.1, 3.3)."""

Person = TypedDict(
    "Person",
    {
        "@type": str,
        "name": str,
        "url": str,
        "jobTitle": str,
        "description": str,
        "image": str,
        "sameAs": Sequence[str],
        "worksFor": "Organization",
    },
    total=False,
)
Organization = TypedDict("Organization", {"@type": str, "name": str, "url": str}, total=False)
ImageObject = TypedDict(
    "ImageObject",
    {
        "@type": str,
        "url": str,
        "contentUrl": str,
        "width": str,
        "height": str,
        "caption": str,
        "creditText": str,
        "creator": Person,
        "copyrightNotice": str,
        "license": str,
        "digitalSourceType": str,
    },
    total=False,
)
NewsMediaOrganization = TypedDict(
    "NewsMediaOrganization",
    {
        "@type": str,
        "@id": str,
        "name": str,
        "url": str,
        "logo": ImageObject,
        "slogan": str,
        "foundingDate": str,
        "sameAs": Sequence[str],
        "actionableFeedbackPolicy": str,
        "correctionsPolicy": str,
        "diversityPolicy": str,
        "diversityStaffingReport": str,
        "ethicsPolicy": str,
        "masthead": str,
        "missionCoveragePrioritiesPolicy": str,
        "noBylinesPolicy": str,
        "ownershipFundingInfo": str,
        "publishingPrinciples": str,
        "unnamedSourcesPolicy": str,
        "verificationFactCheckingPolicy": str,
    },
    total=False,
)
AudioObject = TypedDict("AudioObject", {"@type": str, "name": str, "contentUrl": str}, total=False)
CorrectionComment = TypedDict(
    "CorrectionComment", {"@type": str, "text": str, "datePublished": str}, total=False
)
CreativeWork = TypedDict(
    "CreativeWork",
    {"@type": str, "name": str, "url": str, "publisher": Organization},
    total=False,
)
WebPageElement = TypedDict(
    "WebPageElement",
    {"@type": str, "isAccessibleForFree": bool, "cssSelector": str},
    total=False,
)
SpeakableSpecification = TypedDict(
    "SpeakableSpecification", {"@type": str, "cssSelector": Sequence[str]}, total=False
)
NewsArticle = TypedDict(
    "NewsArticle",
    {
        "@type": str,
        "@id": str,
        "headline": str,
        "description": str,
        "url": str,
        "mainEntityOfPage": str,
        "inLanguage": str,
        "datePublished": str,
        "dateModified": str,
        "author": Sequence[Person | Organization],
        "editor": Person,
        "publisher": NewsMediaOrganization,
        "image": Sequence[ImageObject],
        "audio": AudioObject,
        "articleSection": str,
        "keywords": Sequence[str],
        "wordCount": int,
        "isAccessibleForFree": bool,
        "hasPart": WebPageElement,
        "correction": Sequence[CorrectionComment],
        "citation": Sequence[CreativeWork],
        "digitalSourceType": str,
        "speakable": SpeakableSpecification,
        "workTranslation": Sequence[Reference],
        "translationOfWork": Reference,
    },
    total=False,
)
"""An article of any kind: `@type` is NewsArticle or another kind of Article."""

ListItem = TypedDict(
    "ListItem", {"@type": str, "position": int, "name": str, "item": str}, total=False
)
BreadcrumbList = TypedDict(
    "BreadcrumbList", {"@type": str, "itemListElement": Sequence[ListItem]}, total=False
)
WebSite = TypedDict(
    "WebSite",
    {
        "@type": str,
        "@id": str,
        "name": str,
        "url": str,
        "description": str,
        "inLanguage": str,
        "publisher": NewsMediaOrganization,
    },
    total=False,
)
ProfilePage = TypedDict(
    "ProfilePage",
    {"@type": str, "url": str, "name": str, "inLanguage": str, "mainEntity": Person},
    total=False,
)
Answer = TypedDict("Answer", {"@type": str, "text": str}, total=False)
Question = TypedDict("Question", {"@type": str, "name": str, "acceptedAnswer": Answer}, total=False)
FAQPage = TypedDict(
    "FAQPage", {"@type": str, "url": str, "inLanguage": str, "mainEntity": Sequence[Question]}
)
