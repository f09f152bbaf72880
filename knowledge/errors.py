"""What can go wrong with knowledge, each with a sentence an editor may read."""

from core.errors import Conflict, InvalidInput, NotFound, NotPermitted


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


class EntriesRefused(InvalidInput):
    """Answers in a file break the format or a rule; the sentences above name line and field."""

    code = "knowledge_entries_refused"
    text = "词条文件里有需要改正的地方，没有导入任何内容。"


class ExportRefused(InvalidInput):
    """The answers cannot be written where or how it was asked."""

    code = "knowledge_export_refused"
    text = "没有导出，请检查文件名和格式。"


class ImportRefused(InvalidInput):
    """Some of the files were not imported; their faults stand above."""

    code = "knowledge_import_refused"
    text = "有文件没有导入，请按提示改正后再试。"


class StatuteNotFound(NotFound):
    """No statute of that code was imported."""

    code = "statute_not_found"
    text = "没有收录这部法规的条文。"


class ItemNotFound(NotFound):
    """There is no such answer or row of synonyms."""

    code = "knowledge_item_not_found"
    text = "没有这个词条，可能链接有误。"


class VersionNotFound(NotFound):
    """There is no such version."""

    code = "knowledge_version_not_found"
    text = "没有这个版本，可能链接有误。"


class PublicationNotFound(NotFound):
    """There is no publication with this number."""

    code = "knowledge_publication_not_found"
    text = "没有这一期发布，可能链接有误。"


class GroupNotFound(NotFound):
    """There is no such group of questions."""

    code = "knowledge_group_not_found"
    text = "没有这组问题，可能已并入别的组。"


class RegressionQuestionNotFound(NotFound):
    """There is no such regression question."""

    code = "knowledge_regression_not_found"
    text = "没有这道回归问题。"


class NoticeNotFound(NotFound):
    """There is no such notice about a law."""

    code = "knowledge_notice_not_found"
    text = "没有这条提醒，可能已经处理。"


class EntryInvalid(InvalidInput):
    """What an editor wrote breaks the rules for entries; one sentence per field."""

    code = "knowledge_entry_invalid"
    text = "词条还有几处要改，请看各栏的提示。"


class OwnVersion(NotPermitted):
    """Who wrote or submitted a version may not approve it."""

    code = "knowledge_own_version"
    text = "自己写的或自己提交的，要请另一位同事审核。"


class ItemChanged(Conflict):
    """Somebody saved another version meanwhile; `latest` is its number."""

    code = "knowledge_item_changed"
    text = "您编辑期间有人保存了新版本，请对照后再存。您写的内容还在这一页。"

    def __init__(self, *, latest: int, item_id: str = "") -> None:
        """Name the version that came between."""
        super().__init__(latest=latest, item_id=item_id)
        self.latest = latest


class StepNotAllowed(Conflict):
    """The version's state does not allow the step any more."""

    code = "knowledge_step_not_allowed"
    text = "这个版本的状态已经变了，请刷新后再看。"


class RehearsalFailed(Conflict):
    """The regression set comes out worse; the sentence names the first questions that fail."""

    code = "knowledge_rehearsal_failed"
    text = "回归测试变差了，不能发布。请修改后再试。"


class PublicationChanged(Conflict):
    """Somebody published meanwhile, or what was rehearsed is no longer what would be published."""

    code = "knowledge_publication_changed"
    text = "试运行之后又有变化，请重新试运行再发布。"


class NothingToPublish(InvalidInput):
    """Nothing approved was chosen."""

    code = "knowledge_nothing_to_publish"
    text = "没有已通过审核的修改可以发布。"
