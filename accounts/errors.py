"""What can go wrong with people and their doors."""

from core.errors import Conflict, InvalidInput, NotAuthenticated, NotFound, TooManyRequests


class WrongCredentials(NotAuthenticated):
    """The user name or the password is wrong; which of the two is not told."""

    code = "wrong_credentials"
    text = "用户名或密码不正确。连续输错 5 次，账号将锁定 15 分钟。"


class AccountLocked(TooManyRequests):
    """Too many wrong passwords in a row."""

    code = "account_locked"
    text = "密码连续输错次数过多，账号已临时锁定，请 15 分钟后再试，或联系管理员。"


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
