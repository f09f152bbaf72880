"""What can go wrong in the register, each with a sentence for the reader."""

from core.errors import Conflict, InvalidInput, NotFound


class MerchantNotFound(NotFound):
    """No merchant of that id or code is in the register."""

    code = "merchant_not_found"
    text = "没有找到这家商户，可能名称有出入，或还没有登记进来。"


class InstrumentNotFound(NotFound):
    """No instrument of that id is in the register."""

    code = "instrument_not_found"
    text = "没有找到这台计量器具。"


class CertificateNotFound(NotFound):
    """No verification of that certificate number is in the register."""

    code = "certificate_not_found"
    text = "档案里没有这个证书编号。请对照证书再核对一遍；没有查到不等于没有检定。"


class NotYourMerchant(NotFound):
    """The person is not bound to that merchant; told as if it were not there."""

    code = "not_your_merchant"
    text = "您的微信还没有绑定这家商户。"


class UnreadableTable(InvalidInput):
    """An uploaded table cannot be read, or lacks columns it must have."""

    code = "unreadable_table"
    text = "表格读不出来，请存成 .xlsx 或 .csv 后再试。"


class RowsRefused(InvalidInput):
    """A table has rows that are wrong, so nothing of it was imported."""

    code = "rows_refused"
    text = "表格里有需要改正的行，没有导入任何内容。"


class AlreadyBound(Conflict):
    """The person already receives this merchant's reminders."""

    code = "already_bound"
    text = "这个微信已经绑定了这家商户。"
