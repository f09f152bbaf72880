"""What can go wrong with people and their doors."""

from core.errors import Conflict, InvalidInput, NotAuthenticated, NotFound


class WrongCredentials(NotAuthenticated):
    """The user name or the password is wrong; which of the two is not told."""

    code = "wrong_credentials"
    text = "没有登录成功：用户名或密码不正确，或连续输错 5 次已锁定 15 分钟。请核对后再试，或联系管理员。"


class AccountLocked(NotAuthenticated):
    """Too many wrong passwords in a row; told in the same words, for a stranger must not learn that the name exists."""

    code = "account_locked"
    text = WrongCredentials.text


class StaffExists(Conflict):
    """The user name is taken."""

    code = "staff_exists"
    text = "这个用户名已被使用，请换一个。"


class WeakPassword(InvalidInput):
    """The password is too short or too common."""

    code = "weak_password"
    text = "密码至少 12 个字符，不能与用户名相同，也不能是常见密码。"


class UnknownRegion(NotFound):
    """There is no such administrative division in the province."""

    code = "unknown_region"
    text = "没有找到这个行政区划。"
