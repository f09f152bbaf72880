"""What retrieval is measured on: documents, and questions with the documents that answer them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """One document of a corpus."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question and the ids of the documents that answer it; none where nothing does."""

    text: str
    relevant: frozenset[str]
