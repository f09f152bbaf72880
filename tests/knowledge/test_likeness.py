"""Questions are one group only where they ask the same: rather two groups too many than one answer too few."""

import pytest

from core.text_words import Segmenter
from knowledge.rules.likeness import Ear
from knowledge.rules.synonyms import Synonyms, Wording, load_synonyms


@pytest.fixture(scope="module")
def ear(segmenter: Segmenter) -> Ear:
    return Ear(segmenter.search_words, load_synonyms())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("电子秤多久检一次", "电子称多久检一次"),
        ("电子秤多久检一次", "dianzicheng duojiu jian yici"),
        ("洗衣粉少了半斤咋整", "请问洗衣粉少了半斤怎么办呢"),
        ("加油机为什么跳枪", "加油机为啥跳枪啊"),
        ("手机电池容量虚标找谁", "手机电池容量虚标，找谁？"),
    ],
)
def test_the_same_in_other_words(ear: Ear, one: str, other: str) -> None:
    assert ear.same(ear.spoken(one), ear.spoken(other))
    assert ear.same(ear.spoken(other), ear.spoken(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("电子秤多久检一次", "水表多久检一次"),
        ("电表走得快找谁", "水表走得快找谁"),
        ("怎么投诉商家", "怎么举报商家"),
        ("狗粮净含量不足", "猫粮净含量不足"),
        ("电子秤多久检一次", "电子秤怎么检"),
        ("水表", "电表"),
        ("怎么办", "怎么回事"),
    ],
)
def test_something_else(ear: Ear, one: str, other: str) -> None:
    assert not ear.same(ear.spoken(one), ear.spoken(other))


def test_a_word_with_two_meanings_means_both() -> None:
    rows = (Wording("a", ("磅",), "汽车衡"), Wording("b", ("磅", "称"), "秤"))
    assert Synonyms.of(rows).added("过磅少了") == "汽车衡 秤"
    assert Synonyms.of(rows).added("称一称") == "秤"
