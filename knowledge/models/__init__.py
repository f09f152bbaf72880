"""What the knowledge room remembers: statutes and their articles."""

from knowledge.models.statutes import StatuteArticle, StatuteText

__all__ = ["StatuteArticle", "StatuteText"]
