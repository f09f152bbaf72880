"""Says an entry as the chat says it: the conclusion, its detail, the law it rests on, and our doubt where we have one."""

from collections.abc import Iterable, Iterator, Mapping

from knowledge.rules.entries import Citation, Confidence, Entry, Law

UNSURE = "（这一条依据尚待核对，请以检定规程和主管部门的答复为准。）"


def spoken(entry: Entry, laws: Mapping[str, Law]) -> str:
    """Return the words of an answer in chat."""
    lines = [entry.answer]
    if entry.detail:
        lines.append(entry.detail.strip())
    if entry.citations:
        lines.append("依据：" + "；".join(_sources(entry.citations, laws)))
    if entry.confidence is Confidence.C:
        lines.append(UNSURE)
    return "\n\n".join(lines)


def _sources(citations: Iterable[Citation], laws: Mapping[str, Law]) -> Iterator[str]:
    """Name each law once, with all its articles."""
    articles: dict[str, list[str]] = {}
    for cite in citations:
        articles.setdefault(cite.law, []).extend([cite.article] if cite.article else [])
    for law_id, named in articles.items():
        law = laws[law_id]
        number = f"（{law.number}）" if law.number else ""
        yield f"《{law.title}》{number}{'、'.join(named)}"
