"""An article of a law, word for word: where it stands, what it says, whether it holds; or plainly that we lack it."""

import re
from datetime import date

from bot.messages import Chip, Link, Reply
from bot.scene import Scene
from bot.turns import Cited, Kind, Topic, Turn
from core.text import normalise
from knowledge.rules import citing, library
from knowledge.rules.articles import Article
from knowledge.rules.citing import Citing, Reference
from knowledge.rules.dates import named_date, names_old_law
from knowledge.rules.entries import Confidence, Entry
from knowledge.rules.library import Quote
from knowledge.rules.statutes import UNCHECKED, Statute, in_marks, named, printed, validity, version

# What the platform takes in one message, and what a chip and a link cost beside their words: 九 becomes %E4%B9%9D.
MESSAGE, CHIP, LINK, QUOTED = 1_980, 72, 20, 3
CHOICES = 3
GIST = 18
RELATED = "这个问题还没有现成的解答。相关条文，供您选看"
OLD = re.compile(r"旧|老|以前的|原来的|修[订正改]前|上一版|废止前")
ENDS = "。；！？;"


def asked(text: str, *, scene: Scene, before: str = "") -> Turn | None:
    """Quote what a message asks for and nothing else; None where it says more, or names no article.

    `before` is what was asked last: 那第十条呢 goes on from it.
    """
    if not citing.may_cite(text):
        return None
    found = citing.read(text, scene.library.names)
    if before and not found.references and (on := _going_on(text, before, scene)) is not None:
        found = Citing((on,), "", "")
    if found.rest or not (found.strange or any(one.article for one in found.references)):
        return None
    return _answered(text, found, scene)


def _going_on(text: str, before: str, scene: Scene) -> Reference | None:
    last = citing.read(before, scene.library.names)
    return citing.goes_on(text, last.references[0]) if last.references and not last.rest else None


def mentioned(text: str, *, scene: Scene) -> Turn | None:
    """Quote an article, or describe a law, that a question nobody could answer names."""
    found = citing.read(text, scene.library.names)
    if not found.references or not (found.references[0].article or not found.rest):
        return None
    return _answered(text, found, scene)


def related(text: str, *, scene: Scene) -> Turn | None:
    """Offer articles a question may be about, to choose from; None where none is near enough."""
    found = scene.provisions.related(text, on=scene.today) if scene.provisions else ()
    if not found:
        return None
    said = tuple(f"{one.statute.short}{library.label(one.article)}" for one in found)
    chips = tuple(
        Chip(f"{n}. {name}：{_gist(one.article)}", name)
        for n, (name, one) in enumerate(zip(said, found, strict=True), 1)
    )
    return Turn(
        Kind.CLARIFY,
        Reply(f"{RELATED}（点一下，或回复数字）：", chips=(*chips, Chip("都不是", "都不是"))),
        candidates=said,
        topic=Topic(choices=said),
    )


def _answered(text: str, found: Citing, scene: Scene) -> Turn:
    if not found.references:
        return _strange(found.strange, scene)
    first, *others = found.references
    said = normalise(text)
    day = named_date(said, scene.today)
    old = names_old_law(said) or OLD.search(said) is not None
    statute = scene.library.version(first.code, on=day, old=old)
    if statute is None:
        return _not_imported(first, scene)
    if first.article is None:
        return _described(statute, scene)
    quoted = library.quote(statute, first)
    if quoted is None:
        return _no_such_article(statute, first, scene)
    return _quoted(quoted, others, scene, day)


def _quoted(quoted: Quote, others: list[Reference], scene: Scene, day: date | None) -> Turn:
    statute, article = quoted.statute, quoted.article
    number = library.label(article) + (quoted.part if quoted.part_found else "")
    head = f"{named(statute)}\n{' · '.join((*article.place, number))}"
    if quoted.part and not quoted.part_found:
        head += f"\n（{_without_part(quoted)}，下面是整条）"
    tail = _standing(statute, scene, day)
    chips, page = _chips(quoted, others, scene), f"{_page(statute, scene)}#{article.anchor}"
    body, whole = shortened("\n".join(quoted.lines), _room(head + tail + page, chips))
    link = Link("看全文" if whole else "接着看这一条", page)
    return Turn(
        Kind.ANSWER,
        Reply(f"{head}\n\n{body}\n\n{tail}", chips=chips, links=(link,)),
        citations=(Cited(statute.short, number),),
        confidence=1.0,
        topic=Topic(asked=f"{statute.short}{number}"),
    )


def _without_part(quoted: Quote) -> str:
    """Say why a part that was asked for is not there."""
    many = len(quoted.article.paragraphs)
    if many > 1 and "项" not in quoted.part:
        return f"这一条只有 {many} 款，没有{quoted.part}"
    return f"收录的文本里这一条没有分出{quoted.part}"


def _room(words: str, chips: tuple[Chip, ...]) -> int:
    """Return how many bytes an article may take beside the words around it and what can be tapped."""
    taps = sum(QUOTED * len(chip.say.encode()) + len(chip.label.encode()) + CHIP for chip in chips)
    return MESSAGE - len(words.encode()) - taps - LINK - len("接着看这一条".encode())


