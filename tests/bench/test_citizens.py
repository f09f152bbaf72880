from bench.citizens.checker import expectations, judged

WANTED = {"must": [r"(?<![\d.])75(克|g)"], "never": ["没有超"], "law": ["定量包装"]}
CITED = [{"law": "定量包装商品计量监督管理办法", "article": "附件3"}]


def _answer(text: str, *, kind: str = "answer", cited: bool = True) -> dict[str, object]:
    return {"id": 1, "kind": kind, "text": text, "citations": CITED if cited else []}


def test_an_answer_with_the_number_and_the_law_is_right() -> None:
    assert judged(_answer("允许短缺 75 克，少 200 克超出了。"), WANTED, ()).right


def test_a_number_that_only_contains_the_right_one_is_not_right() -> None:
    assert judged(_answer("允许短缺 175 克。"), WANTED, ()).missing == (r"/(?<![\d.])75(克|g)/",)


def test_a_missing_law_and_another_kind_are_named() -> None:
    assert len(judged(_answer("75克", kind="clarify", cited=False), WANTED, ()).missing) == 2


def test_a_contradiction_and_a_verdict_are_wrong() -> None:
    never = expectations()["everywhere"]["never"]
    assert len(judged(_answer("75克，没有超。这属于违法。"), WANTED, never).wrong) == 2


def test_every_question_has_an_expectation() -> None:
    assert {str(number) for number in range(1, 68)} == expectations().keys() - {"everywhere"}
