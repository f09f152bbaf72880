"""Cuts a legal text into its articles, with their place, their number as printed, their paragraphs and items."""

import re
import unicodedata
from dataclasses import dataclass, field

from core.text import number_of

_NUMBER = r"[零〇一二两三四五六七八九十百千]+"
_HEADING = re.compile(rf"^第({_NUMBER})([编章节])(?:\s+(.*))?$")
_ARTICLE = re.compile(rf"^第({_NUMBER})条(?:之({_NUMBER}))?(\s*)(.*)$", re.DOTALL)
_CLAUSE = re.compile(rf"^({_NUMBER})、\s*(.+)$", re.DOTALL)
_ITEM = re.compile(rf"^(?:[（(](?:{_NUMBER}|\d+)[）)]|\d+[.．、])")
_INNER_ITEM = re.compile(rf"(?:^|(?<=[\n：:；;。]))(?=[（(]{_NUMBER}[）)])")
_ITEM_NUMBER = re.compile(rf"^[（(]({_NUMBER})[）)]")
_ANNEX = re.compile(rf"^附(?:件|表|录)?\s*(?:\d+|{_NUMBER})?\s*(?:[:：].*)?$")
_GLUED = re.compile(r"(?<=。)([\u4e00-\u9fff]{2,24})$")
_GLUED_SECTION = re.compile(rf"^(.*?)(第{_NUMBER}节)(.+)$")
_CONTENTS = re.compile(r"^目\s*[录次]$")
_MARKS = re.compile(r"^(#+)\s*|\*\*")
_SPACES = re.compile(r"[ \t\u3000\u00a0]+")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_ENDS = "。；：:！？;,，、"
_LONGEST_TITLE = 80
_ABOVE = {"编": 0, "章": 1, "节": 2}


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number as printed (`第九条`, `第九条之一`), where it stands, and its paragraphs (款).

    Items such as （一） stay with the paragraph they belong to, each on a line of its own. An order without articles
    has clauses instead, printed 一、 二、; `order` is the number and, for 之一, its second part.
    """

    number: str
    order: tuple[int, int]
    place: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the whole text of the article, a paragraph a line."""
        return "\n".join(self.paragraphs)

    @property
    def anchor(self) -> str:
        """Return the name by which a page links to it: `art-9`, `art-9-1` for 第九条之一."""
        main, sub = self.order
        return f"art-{main}-{sub}" if sub else f"art-{main}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a line of a file: what is wrong there, or what we made of it."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class LegalText:
    """A text taken apart: title, what stands before the articles, the articles, what is annexed.

    `flaws` are places where the text breaks its own count; `notes` say what was taken for a heading or left out.
    """

    title: str
    preamble: tuple[str, ...]
    articles: tuple[Article, ...]
    annex: tuple[str, ...]
    flaws: tuple[Remark, ...]
    notes: tuple[Remark, ...]


def cut(text: str) -> list[Article]:
    """Return the articles of a legal text in Markdown or plain lines.

    A line opens an article when it begins with a number that continues the count, so that a sentence which only
    refers to another article stays where it is. A text without articles gives none.
    """
    return list(_Reader(clauses=False).read(text).articles)


def take_apart(text: str) -> LegalText:
    """Take a whole text apart; where it has no articles, its clauses 一、二、 count as such."""
    found = _Reader(clauses=False).read(text)
    return found if found.articles else _Reader(clauses=True).read(text)


def find(articles: list[Article], number: str) -> Article | None:
    """Return the article that `number` names, as printed or with digits (`第9条`), or None."""
    wanted = _order(unicodedata.normalize("NFKC", number).strip())
    return next((article for article in articles if article.order == wanted), None)


def items(paragraph: str) -> tuple[str, ...]:
    """Return a paragraph's items （一）（二）…, each with its mark; none where it has no list that begins with 一."""
    parts = [part.strip() for part in _INNER_ITEM.split(paragraph)]
    found: list[str] = []
    for part in parts:
        mark = _ITEM_NUMBER.match(part)
        if mark and number_of(mark[1]) == len(found) + 1:
            found.append(part)
        elif found:
            found[-1] += "\n" + part
    return tuple(found)


@dataclass(slots=True)
class _Draft:
    """An article while its lines are still coming in."""

    number: str
    order: tuple[int, int]
    place: tuple[str, ...]
    line: int
    paragraphs: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        if _ITEM.match(line) and self.paragraphs:
            self.paragraphs[-1] += "\n" + line
        else:
            self.paragraphs.append(line)

    def done(self) -> Article:
        return Article(self.number, self.order, self.place, tuple(self.paragraphs))


