"""What can go wrong with knowledge, each with a sentence an editor may read."""

from core.errors import InvalidInput, NotFound


class ContentInvalid(InvalidInput):
    """An entry, a law or a topic breaks the format; the sentence names file, entry and field."""

    code = "knowledge_content_invalid"
    text = "知识条目有误，请按提示修改。"


class DataInvalid(InvalidInput):
    """A file of documents or questions cannot be read; the sentence names file and line."""

    code = "knowledge_data_invalid"
    text = "数据文件有误，请按提示修改。"


class EntryNotFound(NotFound):
    """There is no such entry among the published ones."""

    code = "knowledge_entry_not_found"
    text = "这条解答不在了，可能已合并到别的解答里。请回到计量问答搜索一下。"


class TopicNotFound(NotFound):
    """There is no such topic."""

    code = "knowledge_topic_not_found"
    text = "没有这个栏目。请回到计量问答，从栏目里选一个。"


class DocumentUnreadable(InvalidInput):
    """A file that was to be imported cannot be read as text; the sentence names the file and what would be right."""

    code = "knowledge_document_unreadable"
    text = "文件读不出来，请存成 UTF-8 的 .txt、.md 或 .docx 后再试。"


class StatuteRefused(InvalidInput):
    """A legal text breaks its own count or lacks what it must have; the sentence names file and line."""

    code = "knowledge_statute_refused"
    text = "法规文本有需要改正的地方，没有导入任何内容。"


class ImportRefused(InvalidInput):
    """Some of the files were not imported; their faults stand above."""

    code = "knowledge_import_refused"
    text = "有文件没有导入，请按提示改正后再试。"


class StatuteNotFound(NotFound):
    """No statute of that code was imported."""

    code = "statute_not_found"
    text = "没有收录这部法规的条文。"
