"""The unified social credit code 统一社会信用代码: checked, and composed for demonstration."""

import unicodedata

from stdnum.cn import uscc as standard
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

LENGTH = 18
INDIVIDUAL = "92"
COMPANY = "91"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def clean(text: str) -> str:
    """Return a code as it is stored: half-width, upper case, without spaces and hyphens."""
    printed = "".join(character for character in text if character.isprintable())
    return standard.compact(unicodedata.normalize("NFKC", printed))


def problem(code: str) -> str | None:
    """Return in Chinese what is wrong with a cleaned code, or None when it is valid.

    **Source**: GB 32100-2015: 18 characters, eight leading digits, check character of modulus 31.
    """
    try:
        standard.validate(code)
    except InvalidLength:
        return f"应为 {LENGTH} 位，现在是 {len(code)} 位"
    except InvalidFormat:
        return "前 8 位应为数字，后面只用数字和大写字母（不含 I、O、S、V、Z）"
    except InvalidChecksum:
        return f"校验位不对，最后一位应为 {standard.calc_check_digit(code)}"
    except ValidationError:
        return "格式不对"
    return None


def compose(*, kind: str, region_code: str, number: int) -> str:
    """Return a valid code: `kind` is 91 (company) or 92 (individual business), `number` below 31⁶.

    The organisation part is of the MA series and carries its own check character (**source**: GB 11714-1997).
    """
    body = "MA"
    for place in range(5, -1, -1):
        body += ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)]
    total = sum(
        int(character, 36) * weight for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    check = 11 - total % 11
    code = f"{kind}{region_code}{body}{ {10: 'X', 11: '0'}.get(check, str(check)) }"
    return code + standard.calc_check_digit(code)
