"""What the room remembers: statutes, versions and publications, questions and votes, notices about laws."""

from knowledge.models.notices import LawNotice
from knowledge.models.publications import Publication, PublicationItem, Rehearsal
from knowledge.models.questions import AskedQuestion, QuestionGroup, RegressionQuestion
from knowledge.models.statutes import StatuteArticle, StatuteText
from knowledge.models.versions import ItemVersion, KnowledgeItem, VersionStep
from knowledge.models.votes import Vote

__all__ = [
    "AskedQuestion",
    "ItemVersion",
    "KnowledgeItem",
    "LawNotice",
    "Publication",
    "PublicationItem",
    "QuestionGroup",
    "RegressionQuestion",
    "Rehearsal",
    "StatuteArticle",
    "StatuteText",
    "VersionStep",
    "Vote",
]
