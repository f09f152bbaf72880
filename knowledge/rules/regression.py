"""What a publication must not unlearn: questions with what must come of them, before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from knowledge.rules.answers import Answer, AnswerKind

SHOWN = 60


class RegressionKind(StrEnum):
    """What must come of a question: its entry answers, its entry is at least offered, or we do not know."""

    ANSWER = "answer"
    OFFER = "offer"
    REJECT = "reject"


class Series(StrEnum):
    """What is measured: the kept questions, what must stay 不知道, phrasings of edited entries and of the others."""

    QUESTIONS = "questions"
    REJECTS = "rejects"
    EDITED = "edited"
    PHRASINGS = "phrasings"


SERIES_NAMES = {
    Series.QUESTIONS: "回归问题",
    Series.REJECTS: "应当答不知道的问题",
    Series.EDITED: "改动词条原有的问法（抽样，逐条留出）",
    Series.PHRASINGS: "其余词条的问法（抽样，逐条留出）",
}


@dataclass(frozen=True, slots=True)
class Expectation:
    """A question and what must come of it; `entry_id` is empty where nothing answers."""

    text: str
    kind: RegressionKind
    entry_id: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an index makes of a question: the kind of answer, and the entry that answers or is offered first."""

    kind: str
    entry_id: str
    title: str

    @staticmethod
    def of(answer: Answer) -> "Verdict":
        """Return the verdict in an answer."""
        entry = answer.entry or (answer.candidates[0].entry if answer.candidates else None)
        return Verdict(answer.kind.value, entry.id if entry else "", entry.question if entry else "")


@dataclass(frozen=True, slots=True)
class Trial:
    """One question asked of one index: was it right, and what came of it."""

    right: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the questions both indexes were asked came out right, before and after.

    A sample sways by itself: up to `slack` fewer count as the same.
    """

    series: Series
    asked: int
    old: int
    new: int
    slack: int = 0

    @property
    def worse(self) -> bool:
        """Tell whether fewer come out right than before."""
        return self.new < self.old - self.slack


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that comes out otherwise than before."""

    text: str
    old: Verdict
    new: Verdict


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that was right and no longer is."""

    series: Series
    text: str
    expected: str
    old: Verdict
    new: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """What a publication changes: scores old → new, what fails now, which answers change, what new phrasings miss."""

    on: date
    scores: tuple[Score, ...]
    failures: tuple[Failure, ...]
    changed: tuple[Difference, ...]
    unmet: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Tell whether no score is worse."""
        return not any(score.worse for score in self.scores)

    def as_json(self) -> dict[str, Any]:
        """Return the report as it is kept, its lists cut to what a person reads."""
        plain = asdict(self)
        return plain | {
            "on": self.on.isoformat(),
            "failures": plain["failures"][:SHOWN],
            "changed": plain["changed"][:SHOWN],
            "unmet": plain["unmet"][:SHOWN],
        }

    @staticmethod
    def from_json(plain: Mapping[str, Any]) -> "Report":
        """Return the report that was kept."""
        return Report(
            on=date.fromisoformat(plain["on"]),
            scores=tuple(Score(**row | {"series": Series(row["series"])}) for row in plain["scores"]),
            failures=tuple(
                Failure(
                    Series(row["series"]),
                    row["text"],
                    row["expected"],
                    Verdict(**row["old"]),
                    Verdict(**row["new"]),
                )
                for row in plain["failures"]
            ),
            changed=tuple(
                Difference(row["text"], Verdict(**row["old"]), Verdict(**row["new"]))
                for row in plain["changed"]
            ),
            unmet=tuple(plain["unmet"]),
        )


def right(answer: Answer, expected: Expectation) -> bool:
    """Tell whether an answer is what was expected."""
    given = answer.entry.id if answer.entry else ""
    match expected.kind:
        case RegressionKind.ANSWER:
            return given == expected.entry_id
        case RegressionKind.OFFER:
            return expected.entry_id in {given, *(hit.entry.id for hit in answer.candidates)}
        case RegressionKind.REJECT:
            return answer.kind is AnswerKind.REJECT and answer.entry is None


def scored(series: Series, trials: Iterable[tuple[Trial, Trial]], *, slack: int = 0) -> Score:
    """Count what came out right in pairs of old and new."""
    pairs = list(trials)
    return Score(
        series,
        len(pairs),
        sum(old.right for old, _ in pairs),
        sum(new.right for _, new in pairs),
        slack,
    )
