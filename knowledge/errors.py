"""What can go wrong with knowledge, each with a sentence an editor may read."""

from core.errors import InvalidInput


class ContentInvalid(InvalidInput):
    """An entry, a law or a topic breaks the format; the sentence names file, entry and field."""

    code = "knowledge_content_invalid"
    text = "知识条目有误，请按提示修改。"


class DataInvalid(InvalidInput):
    """A file of documents or questions cannot be read; the sentence names file and line."""

    code = "knowledge_data_invalid"
    text = "数据文件有误，请按提示修改。"
