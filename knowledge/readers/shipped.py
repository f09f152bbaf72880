"""What comes with the program: answers, laws and topics, synonyms, regression questions."""

from dataclasses import dataclass

from knowledge.readers.content import read_content
from knowledge.readers.regression import read_regression
from knowledge.rules.entries import Content
from knowledge.rules.regression import Expectation
from knowledge.rules.synonyms import Wording, load_wordings


@dataclass(frozen=True, slots=True)
class Shipped:
    """Everything an installation starts from."""

    content: Content
    wordings: tuple[Wording, ...]
    expectations: tuple[Expectation, ...]


def read_shipped() -> Shipped:
    """Read the program's files; takes a third of a second, so never inside a unit of work.

    Raises:
        ContentInvalid: one of them breaks its format.
    """
    return Shipped(read_content(), load_wordings(), read_regression())
