"""Puts a message that only says half (那加油机呢, 要钱吗) together with the question before it."""

import re
from collections.abc import Iterator

from core.text import key
from knowledge.rules.subjects import Mention, Subjects, load_subjects

LONGEST = 14
LEAD = re.compile(
    r"^(?:那么|那|然后|还有|另外|顺便问一下|顺便|再问一下|再问|请问|哦|嗯|对了|如果是|要是|换成|改成)+"
)
TAIL = re.compile(r"(?:的话|呢|啊|呀|怎么样|咋样|又如何|怎么说|也是吗|也一样吗|一样吗|那)+$")
JOINED = re.compile(r"^(?:那|然后|还有|要是|如果)")
# What one may ask about anything: price, time, place, punishment, error, and the like.
ASPECT = re.compile(
    r"钱|收费|免费|费用|多久|几年|几个月|多长时间|几天|什么时候|周期|期限|哪里|哪儿|在哪|去哪|上哪|到哪|找谁|谁管|谁来|谁检|谁换|谁出|归谁"
    r"|罚|后果|会怎|怎么处理|误差|差多少|允许|准不准|怎么|咋|如何|材料|手续|没检|不检|超期|过期|到期|坏了|依据|哪条|哪一条|凭什么|为什么|为啥"
    r"|赔|退|能不能|可以吗|要不要|需要|用不用|必须|多少"
)


def completed(text: str, before: str) -> Iterator[str]:
    """Return what `text` may ask after the question `before`, the likelier first; nothing where it is whole itself."""
    subjects = load_subjects()
    core = _core(text)
    if not before or not is_half(text):
        return
    named = subjects.mentioned(core)
    yield from _swapped(named[0], before, subjects) if named else _turned(core, before, subjects)


def is_half(text: str) -> bool:
    """Tell whether a message may be half a question: nothing but a subject, or what one asks about any."""
    core = _core(text)
    if not core or len(core) > LONGEST:
        return False
    named = load_subjects().mentioned(core)
    return _is_name(core, named) if named else ASPECT.search(core) is not None


def leans(text: str) -> bool:
    """Tell whether a message says by its first words that it goes on from the one before."""
    return JOINED.search(key(text)) is not None


def _core(text: str) -> str:
    return TAIL.sub("", LEAD.sub("", key(text)))


def _is_name(core: str, named: list[Mention]) -> bool:
    """Tell whether a text says nothing but one subject, give or take 的 and 用的."""
    said = named[-1].end - named[0].start
    return len({one.subject for one in named}) == 1 and len(core) - said <= 2


def _swapped(named: Mention, before: str, subjects: Subjects) -> Iterator[str]:
    text = key(before)
    same = [one for one in subjects.mentioned(text) if one.subject.kind == named.subject.kind]
    if any(one.subject == named.subject for one in same):
        return
    if same:
        yield f"{text[: same[0].start]}{named.subject.say}{text[same[-1].end :]}"
    else:
        yield f"{named.subject.say}{text}"


def _turned(core: str, before: str, subjects: Subjects) -> Iterator[str]:
    verified = "检定" if "检" in before and "检" not in core else ""
    for kind in ("instrument", "goods", "track"):
        for one in subjects.mentioned(before):
            if one.subject.kind == kind:
                yield f"{one.subject.say}{verified}{core}"
                yield f"{before} {core}"
                return
