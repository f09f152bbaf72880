"""Says what is wrong with an entry or a row of synonyms before it is saved, one sentence per field."""

import re
from collections.abc import Iterator

from core.text import key
from knowledge.rules.entries import Content, Entry
from knowledge.rules.synonyms import Wording

LONGEST_ANSWER = 120
LONGEST_QUESTION = 60
LONGEST_DETAIL = 1200
MOST_PHRASINGS = 40
ITEM_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,63}")


def entry_problems(entry: Entry, content: Content) -> dict[str, str]:
    """Return what is wrong, by field; an empty answer when nothing is. `content` knows the laws and topics."""
    return dict([*_naming(entry, content), *_asking(entry), *_saying(entry), *_resting(entry, content)])


def wording_problems(wording: Wording) -> dict[str, str]:
    """Return what is wrong with a row of synonyms, by field."""
    found: dict[str, str] = {}
    said = [key(word) for word in wording.say]
    if not said or not all(said):
        found["say"] = "至少写一种人们的说法，每种一行，不要空行"
    elif len(set(said)) != len(said):
        found["say"] = "同一种说法写了两遍，请留一个"
    if not key(wording.mean):
        found["mean"] = "请写我们的词条里用的词，多个词用空格隔开"
    elif set(said) & {key(word) for word in wording.mean.split()}:
        found["mean"] = "人们的说法和我们的词不能相同"
    return found


def _naming(entry: Entry, content: Content) -> Iterator[tuple[str, str]]:
    if not ITEM_ID.fullmatch(entry.id):
        yield "id", "编号只用小写字母、数字和短横，2 到 64 个字符"
    if entry.topic not in {topic.id for topic in content.topics}:
        yield "topic", "请从现有主题里选一个"


def _asking(entry: Entry) -> Iterator[tuple[str, str]]:
    if not 2 <= len(entry.question.strip()) <= LONGEST_QUESTION:
        yield "question", f"问题写 2 到 {LONGEST_QUESTION} 个字"
    keys = [key(phrasing) for phrasing in entry.phrasings]
    if not all(keys[1:]):
        yield "ask", "有一行问法是空的，请删去"
    elif len(set(keys)) != len(keys):
        yield "ask", "有两行问法只差标点或空格，请留一个"
    elif len(keys) > MOST_PHRASINGS:
        yield "ask", f"问法最多 {MOST_PHRASINGS} 条，请留下真正不同的"


def _saying(entry: Entry) -> Iterator[tuple[str, str]]:
    if not entry.answer.strip():
        yield "answer", "请写结论"
    elif len(entry.answer) > LONGEST_ANSWER:
        yield "answer", f"结论最多 {LONGEST_ANSWER} 个字，现在 {len(entry.answer)} 个，其余写进说明"
    if len(entry.detail) > LONGEST_DETAIL:
        yield "detail", f"说明最多 {LONGEST_DETAIL} 个字，现在 {len(entry.detail)} 个"


def _resting(entry: Entry, content: Content) -> Iterator[tuple[str, str]]:
    unknown = [cite.law for cite in entry.citations if cite.law not in content.laws]
    if unknown:
        yield "citations", f"法规表里没有 {'、'.join(unknown)}"
    if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
        yield "valid_to", "失效日期不能早于生效日期"
