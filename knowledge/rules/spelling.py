"""Rights what is written by ear: characters that sound like a term of ours and are no word themselves."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.text_pinyin import reading
from core.text_words import TERMS, Segmenter
from knowledge.rules.subjects import load_subjects

# Asked so often that a slip in them must not hide the question.
COMMON = ("多久", "多少", "投诉", "举报", "检定", "强制检定", "缺斤短两", "短斤少两", "标签", "证书", "罚款", "赔偿", "误差", "有效期")  # fmt: skip
LONGEST = 8
# Words of one character that stand beside anything; what holds one of them is no term misspelt.
SMALL = frozenset(" 的是了大小不在有我你他她这那十个上下中来去到和也就都还要会能没")
_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


@dataclass(frozen=True, slots=True)
class Spelling:
    """Our terms by their sound, exact for short ones and blurred for those of three characters or more."""

    heard: dict[tuple[str, ...], str]
    blurred: dict[tuple[str, ...], str]
    segmenter: Segmenter

    def righted(self, normalised: str) -> str:
        """Return normalised text with what is written by ear as the term it stands for.

        Whole words only are taken together, never parts of a word, and what is a word itself stays as it is.
        """
        pieces = self.segmenter.pieces(normalised)
        if all(len(piece) > 1 or piece.isascii() or piece == " " for piece in pieces):
            return normalised
        done: list[str] = []
        start = 0
        while start < len(pieces):
            width, term = self._term(pieces, start)
            done.append(term or pieces[start])
            start += width
        return "".join(done)

    def _term(self, pieces: list[str], start: int) -> tuple[int, str]:
        for end in range(min(len(pieces), start + LONGEST), start + 1, -1):
            said = "".join(pieces[start:end])
            if 1 < len(said) <= LONGEST and not self._is_word(said) and not SMALL & set(pieces[start:end]):
                term = self._heard(said)
                if term and term != said and set(term) & set(said):
                    return end - start, term
        return 1, ""

    def _heard(self, said: str) -> str | None:
        sounds = tuple(reading(said))
        return self.heard.get(sounds) or (self.blurred.get(blur(sounds)) if len(said) > 2 else None)

    def _is_word(self, said: str) -> bool:
        return self.segmenter.weights.get(said, -math.inf) > -math.inf


def blur(sounds: Iterable[str]) -> tuple[str, ...]:
    """Return syllables as those say them who do not tell zh from z or n from ng."""
    blurred = []
    for sound in sounds:
        for said, heard in _MERGED:
            sound = sound.replace(said, heard)  # noqa: PLW2901 - the syllable changes step by step
        blurred.append(sound)
    return tuple(blurred)


def load_spelling(segmenter: Segmenter, path: Path = TERMS) -> Spelling:
    """Build the table from our list of terms, the subjects' names, and what is asked most."""
    listed = [line.split("#")[0].split() for line in path.read_text(encoding="utf-8").splitlines()]
    terms = [*(words[0] for words in listed if words), *load_subjects().by_name, *COMMON]
    heard: dict[tuple[str, ...], str] = {}
    blurred: dict[tuple[str, ...], str] = {}
    for term in reversed([term for term in terms if 1 < len(term) <= LONGEST]):
        sounds = tuple(reading(term))
        heard[sounds] = term
        if len(term) > 2:
            blurred[blur(sounds)] = term
    return Spelling(heard, blurred, segmenter)