def _gist(article: Article) -> str:
    text = article.text.replace("\n", "")
    return text if len(text) <= GIST else f"{text[:GIST]}…"


def shortened(text: str, room: int) -> tuple[str, bool]:
    """Return `text` within `room` bytes, cut after a whole sentence, and whether it is whole."""
    if len(text.encode()) <= room:
        return text, True
    kept = text.encode()[: max(room - 60, 0)].decode(errors="ignore")
    end = max(kept.rfind(mark) for mark in ENDS)
    kept = kept[: end + 1] if end >= 0 else kept
    return f"{kept.rstrip()}\n……（下文较长，请点下面的链接）", False


def _chips(quoted: Quote, others: list[Reference], scene: Scene) -> tuple[Chip, ...]:
    if others:
        named = ((scene.library.get(one.code), one) for one in others[:2] if one.article)
        found = ((statute, statute.article(one.article or (0, 0))) for statute, one in named if statute)
        return tuple(_chip(statute, library.label(article)) for statute, article in found if article)
    articles = quoted.statute.articles
    at = articles.index(quoted.article)
    near = [*articles[max(at - 1, 0) : at], *articles[at + 1 : at + 2]]
    return tuple(_chip(quoted.statute, library.label(one), short=True) for one in near)


def _chip(statute: Statute, number: str, *, short: bool = False) -> Chip:
    said = f"{statute.short}{number}"
    return Chip(number if short else said, said)


def _described(statute: Statute, scene: Scene) -> Turn:
    lines = [named(statute), f"共 {len(statute.articles)} {statute.unit}。", _standing(statute, scene, None)]
    first = library.label(statute.articles[0])
    lines.append(f"想看哪一条，直接说“{statute.short}{first}”就行。")
    return Turn(
        Kind.ANSWER,
        Reply("\n".join(lines), links=(Link("看全文", _page(statute, scene)),)),
        citations=(Cited(statute.short, None),),
        confidence=1.0,
    )


def _no_such_article(statute: Statute, reference: Reference, scene: Scene) -> Turn:
    wanted = citing.article_number(reference.article, unit=statute.unit)
    last = library.label(statute.articles[-1])
    text = (
        f"{named(statute)}共 {len(statute.articles)} {statute.unit}，最后是{last}，没有{wanted}。\n"
        "可能是条号记错了，或者是别的版本。您可以换个条号再问，或在全文里找。"
    )
    chip = _chip(statute, last)
    return _refused(text, chips=(chip,), links=(Link("看全文和目录", _page(statute, scene)),))


def _not_imported(reference: Reference, scene: Scene) -> Turn:
    law = scene.library.laws[reference.code]
    wanted = f"{citing.article_number(reference.article)}的原文" if reference.article else "原文"
    text = f"{named(law)}的条文还没有收录，{wanted}没法引给您，不敢凭记忆写。"
    citing_it = _entries(reference, scene)
    if citing_it:
        text += "\n下面这几个解答引用了它："
    chips = tuple(Chip(one.question, one.question) for one in citing_it)
    return _refused(
        text,
        chips=chips,
        links=(Link("已收录的法规", f"{scene.public_url}/h5/laws"),),
        topic=Topic(choices=tuple(one.question for one in citing_it)),
    )


def _strange(name: str, scene: Scene) -> Turn:
    many = len(scene.library.statutes)
    text = f"没有收录{in_marks(name)}，没法引给您。我这里有计量、消费者权益和市场监管方面的法规 {many} 部。"
    return _refused(text, links=(Link("已收录的法规", f"{scene.public_url}/h5/laws"),))


def _refused(
    text: str, *, chips: tuple[Chip, ...] = (), links: tuple[Link, ...] = (), topic: Topic | None = None
) -> Turn:
    return Turn(Kind.REJECT, Reply(text, chips=chips, links=links), confidence=1.0, topic=topic or Topic())


def _entries(reference: Reference, scene: Scene) -> list[Entry]:
    """Return up to three of our own answers in force that cite the law, those citing that very article first."""
    wanted = citing.article_number(reference.article)
    found = [
        (all(cite.article != wanted for cite in cited), entry)
        for entry in scene.knowledge.entries
        if entry.in_force(scene.today)
        and (cited := [cite for cite in entry.citations if cite.law == reference.code])
    ]
    return [entry for _, entry in sorted(found, key=lambda one: one[0])[:CHOICES]]


def _standing(statute: Statute, scene: Scene, day: date | None) -> str:
    """Say whether the text holds today, since when or until when, and what stands in its place."""
    lines = [validity(statute, scene.library.successor(statute), on=scene.today)]
    if day is not None and scene.library.covers(statute, day):
        lines[0] = f"您问的{printed(day)}，施行的是这一版。{lines[0]}"
    elif day is not None:
        lines[0] = f"您问的{printed(day)}施行的文本没有收录，这是{version(statute)}。{lines[0]}"
    if statute.confidence is not Confidence.A:
        lines.append(UNCHECKED)
    return "\n".join(lines)


def _page(statute: Statute, scene: Scene) -> str:
    return f"{scene.public_url}/h5/laws/{statute.code}"
