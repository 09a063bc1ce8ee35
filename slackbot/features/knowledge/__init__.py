"""What the field knows, told: education, experience, training, résumé, packet, compliance, questions, words, sources."""

from slackbot.feature import Feature, Subcommand
from slackbot.features.knowledge.outcomes import outcomes
from slackbot.features.knowledge.questions import faq, glossary
from slackbot.features.knowledge.shelves import (
    COMPLIANCE,
    EDUCATION,
    EXPERIENCE,
    PACKET,
    RESUME,
    SOURCES,
    TRAINING,
    Shelf,
)


def _shelf(shelf: Shelf, summary: str, nouns: tuple[str, ...], aliases: tuple[str, ...]) -> Subcommand:
    return Subcommand(shelf.name, summary, shelf.run, "Ask", usage="[words]", aliases=aliases, nouns=nouns)


FEATURE = Feature(
    name="knowledge",
    subcommands=(
        _shelf(
            EDUCATION,
            "degrees, and who vouches for them.",
            ("education", "accreditation"),
            ("degree", "degrees", "school"),
        ),
        _shelf(EXPERIENCE, "which experience counts, and where to begin.", ("experience",), ()),
        _shelf(TRAINING, "training from employers and associations.", ("training",), ("trainings",)),
        Subcommand(
            "outcomes",
            "the six outcomes, and how each is measured.",
            outcomes,
            "Ask",
            usage="[name]",
            aliases=("outcome", "metrics", "metric", "measures"),
            nouns=("outcome", "metric", "nudge"),
        ),
        _shelf(RESUME, "how to put it on your résumé.", ("resume",), ("cv", "résumé")),
        _shelf(PACKET, "what belongs into a promotion packet.", ("packet",), ()),
        _shelf(
            COMPLIANCE,
            "patient data, gifts, and wording to avoid.",
            ("compliance",),
            ("rules", "legal", "stark", "hipaa"),
        ),
        Subcommand(
            "faq",
            "questions liaisons ask.",
            faq,
            "Ask",
            usage="[words]",
            aliases=("questions", "question"),
            nouns=("faq",),
        ),
        Subcommand(
            "glossary",
            "words of the trade.",
            glossary,
            "Ask",
            usage="[term]",
            aliases=("words", "term", "terms"),
            nouns=("term",),
        ),
        _shelf(
            SOURCES,
            "where answers come from, and what the badges mean.",
            ("source",),
            ("source", "badges"),
        ),
    ),
)
