"""Turns a message typed in pinyin back into characters, by what our own questions and answers are made of."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.text import normalise
from core.text_pinyin import readings

_PARTS = re.compile(r"[a-z]+|\d+(?:\.\d+)?%?|[^\sa-z\d]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_VOWEL = re.compile(r"[aeiouv]")
_LATIN = re.compile(r"[A-Za-z]{2}")
# Written as they are: units of measurement and what stands in names of standards.
PLAIN = frozenset({"kg", "g", "mg", "ml", "l", "cm", "mm", "m", "jjg", "jjf", "gb", "dn", "cqs", "app", "vs"})
# Sentences whose words our answers seldom use, so that they can be typed in pinyin too.
EVERYDAY = (
    "买了3斤虾回家只有2斤4两68一斤", "3斤虾只有2斤4两", "2公斤猪肉差了30克", "5斤苹果少了半斤", "一斤等于多少克", "一公斤等于几斤",
    "10元一斤", "8块钱一斤", "花了20块", "公平秤称了只有", "回家一称只有", "老板少给我2两", "买了螃蟹鱼白菜西瓜鸡蛋排骨牛肉羊肉海参",
    "我要投诉", "我要举报", "我想投诉", "我的投诉", "查进度", "你好", "您好", "谢谢", "谢谢你", "再见", "好的", "人工", "转人工", "在吗",
    "取消", "上一步", "有用", "没用", "都不是", "怎么办", "找谁", "在哪里", "多久", "几天", "多少钱", "要不要", "可以吗", "能不能",
)  # fmt: skip
DIGIT = "0"
EDGE = "^"
BEAM = 20
SYLLABLE = 6
MOST = 80
LEAST = -3.9


@dataclass(frozen=True, slots=True)
class Romanised:
    """What follows what in our texts: counts of one, two and three characters, and the characters of a syllable."""

    ones: Mapping[str, int]
    twos: Mapping[str, int]
    threes: Mapping[str, int]
    sounds: dict[str, tuple[str, ...]]
    total: int

    def characters(self, text: str) -> str | None:
        """Return a message with its pinyin as characters; None where there is none, or nothing likely in it.

        Numbers, units and characters stay as they are; Latin words that are no pinyin leave the message alone.
        """
        if not _LATIN.search(text):
            return None
        parts = _PARTS.findall(unicodedata.normalize("NFKC", text).lower())
        latin = [part for part in parts if part.isascii() and part.isalpha() and part not in PLAIN]
        if not latin or sum(map(len, latin)) > MOST:
            return None
        paths = [(0.0, EDGE + EDGE, 0)]
        for part in parts:
            paths = self._extended(paths, part, typed=part in latin)
            if not paths:
                return None
        score, found, steps = paths[0]
        if steps < 2 or score / steps < LEAST:
            return None
        return _joined(found[2:], parts)

    def _extended(
        self, paths: list[tuple[float, str, int]], part: str, *, typed: bool
    ) -> list[tuple[float, str, int]]:
        if not typed:
            mark = DIGIT if part[0].isdigit() else part[0] if _HAN.match(part) else EDGE
            return [(score, found + mark, steps) for score, found, steps in paths]
        reached: dict[int, list[tuple[float, str, int]]] = defaultdict(list)
        reached[0] = paths
        for start in range(len(part)):
            here = _likeliest(reached.pop(start, []))
            for end in range(start + 1, min(len(part), start + SYLLABLE) + 1) if here else ():
                for character in self.sounds.get(part[start:end], ()):
                    reached[end] += [
                        (score + self._follows(found, character), found + character, steps + 1)
                        for score, found, steps in here
                    ]
        return _likeliest(reached[len(part)])

    def _follows(self, found: str, character: str) -> float:
        before, last = found[-2:], found[-1]
        three = self.threes.get(before + character, 0) / max(self.twos.get(before, 0), 4)
        two = self.twos.get(last + character, 0) / max(self.ones.get(last, 0), 4)
        return math.log(0.6 * three + 0.3 * two + 0.1 * self.ones[character] / self.total)


def _likeliest(paths: list[tuple[float, str, int]]) -> list[tuple[float, str, int]]:
    """Return the best paths, one for each ending, for the ending alone decides what may follow."""
    best: dict[str, tuple[float, str, int]] = {}
    for path in sorted(paths, reverse=True):
        if best.setdefault(path[1][-2:], path) is path and len(best) == BEAM:
            break
    return list(best.values())


def train(questions: Iterable[str], answers: Iterable[str]) -> Romanised:
    """Learn from texts; a question counts as much as several answers, for messages are like questions."""
    ones: Counter[str] = Counter()
    twos: Counter[str] = Counter()
    threes: Counter[str] = Counter()
    for text, weight in _weighed(questions, answers):
        line = EDGE + EDGE + re.sub(r"\d+(?:\.\d+)?%?", DIGIT, normalise(text).replace(" ", EDGE))
        for counts, size in ((ones, 1), (twos, 2), (threes, 3)):
            for start in range(3 - size if size < 3 else 0, len(line) - size + 1):
                counts[line[start : start + size]] += weight
    sounds: dict[str, list[str]] = defaultdict(list)
    for character in ones:
        for syllable in readings(character):
            if _VOWEL.search(syllable):
                sounds[syllable].append(character)
    return Romanised(
        ones, twos, threes, {syllable: tuple(known) for syllable, known in sounds.items()}, ones.total()
    )


def _weighed(questions: Iterable[str], answers: Iterable[str]) -> Iterator[tuple[str, int]]:
    for text in EVERYDAY:
        yield text, 6
    for text in questions:
        yield text, 3
    for text in answers:
        yield text, 1


def _joined(marked: str, parts: list[str]) -> str:
    """Put the numbers and signs that the marks stand for back between the characters."""
    kept = iter([part for part in parts if not (part.isascii() and part.isalpha() and part not in PLAIN)])
    return "".join(next(kept) if mark in (DIGIT, EDGE) else mark for mark in marked)
