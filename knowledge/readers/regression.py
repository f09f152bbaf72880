"""Reads the regression questions that come with the program."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.errors import ContentInvalid
from knowledge.rules.regression import Expectation, RegressionKind

QUESTIONS = Path(__file__).parents[1] / "content" / "regression.yaml"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    ask: list[str] = Field(min_length=1)
    answer: str = ""
    offer: str = ""


def read_regression(path: Path = QUESTIONS) -> tuple[Expectation, ...]:
    """Read rows of `ask` (questions) with `answer` or `offer` (an entry id); with neither, nothing must answer.

    Raises:
        ContentInvalid: the file cannot be read, or a row is not such a row.
    """
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        found = [_Row.model_validate(row) for row in rows]
    except (OSError, yaml.YAMLError, TypeError, ValidationError) as error:
        raise ContentInvalid(f"{path.name}：读不到，或者有一行不是约定的格式（{error}）") from error
    return tuple(_expected(text, row) for row in found for text in row.ask)


def _expected(text: str, row: _Row) -> Expectation:
    if row.answer:
        return Expectation(text, RegressionKind.ANSWER, row.answer)
    if row.offer:
        return Expectation(text, RegressionKind.OFFER, row.offer)
    return Expectation(text, RegressionKind.REJECT)
