"""The evaluate command prints the promised figures and refuses with one line."""

import dataclasses
import json
from pathlib import Path

import pytest

from core.database import Database
from core.text_words import Segmenter
from knowledge.commands import main
from knowledge.readers.content import read_content
from knowledge.rules.confidence import Shape
from knowledge.rules.samples import Question, Sample
from knowledge.services import own
from knowledge.services.evaluation import evaluate
from tests.knowledge.conftest import ENTRIES, entry

CORPUS = [
    Sample("a", "怎么学英语", "怎么学英语"),
    Sample("b", "水表几年换", "水表几年换"),
    Sample("c", "怎么做饭", ""),
]
EVAL = Path(__file__).parents[3] / "shared" / "eval"


def run(arguments: list[str]) -> int:
    """Run a command that must not ask for the database."""

    def never() -> Database:
        raise AssertionError("measuring opens no database")

    return main(arguments, never)


def written(path: Path, rows: list[dict[str, object]]) -> str:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_hits_ranks_and_rejection_are_counted(segmenter: Segmenter) -> None:
    asked = [Question("学英语怎么学", frozenset("a")), Question("怎么学英语", frozenset("b"))]
    report = evaluate(CORPUS, asked, segmenter=segmenter, unanswerable=[Question("股票", frozenset())])
    assert (report.hit_1, report.mrr_10) == (0.5, 0.5)
    assert report.reject_auroc == 1.0


def test_the_command_prints_every_promised_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = written(tmp_path / "c.jsonl", [dataclasses.asdict(sample) for sample in CORPUS])
    asked = written(tmp_path / "q.jsonl", [{"id": "1", "text": "水表多久换", "relevant": ["b"]}])
    outside = written(tmp_path / "o.jsonl", [{"id": "2", "text": "讲个笑话"}])
    assert run(["evaluate", "--corpus", corpus, "--queries", asked, "--ood", outside, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert set(figures) == {"hit@1", "hit@5", "mrr@10", "reject_auroc", "latency_us", "build_s", "index_mb"}
    assert set(figures["latency_us"]) == {"p50", "p99"}
    assert figures["hit@1"] == 1.0


def test_a_missing_file_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "no.jsonl")
    assert run(["evaluate", "--corpus", missing, "--queries", missing]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_wrong_usage_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate"]) == 2
    assert "--corpus" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(not EVAL.exists(), reason="the public question sets are not beside the project")
def test_paraphrases_in_a_public_set_are_found(
    segmenter: Segmenter, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = EVAL / "faq_lcqmc"
    spoilt = str(folder / "queries_homo.jsonl")
    assert run(["evaluate", "--corpus", str(folder / "corpus.jsonl"), "--queries", spoilt, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hit@1"] > 0.83


@pytest.mark.slow
def test_with_one_phrasing_left_out_the_entry_is_still_found_first(segmenter: Segmenter) -> None:
    report = own.measure(read_content().entries, segmenter=segmenter)
    assert report.hit_1 >= 0.90


def test_what_is_left_out_is_really_left_out(segmenter: Segmenter) -> None:
    lonely = entry("lonely", "独一无二的问法甲", "另一种说法乙")
    trials = list(own.phrasings_left_out((lonely, *ENTRIES), segmenter))
    assert {trial.asked for trial in trials if trial.wanted == "lonely"} == set(lonely.phrasings)
    near = list(own.entries_left_out((lonely, *ENTRIES), segmenter))
    assert all(trial.wanted not in trial.found for trial in near)


def test_a_refit_prints_coefficients_for_every_shape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = written(tmp_path / "c.jsonl", [dataclasses.asdict(sample) for sample in CORPUS])
    asked = written(tmp_path / "q.jsonl", [{"id": "1", "text": "水表多久换", "relevant": ["b"]}])
    outside = written(tmp_path / "o.jsonl", [{"id": "2", "text": "讲个笑话"}])
    assert run(["fit", "--corpus", corpus, "--queries", asked, "--ood", outside]) == 0
    assert set(json.loads(capsys.readouterr().out)) == set(Shape)
