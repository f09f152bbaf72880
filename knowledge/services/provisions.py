"""Finds articles like a question, for those no answer of ours settles: related provisions to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.text import normalise
from core.text_words import Segmenter
from knowledge.rules import confidence, ranking
from knowledge.rules.articles import Article
from knowledge.rules.confidence import FEATURES, Judge, features
from knowledge.rules.dates import named_date
from knowledge.rules.entries import Level
from knowledge.rules.ranking import Document, Found, Ranker
from knowledge.rules.statutes import Statute
from knowledge.rules.synonyms import Synonyms, load_synonyms

CHOICES = 3
LOOKED_AT = 24
# Long questions of other fields of law look sure; an article that says little of what was asked gives them away.
SURE = 0.5
SHARE = 0.8
NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Provision:
    """An article that may be about what was asked; scores compare within one search only."""

    statute: Statute
    article: Article
    score: float


@dataclass(frozen=True, slots=True)
class Provisions:
    """Every article in memory, found as entries are; immutable, replaced as a whole."""

    held: tuple[tuple[Statute, Article], ...]
    ranker: Ranker
    segmenter: Segmenter
    synonyms: Synonyms
    judge: Judge

    def related(self, text: str, *, on: date) -> tuple[Provision, ...]:
        """Return up to three articles in force on `on`, or the day `text` names; none unless we are reasonably sure."""
        measured, found = self.search(text, on=on)
        if not found or measured["share"] < SHARE or self.judge.sure(list(measured.values())) < SURE:
            return ()
        return tuple(one for one in found[:CHOICES] if one.score >= NEAR * found[0].score)

    def search(self, text: str, *, on: date) -> tuple[dict[str, float], list[Provision]]:
        """Return what tells a good find from a bad one (`FEATURES`), and the articles in force, best first."""
        query = self.synonyms.query(normalise(text), self.segmenter.search_words)
        day = named_date(query.text, on) or on
        found = self.ranker.rank(query, LOOKED_AT)
        kept = [one for one in found.ranked if self.held[one.position][0].in_force(day)]
        measured = features(self.ranker, query, Found(kept, found.asked, found.told))
        named = dict(zip(FEATURES, measured, strict=True))
        return named, [Provision(*self.held[one.position], one.score) for one in kept]


def build(statutes: Iterable[Statute], *, region: str, segmenter: Segmenter) -> Provisions:
    """Build the index over every article that can bind people in `region`: local law of other places stays out."""
    ours = [one for one in statutes if one.level is not Level.LOCAL or one.title.startswith(region)]
    held = tuple((statute, article) for statute in ours for article in statute.articles)
    ranker = ranking.arrange([_document(*one) for one in held], segmenter.search_words)
    judge = confidence.load_judge(confidence.shape_of(ranker))
    return Provisions(held, ranker, segmenter, load_synonyms(), judge)


def _document(statute: Statute, article: Article) -> Document:
    return Document((), " ".join((statute.short, *article.place, article.text)))
