"""Tells whether two questions mean the same: they sound the same, or one says nothing of substance the other lacks."""

from dataclasses import dataclass

from core.text import normalise
from core.text_pinyin import reading
from knowledge.rules.shelf import Cut
from knowledge.rules.synonyms import Synonyms

SHORT = 4  # up to this many characters only what sounds the same is the same question
SHARED = 0.6  # of the words of substance of both, at least this share is in common
# Words that ask: with another of them, or without, it is another question.
ASKING = frozenset(
    [
        "多久",
        "多少",
        "多少钱",
        "多大",
        "多长",
        "多长时间",
        "什么时候",
        "几",
        "几年",
        "几个月",
        "几天",
        "哪",
        "哪里",
        "哪儿",
        "哪个",
        "去哪",
        "谁",
        "找谁",
    ]
)
# What a question may carry or lack and stay the same question.
LIGHT = frozenset(
    [
        "的",
        "了",
        "啊",
        "呀",
        "呢",
        "吗",
        "吧",
        "嘛",
        "哦",
        "啦",
        "么",
        "哈",
        "哎",
        "就",
        "都",
        "也",
        "还",
        "很",
        "太",
        "又",
        "再",
        "我",
        "你",
        "您",
        "他",
        "她",
        "它",
        "咱",
        "俺",
        "我们",
        "你们",
        "人家",
        "这",
        "那",
        "个",
        "这个",
        "那个",
        "是",
        "有",
        "在",
        "到",
        "给",
        "跟",
        "和",
        "与",
        "把",
        "被",
        "让",
        "对",
        "从",
        "着",
        "过",
        "要",
        "想",
        "能",
        "会",
        "该",
        "应该",
        "可以",
        "可能",
        "一下",
        "请",
        "问",
        "请问",
        "麻烦",
        "你好",
        "您好",
        "谢谢",
        "想问",
        "知道",
        "不知道",
        "帮",
        "帮忙",
        "现在",
        "今天",
        "刚才",
        "刚",
        "昨天",
        "如果",
        "要是",
        "怎么",
        "怎么办",
        "怎么回事",
        "怎么弄",
        "怎么处理",
        "怎样",
        "怎么样",
        "如何",
        "咋",
        "咋办",
        "咋整",
        "咋弄",
        "咋回事",
        "为什么",
        "为啥",
        "为何",
        "什么",
        "啥",
        "原因",
        "回事",
        "事",
        "办",
        "是不是",
        "能不能",
        "可不可以",
        "正常",
        "处理",
        "解决",
        "情况",
        "问题",
    ]
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question as it sounds, and its words of substance."""

    seen: str
    heard: tuple[str, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ear:
    """Takes questions apart and compares them; synonyms count as the word they mean."""

    cut: Cut
    synonyms: Synonyms

    def spoken(self, text: str) -> Spoken:
        """Take a question apart."""
        plain = normalise(text)
        words = {*self.cut(plain), *self.cut(self.synonyms.added(plain))}
        return Spoken(plain, tuple(reading(plain)), frozenset(words - LIGHT))

    def same(self, one: Spoken, other: Spoken) -> bool:
        """Tell whether two questions mean the same, rather too seldom than too often."""
        if one.heard == other.heard:
            return True
        if min(len(one.seen), len(other.seen)) <= SHORT:
            return False
        shared, every = len(one.words & other.words), len(one.words | other.words)
        within = one.words <= other.words or other.words <= one.words
        if one.words & ASKING != other.words & ASKING:
            return False
        return within and shared >= SHARED * every > 0
