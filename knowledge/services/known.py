"""What a process answers from: the laws and topics it came with, and the entries of one publication."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.text_words import Segmenter
from knowledge.rules.entries import Content
from knowledge.rules.synonyms import Synonyms
from knowledge.rules.versions import Edition
from knowledge.services.index import KnowledgeIndex, build


@dataclass(frozen=True, slots=True)
class Known:
    """One publication made ready: its content, its index, its number (0: as shipped), its versions by entry."""

    content: Content
    index: KnowledgeIndex
    number: int = 0
    versions: Mapping[str, int] = field(default_factory=dict)


def shipped(content: Content, segmenter: Segmenter) -> Known:
    """Return the content the program came with, made ready."""
    return Known(content, build(content.entries, segmenter=segmenter))


def of_edition(edition: Edition, content: Content, segmenter: Segmenter) -> Known:
    """Return an edition made ready; laws and topics are those of `content`."""
    kept = replace(content, entries=edition.entries)
    return Known(kept, index_of(edition, segmenter), edition.number, edition.versions)


def index_of(edition: Edition, segmenter: Segmenter) -> KnowledgeIndex:
    """Build the index of an edition."""
    return build(edition.entries, segmenter=segmenter, synonyms=Synonyms.of(edition.wordings))
