"""Chance: long enough, never twice, and readable aloud where people read it."""

from core.ids import READABLE, SystemIds


def test_tokens_carry_the_asked_number_of_random_bytes() -> None:
    ids = SystemIds()
    assert len(ids.random_bytes(32)) == 32
    assert len(ids.token(32)) >= 43
    assert len({ids.token(9) for _ in range(1000)}) == 1000


def test_readable_ids_avoid_characters_people_confuse() -> None:
    drawn = "".join(SystemIds().readable(8) for _ in range(500))
    assert set(drawn) <= set(READABLE)
    assert not set(drawn) & set("01OIL")