class _Reader:
    """Reads a text line by line."""

    def __init__(self, *, clauses: bool) -> None:
        self.clauses = clauses
        self.title = ""
        self.preamble: list[str] = []
        self.drafts: list[_Draft] = []
        self.annex: list[str] = []
        self.place: dict[int, str] = {}
        self.flaws: list[Remark] = []
        self.notes: list[Remark] = []

    def read(self, text: str) -> LegalText:
        number = 0
        for number, raw in enumerate(text.splitlines(), start=1):
            depth, line = _plain(raw)
            if line:
                self._take(number, depth, line)
        self._close(number, last=True)
        return LegalText(
            title=self.title,
            preamble=tuple(self.preamble),
            articles=tuple(draft.done() for draft in self.drafts),
            annex=tuple(self.annex),
            flaws=tuple(sorted(self.flaws, key=lambda flaw: flaw.line)),
            notes=tuple(self.notes),
        )

    def _take(self, number: int, depth: int, line: str) -> None:
        if self.annex:
            self.annex.append(line)
        elif self._heads(depth, line) or self._opens(number, line):
            return
        elif self.drafts and self._begins_annex(line):
            self.annex.append(line)
        elif self.drafts:
            self.drafts[-1].add(line)
        elif not self.title and len(line) <= _LONGEST_TITLE:
            self.title = _closed(line)
        elif not _CONTENTS.match(line):
            self.preamble.append(line)

    def _heads(self, depth: int, line: str) -> bool:
        heading = _HEADING.match(line)
        if heading is None:
            untitled = not self.title and not self.drafts
            if depth < 2 or untitled or _CONTENTS.match(line) or _ARTICLE.match(line) or _ANNEX.match(line):
                return False
            self._enter(min(depth - 1, 2), _closed(line))
            return True
        title = f" {_closed(heading[3])}" if heading[3] else ""
        self._enter(_ABOVE[heading[2]], f"第{heading[1]}{heading[2]}{title}")
        return True

    def _enter(self, level: int, title: str) -> None:
        self.place = {above: kept for above, kept in self.place.items() if above < level} | {level: title}

    def _opens(self, number: int, line: str) -> bool:
        if self.clauses:
            clause = _CLAUSE.match(line)
            if clause is None or number_of(clause[1]) != len(self.drafts) + 1:
                return False
            self._open(number, f"{clause[1]}、", (len(self.drafts) + 1, 0), clause[2])
            return True
        match = _ARTICLE.match(line)
        if match is None:
            return False
        order = (number_of(match[1]) or 0, (number_of(match[2]) or 0) if match[2] else 0)
        last = self.drafts[-1].order if self.drafts else (0, 0)
        follows = order in ((last[0] + 1, 0), (last[0], last[1] + 1))
        printed = line[: match.end(1)] + "条" + (f"之{match[2]}" if match[2] else "")
        if not follows and match[3]:
            self.flaws.append(Remark(number, _out_of_count(printed, order, self.drafts)))
        if not follows and not (order > last and match[3]):
            return False
        self._close(number, last=False)
        self._open(number, printed, order, match[4])
        return True

    def _open(self, number: int, printed: str, order: tuple[int, int], rest: str) -> None:
        draft = _Draft(printed, order, tuple(self.place.values()), number)
        if rest:
            draft.add(rest)
        self.drafts.append(draft)

    def _close(self, number: int, *, last: bool) -> None:
        """Finish the last article: complain where it is empty, take off a heading that was glued to its end."""
        if not self.drafts:
            return
        draft = self.drafts[-1]
        if not draft.paragraphs:
            self.flaws.append(Remark(draft.line, f"{draft.number}没有正文，请补上"))
            return
        glued = _GLUED.search(draft.paragraphs[-1])
        if glued is None:
            return
        draft.paragraphs[-1] = draft.paragraphs[-1][: glued.start()]
        if last:
            self.notes.append(Remark(draft.line, f"末尾的“{glued[1]}”不像条文，没有收入"))
            return
        section = _GLUED_SECTION.match(glued[1])
        if section is None:
            self._enter(1, glued[1])
        else:
            if section[1]:
                self._enter(1, section[1])
            self._enter(2, f"{section[2]} {section[3]}")
        self.notes.append(Remark(draft.line, f"末尾的“{glued[1]}”当作下一条的标题"))

    def _begins_annex(self, line: str) -> bool:
        if _ANNEX.match(line):
            return True
        return self.clauses and len(line) <= _LONGEST_TITLE and line[-1] not in _ENDS


def _plain(raw: str) -> tuple[int, str]:
    """Return how deep a Markdown heading is (0: none) and the line without marks."""
    stripped = raw.strip().strip("\ufeff")
    mark = re.match(r"#+", stripped)
    line = _SPACES.sub(" ", _MARKS.sub("", stripped)).strip()
    return (len(mark[0]) if mark else 0), line


def _closed(title: str) -> str:
    """Return a heading without the blanks that only spread its characters (总　则)."""
    return _BETWEEN_HAN.sub("", title)


def _out_of_count(printed: str, order: tuple[int, int], drafts: list[_Draft]) -> str:
    if not drafts:
        return f"第一个条号是“{printed}”，应当从“第一条”开始"
    last = drafts[-1]
    if order > last.order:
        return f"“{printed}”前面是“{last.number}”，中间缺条"
    return f"“{printed}”的条号重复或倒退，前面已经到了“{last.number}”"


def _order(number: str) -> tuple[int, int] | None:
    match = re.fullmatch(rf"第?({_NUMBER}|\d+)条?(?:之({_NUMBER}|\d+))?", number)
    if match is None:
        return None
    return _value(match[1]), _value(match[2]) if match[2] else 0


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isascii() else number_of(numeral) or 0
