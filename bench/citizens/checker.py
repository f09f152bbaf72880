"""Judge answers to citizens' questions by what their gists demand: content, numbers, law and kind."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

EXPECTED = Path(__file__).with_name("expected.yaml")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one answer lacks and what it should not have said; right where both are empty."""

    id: str
    missing: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Say whether nothing is missing and nothing wrong."""
        return not (self.missing or self.wrong)


def expectations() -> dict[str, Mapping[str, Sequence[str]]]:
    """Return what is expected, by the question's id; `everywhere` binds all."""
    read = yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))
    return {str(name): wanted for name, wanted in read.items()}


def judged(answer: Mapping[str, Any], wanted: Mapping[str, Sequence[str]], never: Sequence[str]) -> Verdict:
    """Judge one line of `ask --batch` by what is wanted of it."""
    text = plain(str(answer["text"]))
    laws = plain("".join(f"{cite['law']}{cite['article']}；" for cite in answer["citations"])) + text
    missing = [f"/{pattern}/" for pattern in wanted.get("must", ()) if not re.search(pattern, text)]
    if answer["kind"] not in ("answer", *wanted.get("kinds", ())):
        missing.append(f"kind {answer['kind']}")
    if "law" in wanted and not any(re.search(law, laws) for law in wanted["law"]):
        missing.append("law " + "|".join(wanted["law"]))
    wrong = [f"/{pattern}/" for pattern in (*never, *wanted.get("never", ())) if re.search(pattern, text)]
    return Verdict(str(answer["id"]), tuple(missing), tuple(wrong))


def plain(text: str) -> str:
    """Return a text in NFKC without white space, as the patterns expect it."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
